//! Global motion: how one frame of a shot lies over another when the camera moves.
//!
//! - [`Plane`]: a frame as motion sees it, grey and with holes, in several sizes;
//! - [`Homography`]: where each pixel went, for a camera that pans, turns, tilts or zooms;
//! - [`estimate`]: finding it, from the known pixels alone and in spite of what moves by itself.

mod estimate;
mod homography;
mod plane;
mod solve;

pub(crate) use estimate::estimate;
pub(crate) use homography::Homography;
pub(crate) use plane::Plane;
