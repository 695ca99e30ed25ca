//! `ffi/include/reweave.h` in Rust.
//!
//! [`types`] and [`functions`] mirror the header, item for item and with its names, so that the two can be read side
//! by side; what the items mean stands in the header. The library implements them and a program such as the GIMP
//! plug-in calls them through [`Library`], so both are compiled against the same declarations; a test in
//! `plugin/library` compiles a C program against the header and compares every size, offset, value and name.

#![warn(missing_docs)]

pub mod functions;
mod library;
pub mod types;

pub use library::{Library, OpenError};
pub use types::*;
