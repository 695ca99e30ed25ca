//! Every layer and every network computes the same in libtorch, ONNX Runtime and the built-in runtime.
//!
//! Weights, pictures and masks are random, sizes not square; the largest difference allowed is 1e-4 (f32). ONNX Runtime
//! is the library that `REWEAVE_ONNXRUNTIME` names.

use ort::session::Session;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use reweave_masks::{Boxes, Mask, Strokes};
use reweave_models::layers::attention::contextual_attention;
use reweave_models::layers::conv::{Conv, conv, spectral_conv};
use reweave_models::layers::gated::{gated, gated_up};
use reweave_models::layers::partial::{Masked, partial, partial_padded};
use reweave_models::layers::prefill::prefill;
use reweave_models::layers::resnet::block;
use reweave_models::nets::deepfill::DeepFill;
use reweave_models::nets::gated_unet::GatedUnet;
use reweave_models::nets::partial_unet::PartialUnet;
use reweave_models::nets::patchgan::PatchGan;
use reweave_models::nets::{Network, Stage};
use reweave_models::onnx::{Missing, Precision, record};
use reweave_models::weights::Weights;
use reweave_models::{Backend, Scope};
use reweave_trainer::torch::{Shared, Torch, to_array};
use std::path::Path;
use std::sync::OnceLock;
use tch::{Device, Kind, Tensor};

const TOLERANCE: f32 = 1e-4;
const SEED: u64 = 20;

/// Something that computes one picture-shaped result from a picture and a hole.
trait Part {
    fn build<B: Backend>(&self, s: &Scope<B>, picture: &B::Tensor, hole: &B::Tensor) -> B::Tensor;
}

/// Checks a part on two samples with different holes.
fn same_everywhere(part: impl Part, channels: usize, height: usize, width: usize) {
    let picture = random_picture(2, channels, height, width);
    let hole = random_hole(2, height, width);
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
    let input =
        |numbers: &Numbers| Shared(Tensor::from_slice(&numbers.values).reshape(&numbers.shape));
    let expected =
        tch::no_grad(|| part.build(&Scope::root(&torch), &input(&picture), &input(&hole)));
    let expected = to_array(&expected.0);
    assert!(
        expected.values.iter().any(|v| v.abs() > 1e-3),
        "the part gives nothing to compare"
    );

    for (runtime, got) in [
        ("ONNX Runtime", in_onnxruntime(&onnx, &picture, &hole)),
        ("built-in", in_rten(&onnx, &picture, &hole)),
    ] {
        assert_eq!(
            got.len(),
            expected.values.len(),
            "{runtime}: another size than libtorch's {:?}",
            expected.shape
        );
        let pairs = got.iter().zip(&expected.values);
        let worst = pairs
            .map(|(a, b)| (a - b).abs())
            .fold(
                0.0,
                |worst: f32, d| if d.is_nan() { f32::NAN } else { worst.max(d) },
            );
        assert!(
            worst <= TOLERANCE,
            "{runtime} differs from libtorch by {worst}"
        );
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

struct Numbers {
    shape: Vec<i64>,
    values: Vec<f32>,
}

fn random_picture(n: usize, channels: usize, height: usize, width: usize) -> Numbers {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let values = (0..n * channels * height * width)
        .map(|_| rng.random_range(-1.0..1.0))
        .collect();
    Numbers {
        shape: [n, channels, height, width].map(|d| d as i64).to_vec(),
        values,
    }
}

fn random_hole(n: usize, height: usize, width: usize) -> Numbers {
    let mut rng = ChaCha8Rng::seed_from_u64(2);
    let mut values = Vec::new();
    for _ in 0..n {
        let mut mask = Mask::new(width, height);
        Strokes {
            count: (1, 2),
            points: (3, 5),
            width: (3.0, 9.0),
        }
        .draw(&mut mask, &mut rng);
        Boxes {
            count: (1, 1),
            side: (6, 14),
        }
        .draw(&mut mask, &mut rng);
        values.extend(mask.hole.iter().map(|&h| f32::from(h)));
    }
    Numbers {
        shape: [n, 1, height, width].map(|d| d as i64).to_vec(),
        values,
    }
}

fn in_onnxruntime(onnx: &[u8], picture: &Numbers, hole: &Numbers) -> Vec<f32> {
    static ENVIRONMENT: OnceLock<ort::environment::Environment> = OnceLock::new();
    let environment = ENVIRONMENT.get_or_init(|| {
        let path = std::env::var_os("REWEAVE_ONNXRUNTIME")
            .expect("REWEAVE_ONNXRUNTIME names the library; `cargo xtask test` sets it");
        ort::init_from(Path::new(&path))
            .expect("the library loads")
            .build()
            .expect("an environment")
    });
    let mut session = Session::builder(environment)
        .unwrap()
        .commit_from_memory(onnx)
        .expect("ONNX Runtime takes the model");
    let value =
        |n: &Numbers| ort::value::Tensor::from_array((n.shape.clone(), n.values.clone())).unwrap();
    let outputs = session
        .run(ort::inputs!["picture" => value(picture), "hole" => value(hole)])
        .expect("ONNX Runtime runs the model");
    outputs["filled"]
        .try_extract_tensor::<f32>()
        .unwrap()
        .1
        .to_vec()
}

fn in_rten(onnx: &[u8], picture: &Numbers, hole: &Numbers) -> Vec<f32> {
    let model = rten::Model::load(onnx.to_vec()).expect("the built-in runtime takes the model");
    let value = |n: &Numbers| {
        let shape: Vec<usize> = n.shape.iter().map(|&d| d as usize).collect();
        rten::Value::from_shape(&shape, n.values.clone()).unwrap()
    };
    let id = |name| model.node_id(name).unwrap();
    let inputs = vec![
        (id("picture"), value(picture).into()),
        (id("hole"), value(hole).into()),
    ];
    let [filled] = model
        .run_n(inputs, [id("filled")], None)
        .expect("the built-in runtime runs the model");
    filled.into_shape_vec::<f32, 4>().unwrap().1
}

/// Defines a part and the test of it.
macro_rules! parity {
    ($test:ident, $channels:literal x $height:literal x $width:literal, |$s:ident, $picture:ident, $hole:ident| $body:expr) => {
        #[test]
        fn $test() {
            struct Case;
            impl Part for Case {
                fn build<B: Backend>(
                    &self,
                    $s: &Scope<B>,
                    $picture: &B::Tensor,
                    $hole: &B::Tensor,
                ) -> B::Tensor {
                    $body
                }
            }
            same_everywhere(Case, $channels, $height, $width);
        }
    };
}

fn known<B: Backend>(s: &Scope<B>, hole: &B::Tensor) -> B::Tensor {
    s.backend().affine(hole, -1.0, 1.0)
}

/// The picture of the stage of that name.
fn stage<T>(name: &str, stages: Vec<Stage<T>>) -> T {
    let found = stages.into_iter().find(|stage| stage.name == name);
    found.expect("the network has the stage").picture
}

/// The last stage's picture.
fn answer<T>(mut stages: Vec<Stage<T>>) -> T {
    stages.pop().expect("a network has a stage").picture
}

parity!(plain_convolution, 5 x 20 x 33, |s, x, _hole| conv(s, x, Conv::k(5).out(7).stride(2)));
parity!(gated_convolution, 5 x 20 x 33, |s, x, _hole| gated(s, x, Conv::k(3).out(8).dilation(4)));
parity!(gated_convolution_up, 5 x 12 x 17, |s, x, _hole| gated_up(s, x, Conv::k(3).out(8)));
parity!(spectral_convolution, 4 x 20 x 33, |s, x, _hole| spectral_conv(s, x, Conv::k(5).out(6).stride(2)));
parity!(partial_convolution, 3 x 24 x 37, |s, x, hole| {
    let masked = Masked { x: x.clone(), known: known(s, hole) };
    partial(s, &[&masked], Conv::k(7).out(6).stride(2), true).x
});
parity!(partial_convolution_of_two_sources, 3 x 24 x 37, |s, x, hole| {
    let first = Masked { x: x.clone(), known: known(s, hole) };
    let second = partial(&s.at("second"), &[&first], Conv::k(5).out(4), false);
    partial(s, &[&first, &second], Conv::k(3).out(6), true).x
});
parity!(partial_convolution_as_padding, 4 x 15 x 22, |s, x, _hole| partial_padded(s, x, Conv::k(3).out(6)));
parity!(resnet_block, 6 x 15 x 22, |s, x, _hole| block(s, x));
parity!(batch_normalisation, 4 x 9 x 14, |s, x, _hole| s.backend().batch_norm("norm", x));
parity!(prefilled, 3 x 70 x 101, |s, x, hole| prefill(s.backend(), x, &known(s, hole)));
parity!(attention, 6 x 24 x 36, |s, x, hole| contextual_attention(s.backend(), x, hole));

parity!(deepfill_as_published, 3 x 72 x 120, |s, x, hole| {
    answer(DeepFill { width: 16, ..DeepFill::published() }.fill(s, x, hole))
});
parity!(deepfill_coarse_stage, 3 x 64 x 40, |s, x, hole| {
    stage("coarse", DeepFill { width: 8, residual: false, attention: false }.fill(s, x, hole))
});
parity!(deepfill_residual, 3 x 64 x 104, |s, x, hole| {
    answer(DeepFill { width: 16, residual: true, attention: true }.fill(s, x, hole))
});
parity!(gated_unet, 3 x 64 x 96, |s, x, hole| {
    let net = GatedUnet { widths: [8, 8, 12, 16, 16], encoder: [1, 1, 1, 1, 2], decoder: [1, 1, 1, 1], full: 4 };
    answer(net.fill(s, x, hole))
});
parity!(partial_unet_as_published, 3 x 75 x 130, |s, x, hole| {
    answer(PartialUnet { width: 8, ..PartialUnet::published() }.fill(s, x, hole))
});
parity!(partial_unet_residual, 3 x 64 x 97, |s, x, hole| {
    answer(PartialUnet { width: 8, residual: true }.fill(s, x, hole))
});
parity!(patchgan, 3 x 96 x 131, |s, x, hole| PatchGan { width: 16 }.judge(s, x, hole));

/// A trained width, once: what `published` means at full size.
#[test]
#[ignore = "a minute of computing; run by `cargo xtask test parity`"]
fn deepfill_at_full_width() {
    struct Full;
    impl Part for Full {
        fn build<B: Backend>(
            &self,
            s: &Scope<B>,
            picture: &B::Tensor,
            hole: &B::Tensor,
        ) -> B::Tensor {
            answer(DeepFill::published().fill(s, picture, hole))
        }
    }
    same_everywhere(Full, 3, 256, 192);
}
