//! Which file a path means, however it is spelled.

use std::path::{Path, PathBuf};

/// More links than this, one after another, go round in a circle: as many as Linux follows.
const MOST_LINKS: usize = 40;

/// The path of the file itself: from the root, every link followed, also one to a file that is not there yet. Paths
/// that mean the same file, or would, have the same.
pub fn of(path: &Path) -> PathBuf {
    let mut path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for _ in 0..MOST_LINKS {
        if let Ok(real) = path.canonicalize() {
            return real;
        }
        match path.read_link() {
            // Where it is relative, it is so to the link's folder.
            Ok(target) => path = path.parent().unwrap_or(Path::new("")).join(target),
            Err(_) => break,
        }
    }
    // Nothing there yet: a name in a folder.
    match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) => of(folder).join(name),
        _ => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_does_not_matter() {
        let folder = tempfile::tempdir().unwrap();
        let here = folder.path();
        std::fs::create_dir(here.join("sub")).unwrap();
        std::fs::write(here.join("m.png"), b"").unwrap();
        for name in ["m.png", "new.png", "none/new.png"] {
            let plain = of(&here.join(name));
            assert!(plain.ends_with(name));
            assert_eq!(of(&here.join("sub/..").join(name)), plain);
            assert_eq!(of(&here.join(".").join(name)), plain);
        }
        assert_ne!(of(&here.join("m.png")), of(&here.join("sub/m.png")));
    }

    #[cfg(unix)]
    #[test]
    fn links_mean_what_they_point_to() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let here = folder.path();
        std::fs::write(here.join("m.png"), b"").unwrap();
        symlink(here, here.join("again")).unwrap();
        symlink("m.png", here.join("link.png")).unwrap();
        symlink("new.png", here.join("dangling.png")).unwrap();
        symlink("circle.png", here.join("circle.png")).unwrap();
        let m = of(&here.join("m.png"));
        assert_eq!(of(&here.join("link.png")), m);
        assert_eq!(of(&here.join("again/m.png")), m);
        let new = of(&here.join("new.png"));
        assert_eq!(of(&here.join("again/dangling.png")), new);
        // It has to end.
        of(&here.join("circle.png"));
    }
}
