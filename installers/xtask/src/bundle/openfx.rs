//! For OpenFX hosts alone: the bundle, to be unpacked where hosts look for bundles.

use super::parts::Parts;
use super::pieces;
use super::tar;
use super::tree::Tree;
use anyhow::Result;
use std::fs;
use std::path::{Path, PathBuf};

/// The bundle, at the top of the archive.
const BUNDLE: &str = "Reweave.ofx.bundle";

/// Makes `reweave-VERSION-linux-x86_64-openfx.tar.gz` in the folder `out`.
pub fn pack(parts: &Parts, out: &Path) -> Result<PathBuf> {
    let work = out.join("work");
    let from = Tree::new(&work.join("from"))?;
    pieces::one_folder(parts, &from)?;
    let tree = Tree::new(&work.join("openfx"))?;
    pieces::openfx(&from, "reweave", &tree, "")?;
    pieces::licences_of_bundle(parts, &tree)?;
    tree.set_rights()?;
    let file = out.join(format!(
        "reweave-{}-linux-x86_64-openfx.tar.gz",
        parts.version
    ));
    tar::write(parts, &tree.top, BUNDLE, &file)?;
    fs::remove_dir_all(&work)?;
    Ok(file)
}
