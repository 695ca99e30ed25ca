//! The command `reweave`: mends pictures from a terminal or a script.
//!
//! | folder | what it knows |
//! |---|---|
//! | `commands/` | one file a command |
//! | `jobs/` | from the words of a command line to a list of pictures, masks and results |
//! | `files/` | one file a picture format |

mod commands;
mod files;
mod interrupt;
mod jobs;
mod models_folders;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    commands::Cli::parse().run()
}
