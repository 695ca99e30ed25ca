//! Layers, written once, generic over [`crate::Backend`].

pub mod attention;
pub mod conv;
pub mod deformable;
pub mod fourier;
pub mod gated;
pub mod norm;
pub mod partial;
pub mod prefill;
pub mod resnet;
