//! Pictures: pixels in memory and what their numbers mean.
//!
//! A [`View`] borrows pixels that somebody else owns, as every host does; a [`Picture`] owns them. Rows may be padded
//! and may run upwards (negative stride), as OpenFX hosts and bitmaps have them. Pixels are interleaved, in the byte
//! order of the machine, and need not be aligned.

pub mod codec;
mod format;
mod interpolation;
mod owned;
mod rect;
mod rows;
pub(crate) mod sample;
mod transfer;
mod view;

pub use format::{Alpha, Channels, Depth, Format};
pub use interpolation::catmull_rom;
pub use owned::Picture;
pub use rect::Rect;
pub use transfer::Transfer;
pub use view::{View, ViewMut};
