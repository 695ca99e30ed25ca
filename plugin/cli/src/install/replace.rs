//! A folder in the place of an older one: whole or not at all.

use super::parts::{make_folder, naming};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Fills a new folder and puts it at `place`; a failure leaves what was there as it was. Until it is complete it lies
/// in `workshop`, which has to be on the same disk and is no folder in which programs look for plug-ins.
pub fn replace(
    place: &Path,
    workshop: &Path,
    fill: impl FnOnce(&Path) -> io::Result<()>,
) -> io::Result<()> {
    let (new, old) = (
        beside(place, workshop, "new"),
        beside(place, workshop, "old"),
    );
    for folder in [workshop, place.parent().unwrap_or(workshop)] {
        make_folder(folder)?;
    }
    remove(&new)?;
    remove(&old)?;
    if let Err(error) = make_folder(&new).and_then(|()| fill(&new)) {
        remove(&new)?;
        return Err(error);
    }
    if place.exists() {
        fs::rename(place, &old).map_err(|error| in_use(error, place))?;
    }
    if let Err(error) = fs::rename(&new, place) {
        // Whatever stood there comes back.
        if old.exists() {
            fs::rename(&old, place)?;
        }
        return Err(naming(error, place));
    }
    remove(&old)
}

/// Removes a folder; `false` if it was not there.
pub fn take_out(place: &Path) -> io::Result<bool> {
    let there = place.exists();
    remove(place)?;
    Ok(there)
}

fn beside(place: &Path, workshop: &Path, what: &str) -> PathBuf {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    workshop.join(format!(".{name}.{what}"))
}

fn remove(folder: &Path) -> io::Result<()> {
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
        assert!(take_out(&place).unwrap() && !take_out(&place).unwrap());
    }
}
