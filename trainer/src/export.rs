//! A checkpoint's network as a model: the ONNX file and its card.

use crate::checkpoint::Checkpoint;
use crate::recipe::Recipe;
use anyhow::{Context, Result};
use reweave_models::card::{Card, Description, Source, Training, sha256_of};
use reweave_models::nets::Network;
use reweave_models::onnx::{Export, Missing, Precision};
use std::path::Path;

/// Writes `output`.onnx and `output`.json. Scores on a card that is already there are of another network, and go.
pub fn export(checkpoint: &Path, output: &Path, half: bool) -> Result<()> {
    let checkpoint = Checkpoint::open(checkpoint)?;
    let recipe =
        Recipe::parse(&checkpoint.recipe).context("the recipe in the checkpoint cannot be read")?;
    let precision = if half { Precision::F16 } else { Precision::F32 };
    let export = Export {
        network: recipe.network,
        name: &recipe.name,
        precision,
    };
    let (onnx, used) = export.write(checkpoint.exported_weights(), Missing::Error)?;
    let model = output.with_extension("onnx");
    std::fs::write(&model, &onnx).with_context(|| format!("cannot write {}", model.display()))?;

    let mut card = Card::own(&recipe.name, recipe.network.size_multiple() as u32);
    card.generator = Some(Description::Known(recipe.network));
    card.inputs.picture.channels = recipe.network.channels();
    card.size.min = Some(recipe.network.smallest() as u32);
    card.size.working = recipe.card.working.unwrap_or(card.size.working);
    card.size.context = recipe.card.context;
    card.title = recipe.card.title.clone();
    card.description = recipe.card.description.clone();
    card.licence = recipe.card.licence.clone();
    let sources = recipe.card.sources.iter();
    card.provenance.sources = sources.map(|text| Source::from(text.as_str())).collect();
    card.texture = recipe.card.texture;
    card.provenance.training = Some(Training {
        began: recipe.card.began.clone(),
        iterations: checkpoint.step,
        hours: recipe.card.hours,
        hardware: recipe.card.hardware.clone(),
        recipe: checkpoint.recipe.clone(),
        ..Training::default()
    });
    card.sha256 = Some(sha256_of(&model)?);
    card.write(&output.with_extension("json"))?;
    println!(
        "{}: {} parameters, {:.1} MB",
        model.display(),
        used.count(),
        onnx.len() as f64 / 1e6
    );
    Ok(())
}
