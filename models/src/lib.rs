//! What a network of Reweave is: layers and networks written once over a small [`Backend`], their ONNX export, and the
//! card that describes a model to those who run it.
//!
//! - [`backend`]: the tensor operations that a network may use
//! - [`layers`]: gated, partial and Fourier convolution, attention, prefill
//! - [`nets`]: the networks, one file each
//! - [`weights`]: named parameters, kept as safetensors
//! - [`onnx`]: the backend that records an ONNX graph
//! - [`card`]: the description beside every `.onnx`
#![warn(missing_docs)]

pub mod backend;
pub mod card;
pub mod layers;
pub mod nets;
pub mod onnx;
mod scope;
pub mod weights;

pub use backend::{Backend, Corners, Edge, Init, Size, Window};
pub use scope::Scope;
