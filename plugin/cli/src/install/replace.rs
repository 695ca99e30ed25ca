//! A folder in the place of an older one: whole or not at all.

use super::parts::{make_folder, naming};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Fills a new folder and puts it at `place`; a failure leaves what was there as it was. Until it is complete it lies
/// in `workshop`, which has to be on the same disk and is no folder in which programs look for plug-ins.
///
/// A program that has the older one open goes on with it. On Windows its files cannot be removed until the program ends: they
/// stay in `workshop` until the next replacement.
pub fn replace(
    place: &Path,
    workshop: &Path,
    fill: impl FnOnce(&Path) -> io::Result<()>,
) -> io::Result<()> {
    for folder in [workshop, place.parent().unwrap_or(workshop)] {
        make_folder(folder)?;
    }
    sweep(place, workshop)?;
    let new = beside(place, workshop, "new");
    remove(&new)?;
    if let Err(error) = make_folder(&new).and_then(|()| fill(&new)) {
        remove(&new)?;
        return Err(error);
    }
    let old = put_aside(place, workshop)?;
    if let Err(error) = fs::rename(&new, place) {
        // Whatever stood there comes back.
        if let Some(old) = &old {
            fs::rename(old, place)?;
        }
        return Err(naming(error, place));
    }
    match old {
        Some(old) => remove_unless_open(&old),
        None => Ok(()),
    }
}

/// Removes a folder; `false` if it was not there. What a program has open stays in `workshop`, as in [`replace`].
pub fn take_out(place: &Path, workshop: &Path) -> io::Result<bool> {
    let old = put_aside(place, workshop)?;
    if let Some(old) = &old {
        remove_unless_open(old)?;
    }
    if workshop.is_dir() {
        sweep(place, workshop)?;
    }
    Ok(old.is_some())
}

/// Moves a folder away, under a name that none of before has; `None` if it is not there.
fn put_aside(place: &Path, workshop: &Path) -> io::Result<Option<PathBuf>> {
    if !place.exists() {
        return Ok(None);
    }
    let old = (0..)
        .map(|number| beside(place, workshop, &format!("{OLD}{number}")))
        .find(|folder| !folder.exists());
    let old = old.unwrap_or_else(|| unreachable!("numbers do not end"));
    if fs::rename(place, &old).is_err() {
        // Windows moves a file that is open as a library or a program, but not the folder that it lies in.
        move_files(place, &old).map_err(|error| in_use(error, place))?;
    }
    Ok(Some(old))
}

/// Moves all files of a folder, one by one, into a new one; where one cannot be moved, the others come back.
fn move_files(from: &Path, to: &Path) -> io::Result<()> {
    let mut moved = Vec::new();
    let outcome = move_each(from, to, &mut moved);
    if outcome.is_err() {
        for (before, after) in moved.iter().rev() {
            fs::rename(after, before)?;
        }
        fs::remove_dir_all(to)?;
        return outcome;
    }
    fs::remove_dir_all(from)
}

fn move_each(from: &Path, to: &Path, moved: &mut Vec<(PathBuf, PathBuf)>) -> io::Result<()> {
    fs::create_dir(to)?;
    for entry in fs::read_dir(from)? {
        let before = entry?.path();
        let after = to.join(before.file_name().unwrap_or_default());
        if before.is_dir() {
            move_each(&before, &after, moved)?;
        } else {
            fs::rename(&before, &after)?;
            moved.push((before, after));
        }
    }
    Ok(())
}

/// What follows the name of a folder that has been replaced.
const OLD: &str = "old";

/// Removes what was replaced before and could not be removed then.
fn sweep(place: &Path, workshop: &Path) -> io::Result<()> {
    let start = beside(
        Path::new(place.file_name().unwrap_or_default()),
        Path::new(""),
        OLD,
    );
    let start = start.to_string_lossy().into_owned();
    for entry in fs::read_dir(workshop).map_err(|error| naming(error, workshop))? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(&start) {
            remove_unless_open(&entry.path())?;
        }
    }
    Ok(())
}

fn beside(place: &Path, workshop: &Path, what: &str) -> PathBuf {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    workshop.join(format!(".{name}.{what}"))
}

/// Removes a folder that nobody looks at any more, or as much of it as no program has open.
fn remove_unless_open(folder: &Path) -> io::Result<()> {
    match remove(folder) {
        Err(_) if cfg!(windows) => Ok(()),
        outcome => outcome,
    }
}

/// Removes a folder that no program has open, if it is there.
pub fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(in_use(error, folder)),
        _ => Ok(()),
    }
}

fn in_use(error: io::Error, folder: &Path) -> io::Error {
    let why = format!(
        "{}: {error}; close the programs that use it and try again",
        folder.display()
    );
    io::Error::new(error.kind(), why)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_leaves_the_older_folder() {
        let root = tempfile::tempdir().unwrap();
        let place = root.path().join("plug-ins/reweave");
        let write = |text: &'static str| move |folder: &Path| fs::write(folder.join("file"), text);
        replace(&place, root.path(), write("first")).unwrap();
        replace(&place, root.path(), |folder| {
            fs::write(folder.join("half"), "")?;
            Err(io::Error::other("the disk is full"))
        })
        .unwrap_err();
        assert_eq!(fs::read_to_string(place.join("file")).unwrap(), "first");
        replace(&place, root.path(), write("second")).unwrap();
        assert_eq!(fs::read_to_string(place.join("file")).unwrap(), "second");
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
        let out = || take_out(&place, root.path()).unwrap();
        assert!(out() && !out());
    }

    #[test]
    fn what_could_not_be_removed_is_removed_the_next_time() {
        let root = tempfile::tempdir().unwrap();
        let place = root.path().join("plug-ins/reweave");
        fs::create_dir_all(root.path().join(".reweave.old0/models")).unwrap();
        fs::create_dir_all(root.path().join(".rewoven.old0")).unwrap();
        for _ in 0..2 {
            replace(&place, root.path(), |folder| {
                fs::write(folder.join("file"), "")
            })
            .unwrap();
        }
        let mut left: Vec<_> = fs::read_dir(root.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        left.sort();
        assert_eq!(left, [".rewoven.old0", "plug-ins"]);
    }

    /// As where the folder cannot be moved as a whole.
    #[test]
    fn files_are_moved_one_by_one_or_not_at_all() {
        let root = tempfile::tempdir().unwrap();
        let (from, to) = (root.path().join("from"), root.path().join("to"));
        fs::create_dir_all(from.join("models")).unwrap();
        fs::write(from.join("library"), "1").unwrap();
        fs::write(from.join("models/model"), "2").unwrap();
        // Something stands where it would go.
        fs::create_dir(&to).unwrap();
        fs::write(to.join("other"), "3").unwrap();
        assert!(move_each(&from, &to, &mut Vec::new()).is_err());
        fs::remove_dir_all(&to).unwrap();
        move_files(&from, &to).unwrap();
        assert!(!from.exists());
        assert_eq!(fs::read_to_string(to.join("library")).unwrap(), "1");
        assert_eq!(fs::read_to_string(to.join("models/model")).unwrap(), "2");
    }
}
