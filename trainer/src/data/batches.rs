//! Batches, made ahead on threads of their own.

use super::Pictures;
use super::crop::push_crop;
use super::sketch;
use super::wish::Wishes;
use crate::recipe::Recipe;
use anyhow::{Result, anyhow};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use reweave_masks::MaskMaker;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};

/// Batches that each thread has ready at most.
const AHEAD: usize = 2;

/// What a step learns from.
pub struct Batch {
    /// `[N, 3, size, size]` in `[-1, 1]`
    pub pictures: Vec<f32>,
    /// `[N, 1, size, size]`, 1 = hole
    pub holes: Vec<f32>,
    /// The lines of sketches, `[N, 1, size, size]`, 1 = line; empty for a network that is not guided.
    pub guides: Vec<f32>,
    /// What a mask generator is asked for; `None` for a training without one.
    pub wishes: Option<Wishes>,
}

/// What batches are made of.
#[derive(Clone)]
pub struct Source {
    /// Sizes, seed.
    pub recipe: Arc<Recipe>,
    /// Pictures to take crops from.
    pub pictures: Arc<Pictures>,
    /// What draws the holes.
    pub masks: Arc<MaskMaker>,
}

impl Source {
    /// A batch of `count` crops. It depends on the recipe's seed and on `number` alone, so that a training goes on after a
    /// stop as if it had not stopped, whatever thread makes it.
    pub fn batch(&self, number: u64, count: usize) -> Result<Batch> {
        let size = self.recipe.size;
        let mut rng = ChaCha8Rng::seed_from_u64(self.recipe.seed);
        rng.set_stream(number);
        let mut batch = Batch {
            pictures: Vec::with_capacity(3 * count * size * size),
            holes: Vec::with_capacity(count * size * size),
            guides: Vec::new(),
            wishes: self
                .recipe
                .mask_generator
                .map(|asked| Wishes::draw(&asked, size, count, self.recipe.seed, number)),
        };
        for _ in 0..count {
            let picture = self
                .pictures
                .get(rng.random_range(0..self.pictures.len()))?;
            push_crop(&picture, size as u32, &mut rng, &mut batch.pictures);
            let mask = self.masks.draw(size, size, &mut rng);
            batch.holes.extend(mask.hole.iter().map(|&h| f32::from(h)));
            if let Some(sketches) = self.recipe.sketches {
                let crop = &batch.pictures[batch.pictures.len() - 3 * size * size..];
                batch
                    .guides
                    .extend(sketch::drawn(crop, size, sketches.share, &mut rng));
            }
        }
        Ok(batch)
    }
}

/// Batches from a step on, in order.
pub struct Batches {
    /// Each thread's own: step `s` is made by thread `s` modulo their number.
    ready: Vec<Receiver<Result<Batch>>>,
    next: u64,
}

impl Batches {
    /// Starts making batches from `step` on, on `threads` threads.
    pub fn start(source: &Source, step: u64, threads: usize) -> Self {
        let threads = threads.max(1) as u64;
        let start = |first: u64| {
            let (send, ready) = sync_channel(AHEAD);
            let source = source.clone();
            let count = source.recipe.batch * source.recipe.accumulate;
            std::thread::spawn(move || {
                for step in (first..).step_by(threads as usize) {
                    // An end of the receiving side is the end of the training.
                    if send.send(source.batch(step, count)).is_err() {
                        return;
                    }
                }
            });
            ready
        };
        // In the order in which their first steps come.
        let ready = (step..step + threads).map(start).collect();
        Batches { ready, next: 0 }
    }

    /// The next batch.
    pub fn next(&mut self) -> Result<Batch> {
        let thread = (self.next % self.ready.len() as u64) as usize;
        self.next += 1;
        self.ready[thread]
            .recv()
            .map_err(|_| anyhow!("the thread that reads pictures has ended"))?
    }
}
