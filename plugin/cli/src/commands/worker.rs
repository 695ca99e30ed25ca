//! `reweave worker`: runs a model for another process that started this one, and talks to it alone.

use std::process::ExitCode;

/// Run a model for the program that started this one.
#[derive(Debug, clap::Args)]
pub struct Args {}

impl Args {
    pub fn run(self) -> ExitCode {
        ExitCode::from(reweave::worker::serve())
    }
}
