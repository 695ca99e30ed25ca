//! Why there is no fill.

use crate::openfx::status::Status;
use reweave::Error;

/// Why a frame could not be filled.
#[derive(Debug)]
pub enum NodeError {
    /// The host wanted it no longer.
    Aborted,
    /// A sentence for the user.
    Told(String),
}

impl From<Error> for NodeError {
    fn from(error: Error) -> Self {
        match error {
            Error::Cancelled => Self::Aborted,
            error => Self::Told(error.to_string()),
        }
    }
}

impl From<Status> for NodeError {
    fn from(status: Status) -> Self {
        Self::Told(format!("the host answered with status {}", status.0))
    }
}
