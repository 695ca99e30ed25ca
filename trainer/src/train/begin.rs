//! Where a training begins: at its checkpoint, at the weights of a model, or at random ones.

use super::Places;
use super::start::starting_weights;
use super::step::Training;
use crate::checkpoint::Checkpoint;
use crate::recipe::Recipe;
use anyhow::{Result, ensure};
use tch::Device;

/// A training at the place where it goes on, and what is said of that place.
pub struct Begun<'r> {
    /// The training.
    pub training: Training<'r>,
    /// The least loss on held-out pictures before.
    pub best: Option<f64>,
    /// Where it begins, for people.
    pub place: String,
}

/// Begins a training, or goes on with it, or goes back to where it was last kept.
///
/// # Errors
/// The checkpoint is of another network, or cannot be gone on from exactly where that is asked for; or files are missing.
pub fn begin<'r>(recipe: &'r Recipe, places: &Places, device: Device) -> Result<Begun<'r>> {
    let mut training = Training::new(recipe, &places.features, device)?;
    let path = places.checkpoint();
    if path.exists() {
        let checkpoint = Checkpoint::open(&path)?;
        check(&checkpoint, recipe, places)?;
        training.restore(&checkpoint);
        return Ok(Begun {
            place: format!(
                "going on from step {} of {}",
                checkpoint.step,
                path.display()
            ),
            best: checkpoint.best,
            training,
        });
    }
    let place = match &places.start {
        Some(start) => {
            training.start_from(&starting_weights(start, recipe.network)?);
            format!("starting from {}", start.display())
        }
        None => "starting from random weights".to_owned(),
    };
    Ok(Begun {
        training,
        best: None,
        place,
    })
}

fn check(checkpoint: &Checkpoint, recipe: &Recipe, places: &Places) -> Result<()> {
    // A checkpoint whose recipe this version does not read any more is told by its weights, if it does not fit.
    if let Ok(its) = Recipe::parse(&checkpoint.recipe) {
        ensure!(
            its.network == recipe.network,
            "the training in {} is of another network ({:?}) than the recipe's ({:?}); name another folder with --run, or start from its weights with --start",
            places.run.display(),
            its.network,
            recipe.network
        );
    }
    let threads = tch::get_num_threads() as usize;
    if let Some(before) = checkpoint.threads.filter(|_| recipe.deterministic) {
        ensure!(
            threads == before,
            "this training was begun with {before} threads and is deterministic, which {threads} threads would end; add --threads {before}"
        );
    }
    Ok(())
}
