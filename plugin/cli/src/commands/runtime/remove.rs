//! `reweave runtime remove`: takes out what was fetched.

use std::path::PathBuf;
use std::process::ExitCode;

use super::package::Package;
use super::{chosen, folder};
use crate::report::{fail, print_line};

/// Remove what was fetched into your folder of runtimes
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What to remove; without a name, all of it, and the folder
    packages: Vec<Package>,
    /// Look here instead of in your data folder
    #[arg(long, value_name = "FOLDER")]
    folder: Option<PathBuf>,
}

impl Args {
    pub fn run(self) -> ExitCode {
        let folder = match chosen(self.folder) {
            Ok(folder) => folder,
            Err(error) => return fail(error),
        };
        let there = folder::contents(&folder);
        let missing = self
            .packages
            .iter()
            .find(|package| !there.contains_key(package));
        if let Some(package) = missing {
            return fail(format!(
                "{} is not in {}; `reweave runtime list` says what is",
                package.id(),
                folder.display()
            ));
        }
        let packages = match self.packages.is_empty() {
            true => there.into_keys().collect(),
            false => self.packages,
        };
        match folder::remove(&folder, &packages) {
            Ok(()) => {
                print_line(format_args!("removed from {}", folder.display()));
                ExitCode::SUCCESS
            }
            Err(error) => fail(error),
        }
    }
}
