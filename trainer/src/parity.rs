//! Whether an exported model computes what the training's network does.

use crate::torch::{Shared, Torch};
use anyhow::{Context, Result, ensure};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use reweave_models::Scope;
use reweave_models::nets::{Generator, Input, Network};
use reweave_models::weights::Weights;
use std::path::Path;
use tch::{Device, Kind, Tensor};

/// The largest difference that rounding explains, of a range from -1 to 1: in f32, and with parameters in 16 bits.
const TOLERANCE: (f32, f32) = (2e-3, 5e-2);

/// Fills a random picture in libtorch and in the built-in runtime of Reweave; the largest difference.
///
/// # Errors
/// The runtime cannot run the model, or the fills differ by more than rounding explains.
pub fn check(model: &Path, network: Generator, weights: &Weights, half: bool) -> Result<f32> {
    let multiple = network.size_multiple();
    let side = network.smallest().max(64).next_multiple_of(multiple);
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    // Smooth, as pictures are: noise would weigh what no picture has.
    let (a, b): (f32, f32) = (rng.random_range(0.05..0.2), rng.random_range(0.05..0.2));
    let picture: Vec<f32> = (0..3 * side * side)
        .map(|i| {
            let (x, y) = ((i % side) as f32, (i / side % side) as f32);
            0.8 * (a * x + (i / (side * side)) as f32).sin() * (b * y).cos()
        })
        .collect();
    let inside = side / 4..side / 2;
    let hole: Vec<f32> = (0..side * side)
        .map(|i| {
            let is_hole = inside.contains(&(i % side)) && inside.contains(&(i / side));
            f32::from(u8::from(is_hole))
        })
        .collect();
    // A line down the middle of the hole.
    let lines = network.is_guided().then(|| {
        let column = |i| i % side;
        (0..side * side)
            .map(|i| f32::from(u8::from(column(i) == 3 * side / 8)))
            .collect()
    });
    let shown = Shown {
        picture,
        hole,
        lines,
        side,
    };
    let ours = with_torch(network, weights, &shown);
    let theirs = with_runtime(model, &shown)
        .with_context(|| format!("the model {} does not run", model.display()))?;
    ensure!(
        ours.len() == theirs.len() && ours.iter().chain(&theirs).all(|value| value.is_finite()),
        "the fill of the model {} is no picture: its weights are of no use",
        model.display()
    );
    let pairs = ours.iter().zip(&theirs);
    let apart = pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    let tolerance = if half { TOLERANCE.1 } else { TOLERANCE.0 };
    ensure!(
        apart <= tolerance,
        "the model {} differs from the training's network by {apart}, which is more than rounding ({tolerance}); it is not of use",
        model.display()
    );
    Ok(apart)
}

/// What both are shown: one sample, square.
struct Shown {
    picture: Vec<f32>,
    hole: Vec<f32>,
    /// For a network that is guided.
    lines: Option<Vec<f32>>,
    side: usize,
}

fn with_torch(network: Generator, weights: &Weights, shown: &Shown) -> Vec<f32> {
    let torch = Torch::new(Device::Cpu, Kind::Float, 0);
    torch.load(weights);
    let side = shown.side as i64;
    let tensor = |values: &[f32], channels: i64| {
        Shared(Tensor::from_slice(values).reshape([1, channels, side, side]))
    };
    let (picture, hole) = (tensor(&shown.picture, 3), tensor(&shown.hole, 1));
    let guide = shown.lines.as_ref().map(|lines| tensor(lines, 1));
    let filled = tch::no_grad(|| {
        let input = Input {
            guide: guide.as_ref(),
            ..Input::new(&picture, &hole)
        };
        let stages = network.fill(&Scope::root(&torch), input);
        // As the model's own last step does.
        let answer = stages[stages.len() - 1].picture.0.clamp(-1.0, 1.0);
        answer * &hole.0 + &picture.0 * (1.0 - &hole.0)
    });
    crate::torch::to_array(&filled).values
}

fn with_runtime(model: &Path, shown: &Shown) -> Result<Vec<f32>> {
    let model = rten::Model::load_file(model)?;
    let side = shown.side;
    let mut inputs = Vec::new();
    let named = [
        ("picture", 3, Some(&shown.picture)),
        ("hole", 1, Some(&shown.hole)),
        ("guide", 1, shown.lines.as_ref()),
    ];
    for (name, channels, values) in named {
        if let Some(values) = values {
            let value = rten::Value::from_shape(&[1, channels, side, side], values.clone())?;
            inputs.push((model.node_id(name)?, value.into()));
        }
    }
    let [filled] = model.run_n(inputs, [model.node_id("filled")?], None)?;
    let filled = filled
        .into_shape_vec::<f32, 4>()
        .map_err(|error| anyhow::anyhow!("its output is none of ours: {error:?}"))?;
    Ok(filled.1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use reweave_models::nets::gated_unet::GatedUnet;
    use reweave_models::onnx::{Export, Missing, Precision};

    const NETWORK: Generator = Generator::GatedUnet(GatedUnet {
        widths: [4; 5],
        encoder: [0; 5],
        decoder: [0; 4],
        full: 2,
        guided: true,
    });

    /// Weights that make every fill brighter by `shift`.
    fn weights(shift: f32) -> Weights {
        let torch = Torch::new(Device::Cpu, Kind::Float, 3);
        let shape = |channels| [1, channels, 64, 64];
        let zeros = |channels| Shared(Tensor::zeros(shape(channels), (Kind::Float, Device::Cpu)));
        tch::no_grad(|| NETWORK.fill(&Scope::root(&torch), Input::new(&zeros(3), &zeros(1))));
        let mut weights = torch.weights();
        let last = weights.arrays.get_mut("full_out.bias").unwrap();
        last.values.fill(shift);
        weights
    }

    /// Checks a model with these weights against a network with those.
    fn checked(model: f32, network: f32) -> Result<f32, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("model.onnx");
        let export = Export {
            network: NETWORK,
            name: "model",
            precision: Precision::F32,
        };
        let (onnx, _) = export.write(weights(model), Missing::Error).unwrap();
        std::fs::write(&path, onnx).unwrap();
        check(&path, NETWORK, &weights(network), false).map_err(|error| error.to_string())
    }

    #[test]
    fn a_model_of_other_weights_is_refused() {
        assert!(checked(0.1, 0.1).unwrap() < 1e-4);
        let error = checked(0.1, 0.2).unwrap_err();
        assert!(error.contains("differs"), "{error}");
    }

    #[test]
    fn weights_that_are_no_numbers_are_refused() {
        for (model, network) in [(f32::NAN, f32::NAN), (f32::NAN, 0.1), (0.1, f32::NAN)] {
            assert!(checked(model, network).is_err(), "{model} {network}");
        }
    }

    /// The model's last step cuts them off; the network has none.
    #[test]
    fn answers_beyond_white_are_no_difference() {
        assert!(checked(3.0, 3.0).unwrap() < 1e-4);
    }
}
