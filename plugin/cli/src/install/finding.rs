//! What `reweave doctor` has to say about one thing that it looked at.

/// One thing that was looked at.
#[derive(Debug, PartialEq, Eq)]
pub enum Finding {
    /// As it should be.
    Fine(String),
    /// Worth knowing.
    Note(String),
    /// Why the plug-in does not show or does not work, and what to do.
    Problem(String),
}
