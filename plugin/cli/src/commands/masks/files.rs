//! The files of a set of masks.

use std::path::{Path, PathBuf};

use reweave_formats::{FileError, Problem, place};
use reweave_masks::MaskError;
use reweave_masks::png::png_files;

/// Writes a file whole or not at all.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    use std::io::Write;
    place::write(path, |file| {
        file.write_all(bytes)
            .map_err(|error| Problem::io("written", &error))
    })
}

/// Refuses a file that is there already, unless it may be replaced.
pub fn check_absent(path: &Path, overwrite: bool) -> Result<(), FileError> {
    if path.exists() && !overwrite {
        let advice = "name another file, or replace it with --overwrite";
        return Err(Problem::new("is there already", advice).of(path));
    }
    Ok(())
}

/// The masks of a folder and those below it, in order of name.
///
/// # Errors
/// The folder cannot be read, or has none.
pub fn masks_in(folder: &Path) -> Result<Vec<PathBuf>, MaskError> {
    let files = png_files(folder)?;
    if files.is_empty() {
        return Err(MaskError::File {
            file: folder.to_owned(),
            what: "has no mask (PNG) in it".into(),
        });
    }
    Ok(files)
}
