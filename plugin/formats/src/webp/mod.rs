//! WebP: 8 bits. Written without loss unless `--quality` asks otherwise, so that known pixels stay what they were.

mod container;
mod read;
mod write;

pub(crate) use read::read;
pub(crate) use write::{nearest, write};
