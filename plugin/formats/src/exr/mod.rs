//! OpenEXR: half or float, linear light, premultiplied alpha; every layer, channel and attribute comes back.

mod choose;
pub(crate) mod own;
mod read;
mod write;

pub(crate) use read::read;
pub(crate) use write::{nearest, write};
