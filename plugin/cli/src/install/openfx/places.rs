//! Where hosts look for bundles.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// The folder that every host looks through.
pub fn of_the_system() -> PathBuf {
    if cfg!(windows) {
        let files = env::var_os("CommonProgramFiles")
            .map_or_else(|| r"C:\Program Files\Common Files".into(), PathBuf::from);
        files.join("OFX").join("Plugins")
    } else if cfg!(target_os = "macos") {
        "/Library/OFX/Plugins".into()
    } else {
        "/usr/OFX/Plugins".into()
    }
}

/// All folders that hosts started from here look through: those of `OFX_PLUGIN_PATH`, then the system's.
pub fn all() -> Vec<PathBuf> {
    let named = env::var_os("OFX_PLUGIN_PATH").unwrap_or_default();
    let mut folders: Vec<_> = env::split_paths(&named)
        .filter(|folder| folder.is_absolute())
        .collect();
    folders.push(of_the_system());
    folders
}

/// The first folder that this user may write to, or make.
pub fn writable() -> Option<PathBuf> {
    all().into_iter().find(|folder| {
        let existing = folder.ancestors().find(|folder| folder.is_dir());
        existing.is_some_and(may_write)
    })
}

/// Whether files can be made in a folder; nothing but trying tells surely.
fn may_write(folder: &Path) -> bool {
    let probe = folder.join(format!(".reweave-{}", std::process::id()));
    let made = fs::create_dir(&probe).is_ok();
    if made {
        // What cannot be removed again was made all the same.
        let _ = fs::remove_dir(&probe);
    }
    made
}
