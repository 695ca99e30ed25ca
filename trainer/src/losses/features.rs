//! Perceptual and style losses: pictures compared by what a classifier sees in them.

use crate::recipe::Features;
use anyhow::{Context, Result};
use prost::Message;
use reweave_models::onnx::proto::Model;
use std::path::Path;
use tch::{Device, Kind, Tensor};

/// One step of a classifier's trunk.
enum Step {
    Conv {
        weight: Tensor,
        bias: Tensor,
        stride: i64,
        pad: i64,
    },
    Pool {
        size: i64,
    },
    /// What came out so far is compared.
    Compare,
}

/// A classifier's trunk, with what is compared.
pub struct FeatureLoss {
    steps: Vec<Step>,
    kind: Features,
    compute: Kind,
}

impl FeatureLoss {
    /// Reads the trunk from `lpips_vgg.onnx` or `lpips_alex.onnx` in `folder`, whose constants `w0`, `b0`, … are its
    /// convolutions.
    pub fn open(kind: Features, folder: &Path, device: Device, compute: Kind) -> Result<Self> {
        let (file, plan): (&str, &[&str]) = match kind {
            // Liu et al. 2018 compare after each of the first three poolings.
            Features::Vgg => (
                "lpips_vgg.onnx",
                &[
                    "conv", "conv", "pool", "=", "conv", "conv", "pool", "=", "conv", "conv",
                    "conv", "pool", "=",
                ],
            ),
            Features::Alex => (
                "lpips_alex.onnx",
                &[
                    "conv", "=", "pool", "conv", "=", "pool", "conv", "=", "conv", "=", "conv", "=",
                ],
            ),
        };
        let path = folder.join(file);
        let bytes = std::fs::read(&path)
            .with_context(|| format!("cannot read the classifier {}; `cargo xtask test` fetches it, or name its folder with --features", path.display()))?;
        let model = Model::decode(bytes.as_slice())
            .with_context(|| format!("{} is not an ONNX file", path.display()))?;
        let constants = model.graph.unwrap_or_default().initializer;
        let constant = |name: String| -> Result<Tensor> {
            let found = constants.iter().find(|t| t.name.as_ref() == Some(&name));
            let found =
                found.with_context(|| format!("{} has no constant {name}", path.display()))?;
            let values = found
                .floats()
                .with_context(|| format!("{name} in {} is not f32", path.display()))?;
            Ok(Tensor::from_slice(&values)
                .reshape(&found.dims)
                .to_device(device)
                .to_kind(compute))
        };
        let mut steps = Vec::new();
        let mut convolutions = 0;
        for &step in plan {
            steps.push(match step {
                "conv" => {
                    let (weight, bias) = (
                        constant(format!("w{convolutions}"))?,
                        constant(format!("b{convolutions}"))?,
                    );
                    let (stride, pad) = match (kind, convolutions) {
                        (Features::Alex, 0) => (4, 2),
                        (Features::Alex, 1) => (1, 2),
                        _ => (1, 1),
                    };
                    convolutions += 1;
                    Step::Conv {
                        weight,
                        bias,
                        stride,
                        pad,
                    }
                }
                "pool" => Step::Pool {
                    size: if kind == Features::Vgg { 2 } else { 3 },
                },
                _ => Step::Compare,
            });
        }
        Ok(FeatureLoss {
            steps,
            kind,
            compute,
        })
    }

    /// The perceptual and the style loss of each of `filled` against `picture`, summed; all `[N, 3, H, W]` in `[-1, 1]`.
    pub fn compare(&self, filled: &[&Tensor], picture: &Tensor) -> (Tensor, Tensor) {
        let truth = tch::no_grad(|| self.features(picture));
        let zero = || Tensor::zeros([], (Kind::Float, picture.device()));
        let (mut perceptual, mut style) = (zero(), zero());
        for filled in filled {
            for (a, b) in self.features(filled).iter().zip(&truth) {
                perceptual += match self.kind {
                    Features::Vgg => (a - b).abs().mean(Kind::Float),
                    Features::Alex => (unit(a) - unit(b))
                        .square()
                        .sum_dim_intlist(1, false, None)
                        .mean(Kind::Float),
                };
                style += (gram(a) - gram(b)).abs().mean(Kind::Float);
            }
        }
        (perceptual, style)
    }

    fn features(&self, picture: &Tensor) -> Vec<Tensor> {
        // ImageNet's mean and deviation, for pictures in [-1, 1].
        let constant = |v: [f32; 3]| {
            Tensor::from_slice(&v)
                .reshape([1, 3, 1, 1])
                .to_device(picture.device())
        };
        let mut x = ((picture - constant([-0.030, -0.088, -0.188]))
            / constant([0.458, 0.448, 0.450]))
        .to_kind(self.compute);
        let mut compared = Vec::new();
        for step in &self.steps {
            match step {
                Step::Conv {
                    weight,
                    bias,
                    stride,
                    pad,
                } => {
                    x = x
                        .conv2d(
                            weight,
                            Some(bias),
                            [*stride, *stride],
                            [*pad, *pad],
                            [1, 1],
                            1,
                        )
                        .relu();
                }
                Step::Pool { size } => {
                    x = x.max_pool2d([*size, *size], [2, 2], [0, 0], [1, 1], false)
                }
                Step::Compare => compared.push(x.to_kind(Kind::Float)),
            }
        }
        compared
    }
}

/// Features of length 1 at each position.
fn unit(x: &Tensor) -> Tensor {
    let length = x
        .square()
        .sum_dim_intlist(1, true, None)
        .clamp_min(1e-12)
        .sqrt();
    x / (length + 1e-10)
}

/// Correlations of the channels, divided by how many numbers went in (Liu et al. 2018, equation 4).
fn gram(x: &Tensor) -> Tensor {
    let size = x.size();
    let flat = x.flatten(2, 3) / ((size[1] * size[2] * size[3]) as f64).sqrt();
    flat.bmm(&flat.transpose(1, 2))
}
