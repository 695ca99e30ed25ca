//! The models on this machine: `NAME.onnx` with its card `NAME.json` beside it, in one of a few folders.

use crate::card::Card;
use crate::installation::{Installation, models_of_user};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::{Path, PathBuf};

/// The environment variable with a folder of models.
const VARIABLE: &str = "REWEAVE_MODELS";

/// A model in one of the folders.
#[derive(Debug)]
pub struct Found {
    /// The file's name without its ending.
    pub name: String,
    /// The `.onnx` file.
    pub path: PathBuf,
    /// Its card, or why it cannot be read.
    pub card: Result<Card, String>,
}

/// Why there is no such model.
#[derive(Debug, thiserror::Error)]
pub enum NoModel {
    /// A path to a file that is not there.
    #[error("{}: there is no such model; check the name and the folder", .0.display())]
    File(PathBuf),
    /// A name that no folder has.
    #[error("there is no model called {name}; {there_are}")]
    Name {
        /// The name.
        name: String,
        /// Which there are instead, and where was looked.
        there_are: String,
    },
}

/// The folders that are searched, in order; not all of them exist: the one that is named, the one in the environment
/// variable `REWEAVE_MODELS`, those beside the program or library, and the user's own.
pub fn folders(named: Option<&Path>) -> Vec<PathBuf> {
    let set = std::env::var_os(VARIABLE).filter(|folder| !folder.is_empty());
    let beside = Installation::of_code()
        .into_iter()
        .map(|installation| installation.models);
    named
        .map(Path::to_owned)
        .into_iter()
        .chain(set.map(PathBuf::from))
        .chain(beside)
        .chain(models_of_user())
        .collect()
}

/// All models in these folders, by name. Of two with the same name, the one in the earlier folder counts.
pub fn list(folders: &[PathBuf]) -> Vec<Found> {
    let mut models = BTreeMap::new();
    for (name, path) in folders.iter().flat_map(|folder| models_in(folder)) {
        if let Entry::Vacant(place) = models.entry(name) {
            let card = Card::read(&path.with_extension("json")).map_err(|error| error.to_string());
            let name = place.key().clone();
            place.insert(Found { name, path, card });
        }
    }
    models.into_values().collect()
}

/// Whether this means a file by its path, and not a model by its name.
pub fn is_path(text: &str) -> bool {
    let path = Path::new(text);
    let is_file_name = path
        .extension()
        .is_some_and(|ending| ending == "onnx" || ending == "json");
    is_file_name || path.components().count() > 1
}

/// The file of the model that this text means: a name in the folders, or a path.
///
/// # Errors
/// [`NoModel`], which says which models there are.
pub fn find(text: &str, folders: &[PathBuf]) -> Result<PathBuf, NoModel> {
    if is_path(text) {
        let path = PathBuf::from(text);
        return path
            .is_file()
            .then(|| path.clone())
            .ok_or(NoModel::File(path));
    }
    let mut models = folders.iter().flat_map(|folder| models_in(folder));
    match models.find(|(name, _)| name == text) {
        Some((_, path)) => Ok(path),
        None => Err(NoModel::Name {
            name: text.to_owned(),
            there_are: there_are(folders),
        }),
    }
}

/// Names and files of the models in a folder. One that is not there or may not be read holds none for us.
fn models_in(folder: &Path) -> impl Iterator<Item = (String, PathBuf)> {
    let entries = folder.read_dir().into_iter().flatten().flatten();
    entries.filter_map(|entry| {
        let path = entry.path();
        let is_model = path.extension().is_some_and(|ending| ending == "onnx") && path.is_file();
        is_model.then(|| Some((path.file_stem()?.to_str()?.to_owned(), path.clone())))?
    })
}

/// Which models there are, or where one would have to be.
fn there_are(folders: &[PathBuf]) -> String {
    let names: Vec<_> = list(folders).into_iter().map(|found| found.name).collect();
    if !names.is_empty() {
        return format!("there are: {}", names.join(", "));
    }
    let folders: Vec<_> = folders
        .iter()
        .map(|folder| folder.display().to_string())
        .collect();
    format!(
        "there are none in any of: {}. Put a model's .onnx and .json into one of them, or set {VARIABLE}",
        folders.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn the_first_folder_wins_and_errors_name_what_there_is() {
        let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        for (folder, name) in [
            (&first, "a.onnx"),
            (&second, "a.onnx"),
            (&second, "b.onnx"),
            (&second, "c.txt"),
        ] {
            fs::write(folder.path().join(name), b"").unwrap();
        }
        let folders = [first.path().to_owned(), second.path().to_owned()];
        assert_eq!(find("a", &folders).unwrap(), first.path().join("a.onnx"));
        assert_eq!(find("b", &folders).unwrap(), second.path().join("b.onnx"));
        let path = second.path().join("b.onnx");
        assert_eq!(find(path.to_str().unwrap(), &[]).unwrap(), path);
        let why = |text, folders: &[PathBuf]| find(text, folders).unwrap_err().to_string();
        assert!(why("c", &folders).contains("there are: a, b"));
        assert!(why("x/c.onnx", &folders).contains("c.onnx"));
        assert!(why("a", &[]).contains("REWEAVE_MODELS"));
    }

    #[test]
    fn broken_cards_are_told() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("broken.onnx"), b"").unwrap();
        fs::write(folder.path().join("broken.json"), b"{").unwrap();
        fs::write(folder.path().join("other.txt"), b"").unwrap();
        let [found] = &list(&[folder.path().to_owned()])[..] else {
            panic!("one model");
        };
        assert_eq!(found.name, "broken");
        assert!(
            found
                .card
                .as_ref()
                .is_err_and(|why| why.contains("broken.json"))
        );
    }

    #[test]
    fn the_named_folder_comes_first() {
        let folders = folders(Some(Path::new("/mine")));
        assert_eq!(folders[0], Path::new("/mine"));
        assert_eq!(folders.last(), models_of_user().as_ref());
    }
}
