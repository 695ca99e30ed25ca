//! `reweave man`: the manual pages, made from the same definitions as `--help`.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::CommandFactory;

/// Print the manual page, or write the pages of all commands to a folder.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  reweave man | man -l -
  reweave man --output ~/.local/share/man/man1")]
pub struct Args {
    /// Write reweave.1, reweave-fill.1 and so on to this folder.
    #[arg(short, long, value_name = "FOLDER")]
    output: Option<PathBuf>,
}

impl Args {
    pub fn run(self) -> ExitCode {
        let command = super::Cli::command();
        let Some(folder) = self.output else {
            let mut page = Vec::new();
            return match clap_mangen::Man::new(command).render(&mut page) {
                Ok(()) => crate::report::print_bytes(&page),
                Err(error) => crate::report::fail(error),
            };
        };
        match write_pages(&folder, command) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                crate::report::fail(format!("{} cannot be written: {error}", folder.display()))
            }
        }
    }
}

fn write_pages(folder: &Path, command: clap::Command) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    clap_mangen::generate_to(command, folder)
}
