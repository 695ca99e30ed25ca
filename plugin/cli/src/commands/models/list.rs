//! `reweave models list`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use reweave::card::Card;
use serde_json::json;

use crate::commands::report::print_bytes;
use crate::models_folders;

/// List the models that `reweave fill --model` finds
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Print one JSON line for each.
    #[arg(long)]
    json: bool,
}

impl Args {
    pub fn run(self, folders: &[PathBuf]) -> ExitCode {
        let models = models_folders::models(folders);
        if models.is_empty() && !self.json {
            let searched: Vec<_> = folders
                .iter()
                .map(|folder| folder.display().to_string())
                .collect();
            return crate::commands::fail(format!(
                "there are no models in {}; `reweave models add FILE` adds one",
                if searched.is_empty() {
                    "any folder".into()
                } else {
                    searched.join(", ")
                }
            ));
        }
        let lines: String = models
            .iter()
            .map(|path| {
                if self.json {
                    as_json(path)
                } else {
                    as_text(path)
                }
            })
            .collect();
        print_bytes(lines.as_bytes())
    }
}

fn name(path: &Path) -> String {
    path.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn megabytes(path: &Path) -> f64 {
    path.metadata().map_or(0.0, |file| file.len() as f64 / 1e6)
}

fn as_text(path: &Path) -> String {
    let mut text = format!("{:<16}", name(path));
    let card = path.with_extension("json");
    if !card.is_file() {
        return text + &format!("no card\n{:16}{}\n", "", path.display());
    }
    match Card::read(&card) {
        Ok(card) => {
            text += &format!("{}\n", card.shown_name());
            if !card.description.is_empty() {
                text += &format!("{:16}{}\n", "", card.description);
            }
            let licence = if card.licence.is_empty() {
                "licence unknown"
            } else {
                &card.licence
            };
            text += &format!(
                "{:16}{:.1} MB, {licence}, works at {} pixels\n",
                "",
                megabytes(path),
                card.size.working
            );
        }
        Err(error) => text += &format!("cannot be used: {error}\n"),
    }
    text + &format!("{:16}{}\n", "", path.display())
}

fn as_json(path: &Path) -> String {
    let card = Card::read(&path.with_extension("json"));
    let line = json!({
        "name": name(path), "path": path, "bytes": path.metadata().map(|file| file.len()).ok(),
        "card": card.as_ref().ok(), "error": card.as_ref().err().map(ToString::to_string),
    });
    format!("{line}\n")
}
