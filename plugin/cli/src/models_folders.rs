//! Where the command looks for models: where the engine does, and, until it is installed, in the source tree, so that
//! `cargo run` works.

use reweave::installation::Installation;
use std::path::{Path, PathBuf};

/// The folders that are searched, first the one that the user named; only those that exist, each once.
pub fn folders(named: Option<&Path>) -> Vec<PathBuf> {
    let mut folders = reweave::zoo::folders(named);
    let installed = Installation::of_code();
    if !installed.iter().any(|parts| parts.models.is_dir()) {
        folders.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/zoo"));
    }
    let mut seen = std::collections::HashSet::new();
    let folders = folders
        .iter()
        .filter_map(|folder| folder.canonicalize().ok());
    folders
        .filter(|folder| seen.insert(folder.clone()))
        .collect()
}
