//! Where the command looks for models: where the engine does, and in the source tree, so that `cargo run` works before
//! anything is installed.

use std::path::{Path, PathBuf};

/// The folders that are searched, first the one that the user named; only those that exist, each once.
pub fn folders(named: Option<&Path>) -> Vec<PathBuf> {
    let source_tree = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/zoo");
    let mut folders = reweave::zoo::folders(named);
    folders.push(source_tree);
    let mut seen = std::collections::HashSet::new();
    let folders = folders
        .iter()
        .filter_map(|folder| folder.canonicalize().ok());
    folders
        .filter(|folder| seen.insert(folder.clone()))
        .collect()
}
