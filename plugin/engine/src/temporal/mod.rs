//! Temporal propagation: what other frames of a shot show behind the hole of this one.
//!
//! Where the camera moves, or the thing that is to go moves before the scene, some other frame shows the scene where it
//! is hidden in this one. Real pixels beat predicted ones, and they agree from frame to frame.
//!
//! - motion: how one frame lies over another;
//! - [`SourceFrame`]: a frame that shows what is behind the hole;
//! - [`TargetFrame`]: the frame with the hole, which takes pixels from source frames until none is missing.
//!
//! Frames in, pixels out: nothing here knows a host.

mod motion;
mod sampling;
mod source;
mod target;

pub use source::SourceFrame;
pub use target::TargetFrame;
