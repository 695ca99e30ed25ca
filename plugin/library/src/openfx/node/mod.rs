//! The node **Reweave Fill**: what it says about itself, and what it does with a frame.

mod cache;
mod colour;
mod describe;
mod error;
mod fill;
mod filled;
mod frames;
mod hole;
mod output;
mod parameters;
mod propagate;
mod render;
mod shot;
mod watch;

pub use describe::{clip_preferences, describe, describe_in_context};
pub use frames::{frames_needed, regions_of_interest};
pub use render::{is_identity, render};

use std::ffi::CStr;

/// Projects store it: it never changes.
pub const IDENTIFIER: &CStr = c"org.reweave.Fill";

/// Raise the second number with every change to parameters or clips: hosts keep descriptions on the disk, by version.
/// Raise the first when old projects would look different.
pub const VERSION: (u32, u32) = (1, 3);

/// The input with the picture.
const SOURCE: &CStr = c"Source";
/// The input with the hole, in the General context.
const MASK: &CStr = c"Mask";

/// The input with a sketch, in the General context.
const SKETCH: &CStr = c"Sketch";

/// Forgets fills that were kept for the next frame.
pub fn purge_caches() {
    cache::purge();
}
