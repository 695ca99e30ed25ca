//! `reweave completions`: lets the Tab key know our flags.

use std::process::ExitCode;

use clap::CommandFactory;
use clap_complete::Shell;

/// Print the completions for a shell.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  reweave completions bash > ~/.local/share/bash-completion/completions/reweave
  reweave completions zsh > ~/.zfunc/_reweave
  reweave completions fish > ~/.config/fish/completions/reweave.fish
  reweave completions powershell >> $PROFILE")]
pub struct Args {
    /// The shell.
    shell: Shell,
}

impl Args {
    pub fn run(self) -> ExitCode {
        let mut text = Vec::new();
        clap_complete::generate(self.shell, &mut super::Cli::command(), "reweave", &mut text);
        crate::report::print_bytes(&text)
    }
}
