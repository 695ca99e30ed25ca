//! TIFF: 8 or 16 bits, half or float; grey or RGB, with or without alpha; with its tags.

mod layouts;
mod metadata;
pub(crate) mod own;
mod read;
mod refused;
mod write;

pub(crate) use read::read;
pub(crate) use write::write;
