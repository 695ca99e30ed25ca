//! Every operation, layer and network computes the same in libtorch, ONNX Runtime and the built-in runtime.
//!
//! Weights, pictures and masks are random, sizes not square; the largest difference allowed is 1e-4 (f32). One model file
//! serves two sizes and two batch sizes. ONNX Runtime is the library that `REWEAVE_ONNXRUNTIME` names.

mod authors;
mod inputs;
mod layers;
mod networks;
mod operations;
mod runtimes;
mod sampling;

use inputs::{Inputs, Numbers};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use reweave_models::onnx::{Missing, Precision, record};
use reweave_models::weights::Weights;
use reweave_models::{Backend, Scope};
use reweave_trainer::torch::{Shared, Torch, to_array};
use tch::{Device, Kind, Tensor};

const TOLERANCE: f32 = 1e-4;
const SEED: u64 = 20;

/// Something that computes one picture-shaped result from a picture and a hole.
trait Part {
    fn build<B: Backend>(&self, s: &Scope<B>, picture: &B::Tensor, hole: &B::Tensor) -> B::Tensor;
}

/// Checks a part on two samples with different holes, and on one that lies on its side.
fn same_everywhere(part: impl Part, channels: usize, height: usize, width: usize) {
    let inputs = [
        Inputs::random(2, channels, height, width),
        Inputs::random(1, channels, width, height),
    ];
    let build = |missing, weights| {
        record("parity", weights, missing, Precision::F32, |graph| {
            let (picture, hole) = (graph.input("picture", channels), graph.input("hole", 1));
            let out = part.build(&Scope::root(graph), &picture, &hole);
            // Some layers do not look at the hole; a graph must use its inputs all the same.
            graph.output("filled", &out);
            graph.output("unused", &hole);
        })
        .expect("the part can be recorded")
    };
    let (_, mut weights) = build(Missing::Initial { seed: SEED }, Weights::default());
    shake(&mut weights);
    let (onnx, weights) = build(Missing::Error, weights);

    let torch = Torch::new(Device::Cpu, Kind::Float, SEED);
    torch.load(&weights);
    let tensor =
        |numbers: &Numbers| Shared(Tensor::from_slice(&numbers.values).reshape(&numbers.shape));
    let expected = inputs.each_ref().map(|input| {
        let (picture, hole) = (tensor(&input.picture), tensor(&input.hole));
        to_array(&tch::no_grad(|| part.build(&Scope::root(&torch), &picture, &hole)).0)
    });
    assert!(
        expected[0].values.iter().any(|v| v.abs() > 1e-3),
        "the part gives nothing to compare"
    );

    for (runtime, got) in [
        ("ONNX Runtime", runtimes::in_onnxruntime(&onnx, &inputs)),
        ("built-in", runtimes::in_rten(&onnx, &inputs)),
    ] {
        for (got, expected) in got.iter().zip(&expected) {
            assert_eq!(
                got.len(),
                expected.values.len(),
                "{runtime}: another size than libtorch's {:?}",
                expected.shape
            );
            let worst = got
                .iter()
                .zip(&expected.values)
                .map(|(a, b)| (a - b).abs())
                .fold(
                    0.0,
                    |worst: f32, d| if d.is_nan() { d } else { worst.max(d) },
                );
            assert!(
                worst <= TOLERANCE,
                "{runtime} differs from libtorch's {:?} by {worst}",
                expected.shape
            );
        }
    }
}

/// Moves every parameter off the value it starts with, so that zeros and ones hide nothing; variances stay positive.
fn shake(weights: &mut Weights) {
    let mut rng = ChaCha8Rng::seed_from_u64(SEED);
    for (path, array) in &mut weights.arrays {
        let fan_in: usize = array.shape[1..].iter().product();
        for value in &mut array.values {
            let shaken = *value + rng.random_range(-0.1..0.1) / (fan_in.max(1) as f32).sqrt();
            *value = if path.ends_with("running_var") {
                shaken.abs() + 0.5
            } else {
                shaken
            };
        }
    }
}

/// Defines a part and the test of it.
macro_rules! parity {
    ($test:ident, $channels:literal x $height:literal x $width:literal, |$s:ident, $picture:ident, $hole:ident| $body:expr) => {
        #[test]
        fn $test() {
            struct Case;
            impl crate::Part for Case {
                fn build<B: reweave_models::Backend>(
                    &self,
                    $s: &reweave_models::Scope<B>,
                    $picture: &B::Tensor,
                    $hole: &B::Tensor,
                ) -> B::Tensor {
                    $body
                }
            }
            crate::same_everywhere(Case, $channels, $height, $width);
        }
    };
}
use parity;

/// 1 outside the hole.
fn known<B: Backend>(s: &Scope<B>, hole: &B::Tensor) -> B::Tensor {
    s.backend().affine(hole, -1.0, 1.0)
}
