//! What is installed on Windows: everything in one folder, from which the command itself puts the plug-ins where their programs
//! look.

use super::licences;
use super::parts::Parts;
use super::pieces;
use super::tree::Tree;
use anyhow::Result;

/// Lays it as `reweave::installation` says of one folder.
pub fn lay(parts: &Parts, tree: &Tree) -> Result<()> {
    tree.file("reweave.exe", &parts.command)?;
    tree.file("reweave-gimp.exe", &parts.gimp)?;
    tree.file("reweave_plugin.dll", &parts.library)?;
    // As its makers have signed it, under a name of our own.
    tree.file("reweave-onnxruntime.dll", &parts.runtime.library)?;
    pieces::models(parts, tree, "models")?;
    for (file, from) in [
        ("CHANGELOG.txt", "CHANGELOG.md"),
        ("LICENSE-APACHE.txt", "LICENSE-APACHE"),
        ("LICENSE-MIT.txt", "LICENSE-MIT"),
    ] {
        tree.file(file, &parts.root.join(from))?;
    }
    tree.text("THIRD-PARTY-LICENCES.txt", &licences::text(parts)?)?;
    tree.text("README.txt", &parts.template("windows/README.txt", &[])?)
}
