//! Where a training starts: at random weights, or at those of a model or of another training.

use crate::checkpoint::Checkpoint;
use anyhow::{Context, Result};
use reweave_models::nets::Generator;
use reweave_models::onnx::{Export, ExportError, Missing, Precision, read_weights};
use reweave_models::weights::Weights;
use std::path::Path;

/// The weights of `network` in `path`: a model (.onnx) or a training's checkpoint (.safetensors), of which the averaged
/// weights are taken.
///
/// # Errors
/// The file cannot be read, or is of another network or another width.
pub fn starting_weights(path: &Path, network: Generator) -> Result<Weights> {
    let named = || format!("cannot start from {}", path.display());
    let weights = if path.extension().is_some_and(|e| e == "onnx") {
        let onnx = std::fs::read(path).with_context(named)?;
        read_weights(&onnx).with_context(named)?
    } else {
        Checkpoint::open(path)
            .with_context(named)?
            .exported_weights()
    };
    fitting(weights, network).with_context(named)
}

/// Those of `weights` that are the network's.
///
/// # Errors
/// Some are missing, or of another shape; they are named.
pub fn fitting(weights: Weights, network: Generator) -> Result<Weights, ExportError> {
    // Recording the network takes what is its own, and says what is wrong with it.
    let export = Export {
        network,
        name: "start",
        precision: Precision::F32,
    };
    let (_, own) = export.write(weights, Missing::Error)?;
    Ok(own)
}
