//! Whether models run in a worker, and which program that is.

use std::env;
use std::path::{Path, PathBuf};

use crate::installation::Installation;

/// The environment variable that asks for a worker: `1` for the program of this installation, or the absolute path of
/// one; `0` for none.
pub const VARIABLE: &str = "REWEAVE_WORKER";

/// The one argument of a program that is to be a worker.
pub const ARGUMENT: &str = "worker";

/// The program to start, if a worker is wanted.
///
/// # Errors
/// A sentence, where the variable makes no sense or the program is not there. No worker where one is asked for is no
/// reason to do without.
pub(crate) fn wanted() -> Result<Option<PathBuf>, String> {
    let Some(value) = env::var_os(VARIABLE) else {
        return Ok(None);
    };
    let instead = format!("set {VARIABLE}=0 to run models in this process");
    let named = Path::new(&value);
    if value.is_empty() || value == "0" {
        return Ok(None);
    }
    if value != "1" {
        return match named.is_absolute() && named.is_file() {
            true => Ok(Some(named.into())),
            false => Err(format!(
                "{VARIABLE} is '{}', and has to be 0, 1, or the absolute path of the program reweave; {instead}",
                named.display()
            )),
        };
    }
    let programs = programs();
    match programs.iter().find(|program| program.is_file()) {
        Some(program) => Ok(Some(program.clone())),
        None => {
            let looked: Vec<_> = programs
                .iter()
                .map(|program| program.display().to_string())
                .collect();
            Err(format!(
                "there is no program to run it in (searched: {}); install Reweave again, set {VARIABLE} to the path of the \
                 program reweave, or {instead}",
                looked.join(", ")
            ))
        }
    }
}

/// Where the program may lie: in the installations that this code may be a part of.
fn programs() -> Vec<PathBuf> {
    Installation::of_code()
        .into_iter()
        .map(|installation| installation.command)
        .collect()
}
