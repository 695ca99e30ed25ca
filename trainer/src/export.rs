//! A checkpoint's network as a model: the ONNX file and its card, checked against the network before anybody sees it.

use crate::checkpoint::Checkpoint;
use crate::parity;
use crate::recipe::Recipe;
use anyhow::{Context, Result, ensure};
use reweave_models::card::{Card, Description, Source, Training, sha256_of};
use reweave_models::nets::Network;
use reweave_models::onnx::{Export, Missing, Precision};
use std::path::{Path, PathBuf};

/// What is exported.
pub struct Request<'a> {
    /// The checkpoint of a training; its recipe lies inside.
    pub checkpoint: &'a Path,
    /// The model's name; the recipe's where it is `None`.
    pub name: Option<&'a str>,
    /// Whether large parameters are kept as 16-bit numbers.
    pub half: bool,
}

/// Writes `output`.onnx and `output`.json. Scores on a card that is already there are of another network, and go.
///
/// # Errors
/// The model does not compute what the training's network does, or files cannot be read or written; then nothing has
/// changed at `output`.
pub fn export(request: &Request, output: &Path) -> Result<()> {
    let folder = match output.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let trial = tempfile::Builder::new()
        .prefix(".reweave-")
        .tempdir_in(folder)
        .with_context(|| format!("cannot write into {}", folder.display()))?;
    let stem = output.file_name().context("the output has no name")?;
    let model = trial.path().join(stem).with_extension("onnx");
    write(request, &model)?;
    // The card last: a model without one is not found, so a half-written one never is.
    for extension in ["onnx", "json"] {
        let to = output.with_extension(extension);
        std::fs::rename(model.with_extension(extension), &to)
            .with_context(|| format!("cannot write {}", to.display()))?;
    }
    println!("{}", output.with_extension("onnx").display());
    Ok(())
}

/// Puts the model into a folder of models, the user's own where it is `None`: GIMP, OpenFX hosts and `reweave fill` offer
/// what lies there. The path of the model.
///
/// # Errors
/// As [`export`]; or there is a model of that name, and it is not to be replaced.
pub fn install(request: &Request, folder: Option<&Path>, overwrite: bool) -> Result<PathBuf> {
    let users = reweave::installation::models_of_user;
    let folder = folder.map(Path::to_owned).or_else(users);
    let folder =
        folder.context("your data folder cannot be found; name one with --models-folder")?;
    let recipe = Recipe::parse(&Checkpoint::open(request.checkpoint)?.recipe)?;
    let name = request.name.unwrap_or(&recipe.name);
    let model = folder.join(format!("{name}.onnx"));
    ensure!(
        overwrite || !model.exists(),
        "{} is there already: choose another --name, or replace it with --overwrite",
        model.display()
    );
    export(request, &model)?;
    println!("{name}: GIMP, OpenFX hosts and `reweave fill --model {name}` offer it from now on");
    Ok(model)
}

/// Writes model and card, and checks them.
fn write(request: &Request, model: &Path) -> Result<()> {
    let checkpoint = Checkpoint::open(request.checkpoint)?;
    let recipe =
        Recipe::parse(&checkpoint.recipe).context("the recipe in the checkpoint cannot be read")?;
    let precision = match request.half {
        true => Precision::F16,
        false => Precision::F32,
    };
    let name = request.name.unwrap_or(&recipe.name);
    let export = Export {
        network: recipe.network,
        name,
        precision,
    };
    let weights = checkpoint.exported_weights();
    let (onnx, used) = export.write(weights, Missing::Error)?;
    std::fs::write(model, &onnx).with_context(|| format!("cannot write {}", model.display()))?;
    let apart = parity::check(model, recipe.network, &used, request.half)?;
    let mut card = card(&recipe, &checkpoint);
    card.name = name.to_owned();
    card.sha256 = Some(sha256_of(model)?);
    card.check()?;
    card.write(&model.with_extension("json"))?;
    println!(
        "{} parameters, {:.1} MB; differs from the network in libtorch by {apart:.1e} at most",
        used.count(),
        onnx.len() as f64 / 1e6
    );
    Ok(())
}

/// What the recipe and the training say of the model.
fn card(recipe: &Recipe, checkpoint: &Checkpoint) -> Card {
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
    card
}
