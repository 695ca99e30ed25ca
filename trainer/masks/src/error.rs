//! Why a mask could not be made.

use std::path::{Path, PathBuf};

/// Why a mask could not be made.
#[derive(Debug, thiserror::Error)]
pub enum MaskError {
    /// What was asked for makes no sense.
    #[error("{0}")]
    Description(String),
    /// One file or folder is in the way.
    #[error("{} {what}", file.display())]
    File {
        /// The file or folder.
        file: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// The kinds of masks named do not give what is wanted of them.
    #[error("no mask of these kinds has {0}; widen the range, or name other kinds")]
    NotFound(String),
}

impl MaskError {
    pub(crate) fn file(file: &Path, what: impl Into<String>) -> Self {
        MaskError::File {
            file: file.to_owned(),
            what: what.into(),
        }
    }
}
