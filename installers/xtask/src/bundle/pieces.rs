//! Pieces that several kinds of package are laid from.

use super::licences;
use super::parts::Parts;
use super::tree::Tree;
use crate::command::run_quietly;
use anyhow::Result;
use std::fs;
use std::process::Command;

/// A folder that nobody has: where a packed command may look for its user's models and runtimes.
const NOWHERE: &str = "/nonexistent/reweave";

/// Programs, library, models and ONNX Runtime in one folder, as `reweave::installation` says of one.
pub fn one_folder(parts: &Parts, tree: &Tree) -> Result<()> {
    tree.program("reweave", &parts.command)?;
    tree.program("reweave-gimp", &parts.gimp)?;
    tree.library("libreweave_plugin.so", &parts.library)?;
    tree.library("libreweave-onnxruntime.so", &parts.runtime.library)?;
    models(parts, tree, "models")
}

/// The models with their cards.
pub fn models(parts: &Parts, tree: &Tree, folder: &str) -> Result<()> {
    for model in &parts.models {
        let name = model.file_name().unwrap_or_default().to_string_lossy();
        tree.file(&format!("{folder}/{name}"), model)?;
    }
    Ok(())
}

/// The manual pages, as the command writes them; gives their paths.
pub fn manuals(tree: &Tree, command: &str, folder: &str) -> Result<Vec<String>> {
    run_quietly(
        packed(tree, command)
            .args(["man", "--output"])
            .arg(tree.path(folder)),
    )?;
    let mut pages = Vec::new();
    for page in fs::read_dir(tree.path(folder))? {
        let name = page?.file_name().to_string_lossy().into_owned();
        pages.push(format!("{folder}/{name}"));
    }
    pages.sort();
    Ok(pages)
}

/// The completions of these shells, each as a file.
pub fn completions(tree: &Tree, command: &str, files: &[(&str, &str)]) -> Result<()> {
    for (shell, file) in files {
        let text = run_quietly(packed(tree, command).args(["completions", shell]))?;
        tree.text(file, &text)?;
    }
    Ok(())
}

/// The bundle for OpenFX hosts in a folder of `tree`, as the command that lies at `command` in `from` installs it.
pub fn openfx(from: &Tree, command: &str, tree: &Tree, folder: &str) -> Result<()> {
    run_quietly(
        packed(from, command)
            .args(["install", "openfx", "--folder"])
            .arg(tree.path(folder)),
    )?;
    Ok(())
}

/// All of a bundle for OpenFX hosts that is the same for every system; gives its folder `Contents`.
pub fn contents_of_bundle(parts: &Parts, tree: &Tree) -> Result<&'static str> {
    const CONTENTS: &str = "Reweave.ofx.bundle/Contents";
    let resources = parts.root.join("plugin/library/resources");
    let info = fs::read_to_string(resources.join("Info.plist"))?;
    let info = info.replace("@VERSION@", &parts.version);
    tree.text(&format!("{CONTENTS}/Info.plist"), &info)?;
    for icon in ["org.reweave.Fill.png", "org.reweave.Fill.svg"] {
        tree.file(
            &format!("{CONTENTS}/Resources/{icon}"),
            &resources.join(icon),
        )?;
    }
    models(parts, tree, &format!("{CONTENTS}/Resources/models"))?;
    licences_of_bundle(parts, tree)?;
    Ok(CONTENTS)
}

/// The licences in a bundle, for people to read.
pub fn licences_of_bundle(parts: &Parts, tree: &Tree) -> Result<()> {
    const FOLDER: &str = "Reweave.ofx.bundle/Contents/Resources/licences";
    for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
        tree.file(&format!("{FOLDER}/{licence}"), &parts.root.join(licence))?;
    }
    let others = licences::text(parts)?;
    tree.text(&format!("{FOLDER}/THIRD-PARTY-LICENCES.txt"), &others)
}

/// A packed program, which sees nothing of the builder's own: no models, no runtime.
fn packed(tree: &Tree, program: &str) -> Command {
    let mut command = Command::new(tree.path(program));
    command
        .env_remove("REWEAVE_MODELS")
        .env_remove("REWEAVE_ONNXRUNTIME")
        .env("HOME", NOWHERE)
        .env("XDG_DATA_HOME", NOWHERE);
    command
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_packed_program_sees_nothing_of_its_builder() {
        let folder = tempfile::tempdir().unwrap();
        let tree = Tree::new(&folder.path().join("tree")).unwrap();
        tree.text(
            "reweave",
            "#!/bin/sh\necho \"$HOME $XDG_DATA_HOME $REWEAVE_MODELS\"\n",
        )
        .unwrap();
        let program = tree.path("reweave");
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        completions(&tree, "reweave", &[("bash", "said")]).unwrap();
        let said = fs::read_to_string(tree.path("said")).unwrap();
        assert_eq!(said.trim(), format!("{NOWHERE} {NOWHERE}"));
    }
}
