//! What a fill gives.

use reweave::{Picture, Rect};
use std::sync::Arc;

/// A part of a frame, before and after its fill.
pub struct Filled {
    /// Where the part lies in the frame.
    pub part: Rect,
    /// As it was.
    pub before: Picture,
    /// With the hole filled.
    pub after: Arc<Picture>,
    /// The part of these pictures that may have changed.
    pub changed: Rect,
}
