//! What a mask generator is asked for: how much of a picture, and chance.

use crate::recipe::GeneratedMasks;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Pixels that one number of [`Wishes::noise`] stands for.
const GRAIN: usize = 16;

/// What is asked of a mask generator, for each picture of a batch.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wishes {
    /// The share of the picture that is to be hole; 0 where the hole is one that was drawn.
    pub areas: Vec<f32>,
    /// Numbers of mean 0 and variance 1, `[N, 1, side, side]`.
    pub noise: Vec<f32>,
}

impl Wishes {
    /// Rows and columns of the noise for crops of `size` pixels.
    pub fn side(size: usize) -> usize {
        size.div_ceil(GRAIN)
    }

    /// What is asked for `count` pictures of `size` pixels. It depends on the seed and on the batch's `number` alone, and takes
    /// no random number from the pictures: they are those of a training without a mask generator.
    pub fn draw(asked: &GeneratedMasks, size: usize, count: usize, seed: u64, number: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(!seed);
        rng.set_stream(number);
        // Uniform: where few numbers are drawn, the far tail of a normal one would decide alone.
        let bound = 3f32.sqrt();
        let mut wishes = Wishes::default();
        for _ in 0..count {
            let area = rng.random_range(asked.area.0..=asked.area.1);
            let is_chosen = rng.random_bool(asked.share);
            wishes.areas.push(if is_chosen { area } else { 0.0 });
            let noise = 0..Self::side(size).pow(2);
            wishes
                .noise
                .extend(noise.map(|_| rng.random_range(-bound..bound)));
        }
        wishes
    }
}
