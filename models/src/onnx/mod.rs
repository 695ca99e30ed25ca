//! Writing ONNX: the [`crate::Backend`] that records a graph, and the export of a generator as a model file.
//!
//! ```
//! use reweave_models::nets::{Generator, partial_unet::PartialUnet};
//! use reweave_models::onnx::{Export, Missing, Precision};
//! use reweave_models::weights::Weights;
//!
//! let network = Generator::Partial(PartialUnet { width: 4, residual: true });
//! let export = Export { network, name: "example", precision: Precision::F32 };
//! let (onnx, used) = export.write(Weights::default(), Missing::Initial { seed: 1 })?;
//! assert!(onnx.len() > 4 * used.count());
//! # Ok::<(), reweave_models::onnx::ExportError>(())
//! ```

mod export;
mod fourier;
mod graph;
mod operators;
pub mod proto;
mod shapes;
mod spectral;
mod weights;

pub use export::{Export, ExportError, record};
pub use graph::{Graph, Missing, Precision, Value};
pub use weights::read_weights;

/// What keeps the division of a normalisation from 0.
pub const NORM_EPSILON: f32 = 1e-5;
