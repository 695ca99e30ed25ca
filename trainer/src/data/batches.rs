//! Batches, made ahead on a thread of their own.

use super::Pictures;
use crate::recipe::Recipe;
use anyhow::{Result, anyhow};
use image::RgbImage;
use image::imageops::{FilterType, crop_imm, resize};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use reweave_masks::MaskMaker;
use std::sync::mpsc::{Receiver, sync_channel};

/// What one step learns from.
pub struct Batch {
    /// `[N, 3, size, size]` in `[-1, 1]`
    pub pictures: Vec<f32>,
    /// `[N, 1, size, size]`, 1 = hole
    pub holes: Vec<f32>,
}

/// Batches from a step on, in order.
pub struct Batches {
    ready: Receiver<Result<Batch>>,
}

impl Batches {
    /// Starts making batches from `step` on. A batch depends on the recipe's seed and its step alone, so that a
    /// training goes on after a stop as if it had not stopped.
    pub fn start(recipe: Recipe, mut pictures: Pictures, masks: MaskMaker, step: u64) -> Self {
        let (send, ready) = sync_channel(4);
        std::thread::spawn(move || {
            for step in step.. {
                // An end of the receiving side is the end of the training.
                if send
                    .send(make(&recipe, &mut pictures, &masks, step))
                    .is_err()
                {
                    return;
                }
            }
        });
        Batches { ready }
    }

    /// The next batch.
    pub fn next(&self) -> Result<Batch> {
        self.ready
            .recv()
            .map_err(|_| anyhow!("the thread that reads pictures has ended"))?
    }
}

fn make(recipe: &Recipe, pictures: &mut Pictures, masks: &MaskMaker, step: u64) -> Result<Batch> {
    let mut rng = ChaCha8Rng::seed_from_u64(recipe.seed);
    rng.set_stream(step);
    let pixels = recipe.size * recipe.size;
    let mut batch = Batch {
        pictures: Vec::with_capacity(3 * recipe.batch * pixels),
        holes: Vec::new(),
    };
    for _ in 0..recipe.batch {
        let picture = pictures.get(rng.random_range(0..pictures.len()))?;
        push_crop(&picture, recipe.size as u32, &mut rng, &mut batch.pictures);
        let mask = masks.draw(recipe.size, recipe.size, &mut rng);
        batch.holes.extend(mask.hole.iter().map(|&h| f32::from(h)));
    }
    Ok(batch)
}

/// A square part of the picture at native scale or, half of the time, of the picture made smaller; perhaps mirrored.
fn push_crop(picture: &RgbImage, size: u32, rng: &mut impl Rng, into: &mut Vec<f32>) {
    let (width, height) = picture.dimensions();
    let smallest = size as f32 / width.min(height) as f32;
    let scale = if smallest > 1.0 || rng.random_bool(0.5) {
        rng.random_range(smallest.min(1.0)..=1.0).max(smallest)
    } else {
        1.0
    };
    let scaled;
    let picture = if scale == 1.0 {
        picture
    } else {
        let side = |s: u32| ((s as f32 * scale).round() as u32).max(size);
        scaled = resize(picture, side(width), side(height), FilterType::CatmullRom);
        &scaled
    };
    let x = rng.random_range(0..=picture.width() - size);
    let y = rng.random_range(0..=picture.height() - size);
    let crop = crop_imm(picture, x, y, size, size).to_image();
    let mirrored = rng.random_bool(0.5);
    for channel in 0..3 {
        for y in 0..size {
            for x in 0..size {
                let x = if mirrored { size - 1 - x } else { x };
                into.push(f32::from(crop.get_pixel(x, y)[channel]) / 127.5 - 1.0);
            }
        }
    }
}
