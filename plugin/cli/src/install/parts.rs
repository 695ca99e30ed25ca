//! What there is to install: the parts of the Reweave that this command belongs to.

use crate::models_folders;
use reweave::installation::{Installation, library_name, runtime_with_helpers_in};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The parts that every plug-in needs, wherever they lie.
#[derive(Debug)]
pub struct Parts {
    /// The command itself: it is a worker where one is asked for.
    pub command: PathBuf,
    /// The shared library.
    pub library: PathBuf,
    /// Models; each may have its card beside it.
    pub models: Vec<PathBuf>,
    /// ONNX Runtime and its helpers, if this installation carries them; without it the built-in runtime serves.
    pub runtime: Vec<PathBuf>,
}

/// Why there is nothing to install from.
#[derive(Debug, thiserror::Error)]
pub enum Incomplete {
    #[error("{name} is not beside this program, in {}; install Reweave again, or in the source tree type \
             `cargo xtask install {host}`", .folder.display())]
    Part {
        name: String,
        folder: PathBuf,
        host: &'static str,
    },
    #[error("there are no models to install: searched in {0}")]
    Models(String),
    #[error("where this program lies cannot be told")]
    Place,
}

impl Parts {
    /// Finds the parts of the installation that this command belongs to. Errors tell how to install it for `host`.
    pub fn find(host: &'static str) -> Result<Self, Incomplete> {
        let library = find_beside_library(&library_name(), host)?;
        let folders = models_folders::folders(None);
        let models = reweave::zoo::list(&folders);
        let models: Vec<_> = models.into_iter().map(|found| found.path).collect();
        if models.is_empty() {
            let folders = folders.iter().map(|folder| folder.display().to_string());
            return Err(Incomplete::Models(folders.collect::<Vec<_>>().join(", ")));
        }
        let runtime = Installation::of_code()
            .iter()
            .flat_map(Installation::runtime_folders)
            .map(|folder| runtime_with_helpers_in(&folder))
            .find(|files| !files.is_empty());
        Ok(Self {
            command: std::env::current_exe().map_err(|_| Incomplete::Place)?,
            library,
            models,
            runtime: runtime.unwrap_or_default(),
        })
    }

    /// Copies the models and their cards into a folder, which is made.
    pub fn copy_models(&self, to: &Path) -> io::Result<()> {
        make_folder(to)?;
        for model in &self.models {
            for file in [model.clone(), model.with_extension("json")] {
                if let (true, Some(name)) = (file.is_file(), file.file_name()) {
                    copy(&file, &to.join(name))?;
                }
            }
        }
        Ok(())
    }
}

/// A file that lies beside the library in an installation.
pub fn find_beside_library(name: &str, host: &'static str) -> Result<PathBuf, Incomplete> {
    let installations = Installation::of_code();
    let first = installations.first().ok_or(Incomplete::Place)?;
    let found = installations
        .iter()
        .map(|installation| installation.beside_library(name))
        .find(|file| file.is_file());
    found.ok_or_else(|| Incomplete::Part {
        name: name.into(),
        folder: first
            .library
            .parent()
            .map(Path::to_owned)
            .unwrap_or_default(),
        host,
    })
}

/// Makes a folder and those above it; the error names it.
pub fn make_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder).map_err(|error| naming(error, folder))
}

/// Copies a file; the error names the copy.
pub fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::copy(from, to)
        .map(drop)
        .map_err(|error| naming(error, to))
}

/// The error with the name of the file or folder.
pub fn naming(error: io::Error, path: &Path) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
