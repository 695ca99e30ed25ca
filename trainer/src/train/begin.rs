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
        notes.extend(without_other_parts(&mut checkpoint, recipe));
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

/// Takes parts that are not the recipe's out of a checkpoint, a discriminator or a mask generator; what is said of them.
fn without_other_parts(checkpoint: &mut Checkpoint, recipe: &Recipe) -> Vec<String> {
    let its = Recipe::parse(&checkpoint.recipe).ok();
    let discriminator = |recipe: &Recipe| -> Option<Discriminator> {
        Some(recipe.losses.adversarial?.discriminator)
    };
    let mask_generator = |recipe: &Recipe| Some(recipe.mask_generator?.network());
    let mut notes = Vec::new();
    if its.as_ref().map(discriminator) != Some(discriminator(recipe)) {
        let is_wanted = discriminator(recipe).is_some();
        notes.extend(without(checkpoint, "discriminator").filter(|_| is_wanted));
    }
    if its.as_ref().map(mask_generator) != Some(mask_generator(recipe)) {
        let is_wanted = mask_generator(recipe).is_some();
        notes.extend(without(checkpoint, "mask_generator").filter(|_| is_wanted));
    }
    notes
}

/// Takes a part and its optimizer out of a checkpoint; what is said of it, if it was there.
fn without(checkpoint: &mut Checkpoint, part: &str) -> Option<String> {
    let arrays = &mut checkpoint.state.arrays;
    let before = arrays.len();
    let of_part = |path: &str| path.strip_prefix(part).is_some_and(|p| p.starts_with('.'));
    arrays.retain(|path, _| !of_part(path) && !path.strip_prefix("adam.").is_some_and(of_part));
    let name = part.replace('_', " ");
    (arrays.len() < before)
        .then(|| format!("its {name} is another than the recipe's, which starts anew"))
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
