//! For OpenFX hosts alone: the bundle, to be unpacked where hosts look for bundles.

use super::parts::Parts;
use super::pieces;
use super::tree::Tree;
use super::{licences, tar};
use anyhow::Result;
use std::fs;
use std::path::{Path, PathBuf};

/// The bundle, at the top of the archive.
const BUNDLE: &str = "Reweave.ofx.bundle";
/// What is to be read by people.
const DOCUMENTS: &str = "Reweave.ofx.bundle/Contents/Resources/licences";

/// Makes `reweave-VERSION-linux-x86_64-openfx.tar.gz` in the folder `out`.
pub fn pack(parts: &Parts, out: &Path) -> Result<PathBuf> {
    let work = out.join("work");
    let from = Tree::new(&work.join("from"))?;
    pieces::one_folder(parts, &from)?;
    let tree = Tree::new(&work.join("openfx"))?;
    pieces::openfx(&from, "reweave", &tree, "")?;
    for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
        tree.file(&format!("{DOCUMENTS}/{licence}"), &parts.root.join(licence))?;
    }
    tree.text(
        &format!("{DOCUMENTS}/THIRD-PARTY-LICENCES.txt"),
        &licences::text(parts)?,
    )?;
    tree.set_rights()?;
    let file = out.join(format!(
        "reweave-{}-linux-x86_64-openfx.tar.gz",
        parts.version
    ));
    tar::write(parts, &tree.top, BUNDLE, &file)?;
    fs::remove_dir_all(&work)?;
    Ok(file)
}
