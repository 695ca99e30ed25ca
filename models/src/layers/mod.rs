//! Layers, written once, generic over [`crate::Backend`].

pub mod attention;
pub mod conv;
pub mod gated;
pub mod partial;
pub mod prefill;
pub mod resnet;
