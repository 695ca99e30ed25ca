//! Which graphics card this machine has, as far as it takes to choose a package.

use std::path::Path;

use reweave::devices::render_nodes;

use super::package::Package;

/// The package that fits the card of this machine; `None` if no card is found.
pub fn fitting() -> Option<Package> {
    if cfg!(windows) {
        return Some(Package::DirectMl);
    }
    if cfg!(target_os = "macos") {
        return Some(Package::WebGpu);
    }
    on_linux(Path::new("/"))
}

/// Looks at what the drivers show. NVIDIA's own driver serves CUDA; any driver of the kernel has a render node.
fn on_linux(root: &Path) -> Option<Package> {
    if root.join("proc/driver/nvidia/version").is_file() {
        return Some(Package::Cuda);
    }
    // Windows' subsystem for Linux has a device of its own.
    let has_card = root.join("dev/dxg").exists() || !render_nodes(root).is_empty();
    has_card.then_some(Package::WebGpu)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn cards_are_known_by_what_their_drivers_show() {
        let root = tempfile::tempdir().unwrap();
        let show = |file: &str| {
            let path = root.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        };
        show("dev/dri/card0");
        assert_eq!(
            on_linux(root.path()),
            None,
            "a screen is no card that computes"
        );
        show("dev/dri/renderD128");
        assert_eq!(on_linux(root.path()), Some(Package::WebGpu));
        show("proc/driver/nvidia/version");
        assert_eq!(on_linux(root.path()), Some(Package::Cuda));
    }
}
