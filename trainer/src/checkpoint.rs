//! A training's whole state in one safetensors file, so that it goes on as if it had not stopped.

use anyhow::{Context, Result};
use reweave_models::weights::{Array, Weights};
use std::collections::HashMap;
use std::path::Path;

/// Everything under these prefixes: `generator`, `average`, `discriminator`, `adam.generator`, `adam.discriminator`.
#[derive(Default)]
pub struct Checkpoint {
    /// Steps taken.
    pub step: u64,
    /// Parameters and optimizer state, each under its prefix.
    pub state: Weights,
    /// The recipe it was trained by, as text.
    pub recipe: String,
}

const STEP: &str = "step";
const RECIPE: &str = "recipe";

impl Checkpoint {
    /// Adds `weights` under `prefix`.
    pub fn insert(&mut self, prefix: &str, weights: Weights) {
        self.state.arrays.extend(
            weights
                .arrays
                .into_iter()
                .map(|(path, a)| (format!("{prefix}.{path}"), a)),
        );
    }

    /// What lies under `prefix`.
    pub fn part(&self, prefix: &str) -> Weights {
        let within = |path: &String| {
            path.strip_prefix(prefix)
                .and_then(|p| p.strip_prefix('.'))
                .map(str::to_owned)
        };
        let arrays = self
            .state
            .arrays
            .iter()
            .filter_map(|(path, a)| Some((within(path)?, a.clone())))
            .collect();
        Weights { arrays }
    }

    /// What is exported: the average where there is one, the last step's weights elsewhere (running statistics are
    /// averages already).
    pub fn exported_weights(&self) -> Weights {
        let mut weights = self.part("generator");
        weights.arrays.extend(self.part("average").arrays);
        weights
    }

    /// Writes the file; what was there stays whole until the new one is.
    pub fn save(&self, path: &Path) -> Result<()> {
        let mut state = self.state.clone();
        state.arrays.insert(
            STEP.into(),
            Array {
                shape: vec![1],
                values: vec![self.step as f32],
            },
        );
        let bytes = state.to_bytes(HashMap::from([(RECIPE.to_owned(), self.recipe.clone())]))?;
        let unfinished = path.with_extension("unfinished");
        std::fs::write(&unfinished, bytes)
            .with_context(|| format!("cannot write {}", unfinished.display()))?;
        std::fs::rename(&unfinished, path)
            .with_context(|| format!("cannot write {}", path.display()))
    }

    /// Reads the file.
    pub fn open(path: &Path) -> Result<Self> {
        let bytes = std::fs::read(path)
            .with_context(|| format!("cannot read the checkpoint {}", path.display()))?;
        let mut state =
            Weights::from_bytes(&bytes).with_context(|| format!("in {}", path.display()))?;
        let step = state.arrays.remove(STEP);
        let step =
            step.with_context(|| format!("{} is not a checkpoint of a training", path.display()))?;
        let notes = Weights::notes(&bytes).with_context(|| format!("in {}", path.display()))?;
        let recipe = notes.get(RECIPE).cloned().unwrap_or_default();
        Ok(Checkpoint {
            step: step.values[0] as u64,
            state,
            recipe,
        })
    }
}
