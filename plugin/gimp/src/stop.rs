//! Why a run ends without a fill.

use crate::engine;

/// How a run may end early.
#[derive(Debug)]
pub enum Stop {
    /// The user does not want it any more.
    Cancelled,
    /// The sentence says what to do.
    Because(String),
}

impl From<engine::Error> for Stop {
    fn from(error: engine::Error) -> Self {
        match error {
            engine::Error::Cancelled => Self::Cancelled,
            other => Self::Because(other.to_string()),
        }
    }
}

impl From<String> for Stop {
    fn from(sentence: String) -> Self {
        Self::Because(sentence)
    }
}
