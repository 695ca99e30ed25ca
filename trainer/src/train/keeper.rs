//! What is kept of a training: its last state, and the best so far.

use super::judge::Judgement;
use super::step::Training;
use crate::checkpoint::Checkpoint;
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tch::{Kind, Tensor};

/// Keeps the states of a training in its folder.
pub struct Keeper {
    run: PathBuf,
    /// The recipe's text, which each checkpoint carries.
    recipe: String,
    every: Duration,
    kept: Instant,
    best: Option<f64>,
}

impl Keeper {
    /// Keeps the state every so often; `best` is the least loss on held-out pictures so far.
    pub fn new(run: &Path, recipe: String, every: Duration, best: Option<f64>) -> Self {
        Keeper {
            run: run.to_owned(),
            recipe,
            every,
            kept: Instant::now(),
            best,
        }
    }

    /// Whether it is time to keep the state.
    pub fn is_due(&self) -> bool {
        self.kept.elapsed() >= self.every
    }

    /// Keeps the state.
    ///
    /// # Errors
    /// The file cannot be written. What was kept before is still there, whole.
    pub fn keep(&mut self, training: &Training) -> Result<()> {
        // Tried again after as long, if it fails: not at each step.
        self.kept = Instant::now();
        let path = self.run.join("checkpoint.safetensors");
        self.checkpoint(training).save(&path)
    }

    /// Keeps the state as the best if it is; and the fills, for the report.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn judged(&mut self, training: &Training, judgement: &Judgement) -> Result<bool> {
        let folder = self.run.join("fills");
        std::fs::create_dir_all(&folder)
            .with_context(|| format!("cannot make {}", folder.display()))?;
        let fills = folder.join(format!("{:08}.jpg", training.steps()));
        save_strip(&judgement.fills, &fills)?;
        save_strip(&judgement.holes, &folder.join("holes.jpg"))?;
        let is_best = self.best.is_none_or(|best| judgement.loss < best);
        if is_best {
            self.best = Some(judgement.loss);
            self.checkpoint(training)
                .save(&self.run.join("best.safetensors"))?;
        }
        Ok(is_best)
    }

    fn checkpoint(&self, training: &Training) -> Checkpoint {
        Checkpoint {
            best: self.best,
            ..training.checkpoint(&self.recipe)
        }
    }
}

/// How many pictures of a batch are shown.
const SHOWN: i64 = 4;

/// Saves the first pictures of `[N, 3, H, W]` in `[-1, 1]` side by side.
fn save_strip(pictures: &Tensor, path: &Path) -> Result<()> {
    let count = pictures.size()[0].min(SHOWN);
    let shown: Vec<Tensor> = (0..count).map(|i| pictures.get(i)).collect();
    let strip = (Tensor::cat(&shown, 2) + 1.0) * 127.5;
    let strip = strip.round().clamp(0.0, 255.0).permute([1, 2, 0]);
    let strip = strip.to_kind(Kind::Uint8).contiguous();
    let (height, width) = (strip.size()[0] as u32, strip.size()[1] as u32);
    let mut bytes = vec![0u8; strip.numel()];
    let count = bytes.len();
    strip
        .to_device(tch::Device::Cpu)
        .copy_data(&mut bytes, count);
    let picture = image::RgbImage::from_raw(width, height, bytes).context("no fill to show")?;
    picture
        .save(path)
        .with_context(|| format!("cannot write {}", path.display()))
}
