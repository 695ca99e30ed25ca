//! What Linux shows of graphics cards.

use std::path::{Path, PathBuf};

/// The devices by which programs compute on a card: every driver of the kernel shows one for each card, whatever shows a
/// picture on a screen. `root` is the system's, `/`.
pub fn render_nodes(root: &Path) -> Vec<PathBuf> {
    let nodes = root.join("dev/dri").read_dir().into_iter().flatten();
    let mut nodes: Vec<_> = nodes
        .flatten()
        .filter(|node| node.file_name().to_string_lossy().starts_with("renderD"))
        .map(|node| node.path())
        .collect();
    nodes.sort();
    nodes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_screen_is_no_card_that_computes() {
        let root = tempfile::tempdir().unwrap();
        assert!(render_nodes(root.path()).is_empty());
        let folder = root.path().join("dev/dri");
        std::fs::create_dir_all(&folder).unwrap();
        for name in ["renderD129", "card0", "renderD128"] {
            std::fs::write(folder.join(name), "").unwrap();
        }
        assert_eq!(
            render_nodes(root.path()),
            [folder.join("renderD128"), folder.join("renderD129")]
        );
    }
}
