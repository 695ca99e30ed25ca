//! Which mask belongs to which picture: one for all, one of a folder, or one by pattern.

use std::path::{Path, PathBuf};

use super::pattern::Pattern;
use super::pictures::{Source, entries};
use super::{JobsError, has_picture_extension};

/// Where masks come from.
#[derive(Debug, Clone)]
pub enum Masks {
    /// The same mask for every picture.
    One(PathBuf),
    /// A folder that holds a mask named like each picture.
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What lies in it, sorted.
        files: Vec<PathBuf>,
    },
    /// A name made from each picture's.
    ByPattern(Pattern),
}

impl Masks {
    /// What the user means by `--mask ARGUMENT`.
    pub fn parse(argument: &Path) -> Result<Self, JobsError> {
        if argument.is_dir() {
            let files = entries(argument)?
                .into_iter()
                .filter(|path| has_picture_extension(path))
                .collect();
            return Ok(Self::Folder {
                folder: argument.to_owned(),
                files,
            });
        }
        if !argument.exists()
            && let Some(pattern) = argument.to_str().and_then(Pattern::parse)
        {
            return Ok(Self::ByPattern(pattern));
        }
        Ok(Self::One(argument.to_owned()))
    }

    /// The mask of one picture. The file need not exist: its own job reports that.
    pub fn of(&self, picture: &Source) -> Result<PathBuf, JobsError> {
        match self {
            Self::One(path) => Ok(path.clone()),
            Self::ByPattern(pattern) => Ok(pattern.for_picture(&picture.path, picture.frame)?),
            Self::Folder { folder, files } => {
                let stem = picture
                    .path
                    .file_stem()
                    .unwrap_or_default()
                    .to_string_lossy();
                let endings = ["", "_mask", "-mask", ".mask"];
                let fits = |ending: &str| {
                    let wanted = format!("{stem}{ending}");
                    files.iter().find(|file| {
                        **file != picture.path
                            && file
                                .file_stem()
                                .is_some_and(|name| name.to_string_lossy() == wanted)
                    })
                };
                let found = endings.iter().find_map(|ending| fits(ending));
                // The name that would have fitted best makes the clearest error; the picture itself would be none.
                let missing = || {
                    let names =
                        ["", "_mask"].map(|ending| folder.join(format!("{stem}{ending}.png")));
                    let [same, other] = names;
                    if picture.path == same { other } else { same }
                };
                Ok(found.cloned().unwrap_or_else(missing))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(path: &str, frame: Option<u32>) -> Source {
        Source {
            path: path.into(),
            frame,
            below: PathBuf::new(),
            found: false,
        }
    }

    #[test]
    fn one_mask_serves_all() {
        let masks = Masks::parse(Path::new("no/such/mask.png")).unwrap();
        assert_eq!(
            masks.of(&source("a.png", None)).unwrap(),
            Path::new("no/such/mask.png")
        );
    }

    #[test]
    fn patterns_take_name_or_frame() {
        let masks = Masks::parse(Path::new("m/{stem}.tif")).unwrap();
        assert_eq!(
            masks.of(&source("x/a.jpg", None)).unwrap(),
            Path::new("m/a.tif")
        );
        let masks = Masks::parse(Path::new("matte.%04d.exr")).unwrap();
        assert_eq!(
            masks.of(&source("shot.1001.exr", Some(1001))).unwrap(),
            Path::new("matte.1001.exr")
        );
    }

    #[test]
    fn a_folder_is_searched_by_stem() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.webp", "b_mask.png", "b.jpg"] {
            std::fs::write(folder.path().join(name), b"").unwrap();
        }
        let masks = Masks::parse(folder.path()).unwrap();
        assert_eq!(
            masks.of(&source("in/a.jpg", None)).unwrap(),
            folder.path().join("a.webp")
        );
        // A picture beside its mask is not its own mask.
        let picture = folder.path().join("b.jpg");
        let mask = masks.of(&source(picture.to_str().unwrap(), None)).unwrap();
        assert_eq!(mask, folder.path().join("b_mask.png"));
        assert_eq!(
            masks.of(&source("c.jpg", None)).unwrap(),
            folder.path().join("c.png")
        );
    }
}
