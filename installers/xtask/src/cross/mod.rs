//! Builds for systems other than the one at hand.
//!
//! | file | what it builds for, and by what |
//! |---|---|
//! | `linux.rs` | any Linux of the last years: the Rust at hand, linked against an old glibc |
//! | `debian.rs` | Windows and macOS: a Debian whose Rust has the sources of its library |

mod debian;
pub mod linux;

pub use debian::{MACOS, System, WINDOWS, Workshop};
