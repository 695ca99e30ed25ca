//! `reweave models add`: a model of somebody's own, described by a card.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use reweave::card::{Card, Range, sha256_of};
use reweave::{Device, Model};
use reweave_formats::{FileError, Problem};

use super::check::check;

/// Add a model to your own folder: an .onnx file, with its card (.json) beside it where it has one
#[derive(Debug, clap::Args)]
#[command(after_help = "\
The card says what the model expects. Some models show it by their inputs or in a trial, and need
none. For others, `reweave models add FILE.onnx --write-card` writes one to start from beside the
file: set the names of inputs and output, their types and ranges, and whether 1 or 0 is the hole;
then add the model.")]
pub struct Args {
    /// The .onnx file.
    #[arg(value_name = "FILE")]
    model: PathBuf,
    /// Take this card instead of the .json beside the file.
    #[arg(long, value_name = "FILE", conflicts_with = "write_card")]
    card: Option<PathBuf>,
    /// Name it so [default: the name on the card]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Replace a model of the same name
    #[arg(long)]
    overwrite: bool,
    /// Write a card to start from beside the file, and stop
    #[arg(long)]
    write_card: bool,
}

/// Why a model was not added.
#[derive(Debug, thiserror::Error)]
pub enum AddError {
    /// Something is wrong with a file.
    #[error(transparent)]
    File(#[from] FileError),
    /// The card cannot be used.
    #[error(transparent)]
    Card(#[from] reweave::card::CardError),
    /// The model cannot be used.
    #[error(transparent)]
    Model(#[from] reweave::Error),
    /// The user has no folder.
    #[error("your data folder cannot be found; name a folder with --models-folder")]
    NoFolder,
}

impl Args {
    pub fn run(self, named: Option<PathBuf>) -> ExitCode {
        let result = self.plain_files().and_then(|()| {
            if self.write_card {
                self.write_card()
            } else {
                self.add(named)
            }
        });
        match result {
            Ok(said) => {
                crate::report::print_line(said);
                ExitCode::SUCCESS
            }
            Err(error) => crate::report::fail(error),
        }
    }

    /// A device or a pipe would be read without end.
    fn plain_files(&self) -> Result<(), AddError> {
        for file in std::iter::once(&self.model).chain(&self.card) {
            if file.metadata().is_ok_and(|found| !found.is_file()) {
                let problem = Problem::new("is not a file", "name the .onnx file of the model");
                return Err(problem.of(file).into());
            }
        }
        Ok(())
    }

    fn write_card(&self) -> Result<String, AddError> {
        let path = self.model.with_extension("json");
        if path.exists() && !self.overwrite {
            let problem = Problem::new(
                "is there already",
                "edit it, or write over it with --overwrite",
            );
            return Err(problem.of(&path).into());
        }
        let sha256 = sha256_of(&self.model)?;
        let (card, done) = match Model::open(&self.model, Device::Cpu) {
            Ok(model) => (
                model.card().clone(),
                "written from what the model's inputs and outputs tell; check it",
            ),
            Err(_) => (
                start_of_card(&self.model),
                "set names, types and ranges as the model wants them, then add it",
            ),
        };
        let card = Card {
            sha256: Some(sha256),
            ..card
        };
        self.named(card).write(&path)?;
        Ok(format!("{}: {done}", path.display()))
    }

    fn add(&self, folder: Option<PathBuf>) -> Result<String, AddError> {
        let sha256 = sha256_of(&self.model)?;
        let card_path = self
            .card
            .clone()
            .unwrap_or_else(|| self.model.with_extension("json"));
        let card = if card_path.is_file() || self.card.is_some() {
            Card::read(&card_path)?
        } else {
            // Some models show by their inputs and outputs what they want.
            Model::open(&self.model, Device::Cpu)?.card().clone()
        };
        if card
            .sha256
            .as_ref()
            .is_some_and(|expected| *expected != sha256)
        {
            let problem = Problem::new(
                "is not the file that the card was written for (other checksum)",
                "fetch it again, or remove sha256 from the card if you trust it",
            );
            return Err(problem.of(&self.model).into());
        }
        let card = self.named(Card {
            sha256: Some(sha256),
            ..card
        });
        card.check()?;
        let folder = folder
            .or_else(reweave::installation::models_of_user)
            .ok_or(AddError::NoFolder)?;
        place(&self.model, &card, &folder, self.overwrite)
    }

    fn named(&self, mut card: Card) -> Card {
        if let Some(name) = &self.name {
            card.name.clone_from(name);
        }
        card
    }
}

/// Tries a model with its card in a folder of its own, then moves both to their place in `folder`.
pub fn place(
    model: &Path,
    card: &Card,
    folder: &Path,
    overwrite: bool,
) -> Result<String, AddError> {
    let target = folder.join(format!("{}.onnx", card.name));
    if target.exists() && !overwrite {
        let problem = Problem::new(
            "is there already",
            "choose another --name or replace it with `reweave models add --overwrite`",
        );
        return Err(problem.of(&target).into());
    }
    std::fs::create_dir_all(folder)
        .map_err(|error| Problem::io("made as a folder", &error).of(folder))?;
    let trial = tempfile::Builder::new()
        .prefix(".reweave-")
        .tempdir_in(folder)
        .map_err(|error| Problem::io("written", &error).of(folder))?;
    let onnx = trial.path().join(format!("{}.onnx", card.name));
    std::fs::copy(model, &onnx).map_err(|error| Problem::io("copied", &error).of(model))?;
    card.write(&onnx.with_extension("json"))?;
    let done = check(&onnx)?;
    // The card last: a model without one is not found, so a half-added model never is.
    for file in [&onnx, &onnx.with_extension("json")] {
        let to = folder.join(file.file_name().unwrap_or_default());
        std::fs::rename(file, &to).map_err(|error| Problem::io("written", &error).of(&to))?;
    }
    Ok(format!("{}: {done}", target.display()))
}

/// What most networks of others want: pictures and holes from 0 to 1, sizes in steps of 8.
fn start_of_card(model: &Path) -> Card {
    let stem = model.file_stem().unwrap_or_default().to_string_lossy();
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() || "-_.".contains(c) {
            c
        } else {
            '-'
        }
    };
    let mut card = Card::own(&stem.chars().map(plain).collect::<String>(), 8);
    card.title = stem.into_owned();
    card.inputs.picture.range = Range::ZeroToOne;
    card.output.range = Range::ZeroToOne;
    card
}
