//! What there is for macOS: a zip with the bundle for OpenFX hosts, and the command, which installs the plug-in for GIMP. It is
//! made where nothing of it can be run, and says so.

use super::licences;
use super::parts::Parts;
use super::pieces;
use super::tree::Tree;
use crate::command::run_quietly;
use crate::fetch::system as programs;
use anyhow::Result;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder of the command and of what GIMP's plug-in is made of.
const FOLDER: &str = "reweave";

/// Makes `reweave-VERSION-macos-arm64.zip` in the folder `out`.
pub fn pack(parts: &Parts, out: &Path) -> Result<PathBuf> {
    programs::need("zip", "zip")?;
    let name = format!("reweave-{}-macos-arm64", parts.version);
    let work = out.join("work");
    let tree = Tree::new(&work.join(&name))?;
    lay(parts, &tree)?;
    lay_bundle(parts, &tree)?;
    tree.set_rights()?;
    // They are kept in the package.
    tree.set_dates(parts.date)?;
    let file = std::path::absolute(out.join(format!("{name}.zip")))?;
    if file.exists() {
        // It would be added to.
        fs::remove_file(&file)?;
    }
    let files = tree.files()?;
    run_quietly(
        Command::new("zip")
            .env("TZ", "UTC")
            .args(["-X", "-q"])
            .arg(&file)
            .args(files.iter().map(|path| format!("{name}/{path}")))
            .current_dir(&work),
    )?;
    fs::remove_dir_all(&work)?;
    Ok(file)
}

fn lay(parts: &Parts, tree: &Tree) -> Result<()> {
    let within = |name: &str| format!("{FOLDER}/{name}");
    // What strips programs of this system would break the signature of those.
    tree.runnable(&within("reweave"), &parts.command)?;
    tree.runnable(&within("reweave-gimp"), &parts.gimp)?;
    tree.file(&within("libreweave_plugin.dylib"), &parts.library)?;
    let runtime = within("libreweave-onnxruntime.dylib");
    tree.file(&runtime, &parts.runtime.library)?;
    pieces::models(parts, tree, &within("models"))?;
    for file in ["CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT"] {
        tree.file(file, &parts.root.join(file))?;
    }
    tree.text("THIRD-PARTY-LICENCES.txt", &licences::text(parts)?)?;
    tree.text("README.txt", &parts.template("macos/README.txt", &[])?)
}

/// The bundle, as `reweave::installation` says of one.
fn lay_bundle(parts: &Parts, tree: &Tree) -> Result<()> {
    let contents = pieces::contents_of_bundle(parts, tree)?;
    let within = |name: &str| format!("{contents}/MacOS/{name}");
    tree.file(&within("Reweave.ofx"), &parts.library)?;
    tree.runnable(&within("reweave"), &parts.command)?;
    let runtime = within("libreweave-onnxruntime.dylib");
    tree.file(&runtime, &parts.runtime.library)
}
