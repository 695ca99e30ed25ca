//! What a step costs, measured.

use super::Request;
use crate::data::{Batches, Index, Source, split};
use crate::recipe::Recipe;
use crate::train::Training;
use anyhow::{Result, anyhow};
use reweave_masks::MaskMaker;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;
use tch::Device;

/// Steps that are measured, after some that are not: the first ones make memory and choose algorithms.
const STEPS: usize = 10;
const BEFORE: usize = 2;

/// The mean time of a step, in seconds, with everything that belongs to it.
pub fn seconds_a_step(
    recipe: &Recipe,
    index: &Index,
    request: &Request,
    device: Device,
) -> Result<f64> {
    let source = Source {
        recipe: Arc::new(recipe.clone()),
        pictures: Arc::new(split(index, recipe)?.learned),
        masks: Arc::new(MaskMaker::new(&recipe.masks, Path::new(""))?),
    };
    let mut training = Training::new(recipe, &request.features, device)?;
    let mut batches = Batches::start(&source, 0, 2);
    let mut began = Instant::now();
    for step in 0..BEFORE + STEPS {
        if step == BEFORE {
            began = Instant::now();
        }
        training
            .step(&batches.next()?)
            .map_err(|diverged| anyhow!("in the trial {} was no number", diverged.0))?;
    }
    Ok(began.elapsed().as_secs_f64() / STEPS as f64)
}
