//! Why there is no fill.

use reweave::Error;

/// Why a frame could not be filled.
#[derive(Debug)]
pub enum Trouble {
    /// The host wanted it no longer.
    Aborted,
    /// A sentence for the user.
    Told(String),
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        match error {
            Error::Cancelled => Self::Aborted,
            error => Self::Told(error.to_string()),
        }
    }
}
