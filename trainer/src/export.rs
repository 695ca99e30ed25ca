//! A checkpoint's network as a model: the ONNX file and its card, checked against the network before anybody sees it.

use crate::checkpoint::Checkpoint;
use crate::parity;
use crate::recipe::Recipe;
use anyhow::{Context, Result, ensure};
use reweave_models::card::{Card, Training, sha256_of};
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

/// The model and the card of that name, which may end in `.onnx`.
fn files_at(output: &Path) -> Result<[PathBuf; 2]> {
    let name = output.file_name().context("the output has no name")?;
    let stem = match output.extension() {
        Some(extension) if extension == "onnx" => output.file_stem().unwrap_or(name),
        // What follows any other dot is part of the name.
        _ => name,
    };
    Ok(["onnx", "json"].map(|extension| {
        let mut file = stem.to_owned();
        file.push(".");
        file.push(extension);
        output.with_file_name(file)
    }))
}

/// Writes the model `output`.onnx and its card `output`.json; those that are there are replaced with `overwrite` alone.
///
/// # Errors
/// There is a model of that name, and it is not to be replaced; the model does not compute what the training's network does;
/// or files cannot be read or written. Then nothing has changed at `output`.
pub fn export(request: &Request, output: &Path, overwrite: bool) -> Result<()> {
    let files = files_at(output)?;
    for file in &files {
        ensure!(
            overwrite || !file.exists(),
            "{} is there already: choose another name, or replace it with --overwrite",
            file.display()
        );
    }
    let folder = match output.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let trial = tempfile::Builder::new()
        .prefix(".reweave-")
        .tempdir_in(folder)
        .with_context(|| format!("cannot write into {}", folder.display()))?;
    let [model, card] = ["model.onnx", "model.json"].map(|name| trial.path().join(name));
    write(request, &model)?;
    // The card last: a model without one is not found, so a half-written one never is.
    for (from, to) in [model, card].iter().zip(&files) {
        std::fs::rename(from, to).with_context(|| format!("cannot write {}", to.display()))?;
    }
    println!("{}", files[0].display());
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
    export(request, &model, overwrite)?;
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
    let mut card = recipe.model_card();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dot_in_a_name_is_part_of_it() {
        for (output, model) in [
            ("zoo/ours.v2", "zoo/ours.v2.onnx"),
            ("ours.onnx", "ours.onnx"),
            ("ours", "ours.onnx"),
        ] {
            assert_eq!(files_at(Path::new(output)).unwrap()[0], Path::new(model));
        }
        assert!(files_at(Path::new("..")).is_err());
    }
}
