//! `reweave runtime list`: what was fetched, and what else there is.

use std::process::ExitCode;

use clap::ValueEnum;

use super::package::Package;
use super::{Place, folder};
use crate::report::{fail, print_line};

/// List what is in your folder of runtimes, and what else can be fetched
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    place: Place,
}

impl Args {
    pub fn run(self) -> ExitCode {
        let folder = match self.place.folder() {
            Ok(folder) => folder,
            Err(error) => return fail(error),
        };
        let contents = folder::contents(&folder);
        print_line(format_args!("in {}:", folder.display()));
        for (package, installed) in &contents {
            print_line(format_args!(
                "  {:9} {}, {} ({:.0} MB)",
                package.id(),
                package.title(),
                installed.version(),
                installed.bytes(&folder) as f64 / 1e6
            ));
        }
        if contents.is_empty() {
            print_line("  nothing");
        }
        print_line("can be fetched:");
        for package in Package::value_variants() {
            if package.why_not_here().is_some() || contents.contains_key(package) {
                continue;
            }
            let flag = match package {
                Package::Cpu => String::new(),
                other => format!(" --{}", other.id()),
            };
            print_line(format_args!(
                "  {:9} {} (about {} MB): reweave runtime install{flag}",
                package.id(),
                package.title(),
                package.megabytes().0
            ));
        }
        ExitCode::SUCCESS
    }
}
