//! Global motion: how one frame of a shot lies over another when the camera moves.
//!
//! - [`Plane`]: a frame as motion sees it, grey and with holes, in several sizes;
//! - [`Homography`]: where each pixel went, for a camera that pans, turns, tilts or zooms;
//! - [`estimate`]: finding it, from the known pixels alone and in spite of what moves by itself.

mod estimate;
mod homography;
mod plane;
mod solve;

pub(super) use estimate::estimate;
pub(super) use homography::Homography;
pub(super) use plane::Plane;
