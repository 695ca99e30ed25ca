//! `reweave masks`: masks to train and to test with.

mod chart;
mod description;
mod files;
mod make;
mod preview;
mod stats;

use std::process::ExitCode;

use clap::Subcommand;
use reweave_formats::FileError;
use reweave_masks::MaskError;

/// Make masks to train and to test with, and see what a set of masks is like.
#[derive(Debug, clap::Args)]
#[command(arg_required_else_help = true)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    Make(make::Args),
    Stats(stats::Args),
    Preview(preview::Args),
}

/// Why a set of masks could not be read, or its result not be written.
#[derive(Debug, thiserror::Error)]
enum SetError {
    #[error(transparent)]
    Mask(#[from] MaskError),
    #[error(transparent)]
    File(#[from] FileError),
}

impl Args {
    pub fn run(self) -> ExitCode {
        match self.action {
            Action::Make(args) => args.run(),
            Action::Stats(args) => args.run(),
            Action::Preview(args) => args.run(),
        }
    }
}
