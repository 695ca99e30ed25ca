//! `reweave runtime`: the library that runs networks fastest.

mod install;
mod pip;
mod wheel;

use std::process::ExitCode;

use clap::Subcommand;

/// Fetch ONNX Runtime, which runs networks faster than what is built in.
#[derive(Debug, clap::Args)]
#[command(arg_required_else_help = true)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    Install(install::Args),
}

impl Args {
    pub fn run(self) -> ExitCode {
        match self.action {
            Action::Install(args) => args.run(),
        }
    }
}
