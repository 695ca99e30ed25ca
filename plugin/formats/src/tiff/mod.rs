//! TIFF: 8 or 16 bits, half or float; grey or RGB, with or without alpha; with its tags.

mod extra_sample;
mod layouts;
mod metadata;
pub(crate) mod own;
mod planes;
mod read;
mod refused;
mod write;

pub(crate) use read::read;
pub(crate) use write::write;
