//! For any Linux: a folder that is unpacked anywhere, from which the command installs the plug-ins.

use super::licences;
use super::parts::Parts;
use super::tree::Tree;
use crate::command::run_quietly;
use anyhow::Result;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Makes `reweave-VERSION-linux-x86_64.tar.gz` in the folder `out`.
pub fn pack(parts: &Parts, out: &Path) -> Result<PathBuf> {
    let name = format!("reweave-{}-linux-x86_64", parts.version);
    let work = out.join("work");
    let tree = Tree::new(&work.join(&name))?;
    lay(parts, &tree)?;
    tree.set_rights()?;
    let file = out.join(format!("{name}.tar.gz"));
    run_quietly(
        Command::new("tar")
            .args(["--create", "--format=gnu", "--sort=name"])
            .args(["--owner=0", "--group=0", "--numeric-owner"])
            .arg(format!("--mtime=@{}", parts.date))
            // gzip would keep the date of its own run.
            .arg("--use-compress-program=gzip -n")
            .arg("--file")
            .arg(&file)
            .arg("--directory")
            .arg(&work)
            .arg(&name),
    )?;
    fs::remove_dir_all(&work)?;
    Ok(file)
}

fn lay(parts: &Parts, tree: &Tree) -> Result<()> {
    tree.program("reweave", &parts.command)?;
    tree.program("reweave-gimp", &parts.gimp)?;
    tree.library("libreweave_plugin.so", &parts.library)?;
    tree.library("libreweave-onnxruntime.so", &parts.runtime.library)?;
    for model in &parts.models {
        let name = model.file_name().unwrap_or_default().to_string_lossy();
        tree.file(&format!("models/{name}"), model)?;
    }
    let command = tree.path("reweave");
    run_quietly(
        Command::new(&command)
            .args(["man", "--output"])
            .arg(tree.path("man/man1")),
    )?;
    for (shell, file) in [
        ("bash", "completions/reweave.bash"),
        ("zsh", "completions/_reweave"),
        ("fish", "completions/reweave.fish"),
    ] {
        let text = run_quietly(Command::new(&command).args(["completions", shell]))?;
        tree.text(file, &text)?;
    }
    for file in ["CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT"] {
        tree.file(file, &parts.root.join(file))?;
    }
    tree.text("THIRD-PARTY-LICENCES.txt", &licences::text(parts)?)?;
    tree.text("README.txt", &parts.template("tar/README.txt", &[])?)
}
