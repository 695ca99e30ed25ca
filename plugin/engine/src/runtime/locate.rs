//! Where ONNX Runtime's library may lie. It is always opened by its absolute path: a bare name would find whatever the
//! host, or the system, has of it.

use super::onnxruntime::NO_TELEMETRY;
use crate::installation::{Installation, runtime_of_user, runtimes_in};
use std::collections::HashSet;
use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Mutex;

/// The environment variable with the absolute path of ONNX Runtime's library.
pub(super) const VARIABLE: &str = "REWEAVE_ONNXRUNTIME";

static CHOSEN: Mutex<Option<PathBuf>> = Mutex::new(None);

/// Names this library before all other places that are searched for ONNX Runtime. Has no effect once a model has been
/// opened with ONNX Runtime: a process loads one only.
pub fn use_onnxruntime(path: impl Into<PathBuf>) {
    if let Ok(mut chosen) = CHOSEN.lock() {
        *chosen = Some(path.into());
    }
}

/// Has a worker find the library that this process would take, and keeps it from reporting to its makers.
pub(crate) fn pass_on(worker: &mut Command) {
    if let Some(chosen) = CHOSEN.lock().ok().and_then(|chosen| chosen.clone()) {
        worker.env(VARIABLE, chosen);
    }
    if env::var_os(NO_TELEMETRY).is_none() {
        worker.env(NO_TELEMETRY, "1");
    }
}

/// Libraries that were asked for by name, and then those that were found, best first; all paths are absolute.
pub(super) fn candidates() -> Vec<PathBuf> {
    let chosen = CHOSEN.lock().ok().and_then(|chosen| chosen.clone());
    let named = chosen.into_iter().chain(
        env::var_os(VARIABLE)
            .filter(|path| !path.is_empty())
            .map(PathBuf::from),
    );
    let mut candidates: Vec<_> = named
        .filter_map(|path| std::path::absolute(path).ok())
        .collect();
    for folder in folders() {
        candidates.extend(runtimes_in(&folder));
    }
    let mut seen = HashSet::new();
    candidates.retain(|path| seen.insert(path.clone()));
    candidates
}

/// Folders that are searched, in order: the user's own, because what was fetched for the machine's card is better than what
/// a package brings for the processor; those of the installation that this code is a part of; and those round the program.
pub(super) fn folders() -> Vec<PathBuf> {
    let program = env::current_exe().and_then(fs::canonicalize).ok();
    let program = program.and_then(|file| Some(Installation::around(file.parent()?)));
    let installations = Installation::of_code()
        .into_iter()
        .chain(program.into_iter().flatten());
    let mut folders: Vec<_> = runtime_of_user()
        .into_iter()
        .chain(installations.flat_map(|installation| installation.runtime_folders()))
        .collect();
    // In a program that is linked with us both are the same, and may be spelled otherwise.
    let mut seen = HashSet::new();
    folders.retain(|folder| {
        let real = fs::canonicalize(folder).unwrap_or_else(|_| folder.clone());
        folder.is_absolute() && seen.insert(real)
    });
    folders
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_user_has_fetched_comes_before_what_a_package_brings() {
        let folders = folders();
        assert_eq!(folders.first(), runtime_of_user().as_ref());
        assert!(folders.len() > 1, "{folders:?}");
    }
}
