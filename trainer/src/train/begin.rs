//! Where a training begins: at its checkpoint, at the weights of a model, or at random ones.

use super::Places;
use super::keeper::BEST;
use super::start::{fitting, starting_weights};
use super::step::Training;
use crate::checkpoint::Checkpoint;
use crate::recipe::{Discriminator, Recipe};
use anyhow::{Context, Result, ensure};
use tch::Device;

/// A training at the place where it goes on, and what is said of that place.
pub struct Begun<'r> {
    /// The training.
    pub training: Training<'r>,
    /// The least loss on held-out pictures before.
    pub best: Option<f64>,
    /// Where it begins, for people, a line each.
    pub notes: Vec<String>,
}

/// Begins a training, or goes on with it, or goes back to where it was last kept.
///
/// # Errors
/// The checkpoint is of another network, or cannot be gone on from exactly where that is asked for; or files are missing.
pub fn begin<'r>(recipe: &'r Recipe, places: &Places, device: Device) -> Result<Begun<'r>> {
    let mut training = Training::new(recipe, &places.features, device)?;
    let path = places.checkpoint();
    if path.exists() {
        let mut checkpoint = Checkpoint::open(&path)?;
        check(&checkpoint, recipe, places)?;
        let mut notes = vec![format!(
            "going on from step {} of {}",
            checkpoint.step,
            path.display()
        )];
        notes.extend(without_another_discriminator(&mut checkpoint, recipe));
        training.restore(&checkpoint);
        let (best, note) = best_so_far(recipe, places);
        notes.extend(note);
        return Ok(Begun {
            training,
            best,
            notes,
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
        notes: vec![place],
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
    let named = || {
        let path = places.checkpoint();
        format!(
            "cannot go on from {}; name another folder with --run",
            path.display()
        )
    };
    let generator = checkpoint.part("generator");
    fitting(generator.clone(), recipe.network).with_context(named)?;
    for of in ["average", "adam.generator.mean", "adam.generator.square"] {
        for (path, array) in checkpoint.part(of).arrays {
            let own = generator.arrays.get(&path).map(|own| &own.shape);
            ensure!(
                own.is_none_or(|own| *own == array.shape),
                "{}: {of}.{path} has the shape {:?}, and the network's {own:?}",
                named(),
                array.shape
            );
        }
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

/// Takes a discriminator that is not the recipe's out of a checkpoint; what is said of it.
fn without_another_discriminator(checkpoint: &mut Checkpoint, recipe: &Recipe) -> Option<String> {
    let of = |recipe: &Recipe| -> Option<Discriminator> {
        Some(recipe.losses.adversarial?.discriminator)
    };
    let its = Recipe::parse(&checkpoint.recipe).ok();
    if its.is_some_and(|its| of(&its) == of(recipe)) {
        return None;
    }
    let arrays = &mut checkpoint.state.arrays;
    let before = arrays.len();
    arrays.retain(|path, _| {
        !path.starts_with("discriminator.") && !path.starts_with("adam.discriminator.")
    });
    let is_missed = arrays.len() < before && of(recipe).is_some();
    is_missed.then(|| "its discriminator is another than the recipe's, which starts anew".into())
}

/// The loss of the best state so far, unless it was judged by other crops, holes or losses than the recipe's; what is said
/// then.
fn best_so_far(recipe: &Recipe, places: &Places) -> (Option<f64>, Option<String>) {
    // The file itself is asked: the checkpoint may be older. One that cannot be read is written anew.
    let Ok(kept) = Checkpoint::open(&places.run.join(BEST)) else {
        return (None, None);
    };
    if Recipe::parse(&kept.recipe).is_ok_and(|its| its.judges_like(recipe)) {
        return (kept.best, None);
    }
    let note = format!("{BEST} was judged by another recipe, and will be replaced");
    (None, recipe.held_out.map(|_| note))
}
