//! PNG: 8 or 16 bits, with every chunk that says something about the picture.

mod byte_order;
mod chunks;
pub(crate) mod own;
mod read;
mod write;

pub(crate) use read::read;
pub(crate) use write::{nearest, write};
