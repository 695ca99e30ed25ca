//! What a run that was killed has left: results under their temporary names.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;
use std::time::Duration;

use reweave_formats::place::{TEMPORARY_PREFIX, TEMPORARY_SUFFIX};

/// Writing a result takes seconds: what nobody has touched for so long is nobody's, also where locks do not work.
const OLD: Duration = Duration::from_secs(60 * 60);

/// Removes temporary results in a folder that are old and that no running program is writing.
pub fn clear(folder: &Path) {
    let entries = folder.read_dir().into_iter().flatten().flatten();
    for entry in entries {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_ours = name.starts_with(TEMPORARY_PREFIX) && name.ends_with(TEMPORARY_SUFFIX);
        if is_ours && is_left_over(&entry.path()).unwrap_or(false) {
            // What may not be removed stays: no reason not to fill.
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn is_left_over(path: &Path) -> io::Result<bool> {
    let metadata = path.symlink_metadata()?;
    let age = metadata.modified()?.elapsed().unwrap_or_default();
    if !metadata.is_file() || age < OLD {
        return Ok(false);
    }
    // Whoever writes one holds a lock on it, which ends with the program, however that ends.
    let in_use = matches!(File::open(path)?.try_lock(), Err(TryLockError::WouldBlock));
    Ok(!in_use)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::SystemTime;

    #[test]
    fn only_what_is_old_and_nobodys_goes() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, age: Duration| {
            let file = File::create(folder.path().join(name)).unwrap();
            file.set_modified(SystemTime::now() - age).unwrap();
            file
        };
        file(".reweave-old.tmp", 2 * OLD);
        file(".reweave-new.tmp", OLD / 2);
        file(".reweave-old.png", 2 * OLD);
        file("old.tmp", 2 * OLD);
        let busy = file(".reweave-busy.tmp", 2 * OLD);
        busy.lock().unwrap();
        clear(folder.path());
        let mut names: Vec<_> = fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert_eq!(
            names,
            [
                ".reweave-busy.tmp",
                ".reweave-new.tmp",
                ".reweave-old.png",
                "old.tmp"
            ]
        );
        drop(busy);
        clear(folder.path());
        assert!(!folder.path().join(".reweave-busy.tmp").exists());
    }
}
