//! The command `reweave`: mends pictures from a terminal or a script.
//!
//! | folder | what it knows |
//! |---|---|
//! | `commands/` | one file a command |
//! | `jobs/` | from the words of a command line to a list of pictures, masks and results |
//! | `install/` | Reweave in GIMP and in OpenFX hosts: installing, and why it does not show there |

mod commands;
mod guard;
mod install;
mod interrupt;
mod jobs;
mod models_folders;
mod report;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    commands::Cli::parse().run()
}
