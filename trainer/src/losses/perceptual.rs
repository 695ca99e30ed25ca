//! Perceptual and style losses: pictures compared by what a classifier sees in them.

use super::trunk::Trunk;
use crate::recipe::Comparison;
use tch::{Kind, Tensor};

/// How far the first `layers` features of `filled` are from those of the true picture, summed over the layers.
pub fn perceptual(
    trunk: &Trunk,
    comparison: Comparison,
    layers: usize,
    filled: &[Tensor],
    truth: &[Tensor],
) -> Tensor {
    let pairs = filled.iter().zip(truth).take(layers).enumerate();
    pairs
        .map(|(i, (a, b))| match comparison {
            Comparison::Absolute => (a - b).abs().mean(Kind::Float),
            Comparison::Unit => (unit(a) - unit(b))
                .square()
                .sum_dim_intlist(1, false, None)
                .mean(Kind::Float),
            Comparison::Lpips => {
                let square = (unit(a) - unit(b)).square();
                let weighed = match trunk.head(i) {
                    Some(head) => square * head,
                    None => square,
                };
                weighed.sum_dim_intlist(1, false, None).mean(Kind::Float)
            }
        })
        .reduce(|sum, layer| sum + layer)
        .unwrap_or_else(|| Tensor::from(0f32))
}

/// How far the correlations of the first `layers` features are from those of the true picture (Liu et al. 2018,
/// equation 4), summed over the layers.
pub fn style(layers: usize, filled: &[Tensor], truth: &[Tensor]) -> Tensor {
    let pairs = filled.iter().zip(truth).take(layers);
    pairs
        .map(|(a, b)| (gram(a) - gram(b)).abs().mean(Kind::Float))
        .reduce(|sum, layer| sum + layer)
        .unwrap_or_else(|| Tensor::from(0f32))
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

/// Correlations of the channels, divided by how many numbers went in.
fn gram(x: &Tensor) -> Tensor {
    let size = x.size();
    let flat = x.flatten(2, 3) / ((size[1] * size[2] * size[3]) as f64).sqrt();
    flat.bmm(&flat.transpose(1, 2))
}
