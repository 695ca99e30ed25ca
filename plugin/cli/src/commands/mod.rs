//! The commands, one file each.

mod completions;
mod devices;
mod doctor;
mod downloads;
mod fill;
mod install;
mod man;
mod masks;
mod models;
mod runtime;
mod runtime_choice;
mod worker;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Mends pictures: what a mask covers is filled from a trained network and from the picture itself.
#[derive(Debug, Parser)]
#[command(
    name = "reweave",
    version,
    max_term_width = 100,
    arg_required_else_help = true
)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Fill(fill::Args),
    Models(models::Args),
    Masks(masks::Args),
    Devices(devices::Args),
    Install(install::Args),
    Doctor(doctor::Args),
    Runtime(runtime::Args),
    Completions(completions::Args),
    Man(man::Args),
    // For no person: see `reweave::worker`.
    #[command(hide = true)]
    Worker(worker::Args),
}

impl Cli {
    /// Runs the command and says how it went in the exit status: 0 done, 1 something failed, 2 the command line does
    /// not add up, 130 interrupted.
    pub fn run(self) -> ExitCode {
        match self.command {
            Command::Fill(args) => args.run(),
            Command::Models(args) => args.run(),
            Command::Masks(args) => args.run(),
            Command::Devices(args) => args.run(),
            Command::Install(args) => args.run(),
            Command::Doctor(args) => args.run(),
            Command::Runtime(args) => args.run(),
            Command::Completions(args) => args.run(),
            Command::Man(args) => args.run(),
            Command::Worker(args) => args.run(),
        }
    }
}
