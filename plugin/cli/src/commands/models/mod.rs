//! `reweave models`: which models there are, whether they work, and new ones.

mod add;
mod check;
mod install;
mod list;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;

use super::runtime_choice::RuntimeChoice;

/// List, check, add or fetch models.
#[derive(Debug, clap::Args)]
#[command(arg_required_else_help = true)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
    /// Search this folder for models first
    #[arg(long, value_name = "FOLDER", global = true)]
    models_folder: Option<PathBuf>,

    #[command(flatten)]
    runtime: RuntimeChoice,
}

#[derive(Debug, Subcommand)]
enum Action {
    List(list::Args),
    Check(check::Args),
    Add(add::Args),
    Install(install::Args),
}

impl Args {
    pub fn run(self) -> ExitCode {
        self.runtime.apply();
        let folders = crate::models_folders::folders(self.models_folder.as_deref());
        match self.action {
            Action::List(args) => args.run(&folders),
            Action::Check(args) => args.run(&folders),
            Action::Add(args) => args.run(self.models_folder),
            Action::Install(args) => args.run(self.models_folder),
        }
    }
}
