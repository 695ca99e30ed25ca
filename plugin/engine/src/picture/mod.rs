//! Pictures: pixels in memory and what their numbers mean.
//!
//! A [`View`] borrows pixels that somebody else owns, as every host does; a [`Picture`] owns them. Rows may be padded
//! and may run upwards (negative stride), as OpenFX hosts and bitmaps have them. Pixels are interleaved, in the byte
//! order of the machine, and need not be aligned.

pub(crate) mod codec;
mod format;
mod owned;
mod rect;
mod rows;
mod view;

pub use format::{Alpha, Channels, Depth, Format, Transfer};
pub use owned::Picture;
pub use rect::Rect;
pub use view::{View, ViewMut};
