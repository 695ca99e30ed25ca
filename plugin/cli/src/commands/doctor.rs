//! `reweave doctor`: whether all is well, and why a menu entry or a node does not show.

use crate::install;
use crate::install::finding::Finding;
use crate::install::gimp::{examine::examine, places};
use crate::install::openfx;
use crate::report::{fail, print_line};
use std::path::PathBuf;
use std::process::ExitCode;

/// Say in plain words whether Reweave is whole and found by GIMP and OpenFX hosts, and if not, why not and what to do.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only load this OpenFX plug-in; how `doctor` tries out a bundle without being hurt by it.
    #[arg(long, hide = true, value_name = "FILE")]
    load: Option<PathBuf>,
    /// Only load this ONNX Runtime and say its version; how `runtime install` tries out what it fetched.
    #[arg(long, hide = true, value_name = "FILE")]
    load_runtime: Option<PathBuf>,
}

impl Args {
    pub fn run(self) -> ExitCode {
        if let Some(library) = self.load {
            return openfx::examine::load(&library).map_or_else(fail, |()| ExitCode::SUCCESS);
        }
        if let Some(library) = self.load_runtime {
            return match reweave::devices::check_onnxruntime(&library) {
                Ok(version) => {
                    print_line(version);
                    ExitCode::SUCCESS
                }
                Err(why) => fail(why),
            };
        }
        print_line(format_args!("Reweave {}", env!("CARGO_PKG_VERSION")));
        let mut well = tell(&install::examine::examine());
        let places = places::all();
        if places.is_empty() {
            print_line("There is no GIMP on this machine, or it was never started by this user.");
        }
        for place in &places {
            print_line(format_args!(
                "GIMP {}{}, {}",
                place.line,
                place.packaging,
                place.profile.display()
            ));
            well &= tell(&examine(place));
        }
        print_line("OpenFX hosts");
        well &= tell(&openfx::examine::examine());
        if well {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }
}

/// Prints what was found; `false` if there is a problem.
fn tell(findings: &[Finding]) -> bool {
    for finding in findings {
        let (mark, text) = match finding {
            Finding::Fine(text) => ("ok      ", text),
            Finding::Note(text) => ("note    ", text),
            Finding::Problem(text) => ("PROBLEM ", text),
        };
        print_line(format_args!(
            "  {mark} {}",
            text.replace('\n', "\n           ")
        ));
    }
    !findings
        .iter()
        .any(|finding| matches!(finding, Finding::Problem(_)))
}
