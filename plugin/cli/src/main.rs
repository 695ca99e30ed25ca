//! The command `reweave`: mends pictures from a terminal or a script.
//!
//! | folder | what it knows |
//! |---|---|
//! | `commands/` | one file a command |
//! | `jobs/` | from the words of a command line to a list of pictures, masks and results |
//! | `gimp/` | GIMP on this machine: where its plug-ins lie, installing, and why the menu entry does not show |
//! | `openfx/` | OpenFX hosts on this machine: the bundle that they load, where they look for it |

mod commands;
mod gimp;
mod interrupt;
mod jobs;
mod models_folders;
mod openfx;
mod report;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    commands::Cli::parse().run()
}
