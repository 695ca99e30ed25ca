//! Contextual attention (Yu et al., "Generative Image Inpainting with Contextual Attention", CVPR 2018, section 4),
//! which gives the hole patches of the known part.
//!
//! Written with shifts and matrix products so that every runtime can run it, with a mask for each sample and for any
//! height and width (even, at feature size). The authors' code differs from the paper in two details, which [`Form`]
//! names; with these chosen it computes what theirs does.

use crate::{Backend, Window};
use serde::{Deserialize, Serialize};

/// In which of its forms attention is computed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// How features and hole are halved.
    pub halving: Halving,
    /// How matches support each other.
    pub propagation: Propagation,
}

/// Which pixels stay when features and hole are made smaller.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Halving {
    /// Every second one, from the first.
    #[default]
    First,
    /// The first, the last, and those nearest to an even spread: the authors' resizing, which aligns corners.
    Corners,
}

/// Which matches are neighbours of each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Propagation {
    /// Those beside and above each other in the picture, as in the paper's equation 3; computed band by band, so that the
    /// similarity matrix is never whole in memory.
    #[default]
    Planar,
    /// Those that follow each other when the picture is read by rows, then by columns, as the authors' code has it: there
    /// the last pixel of a row is a neighbour of the first of the next. The matrix is whole in memory: 64 MiB at 512x512,
    /// 1 GiB at 1024x1024.
    Flattened,
}

impl Halving {
    /// `x` at one `step`-th of its height and width.
    pub fn of<B: Backend>(self, b: &B, x: &B::Tensor, step: usize) -> B::Tensor {
        match self {
            Halving::First => b.subsample(x, step),
            Halving::Corners => b.subsample_aligned(x, step),
        }
    }
}

/// Sharpness of the softmax (the authors' `softmax_scale`).
const SCALE: f32 = 10.0;
/// Patches are compared at half the feature size (the authors' `rate`).
const RATE: usize = 2;
/// The smallest length a patch is divided by.
const SHORTEST: f32 = 1e-4;

/// In how many bands of rows attention is computed: at 1024x1024 each holds an eighth of 1 GiB. The similarity matrix
/// grows with the fourth power of the side.
const BANDS: usize = 8;
/// Rows of features below which there is not one for each band.
pub const SMALLEST: usize = RATE * BANDS;

/// Rebuilds the features `x` `[N, C, H, W]` from their own patches outside the `hole` `[N, 1, H, W]` (1 = hole).
pub fn contextual_attention<B: Backend>(
    b: &B,
    x: &B::Tensor,
    hole: &B::Tensor,
    form: Form,
) -> B::Tensor {
    let small = form.halving.of(b, x, RATE);
    let patches = patches(b, &small);
    let known = entirely_known(b, &form.halving.of(b, hole, RATE));
    let matches = Matches {
        keys: b.flatten(&normalised(b, &patches), 2),
        usable: b.flatten(&known, 2),
        values: transposed(b, &b.flatten(&blocks(b, x), 2)),
    };
    let gathered = match form.propagation {
        Propagation::Planar => {
            let bands: Vec<B::Tensor> = (0..BANDS)
                .map(|i| {
                    let queries = b.rows(&patches, i, BANDS, 1);
                    let alike = matches.alike(b, &queries);
                    matches.gather(b, &planar(b, &alike, &queries, &small))
                })
                .collect();
            b.concat(&bands.iter().collect::<Vec<_>>(), 2)
        }
        Propagation::Flattened => {
            let alike = matches.alike(b, &patches);
            matches.gather(b, &flattened(b, &alike, &small))
        }
    };
    join_blocks(b, &b.unflatten(&gathered, 2, &small))
}

/// What positions are matched with: h * w patches.
struct Matches<T> {
    /// Their features at half the size, of length 1 `[N, 9C, h * w]`.
    keys: T,
    /// 1 where no hole is touched `[N, 1, h * w]`.
    usable: T,
    /// Their values `[N, h * w, 16C]`.
    values: T,
}

impl<T: Clone> Matches<T> {
    /// How alike each position is to each patch `[N, H * W, h * w]`.
    fn alike<B: Backend<Tensor = T>>(&self, b: &B, queries: &T) -> T {
        b.matmul(&transposed(b, &b.flatten(queries, 2)), &self.keys)
    }

    /// What the patches give to each position `[N, 16C, H * W]`.
    fn gather<B: Backend<Tensor = T>>(&self, b: &B, alike: &T) -> T {
        let alike = b.mul(alike, &self.usable);
        let weights = b.mul(&b.softmax(&b.affine(&alike, SCALE, 0.0)), &self.usable);
        transposed(b, &b.matmul(&weights, &self.values))
    }
}

fn transposed<B: Backend>(b: &B, x: &B::Tensor) -> B::Tensor {
    b.transpose(x, &[0, 2, 1])
}

/// The 3x3 neighbourhood of each position as channels: `[N, 9C, H, W]`.
fn patches<B: Backend>(b: &B, x: &B::Tensor) -> B::Tensor {
    let taps: Vec<B::Tensor> = (0..9)
        .map(|i| b.shift(x, &[(2, i / 3 - 1), (3, i % 3 - 1)]))
        .collect();
    b.concat(&taps.iter().collect::<Vec<_>>(), 1)
}

fn normalised<B: Backend>(b: &B, patches: &B::Tensor) -> B::Tensor {
    let length = b.sqrt(&b.sum_channels(&b.mul(patches, patches)));
    b.div(patches, &b.clamp(&length, SHORTEST, f32::MAX))
}

/// 1 where the 3x3 patch touches no hole.
fn entirely_known<B: Backend>(b: &B, hole: &B::Tensor) -> B::Tensor {
    let touched = b.box_sum(hole, Window::centred(3, 1, 1));
    b.affine(&b.clamp(&touched, 0.0, 1.0), -1.0, 1.0)
}

/// Attention propagation over a band of rows with one more before and after: a match counts more when its neighbours
/// match the neighbours, first left and right, then above and below.
fn planar<B: Backend>(
    b: &B,
    alike: &B::Tensor,
    queries: &B::Tensor,
    small: &B::Tensor,
) -> B::Tensor {
    // As `[N, row, column, row of the patch, column of the patch]`.
    let pairs = b.unflatten(&b.unflatten(alike, 2, small), 1, queries);
    let supported = along(b, &along(b, &pairs, [2, 4]), [1, 3]);
    b.flatten(&b.flatten(&b.trim(&supported, 1, 1), 3), 1)
}

/// Attention propagation along both ways to read a picture.
fn flattened<B: Backend>(b: &B, alike: &B::Tensor, small: &B::Tensor) -> B::Tensor {
    // By rows, `[N, H * W, h * w]`, to by columns and back; the sides are those of `from`.
    let turned = |x: &B::Tensor, from: &B::Tensor| {
        let pairs = b.unflatten(&b.unflatten(x, 2, from), 1, from);
        b.flatten(&b.flatten(&b.transpose(&pairs, &[0, 2, 1, 4, 3]), 3), 1)
    };
    let by_rows = along(b, alike, [1, 2]);
    let by_columns = along(b, &turned(&by_rows, small), [1, 2]);
    turned(&by_columns, &b.transpose(small, &[0, 1, 3, 2]))
}

/// The sum of each match and of those one step before and after along both axes at once.
fn along<B: Backend>(b: &B, x: &B::Tensor, axes: [usize; 2]) -> B::Tensor {
    let next = b.shift(x, &axes.map(|axis| (axis, 1)));
    let previous = b.shift(x, &axes.map(|axis| (axis, -1)));
    b.add(&b.add(x, &next), &previous)
}

/// 4x4 blocks of the full-size features at every second position, as 16 groups of C channels.
fn blocks<B: Backend>(b: &B, x: &B::Tensor) -> B::Tensor {
    let taps: Vec<B::Tensor> = (0..16)
        .map(|i| b.subsample(&b.shift(x, &[(2, i / 4 - 1), (3, i % 4 - 1)]), RATE))
        .collect();
    b.concat(&taps.iter().collect::<Vec<_>>(), 1)
}

/// The inverse of [`blocks`], overlapping blocks averaged (a transposed convolution divided by 4).
fn join_blocks<B: Backend>(b: &B, blocks: &B::Tensor) -> B::Tensor {
    let channels = b.channels(blocks) / 16;
    // Along one axis the pixel 2i comes from tap 1 of block i and tap 3 of block i - 1; the pixel 2i + 1 from tap 2 of
    // block i and tap 0 of block i + 1.
    let sources = [[(1, 0), (3, -1)], [(2, 0), (0, 1)]];
    let phase = |y: usize, x: usize| {
        let mut parts = Vec::new();
        for (tap_y, from_y) in sources[y] {
            for (tap_x, from_x) in sources[x] {
                let tap = b.slice_channels(blocks, (4 * tap_y + tap_x) * channels, channels);
                parts.push(b.shift(&tap, &[(2, from_y), (3, from_x)]));
            }
        }
        let sum = parts
            .into_iter()
            .reduce(|a, c| b.add(&a, &c))
            .expect("a pixel comes from four blocks");
        b.affine(&sum, 0.25, 0.0)
    };
    let phases = [phase(0, 0), phase(0, 1), phase(1, 0), phase(1, 1)];
    b.depth_to_space(&b.concat(&phases.iter().collect::<Vec<_>>(), 1))
}
