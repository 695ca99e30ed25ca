//! What is kept of a training: its last state, and the best so far.

use super::judge::Judgement;
use super::step::Training;
use super::strip::Strip;
use crate::checkpoint::Checkpoint;
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The state that did best on held-out pictures, in the folder of a run.
pub const BEST: &str = "best.safetensors";

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

    /// Whether a loss on held-out pictures is the least so far; one that is no number never is.
    pub fn is_best(&self, loss: f64) -> bool {
        loss.is_finite() && self.best.is_none_or(|best| loss < best)
    }

    /// Keeps the state as the best, with this loss on held-out pictures.
    ///
    /// # Errors
    /// The file cannot be written; then the best is still the one before.
    pub fn keep_best(&mut self, training: &Training, loss: f64) -> Result<()> {
        let before = self.best.replace(loss);
        let kept = self.checkpoint(training).save(&self.run.join(BEST));
        if kept.is_err() {
            self.best = before;
        }
        kept
    }

    /// Keeps the fills of held-out pictures, for the report, and the holes that a mask generator chooses of them now.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn keep_fills(&self, training: &Training, judgement: &Judgement) -> Result<()> {
        let folder = self.run.join("fills");
        std::fs::create_dir_all(&folder)
            .with_context(|| format!("cannot make {}", folder.display()))?;
        let fills = folder.join(format!("{:08}.jpg", training.steps()));
        Strip::of(&judgement.fills)?.save(&fills)?;
        Strip::of(&judgement.holes)?.save(&folder.join("holes.jpg"))?;
        match &judgement.chosen {
            Some(chosen) => Strip::of(chosen)?.save(&folder.join("chosen.jpg")),
            None => Ok(()),
        }
    }

    fn checkpoint(&self, training: &Training) -> Checkpoint {
        Checkpoint {
            best: self.best,
            ..training.checkpoint(&self.recipe)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_is_the_least_that_is_a_number() {
        let keeper = |best| Keeper::new(Path::new(""), String::new(), Duration::ZERO, best);
        assert!(keeper(None).is_best(2.0));
        assert!(!keeper(None).is_best(f64::NAN) && !keeper(None).is_best(f64::INFINITY));
        assert!(keeper(Some(1.0)).is_best(0.5) && !keeper(Some(1.0)).is_best(1.0));
    }
}
