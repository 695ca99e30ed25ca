//! Where a training starts: at random weights, or at those of a model or of another training.

use crate::checkpoint::Checkpoint;
use anyhow::{Context, Result};
use reweave_models::nets::{Generator, Network};
use reweave_models::onnx::{Export, ExportError, Missing, Precision, read_weights};
use reweave_models::weights::Weights;
use std::path::Path;

/// The weights of `network` in `path`: a model (.onnx) or a training's checkpoint (.safetensors), of which the averaged
/// weights are taken. A guided network starts from the same one without a sketch, too.
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
    fitting(widened(weights, network)?, network).with_context(named)
}

/// The weights of a network without a sketch, for the same one with: what it makes of a sketch begins at zero, so that it
/// starts as the network that it was. Its channel is the last of each convolution that looks at it.
fn widened(mut weights: Weights, network: Generator) -> Result<Weights, ExportError> {
    if !network.is_guided() {
        return Ok(weights);
    }
    let export = Export {
        network,
        name: "start",
        precision: Precision::F32,
    };
    let (_, wanted) = export.write(Weights::default(), Missing::Initial { seed: 0 })?;
    for (path, wanted) in wanted.arrays {
        let Some(array) = weights.arrays.get_mut(&path) else {
            continue;
        };
        let (&[out, channels, height, width], &[wanted_out, wanted_channels, ..]) =
            (&array.shape[..], &wanted.shape[..])
        else {
            continue;
        };
        if (out, channels + 1) == (wanted_out, wanted_channels) {
            let kernel = height * width;
            let zeros = vec![0.0; kernel];
            let kernels = array.values.chunks(channels * kernel);
            let values = kernels.flat_map(|own| own.iter().chain(&zeros).copied());
            array.values = values.collect();
            array.shape[1] += 1;
        }
    }
    Ok(weights)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::torch::{Shared, Torch, to_array};
    use reweave_models::Scope;
    use reweave_models::nets::Input;
    use reweave_models::nets::gated_unet::GatedUnet;
    use tch::{Device, Kind, Tensor};

    #[test]
    fn a_guided_network_starts_as_the_one_without_a_sketch() {
        let network = |guided| {
            Generator::GatedUnet(GatedUnet {
                widths: [4; 5],
                encoder: [0, 0, 0, 0, 1],
                decoder: [0; 4],
                full: 2,
                guided,
            })
        };
        let noise = |channels| {
            let noise = Tensor::rand([1, channels, 64, 64], (Kind::Float, Device::Cpu));
            Shared(noise)
        };
        let (picture, guide) = (noise(3), noise(1));
        let hole = Shared(noise(1).0.gt(0.5).to_kind(Kind::Float));
        let fill = |network: Generator, weights: &Weights| {
            let torch = Torch::new(Device::Cpu, Kind::Float, 3);
            torch.load(weights);
            let input = Input {
                guide: Some(&guide),
                ..Input::new(&picture, &hole)
            };
            let fill = || network.fill(&Scope::root(&torch), input);
            let answer = tch::no_grad(fill).pop().unwrap().picture.0;
            (to_array(&answer).values, torch.weights())
        };
        let mut weights = fill(network(false), &Weights::default()).1;
        for array in weights.arrays.values_mut() {
            array.values.iter_mut().for_each(|value| *value += 0.01);
        }
        let (before, _) = fill(network(false), &weights);
        let own = fitting(widened(weights, network(true)).unwrap(), network(true)).unwrap();
        let (after, _) = fill(network(true), &own);
        let apart = before.iter().zip(&after).map(|(a, b)| (a - b).abs());
        let apart = apart.fold(0.0, f32::max);
        assert!(apart < 1e-6, "{apart}");
    }
}
