//! `reweave runtime remove`: takes out what was fetched.

use std::process::ExitCode;

use super::package::Package;
use super::{Place, folder};
use crate::report::{fail, print_line};

/// Remove what was fetched into your folder of runtimes
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What to remove; without a name, all of it, and the folder
    packages: Vec<Package>,
    #[command(flatten)]
    place: Place,
}

impl Args {
    pub fn run(self) -> ExitCode {
        let folder = match self.place.folder() {
            Ok(folder) => folder,
            Err(error) => return fail(error),
        };
        let there = folder::contents(&folder);
        if there.is_empty() {
            return fail(format!(
                "nothing in {} was fetched by `reweave runtime install`",
                folder.display()
            ));
        }
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
