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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recipe::FeatureKind;
    use ort::environment::Environment;
    use ort::session::Session;
    use std::path::{Path, PathBuf};
    use tch::Device;

    /// The metric itself, as `reweave-train score` runs it.
    fn metric(environment: &Environment, onnx: &Path, a: &Tensor, b: &Tensor) -> f64 {
        let mut session = Session::builder(environment)
            .unwrap()
            .commit_from_file(onnx)
            .unwrap();
        let value = |t: &Tensor| {
            ort::value::Tensor::from_array((t.size(), crate::torch::to_array(t).values)).unwrap()
        };
        let outputs = session
            .run(ort::inputs!["a" => value(a), "b" => value(b)])
            .unwrap();
        f64::from(outputs["lpips"].try_extract_tensor::<f32>().unwrap().1[0])
    }

    #[test]
    fn with_its_weights_the_loss_is_the_metric() {
        let named = |variable| std::env::var_os(variable).map(PathBuf::from);
        let (Some(cache), Some(onnxruntime)) =
            (named("REWEAVE_TEST_CACHE"), named("REWEAVE_ONNXRUNTIME"))
        else {
            eprintln!("SKIPPED: no classifiers; `cargo xtask test trainer` fetches them");
            return;
        };
        let folder = cache.join("lpips");
        let environment = ort::init_from(onnxruntime).unwrap().build().unwrap();
        tch::manual_seed(4);
        let picture = || Tensor::rand([1, 3, 72, 96], (Kind::Float, Device::Cpu)) * 2.0 - 1.0;
        let (a, b) = (picture(), picture());
        for (kind, file) in [
            (FeatureKind::Alex, "lpips_alex.onnx"),
            (FeatureKind::Vgg, "lpips_vgg.onnx"),
        ] {
            let trunk = Trunk::open(kind, usize::MAX, &folder, Device::Cpu, Kind::Float).unwrap();
            let (a_features, b_features) = (trunk.features(&a), trunk.features(&b));
            let loss = |filled: &[Tensor]| {
                perceptual(&trunk, Comparison::Lpips, usize::MAX, filled, &b_features)
                    .double_value(&[])
            };
            let expected = metric(&environment, &folder.join(file), &a, &b);
            assert!(expected > 0.05, "{kind}: {expected}");
            let loss_of_a = loss(&a_features);
            assert!(
                (loss_of_a - expected).abs() < 1e-3 * expected,
                "{kind}: {loss_of_a}, the metric says {expected}"
            );
            assert_eq!(loss(&b_features), 0.0);
        }
    }
}
