//! A result appears whole or not at all: written under a temporary name beside its place, then renamed.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::error::{FileError, Problem};

/// What the name of a result begins with until it is complete.
pub const TEMPORARY_PREFIX: &str = ".reweave-";
/// What it ends with.
pub const TEMPORARY_SUFFIX: &str = ".tmp";

/// The temporary file being written now, so that a second Ctrl-C can still tidy up.
static UNFINISHED: Mutex<Option<PathBuf>> = Mutex::new(None);

/// Writes `path` by `write`. Where anything fails, what was at `path` before is still there, unchanged.
///
/// # Errors
/// What `write` says, or where the folder or the file cannot be made. Then nothing has changed.
pub fn write<T>(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<&mut File>) -> Result<T, Problem>,
) -> Result<T, FileError> {
    // A link stays a link: what it points to is replaced.
    let resolved = path
        .is_symlink()
        .then(|| path.canonicalize().ok())
        .flatten();
    let path = resolved.as_deref().unwrap_or(path);
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let refuse = |doing: &str, error: &io::Error| Problem::io(doing, error);
    std::fs::create_dir_all(folder)
        .map_err(|error| refuse("made as a folder", &error).of(folder))?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY_PREFIX).suffix(TEMPORARY_SUFFIX);
    #[cfg(unix)]
    {
        // Readable as any new file is: the umask takes away what it takes from others.
        use std::os::unix::fs::PermissionsExt;
        let mode = path
            .metadata()
            .map_or(0o666, |old| old.permissions().mode() & 0o777);
        builder.permissions(std::fs::Permissions::from_mode(mode));
    }
    let mut file = builder
        .tempfile_in(folder)
        .map_err(|error| refuse("written", &error).of(path))?;
    // Says that it is in use to those who clear away what killed programs have left; not all file systems have locks.
    let _ = file.as_file().lock();
    let note = Unfinished::note(file.path());
    let mut buffer = BufWriter::with_capacity(1 << 20, file.as_file_mut());
    let written = write(&mut buffer).map_err(|problem| problem.of(path))?;
    buffer
        .flush()
        .map_err(|error| refuse("written", &error).of(path))?;
    drop(buffer);
    // On the disk before it takes its name: a power cut must not leave an empty file where a picture was.
    file.as_file()
        .sync_data()
        .map_err(|error| refuse("written", &error).of(path))?;
    file.persist(path)
        .map_err(|error| refuse("written", &error.error).of(path))?;
    drop(note);
    Ok(written)
}

/// Whether something could be written at `path`, asked before the time of a fill is spent.
pub fn check(path: &Path) -> Result<(), FileError> {
    if path.is_dir() {
        return Err(Problem::new(
            "is a folder",
            "name a file, or end the folder's name with /",
        )
        .of(path));
    }
    let mut folder = path.parent().unwrap_or(Path::new(""));
    // The nearest folder that is there; those below it will be made.
    while !folder.as_os_str().is_empty() && !folder.exists() {
        folder = folder.parent().unwrap_or(Path::new(""));
    }
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    tempfile::Builder::new()
        .prefix(TEMPORARY_PREFIX)
        .suffix(TEMPORARY_SUFFIX)
        .tempfile_in(folder)
        .map(drop)
        .map_err(|error| Problem::io("written", &error).of(path))
}

/// Removes what an interrupted write has left. Called when the user insists on leaving at once.
pub fn tidy_up() {
    if let Ok(mut unfinished) = UNFINISHED.try_lock()
        && let Some(path) = unfinished.take()
    {
        let _ = std::fs::remove_file(path);
    }
}

struct Unfinished;

impl Unfinished {
    fn note(path: &Path) -> Self {
        *UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner) = Some(path.to_owned());
        Self
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        *UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_write_leaves_the_old_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.png");
        std::fs::write(&path, b"old").unwrap();
        let error = super::write::<()>(&path, |file| {
            file.write_all(b"half").unwrap();
            Err(Problem::new("went wrong", "try again"))
        })
        .unwrap_err();
        assert!(error.to_string().contains("a.png"), "{error}");
        assert_eq!(std::fs::read(&path).unwrap(), b"old");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn links_stay_links_and_files_keep_their_permissions() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real"), folder.path().join("link"));
        std::fs::write(&real, b"old").unwrap();
        std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        super::write(&link, |file| {
            file.write_all(b"new")
                .map_err(|error| Problem::io("written", &error))
        })
        .unwrap();
        assert!(link.is_symlink());
        assert_eq!(std::fs::read(&real).unwrap(), b"new");
        assert_eq!(real.metadata().unwrap().permissions().mode() & 0o777, 0o640);
    }

    #[test]
    fn folders_are_made_and_files_are_no_folders() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x/y/a.txt");
        check(&path).unwrap();
        super::write(&path, |file| {
            file.write_all(b"new")
                .map_err(|error| Problem::io("written", &error))
        })
        .unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"new");
        let below = path.join("b.txt");
        assert!(check(&below).unwrap_err().to_string().contains("b.txt"));
        assert!(
            check(folder.path())
                .unwrap_err()
                .to_string()
                .contains("is a folder")
        );
    }
}
