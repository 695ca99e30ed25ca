//! `reweave install`: puts Reweave into programs that can use it.

use super::fail;
use crate::gimp::bundle::Bundle;
use crate::gimp::{install, places};
use clap::ValueEnum;
use std::process::ExitCode;

/// Put Reweave's plug-in where a program looks for it, for this user.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
`reweave doctor` says why a menu entry does not show.")]
pub struct Args {
    /// The program.
    program: Program,
    /// Take the plug-in out again.
    #[arg(long)]
    uninstall: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Program {
    /// Every GIMP of this user: native, Flatpak and Snap.
    Gimp,
}

impl Args {
    pub fn run(self) -> ExitCode {
        let Program::Gimp = self.program;
        let mut places = places::all();
        places.retain(|place| place.line.is_supported());
        if places.is_empty() {
            return fail(
                "there is no GIMP 2.10, 3.0 or later on this machine, or it was never started. Install GIMP, start it once, and \
                 try again",
            );
        }
        if self.uninstall { uninstall(&places) } else { put_in(&places) }
    }
}

fn put_in(places: &[places::Place]) -> ExitCode {
    let bundle = match Bundle::find() {
        Ok(bundle) => bundle,
        Err(error) => return fail(error),
    };
    let mut status = ExitCode::SUCCESS;
    for place in places {
        match install::install(&bundle, place) {
            Ok(folder) => println!("GIMP {}{}: installed in {}", place.line, place.packaging, folder.display()),
            Err(error) => status = fail(format!("GIMP {}{}: {error}", place.line, place.packaging)),
        }
    }
    println!("Start GIMP (again), select something, and choose Filters > Enhance > Content-Aware Fill.");
    status
}

fn uninstall(places: &[places::Place]) -> ExitCode {
    let mut status = ExitCode::SUCCESS;
    for place in places {
        match install::uninstall(place) {
            Ok(true) => println!("GIMP {}{}: taken out of {}", place.line, place.packaging, place.plug_ins().display()),
            Ok(false) => println!("GIMP {}{}: was not installed", place.line, place.packaging),
            Err(error) => status = fail(format!("GIMP {}{}: {error}", place.line, place.packaging)),
        }
    }
    status
}
