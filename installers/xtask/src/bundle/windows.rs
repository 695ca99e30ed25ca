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

/// Lays the bundle for OpenFX hosts, as `reweave::installation` says of one.
pub fn lay_bundle(parts: &Parts, tree: &Tree) -> Result<()> {
    let contents = pieces::contents_of_bundle(parts, tree)?;
    let binaries = format!("{contents}/Win64");
    tree.file(&format!("{binaries}/Reweave.ofx"), &parts.library)?;
    tree.file(&format!("{binaries}/reweave.exe"), &parts.command)?;
    let runtime = format!("{binaries}/reweave-onnxruntime.dll");
    tree.file(&runtime, &parts.runtime.library)
}

/// A version as Windows wants it: four numbers, without what follows them.
pub fn numbers(version: &str) -> String {
    let plain = version.split(['-', '+']).next().unwrap_or(version);
    format!("{plain}.0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_takes_four_numbers() {
        assert_eq!(numbers("0.1.0"), "0.1.0.0");
        assert_eq!(numbers("1.2.3-rc.1+later"), "1.2.3.0");
    }
}
