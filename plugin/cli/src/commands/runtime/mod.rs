//! `reweave runtime`: the libraries that run networks fastest, fetched into the user's own folder.
//!
//! | file | what it knows |
//! |---|---|
//! | `package.rs` | what can be fetched, for which machines, and how large it is |
//! | `card.rs` | which graphics card this machine has |
//! | `pip.rs` | fetching, checked against the index |
//! | `wheel.rs` | taking libraries out of what was fetched |
//! | `proof.rs` | whether it works |
//! | `folder.rs` | the user's folder, and the list of what is in it |
//! | `install.rs`, `list.rs`, `remove.rs` | the commands |

mod card;
mod folder;
mod install;
mod list;
mod package;
mod pip;
mod proof;
mod remove;
mod wheel;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;

pub use folder::workshop;

/// Fetch ONNX Runtime, which runs networks faster than what is built in, and what it needs for a graphics card.
#[derive(Debug, clap::Args)]
#[command(arg_required_else_help = true)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    Install(install::Args),
    List(list::Args),
    Remove(remove::Args),
}

impl Args {
    pub fn run(self) -> ExitCode {
        match self.action {
            Action::Install(args) => args.run(),
            Action::List(args) => args.run(),
            Action::Remove(args) => args.run(),
        }
    }
}

/// Where runtimes are kept.
#[derive(Debug, clap::Args)]
struct Place {
    /// Another folder than the one in your data folder
    #[arg(long, value_name = "FOLDER")]
    folder: Option<PathBuf>,
}

impl Place {
    /// The folder that was named, or the user's own.
    fn folder(&self) -> Result<PathBuf, String> {
        self.folder
            .clone()
            .or_else(reweave::installation::runtime_of_user)
            .ok_or_else(|| {
                "your data folder cannot be found; name a folder with --folder and set REWEAVE_ONNXRUNTIME to the library in it"
                    .into()
            })
    }
}
