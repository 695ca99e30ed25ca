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

/// The variable that names more folders to hosts.
pub const VARIABLE: &str = "OFX_PLUGIN_PATH";

/// A folder of this user's, for whom hosts find it by [`VARIABLE`]: writing to the one of the system takes the rights of an
/// administrator.
#[cfg(windows)]
pub fn of_user() -> Option<PathBuf> {
    Some(dirs::data_local_dir()?.join(r"reweave\OFX\Plugins"))
}

/// Removes the user's folder, and those that were made for it, as far as nothing else lies in them.
#[cfg(windows)]
pub fn remove_if_empty(folder: &Path) {
    let made = folder.ancestors().take(3);
    for folder in made {
        if fs::remove_dir(folder).is_err() {
            return;
        }
    }
}

/// All folders that hosts look through: those of [`VARIABLE`], then the system's.
pub fn all() -> Vec<PathBuf> {
    let named = env::var_os(VARIABLE).unwrap_or_default();
    let mut folders: Vec<_> = env::split_paths(&named)
        .filter(|folder| folder.is_absolute())
        .collect();
    // What was set since this terminal was opened.
    #[cfg(windows)]
    for folder in crate::install::variables::folders(VARIABLE) {
        if folder.is_absolute() && !folders.contains(&folder) {
            folders.push(folder);
        }
    }
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
