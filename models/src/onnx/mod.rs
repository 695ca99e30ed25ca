//! Writing ONNX: the [`crate::Backend`] that records a graph.

pub mod proto;

/// What keeps the division of a batch normalisation from 0.
pub const BATCH_NORM_EPSILON: f32 = 1e-5;
