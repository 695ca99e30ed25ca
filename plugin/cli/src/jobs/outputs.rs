//! Where each result goes: one file, a folder, or a name made from the picture's.

use std::path::{Path, PathBuf};

use super::JobsError;
use super::pattern::Pattern;
use super::pictures::Source;

/// Where results go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outputs {
    /// The one result.
    File(PathBuf),
    /// A folder; each result keeps its picture's name.
    Folder(PathBuf),
    /// A name made from each picture's.
    ByPattern(Pattern),
}

impl Outputs {
    /// What the user means by `--output ARGUMENT` for `pictures` pictures.
    pub fn parse(argument: &Path, pictures: usize) -> Result<Self, JobsError> {
        let text = argument.to_string_lossy();
        if argument.is_dir() || text.ends_with(std::path::is_separator) {
            return Ok(Self::Folder(argument.to_owned()));
        }
        if let Some(pattern) = Pattern::parse(&text).filter(|_| !argument.exists()) {
            return Ok(Self::ByPattern(pattern));
        }
        if pictures <= 1 {
            return Ok(Self::File(argument.to_owned()));
        }
        if argument.extension().is_none() && !argument.exists() && !super::is_pipe(argument) {
            return Ok(Self::Folder(argument.to_owned()));
        }
        Err(JobsError::OneOutput {
            output: argument.to_owned(),
            pictures,
        })
    }

    /// The file for the result of one picture.
    pub fn of(&self, picture: &Source) -> Result<PathBuf, JobsError> {
        match self {
            Self::File(path) => Ok(path.clone()),
            Self::Folder(folder) => Ok(folder
                .join(&picture.below)
                .join(picture.path.file_name().unwrap_or_default())),
            Self::ByPattern(pattern) => Ok(pattern.for_picture(&picture.path, picture.frame)?),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_picture_goes_to_a_file_several_to_a_folder() {
        let out = Path::new("no-such-folder");
        assert_eq!(
            Outputs::parse(&out.join("a.png"), 1).unwrap(),
            Outputs::File(out.join("a.png"))
        );
        assert_eq!(
            Outputs::parse(out, 2).unwrap(),
            Outputs::Folder(out.to_owned())
        );
        assert_eq!(
            Outputs::parse(Path::new("new/"), 1).unwrap(),
            Outputs::Folder("new/".into())
        );
        let error = Outputs::parse(&out.join("a.png"), 2)
            .unwrap_err()
            .to_string();
        assert!(error.contains("{stem}"), "{error}");
    }

    #[test]
    fn folders_below_are_kept() {
        let source = Source {
            path: "in/x/a.png".into(),
            frame: None,
            below: "x".into(),
            found: true,
        };
        assert_eq!(
            Outputs::Folder("out".into()).of(&source).unwrap(),
            Path::new("out/x/a.png")
        );
    }
}
