//! Contextual attention as the authors' TensorFlow code computes it (`contextual_attention` in their `inpaint_ops.py`),
//! transcribed in plain loops for one sample: what [`Form`] promises for weights of theirs.

use crate::inputs::Inputs;
use reweave_models::layers::attention::{Form, Halving, Propagation, contextual_attention};
use reweave_trainer::torch::{Shared, Torch, to_array};
use tch::{Device, Kind, Tensor};

/// Channels, height and width, and the values.
struct Plane {
    c: usize,
    h: usize,
    w: usize,
    values: Vec<f32>,
}

impl Plane {
    /// Zero outside.
    fn at(&self, c: usize, y: i64, x: i64) -> f32 {
        let inside = (0..self.h as i64).contains(&y) && (0..self.w as i64).contains(&x);
        if inside {
            self.values[(c * self.h + y as usize) * self.w + x as usize]
        } else {
            0.0
        }
    }

    /// `tf.image.resize_nearest_neighbor(…, align_corners=True)` to half the size.
    fn halved(&self) -> Plane {
        let (h, w) = (self.h / 2, self.w / 2);
        let from = |i: usize, size: usize, count: usize| {
            (i as f32 * ((size - 1) as f32 / (count - 1) as f32)).round() as i64
        };
        let mut values = Vec::new();
        for c in 0..self.c {
            for y in 0..h {
                for x in 0..w {
                    values.push(self.at(c, from(y, self.h, h), from(x, self.w, w)));
                }
            }
        }
        Plane {
            c: self.c,
            h,
            w,
            values,
        }
    }

    /// `tf.extract_image_patches` with SAME padding, one patch an entry.
    fn patches(&self, kernel: i64, stride: usize) -> Vec<Vec<f32>> {
        let before = (kernel - stride as i64) / 2;
        let mut patches = Vec::new();
        for y in (0..self.h).step_by(stride) {
            for x in (0..self.w).step_by(stride) {
                let mut patch = Vec::new();
                for c in 0..self.c {
                    for dy in 0..kernel {
                        for dx in 0..kernel {
                            let (y, x) = (y as i64 + dy - before, x as i64 + dx - before);
                            patch.push(self.at(c, y, x));
                        }
                    }
                }
                patches.push(patch);
            }
        }
        patches
    }
}

/// A 3x3 identity matrix as convolution, SAME padding.
fn fused(matrix: &[Vec<f32>]) -> Vec<Vec<f32>> {
    let n = matrix.len() as i64;
    let at = |i: i64, j: i64| {
        if i < 0 || j < 0 || i >= n || j >= n {
            0.0
        } else {
            matrix[i as usize][j as usize]
        }
    };
    (0..n)
        .map(|i| {
            (0..n)
                .map(|j| at(i - 1, j - 1) + at(i, j) + at(i + 1, j + 1))
                .collect()
        })
        .collect()
}

/// Positions counted by rows of `h` x `w` become positions counted by columns, on both sides.
fn turned(matrix: &[Vec<f32>], h: usize, w: usize) -> Vec<Vec<f32>> {
    let by_rows = |i: usize| (i % h) * w + i / h;
    (0..h * w)
        .map(|i| (0..h * w).map(|j| matrix[by_rows(i)][by_rows(j)]).collect())
        .collect()
}

fn authors(features: &Plane, hole: &Plane) -> Vec<f32> {
    let raw = features.patches(4, 2);
    let small = features.halved();
    let queries = small.patches(3, 1);
    let keys: Vec<Vec<f32>> = queries
        .iter()
        .map(|patch| {
            let length = patch.iter().map(|v| v * v).sum::<f32>().sqrt().max(1e-4);
            patch.iter().map(|v| v / length).collect()
        })
        .collect();
    let usable: Vec<f32> = hole
        .halved()
        .patches(3, 1)
        .iter()
        .map(|patch| {
            if patch.iter().sum::<f32>() == 0.0 {
                1.0
            } else {
                0.0
            }
        })
        .collect();
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
    let alike: Vec<Vec<f32>> = queries
        .iter()
        .map(|query| keys.iter().map(|key| dot(query, key)).collect())
        .collect();
    let (h, w) = (small.h, small.w);
    let by_columns = fused(&turned(&fused(&alike), h, w));
    let alike = turned(&by_columns, w, h);

    let mut out = vec![0.0; features.values.len()];
    for (i, row) in alike.iter().enumerate() {
        let scores: Vec<f32> = row.iter().zip(&usable).map(|(a, m)| a * m * 10.0).collect();
        let most = scores.iter().copied().fold(f32::MIN, f32::max);
        let powers: Vec<f32> = scores.iter().map(|s| (s - most).exp()).collect();
        let sum: f32 = powers.iter().sum();
        let (y, x) = (2 * (i / w) as i64, 2 * (i % w) as i64);
        for c in 0..features.c {
            for (k, (dy, dx)) in (0..16i64).map(|k| (k / 4, k % 4)).enumerate() {
                let (y, x) = (y + dy - 1, x + dx - 1);
                if y < 0 || x < 0 || y >= features.h as i64 || x >= features.w as i64 {
                    continue;
                }
                let lent: f32 = (0..raw.len())
                    .map(|j| powers[j] / sum * usable[j] * raw[j][16 * c + k])
                    .sum();
                out[(c * features.h + y as usize) * features.w + x as usize] += lent / 4.0;
            }
        }
    }
    out
}

#[test]
fn attention_is_that_of_the_authors() {
    let (c, h, w) = (3, 16, 24);
    let Inputs { picture, hole } = Inputs::random(1, c, h, w);
    let tensor =
        |n: &crate::inputs::Numbers| Shared(Tensor::from_slice(&n.values).reshape(&n.shape));
    let form = Form {
        halving: Halving::Corners,
        propagation: Propagation::Flattened,
    };
    let torch = Torch::new(Device::Cpu, Kind::Float, 0);
    let ours = contextual_attention(&torch, &tensor(&picture), &tensor(&hole), form);
    let plane = |c, values| Plane { c, h, w, values };
    let theirs = authors(&plane(c, picture.values), &plane(1, hole.values));
    for (ours, theirs) in to_array(&ours.0).values.iter().zip(&theirs) {
        assert!((ours - theirs).abs() < 1e-4, "{ours} {theirs}");
    }
}
