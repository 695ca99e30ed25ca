//! Deformable dynamic sampling, after the abstract of Cai et al., "DDS: Image Inpainting via Deformable Dynamic Sampling"
//! (IEEE TNNLS 35(12), 2024). What the abstract leaves open is decided here, and told in docs/dds.md.
//!
//! A convolution looks at the eight neighbours of a position, which in a hole are hole as well. Here each of the eight looks
//! along its direction for the first place that is known, and from there by a learned offset. It is a deformable convolution
//! (Dai et al., ICCV 2017; with weights of the samples, Zhu et al., CVPR 2019) out of nothing but grid sampling.

use super::conv::{Conv, conv};
use super::gated::{Activation, GAIN, gate};
use crate::{Backend, Edge, Init, Scope, Window};

/// The directions of a 3x3 kernel's outer taps, as rows and columns.
const DIRECTIONS: [(i64, i64); 8] = [
    (-1, -1),
    (-1, 0),
    (-1, 1),
    (0, -1),
    (0, 1),
    (1, -1),
    (1, 0),
    (1, 1),
];
/// The longest way through a hole to a known place, in positions, is twice the last of these: each doubles the way.
const DOUBLINGS: [i64; 4] = [1, 2, 4, 8];
/// How far a learned offset leads at most, in positions.
const OFFSET: f32 = 4.0;

/// Where the positions of a level look before anything is learned. It follows from the hole alone, so that all layers of a
/// level share one.
pub struct Rays<T> {
    /// 1 where a position has no hole `[N, 1, H, W]`.
    known: T,
    /// For each direction the first known place that way `[N, 2, H, W]`, told as by [`Backend::positions`]. One outside the
    /// picture, or behind more hole than is looked through, is no known place.
    first_known: Vec<T>,
    /// Width and height of a position `[1, 2, 1, 1]`, told the same.
    pitch: T,
}

impl<T: Clone> Rays<T> {
    /// Looks in eight directions from each position of `hole` `[N, 1, H, W]`, 1 = any hole.
    pub fn new<B: Backend<Tensor = T>>(b: &B, hole: &T) -> Self {
        let positions = b.positions(hole);
        // The first position of n lies at 1 / n - 1; a step as long as any picture leaves it alone.
        let pitch = b.affine(&b.subsample(&positions, 1 << 30), 2.0, 2.0);
        let first_known = DIRECTIONS.map(|(dy, dx)| {
            let way = b.affine(&hole_passed(b, hole, dy, dx), 1.0, 1.0);
            let ways = [dx, dy].map(|d| b.affine(&way, d as f32, 0.0));
            let way = b.mul(&b.concat(&ways.each_ref(), 1), &pitch);
            b.add(&positions, &way)
        });
        Rays {
            known: b.affine(hole, -1.0, 1.0),
            first_known: first_known.into(),
            pitch,
        }
    }
}

/// How many positions of hole come one after the other in a direction, from the next position on.
fn hole_passed<B: Backend>(b: &B, hole: &B::Tensor, dy: i64, dx: i64) -> B::Tensor {
    // Room for the longest of the shifts, whatever the size.
    let margin = DOUBLINGS[DOUBLINGS.len() - 1] as usize;
    let hole = b.pad(hole, margin, margin, Edge::Zero);
    let ahead = |x: &B::Tensor, steps: i64| b.shift(x, &[(2, steps * dy), (3, steps * dx)]);
    // `all` is 1 where the first `steps` positions are hole, and `count` how many of them are before a known one.
    let next = ahead(&hole, 1);
    let (count, _) = DOUBLINGS
        .iter()
        .fold((next.clone(), next), |(count, all), &steps| {
            let further = b.mul(&all, &ahead(&count, steps));
            let all = b.mul(&all, &ahead(&all, steps));
            (b.add(&count, &further), all)
        });
    b.trim(&b.trim(&count, 2, margin), 3, margin)
}

/// The hole at half the size: a position is hole where any of its four is.
pub fn halved_hole<B: Backend>(b: &B, hole: &B::Tensor) -> B::Tensor {
    let window = Window {
        kernel: 2,
        stride: 2,
        dilation: 1,
        before: 0,
        after: 0,
    };
    b.clamp(&b.box_sum(hole, window), 0.0, 1.0)
}

/// A gated convolution of nine samples, with `kernels` kernels to choose from; `out` channels.
///
/// The samples are the position's own and those of eight known places, one in each direction. What is sampled of a hole
/// counts nothing, and the rest more for it, as in a partial convolution. Each position weighs the kernels by its content and
/// by what is known round it (dynamic convolution, Chen et al., CVPR 2020, but a choice for each position). A `kernels`-th of
/// the channels is sampled: the multiplications are then those of a gated 3x3 convolution.
pub fn deformable<B: Backend>(
    s: &Scope<B>,
    x: &B::Tensor,
    rays: &Rays<B::Tensor>,
    kernels: usize,
    out: usize,
) -> B::Tensor {
    let b = s.backend();
    let narrow = (b.channels(x) / kernels).max(1);
    let x = conv(&s.at("in"), x, Conv::k(1).out(narrow));

    let taps = DIRECTIONS.len();
    let seen = b.concat(&[&x, &rays.known], 1);
    let guide = Conv::k(3).out(2 * taps + kernels).zero_init(true);
    let guide = conv(&s.at("guide"), &seen, guide);
    let offsets = b.affine(&b.tanh(&b.slice_channels(&guide, 0, 2 * taps)), OFFSET, 0.0);
    let choice = softmax_of_channels(b, &b.slice_channels(&guide, 2 * taps, kernels));

    let source = b.concat(&[&b.mul(&x, &rays.known), &rays.known], 1);
    let samples: Vec<_> = (0..taps)
        .map(|tap| {
            let offset = b.mul(&b.slice_channels(&offsets, 2 * tap, 2), &rays.pitch);
            b.grid_sample(&source, &b.add(&rays.first_known[tap], &offset))
        })
        .collect();
    // The share of each sample that is known; the position's own counts always.
    let shares: Vec<_> = samples
        .iter()
        .map(|sample| b.slice_channels(sample, narrow, 1))
        .collect();
    let known = b.affine(
        &b.sum_channels(&b.concat(&shares.iter().collect::<Vec<_>>(), 1)),
        1.0,
        1.0,
    );
    let nine = (taps + 1) as f32;
    let scale = b.div(&b.affine(&known, 0.0, nine), &known);

    let values: Vec<_> = samples
        .iter()
        .map(|sample| b.slice_channels(sample, 0, narrow))
        .collect();
    let values: Vec<_> = std::iter::once(&x).chain(&values).collect();
    let kernel = Conv::k(1).out(2 * kernels * out);
    // A mean of kernels keeps a part of their variance: this wins it back.
    let gain = GAIN * (kernels as f32).sqrt();
    let weight = s.parameter(
        "weight",
        &kernel.shape((taps + 1) * narrow),
        Init::Normal { gain },
    );
    let bias = s.parameter("bias", &[1, 2 * out, 1, 1], Init::Zero);
    let all = kernel.of(b, &b.concat(&values, 1), &weight, None);
    let chosen = (0..kernels)
        .map(|k| {
            let own = b.slice_channels(&all, 2 * out * k, 2 * out);
            b.mul(&own, &b.slice_channels(&choice, k, 1))
        })
        .reduce(|sum, own| b.add(&sum, &own))
        .expect("there is a kernel");
    let both = b.add(&b.mul(&chosen, &scale), &bias);
    gate(b, &both, Activation::Elu)
}

/// Softmax over the channels of each position.
fn softmax_of_channels<B: Backend>(b: &B, x: &B::Tensor) -> B::Tensor {
    let last = b.softmax(&b.transpose(x, &[0, 2, 3, 1]));
    b.transpose(&last, &[0, 3, 1, 2])
}
