//! Where ONNX Runtime's library may lie. It is always opened by its absolute path: a bare name would find whatever the
//! host, or the system, has of it.

use crate::location;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
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
        candidates.extend(libraries_in(&folder));
    }
    let mut seen = std::collections::HashSet::new();
    candidates.retain(|path| seen.insert(path.clone()));
    candidates
}

/// Folders that are searched, in order.
pub(super) fn folders() -> Vec<PathBuf> {
    let program = env::current_exe().and_then(fs::canonicalize).ok();
    let program = program.and_then(|file| Some(file.parent()?.to_owned()));
    let code = location::of_code();
    // In a program that is linked with us both are the same.
    let program = program.filter(|folder| code.as_ref() != Some(folder));
    let beside = code.into_iter().chain(program);
    let mut folders: Vec<_> = beside
        .flat_map(|folder| [folder.join("onnxruntime"), folder])
        .collect();
    folders.extend(location::of_user().map(|folder| folder.join("onnxruntime")));
    folders.retain(|folder| folder.is_absolute());
    folders
}

/// Libraries in a folder that are ONNX Runtime by their name, in order of their names. Bundles may carry it under a
/// name of their own, so that the host's cannot be mistaken for it.
fn libraries_in(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let is_library = |name: &str| {
        let stem = name.strip_prefix("lib").unwrap_or(name);
        let stem = stem.strip_prefix("reweave-").unwrap_or(stem);
        let Some(rest) = stem.strip_prefix("onnxruntime") else {
            return false;
        };
        if cfg!(windows) {
            rest == ".dll"
        } else if cfg!(target_os = "macos") {
            rest.ends_with(".dylib") && !rest.starts_with('_')
        } else {
            rest == ".so" || rest.starts_with(".so.")
        }
    };
    let files = entries
        .flatten()
        .filter(|entry| entry.file_name().to_str().is_some_and(is_library));
    let mut files: Vec<_> = files
        .map(|entry| entry.path())
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn the_runtime_is_known_by_its_names_and_its_helpers_are_not() {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "libonnxruntime.so.1.31.1",
            "libonnxruntime.so",
            "libreweave-onnxruntime.so",
            "libonnxruntime_providers_cuda.so",
            "libonnx.so",
        ] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let found: Vec<_> = libraries_in(folder.path())
            .into_iter()
            .map(|path| path.file_name().unwrap().to_owned())
            .collect();
        assert_eq!(
            found,
            [
                "libonnxruntime.so",
                "libonnxruntime.so.1.31.1",
                "libreweave-onnxruntime.so"
            ]
        );
        assert!(libraries_in(&folder.path().join("nowhere")).is_empty());
    }
}
