//! Masks to train with: free-form strokes and boxes.
//!
//! A mask says where a picture has holes: 1 = hole, 0 = known, row by row.
#![warn(missing_docs)]

mod kind;
mod mask;
mod strokes;

pub use kind::MaskKind;
pub use mask::Mask;
pub use strokes::{Boxes, Strokes};
