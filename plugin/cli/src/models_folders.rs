//! Where models lie: `NAME.onnx` with its card `NAME.json` beside it.

use std::path::{Path, PathBuf};

/// The folders that are searched for models, first the one that the user named.
pub fn folders(named: Option<&Path>) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = named.map(Path::to_owned).into_iter().collect();
    folders.extend(
        std::env::var_os("REWEAVE_MODELS")
            .filter(|value| !value.is_empty())
            .map(PathBuf::from),
    );
    if let Ok(program) = std::env::current_exe()
        && let Some(folder) = program.canonicalize().unwrap_or(program).parent()
    {
        folders.push(folder.join("models"));
        // As packages lay it out: bin/reweave and share/reweave/models.
        folders.push(folder.join("../share/reweave/models"));
    }
    folders.extend(of_user());
    // In the source tree, so that `cargo run` works before anything is installed.
    folders.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/zoo"));
    folders.retain(|folder| folder.is_dir());
    for folder in &mut folders {
        *folder = folder.canonicalize().unwrap_or_else(|_| folder.clone());
    }
    let mut seen = std::collections::HashSet::new();
    folders.retain(|folder| seen.insert(folder.clone()));
    folders
}

/// The user's own folder of models, which `reweave models add` fills.
pub fn of_user() -> Option<PathBuf> {
    dirs::data_local_dir().map(|data| data.join("reweave").join("models"))
}

/// The models in these folders; where two have one name, the first one counts.
pub fn models(folders: &[PathBuf]) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = Vec::new();
    for folder in folders {
        let Ok(entries) = std::fs::read_dir(folder) else {
            continue;
        };
        let mut here: Vec<PathBuf> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|ending| ending == "onnx"))
            .collect();
        here.sort();
        here.retain(|path| {
            !found
                .iter()
                .any(|other| other.file_stem() == path.file_stem())
        });
        found.extend(here);
    }
    found
}

/// No model of that name.
#[derive(Debug, thiserror::Error)]
pub enum NoModel {
    /// A path to a file that is not there.
    #[error("{}: there is no such model; check the name and the folder", .0.display())]
    File(PathBuf),
    /// A name that no folder has.
    #[error("there is no model called {name}; {}", known(.models, .folders))]
    Name {
        /// The name.
        name: String,
        /// The models that there are.
        models: Vec<PathBuf>,
        /// Where they were searched.
        folders: Vec<PathBuf>,
    },
}

fn known(models: &[PathBuf], folders: &[PathBuf]) -> String {
    let names: Vec<_> = models
        .iter()
        .filter_map(|path| path.file_stem())
        .map(|name| name.to_string_lossy())
        .collect();
    if !names.is_empty() {
        return format!("there are: {}", names.join(", "));
    }
    let places: Vec<_> = folders
        .iter()
        .map(|folder| folder.display().to_string())
        .collect();
    let searched = if places.is_empty() {
        "no folder of models was found".into()
    } else {
        format!("searched in {}", places.join(", "))
    };
    format!("{searched}. Name a folder with --models-folder or set REWEAVE_MODELS")
}

/// The file of the model that `text` means: a name in the folders, or a path.
pub fn find(text: &str, folders: &[PathBuf]) -> Result<PathBuf, NoModel> {
    let path = Path::new(text);
    let is_file_name = path
        .extension()
        .is_some_and(|ending| ending == "onnx" || ending == "json");
    if is_file_name || path.components().count() > 1 {
        return if path.is_file() {
            Ok(path.to_owned())
        } else {
            Err(NoModel::File(path.to_owned()))
        };
    }
    let models = models(folders);
    let found = models
        .iter()
        .find(|path| path.file_stem().is_some_and(|stem| stem == text))
        .cloned();
    found.ok_or_else(|| NoModel::Name {
        name: text.to_owned(),
        models,
        folders: folders.to_vec(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_folder_wins_and_errors_name_what_there_is() {
        let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        for (folder, name) in [
            (&first, "a.onnx"),
            (&second, "a.onnx"),
            (&second, "b.onnx"),
            (&second, "c.txt"),
        ] {
            std::fs::write(folder.path().join(name), b"").unwrap();
        }
        let folders = [first.path().to_owned(), second.path().to_owned()];
        assert_eq!(find("a", &folders).unwrap(), first.path().join("a.onnx"));
        assert_eq!(find("b", &folders).unwrap(), second.path().join("b.onnx"));
        let path = second.path().join("b.onnx");
        assert_eq!(find(path.to_str().unwrap(), &[]).unwrap(), path);
        assert!(
            find("c", &folders)
                .unwrap_err()
                .to_string()
                .contains("there are: a, b")
        );
        assert!(
            find("x/c.onnx", &folders)
                .unwrap_err()
                .to_string()
                .contains("c.onnx")
        );
        assert!(
            find("a", &[])
                .unwrap_err()
                .to_string()
                .contains("REWEAVE_MODELS")
        );
    }
}
