//! The models on this machine: `NAME.onnx` with its card `NAME.json` beside it, in one of a few folders.

use super::Model;
use crate::card::Card;
use crate::error::Error;
use crate::installation::{Installation, models_of_user};
use crate::runtime::Device;
use crate::settings::{Method, Settings};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::sync::Arc;

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

/// The name under which patches are a model: they need no file.
pub const PATCHES: &str = "patch";

/// What is to fill, found but not opened.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Chosen {
    /// The network in this file.
    Network(PathBuf),
    /// Patches of the picture, and why there is no network where they were not asked for.
    Patches(Option<String>),
}

impl Chosen {
    /// Opens it. See [`Model::open`].
    ///
    /// # Errors
    /// Those of [`Model::open`].
    pub fn open(&self, device: Device) -> Result<Arc<Model>, Error> {
        match self {
            Self::Network(path) => Model::open(path, device),
            Self::Patches(why) => Ok(Model::patches(why.clone())),
        }
    }
}

/// What fills with these settings: the network that they name, which `find` finds, or patches, where the method says so or
/// where it says nothing and the network of the defaults is not there. A model that somebody chose is never replaced.
///
/// # Errors
/// What `find` says.
pub fn choose<E: Display>(
    settings: &Settings,
    find: impl FnOnce(&str) -> Result<PathBuf, E>,
) -> Result<Chosen, E> {
    if settings.method == Method::Patch || settings.model == PATCHES {
        return Ok(Chosen::Patches(None));
    }
    match find(&settings.model) {
        Ok(path) => Ok(Chosen::Network(path)),
        Err(error)
            if settings.method == Method::Auto && settings.model == Settings::new().model =>
        {
            Ok(Chosen::Patches(Some(error.to_string())))
        }
        Err(error) => Err(error),
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
    fn patches_step_in_for_the_default_model_alone() {
        let there = |name: &str| Ok::<_, String>(PathBuf::from(name));
        let nowhere = |name: &str| Err::<PathBuf, _>(format!("no {name}"));
        let mut settings = Settings::new();
        let file = Chosen::Network("gated".into());
        assert_eq!(choose(&settings, there), Ok(file));
        assert_eq!(
            choose(&settings, nowhere),
            Ok(Chosen::Patches(Some("no gated".into())))
        );
        settings.method = Method::Network;
        assert_eq!(choose(&settings, nowhere), Err("no gated".into()));
        settings.method = Method::Patch;
        assert!(matches!(
            choose(&settings, there),
            Ok(Chosen::Patches(None))
        ));
        settings = Settings::new();
        settings.model = "mine".into();
        assert_eq!(choose(&settings, nowhere), Err("no mine".into()));
        settings.model = PATCHES.into();
        assert!(matches!(
            choose(&settings, nowhere),
            Ok(Chosen::Patches(None))
        ));
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
