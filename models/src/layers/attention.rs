//! Contextual attention (Yu et al., "Generative Image Inpainting with Contextual Attention", CVPR 2018, section 4),
//! which lends the hole patches from the known part.
//!
//! Written with shifts and matrix products so that every runtime can run it, with a mask for each sample, for any
//! height and width (even, at feature size), and band by band so that the similarity matrix is never whole in memory.
//! Attention propagation follows the paper's equation 3 in two dimensions; the authors' code runs over the flattened
//! matrix, where a neighbour of the last pixel of a row is the first of the next.

use crate::{Backend, Window};

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
pub fn contextual_attention<B: Backend>(b: &B, x: &B::Tensor, hole: &B::Tensor) -> B::Tensor {
    let small = b.subsample(x, RATE);
    let patches = patches(b, &small);
    let matrix = |x: &B::Tensor| b.flatten(x, 2);
    let transposed = |x: &B::Tensor| b.transpose(x, &[0, 2, 1]);
    let keys = matrix(&normalised(b, &patches));
    let values = transposed(&matrix(&blocks(b, x)));
    let usable = matrix(&entirely_known(b, &b.subsample(hole, RATE)));

    let bands: Vec<B::Tensor> = (0..BANDS)
        .map(|i| {
            let queries = b.rows(&patches, i, BANDS, 1);
            let alike = b.matmul(&transposed(&matrix(&queries)), &keys);
            // As `[N, row, column, row of the patch, column of the patch]`.
            let pairs = b.unflatten(&b.unflatten(&alike, 2, &small), 1, &queries);
            let inner = b.trim(&propagate(b, &pairs), 1, 1);
            let alike = b.mul(&b.flatten(&b.flatten(&inner, 3), 1), &usable);
            let weights = b.mul(&b.softmax(&b.affine(&alike, SCALE, 0.0)), &usable);
            transposed(&b.matmul(&weights, &values))
        })
        .collect();
    let lent = b.concat(&bands.iter().collect::<Vec<_>>(), 2);
    join_blocks(b, &b.unflatten(&lent, 2, &small))
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

/// Attention propagation: a match counts more when its neighbours match the neighbours, first left and right, then
/// above and below. Axes: `[N, row, column, row of the patch, column of the patch]`.
fn propagate<B: Backend>(b: &B, alike: &B::Tensor) -> B::Tensor {
    let along = |x: &B::Tensor, axis: usize| {
        let next = b.shift(x, &[(axis, 1), (axis + 2, 1)]);
        let previous = b.shift(x, &[(axis, -1), (axis + 2, -1)]);
        b.add(&b.add(x, &next), &previous)
    };
    along(&along(alike, 2), 1)
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
