//! Reweave's shared library, with two frontends of the same engine.
//!
//! - [`abi`]: the C ABI of `ffi/include/reweave.h`, for GIMP's plug-in and for anybody's program;
//! - [`openfx`]: the node for OpenFX hosts.
//!
//! The library is a guest in somebody's process: no panic leaves it, it keeps no state but caches that all callers
//! share, and it never relies on being unloaded in any order, or at all: once it has worked, it stays until the process ends.

#![warn(missing_docs)]

pub mod abi;
pub mod openfx;
mod pin;
mod quiet;
mod region;
mod zoo;
