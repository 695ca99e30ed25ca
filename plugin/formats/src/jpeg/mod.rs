//! JPEG: 8 bits, lossy.
//!
//! A JPEG that is written again with its own quantisation and chroma sampling loses next to nothing where nothing
//! has changed, so that is the default; `--quality` asks for something else.

mod bits;
mod frame;
mod markers;
pub(crate) mod own;
mod read;
mod scans;
mod segments;
mod write;

pub(crate) use read::read;
pub(crate) use write::{nearest, write};
