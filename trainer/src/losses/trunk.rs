//! Classifiers whose inner features pictures are compared by. They are measuring tools: no part of a model that is exported.

use crate::recipe::FeatureKind;
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
    /// What came out so far is one of the features.
    Feature,
}

/// A classifier's convolutions, with the points at which features are taken.
pub struct Trunk {
    steps: Vec<Step>,
    /// LPIPS's learned weight of each channel `[1, C, 1, 1]`, for each feature; empty where LPIPS has none.
    heads: Vec<Tensor>,
    compute: Kind,
}

const VGG_AT_POOLS: &[&str] = &[
    "conv", "conv", "pool", "=", "conv", "conv", "pool", "=", "conv", "conv", "conv", "pool", "=",
];
const VGG: &[&str] = &[
    "conv", "conv", "=", "pool", "conv", "conv", "=", "pool", "conv", "conv", "conv", "=", "pool",
    "conv", "conv", "conv", "=", "pool", "conv", "conv", "conv", "=",
];
const ALEX: &[&str] = &[
    "conv", "=", "pool", "conv", "=", "pool", "conv", "=", "conv", "=", "conv", "=",
];

impl Trunk {
    /// Reads the first `features` features' worth of a trunk from `lpips_vgg.onnx` or `lpips_alex.onnx` in `folder`,
    /// whose constants `w0`, `b0`, … are its convolutions and `head0`, … those of LPIPS.
    pub fn open(
        kind: FeatureKind,
        features: usize,
        folder: &Path,
        device: Device,
        compute: Kind,
    ) -> Result<Self> {
        let (file, plan, pool) = match kind {
            FeatureKind::VggAtPools => ("lpips_vgg.onnx", VGG_AT_POOLS, 2),
            FeatureKind::Vgg => ("lpips_vgg.onnx", VGG, 2),
            FeatureKind::Alex => ("lpips_alex.onnx", ALEX, 3),
        };
        let path = folder.join(file);
        let bytes = std::fs::read(&path).with_context(|| {
            format!(
                "cannot read the classifier {}; `cargo xtask test` fetches it, or name its folder with --features",
                path.display()
            )
        })?;
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
                .to_device(device))
        };
        let mut trunk = Trunk {
            steps: Vec::new(),
            heads: Vec::new(),
            compute,
        };
        let (mut convolutions, mut taken) = (0, 0);
        for &step in plan {
            if taken == features {
                break;
            }
            trunk.steps.push(match step {
                "conv" => {
                    let weight = constant(format!("w{convolutions}"))?.to_kind(compute);
                    let bias = constant(format!("b{convolutions}"))?.to_kind(compute);
                    let (stride, pad) = match (kind, convolutions) {
                        (FeatureKind::Alex, 0) => (4, 2),
                        (FeatureKind::Alex, 1) => (1, 2),
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
                "pool" => Step::Pool { size: pool },
                _ => {
                    if kind != FeatureKind::VggAtPools {
                        trunk.heads.push(constant(format!("head{taken}"))?);
                    }
                    taken += 1;
                    Step::Feature
                }
            });
        }
        Ok(trunk)
    }

    /// LPIPS's weights of the channels of feature `i`, where LPIPS takes that feature.
    pub fn head(&self, i: usize) -> Option<&Tensor> {
        self.heads.get(i)
    }

    /// The features, f32, of pictures `[N, 3, H, W]` in `[-1, 1]`; the earliest first.
    pub fn features(&self, picture: &Tensor) -> Vec<Tensor> {
        // ImageNet's mean and deviation, for pictures in [-1, 1].
        let constant = |v: [f32; 3]| {
            Tensor::from_slice(&v)
                .reshape([1, 3, 1, 1])
                .to_device(picture.device())
        };
        let mut x = ((picture - constant([-0.030, -0.088, -0.188]))
            / constant([0.458, 0.448, 0.450]))
        .to_kind(self.compute);
        let mut features = Vec::new();
        for step in &self.steps {
            match step {
                Step::Conv {
                    weight,
                    bias,
                    stride,
                    pad,
                } => {
                    let (stride, pad) = ([*stride; 2], [*pad; 2]);
                    x = x.conv2d(weight, Some(bias), stride, pad, [1, 1], 1).relu();
                }
                Step::Pool { size } => {
                    x = x.max_pool2d([*size, *size], [2, 2], [0, 0], [1, 1], false);
                }
                Step::Feature => features.push(x.to_kind(Kind::Float)),
            }
        }
        features
    }
}
