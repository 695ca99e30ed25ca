//! `reweave models list`.

use std::path::PathBuf;
use std::process::ExitCode;

use reweave::zoo::{self, Found};
use serde_json::json;

use crate::report::print_bytes;

/// List the models that `reweave fill --model` finds
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Print one JSON line for each.
    #[arg(long)]
    json: bool,
}

impl Args {
    pub fn run(self, folders: &[PathBuf]) -> ExitCode {
        let models = zoo::list(folders);
        if models.is_empty() && !self.json {
            let searched: Vec<_> = folders
                .iter()
                .map(|folder| folder.display().to_string())
                .collect();
            return crate::report::fail(format!(
                "there are no models in {}; `reweave models add FILE` adds one",
                if searched.is_empty() {
                    "any folder".into()
                } else {
                    searched.join(", ")
                }
            ));
        }
        let mut lines: String = models
            .iter()
            .map(|found| match self.json {
                true => as_json(found),
                false => as_text(found),
            })
            .collect();
        if !self.json {
            lines += &super::install::offers(|name| models.iter().any(|found| found.name == name));
        }
        print_bytes(lines.as_bytes())
    }
}

fn as_text(found: &Found) -> String {
    let column = |text: &str| format!("{:16}{text}\n", "");
    let mut text = format!("{:<16}", found.name);
    match &found.card {
        Ok(card) => {
            text += &format!("{}\n", card.shown_name());
            if !card.description.is_empty() {
                text += &column(&card.description);
            }
            let licence = match card.licence.as_str() {
                "" => "licence unknown",
                licence => licence,
            };
            let megabytes = found
                .path
                .metadata()
                .map_or(0.0, |file| file.len() as f64 / 1e6);
            text += &column(&format!(
                "{megabytes:.1} MB, {licence}, works at {} pixels",
                card.size.working
            ));
        }
        Err(_) if !found.path.with_extension("json").is_file() => text += "no card\n",
        Err(why) => text += &format!("cannot be used: {why}\n"),
    }
    text + &column(&found.path.display().to_string())
}

fn as_json(found: &Found) -> String {
    let line = json!({
        "name": found.name, "path": found.path, "bytes": found.path.metadata().map(|file| file.len()).ok(),
        "card": found.card.as_ref().ok(), "error": found.card.as_ref().err(),
    });
    format!("{line}\n")
}
