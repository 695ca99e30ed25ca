//! Random pictures and holes.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use reweave_masks::{Boxes, Heading, Mask, Strokes};

/// A tensor.
pub struct Numbers {
    /// Sizes, outermost first.
    pub shape: Vec<i64>,
    /// In row-major order.
    pub values: Vec<f32>,
}

/// What a part computes from.
pub struct Inputs {
    /// `[N, C, H, W]`, between -1 and 1.
    pub picture: Numbers,
    /// `[N, 1, H, W]`, 0 or 1; each sample has one of its own.
    pub hole: Numbers,
}

impl Inputs {
    /// The same for the same sizes.
    pub fn random(n: usize, channels: usize, height: usize, width: usize) -> Self {
        Inputs {
            picture: random_picture(n, channels, height, width),
            hole: random_hole(n, height, width),
        }
    }
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
            heading: Heading::Free,
        }
        .draw(&mut mask, &mut rng);
        Boxes {
            count: (1, 1),
            side: (6, 14),
            margin: 0,
        }
        .draw(&mut mask, &mut rng);
        values.extend(mask.hole.iter().map(|&h| f32::from(h)));
    }
    Numbers {
        shape: [n, 1, height, width].map(|d| d as i64).to_vec(),
        values,
    }
}
