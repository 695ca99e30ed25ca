//! For any Linux: a folder that is unpacked anywhere, from which the command installs the plug-ins.

use super::licences;
use super::parts::Parts;
use super::pieces;
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
    write(parts, &work, &name, &file)?;
    fs::remove_dir_all(&work)?;
    Ok(file)
}

/// Writes what is called `name` in `folder` into an archive.
pub fn write(parts: &Parts, folder: &Path, name: &str, file: &Path) -> Result<()> {
    run_quietly(
        Command::new("tar")
            .args(["--create", "--format=gnu", "--sort=name"])
            .args(["--owner=0", "--group=0", "--numeric-owner"])
            .arg(format!("--mtime=@{}", parts.date))
            // gzip would keep the date of its own run.
            .arg("--use-compress-program=gzip -n")
            .arg("--file")
            .arg(file)
            .arg("--directory")
            .arg(folder)
            .arg(name),
    )?;
    Ok(())
}

fn lay(parts: &Parts, tree: &Tree) -> Result<()> {
    pieces::one_folder(parts, tree)?;
    pieces::manuals(tree, "reweave", "man/man1")?;
    pieces::completions(
        tree,
        "reweave",
        &[
            ("bash", "completions/reweave.bash"),
            ("zsh", "completions/_reweave"),
            ("fish", "completions/reweave.fish"),
        ],
    )?;
    for file in ["CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT"] {
        tree.file(file, &parts.root.join(file))?;
    }
    tree.text("THIRD-PARTY-LICENCES.txt", &licences::text(parts)?)?;
    tree.text("README.txt", &parts.template("tar/README.txt", &[])?)
}
