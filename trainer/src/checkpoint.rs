//! A training's whole state in one safetensors file, so that it goes on as if it had not stopped.

use anyhow::{Context, Result};
use reweave_models::weights::{Array, Weights};
use std::collections::HashMap;
use std::fs::File;
use std::io::Write;
use std::path::Path;

/// Everything under these prefixes: `generator`, `average`, `discriminator`, `mask_generator`, `adam.generator`,
/// `adam.discriminator`, `adam.mask_generator`.
#[derive(Default)]
pub struct Checkpoint {
    /// Steps taken.
    pub step: u64,
    /// Parameters and optimizer state, each under its prefix.
    pub state: Weights,
    /// The recipe it was trained by, as text.
    pub recipe: String,
    /// What the recipe's learning rate is multiplied by: 1, or less after losses that were no numbers.
    pub slowing: f64,
    /// The least loss on held-out pictures so far, where there are any.
    pub best: Option<f64>,
    /// Threads of the CPU that it was computed with.
    pub threads: Option<usize>,
}

const STEP: &str = "step";
const RECIPE: &str = "recipe";
const SLOWING: &str = "slowing";
const BEST: &str = "best";
const THREADS: &str = "threads";

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

    /// Writes the file; what was there stays whole until the new one is on the disk.
    ///
    /// # Errors
    /// The disk is full or says no; then nothing has changed.
    pub fn save(&self, path: &Path) -> Result<()> {
        let mut state = self.state.clone();
        state.arrays.insert(
            STEP.into(),
            Array {
                shape: vec![1],
                values: vec![self.step as f32],
            },
        );
        let mut notes = HashMap::from([
            (RECIPE.to_owned(), self.recipe.clone()),
            (SLOWING.to_owned(), self.slowing.to_string()),
        ]);
        notes.extend(self.best.map(|best| (BEST.to_owned(), best.to_string())));
        notes.extend(self.threads.map(|n| (THREADS.to_owned(), n.to_string())));
        let bytes = state.to_bytes(notes)?;
        let unfinished = path.with_extension("unfinished");
        write_through(&unfinished, &bytes)
            .and_then(|()| std::fs::rename(&unfinished, path))
            .inspect_err(|_| drop(std::fs::remove_file(&unfinished)))
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
        let number = |name| notes.get(name).and_then(|text: &String| text.parse().ok());
        Ok(Checkpoint {
            step: step.values[0] as u64,
            state,
            recipe: notes.get(RECIPE).cloned().unwrap_or_default(),
            slowing: number(SLOWING).unwrap_or(1.0),
            best: number(BEST).filter(|best: &f64| best.is_finite()),
            threads: number(THREADS).map(|threads| threads as usize),
        })
    }
}

/// Writes a file and waits until the disk has it: after a power cut a renamed file must not be an empty one.
fn write_through(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checkpoint_comes_back_from_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("checkpoint.safetensors");
        let mut kept = Checkpoint {
            step: 7,
            recipe: "name = \"x\"".into(),
            slowing: 0.25,
            best: Some(0.125),
            threads: Some(2),
            ..Checkpoint::default()
        };
        let array = Array {
            shape: vec![2],
            values: vec![1.0, 2.0],
        };
        kept.insert(
            "generator",
            Weights {
                arrays: [("a".to_owned(), array)].into(),
            },
        );
        kept.save(&path).unwrap();
        let back = Checkpoint::open(&path).unwrap();
        assert_eq!(back.recipe, kept.recipe);
        assert_eq!((back.step, back.slowing), (7, 0.25));
        assert_eq!((back.best, back.threads), (Some(0.125), Some(2)));
        assert_eq!(back.state, kept.state);
    }

    /// The file is begun under its other name; what is in its way is found at the end.
    #[test]
    fn a_write_that_fails_leaves_nothing_and_is_told_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("checkpoint.safetensors");
        std::fs::create_dir(&path).unwrap();
        std::fs::write(path.join("in the way"), "").unwrap();
        let error = Checkpoint::default().save(&path).unwrap_err();
        assert!(format!("{error:#}").contains("checkpoint.safetensors"));
        let left = std::fs::read_dir(folder.path()).unwrap();
        let left: Vec<_> = left.map(|entry| entry.unwrap().path()).collect();
        assert_eq!(left, [path]);
    }
}
