//! Why a picture was not filled.

use reweave_formats::FileError;

use crate::jobs::JobsError;

/// Why there is no result. What was there before is still there.
#[derive(Debug, thiserror::Error)]
pub enum FillError {
    /// Ctrl-C.
    #[error("stopped")]
    Cancelled,
    /// A file could not be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// The mask of another frame of the shot cannot be named.
    #[error(transparent)]
    Shot(#[from] JobsError),
    /// The engine could not fill it.
    #[error(transparent)]
    Engine(reweave::Error),
    /// Something broke down in it that should not have.
    #[error("Reweave broke down on it ({0}); please report this, with the picture")]
    Broken(String),
    /// The model cannot be used, for no picture.
    #[error(transparent)]
    Model(reweave::Error),
}

impl From<reweave::Error> for FillError {
    fn from(error: reweave::Error) -> Self {
        match error {
            reweave::Error::Cancelled => Self::Cancelled,
            error => Self::Engine(error),
        }
    }
}
