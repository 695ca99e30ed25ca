//! `reweave doctor`: why a menu entry does not show.

use crate::gimp::examine::{Finding, examine};
use crate::gimp::places;
use std::process::ExitCode;

/// Say in plain words whether GIMP finds the plug-in, and if not, why not and what to do.
#[derive(Debug, clap::Args)]
pub struct Args {}

impl Args {
    pub fn run(self) -> ExitCode {
        let places = places::all();
        if places.is_empty() {
            println!("There is no GIMP on this machine, or it was never started by this user.");
            return ExitCode::FAILURE;
        }
        let mut well = true;
        for place in &places {
            println!("GIMP {}{}, {}", place.line, place.packaging, place.profile.display());
            for finding in examine(place) {
                let (mark, text) = match &finding {
                    Finding::Fine(text) => ("ok      ", text),
                    Finding::Note(text) => ("note    ", text),
                    Finding::Problem(text) => ("PROBLEM ", text),
                };
                well &= !matches!(finding, Finding::Problem(_));
                println!("  {mark} {}", text.replace('\n', "\n           "));
            }
        }
        if well { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}
