//! Where models are looked for, for all doors of this library.

use crate::location;
use reweave::card::Card;
use std::collections::BTreeMap;
use std::env;
use std::path::{Path, PathBuf};

/// A model in one of the folders.
pub(crate) struct Found {
    /// The file's name without its end.
    pub(crate) name: String,
    /// The `.onnx` file.
    pub(crate) path: PathBuf,
    /// Its card, or why it cannot be read.
    pub(crate) card: Result<Card, String>,
}

/// The folders that are looked through, first one first; not all of them exist.
fn folders(first: Option<&Path>) -> Vec<PathBuf> {
    let set = env::var_os("REWEAVE_MODELS")
        .filter(|folder| !folder.is_empty())
        .map(PathBuf::from);
    let beside = location::library().and_then(|library| Some(library.parent()?.to_owned()));
    let beside = beside.into_iter().flat_map(|folder| {
        // In an OpenFX bundle the library lies in Contents/Linux-x86-64, and what belongs to it in Contents/Resources.
        [folder.join("models"), folder.join("../Resources/models")]
    });
    first
        .map(Path::to_owned)
        .into_iter()
        .chain(set)
        .chain(beside)
        .chain(user())
        .collect()
}

/// The folder in which a user's own models lie.
fn user() -> Option<PathBuf> {
    let variable = |name| {
        env::var_os(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    let data = if cfg!(windows) {
        variable("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        variable("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        variable("XDG_DATA_HOME").or_else(|| variable("HOME").map(|home| home.join(".local/share")))
    };
    data.map(|data| data.join("reweave").join("models"))
}

fn is_model(path: &Path) -> bool {
    path.extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("onnx"))
        && path.is_file()
}

/// All models, by name. Of two with the same name, the one in the earlier folder counts.
pub(crate) fn list(first: Option<&Path>) -> Vec<Found> {
    let mut found = BTreeMap::new();
    for folder in folders(first) {
        // A folder that is not there or may not be read holds no models for us.
        let entries = folder.read_dir().into_iter().flatten().flatten();
        for path in entries
            .map(|entry| entry.path())
            .filter(|path| is_model(path))
        {
            let Some(name) = path
                .file_stem()
                .and_then(|stem| stem.to_str())
                .map(str::to_owned)
            else {
                continue;
            };
            found.entry(name.clone()).or_insert_with(|| {
                let card =
                    Card::read(&path.with_extension("json")).map_err(|error| error.to_string());
                Found { name, path, card }
            });
        }
    }
    found.into_values().collect()
}

/// The file that a name or path means.
///
/// # Errors
/// A sentence that says where was looked.
pub(crate) fn find(name: &str) -> Result<PathBuf, String> {
    let path = Path::new(name);
    if path.components().count() > 1 || path.extension().is_some() {
        // A relative path would mean another file in each host.
        return if path.is_absolute() {
            Ok(path.to_owned())
        } else {
            Err(format!(
                "{name}: give the full path of the model, or the name of one in the models folders"
            ))
        };
    }
    let folders = folders(None);
    let found = folders
        .iter()
        .map(|folder| folder.join(name).with_extension("onnx"))
        .find(|path| is_model(path));
    found.ok_or_else(|| {
        let folders: Vec<_> = folders
            .iter()
            .map(|folder| folder.display().to_string())
            .collect();
        format!(
            "no model named '{name}': put {name}.onnx and {name}.json into one of {}",
            folders.join(", ")
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_to_be_whole() {
        assert!(find("models/gated.onnx").unwrap_err().contains("full path"));
        assert!(
            find("no-such-model")
                .unwrap_err()
                .contains("no-such-model.onnx")
        );
    }

    #[test]
    fn earlier_folders_win_and_broken_cards_are_told() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a-test.onnx"), b"").unwrap();
        std::fs::write(folder.path().join("a-test.json"), b"{").unwrap();
        std::fs::write(folder.path().join("other.txt"), b"").unwrap();
        let list = list(Some(folder.path()));
        let found = list.iter().find(|found| found.name == "a-test").unwrap();
        assert!(
            found
                .card
                .as_ref()
                .is_err_and(|why| why.contains("a-test.json"))
        );
        assert!(list.iter().all(|found| found.name != "other"));
    }
}
