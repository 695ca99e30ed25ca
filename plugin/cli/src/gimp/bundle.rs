//! What the plug-in is made of, and where this installation of Reweave has it.

use super::{library_name, program_name};
use crate::models_folders;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The parts, wherever they lie.
#[derive(Debug)]
pub struct Bundle {
    program: PathBuf,
    library: PathBuf,
    /// Models with their cards.
    models: Vec<PathBuf>,
    /// ONNX Runtime and its helpers, if this installation carries them; without it the built-in runtime serves.
    runtime: Vec<PathBuf>,
}

/// Why there is nothing to install from.
#[derive(Debug, thiserror::Error)]
pub enum Incomplete {
    #[error("{what} is not beside this program, in {}; install Reweave again, or in the source tree type \
             `cargo xtask install gimp`", .folder.display())]
    Part { what: String, folder: PathBuf },
    #[error("there are no models to install: {0}")]
    Models(String),
    #[error("where this program lies cannot be told: {0}")]
    Place(#[from] std::io::Error),
}

impl Bundle {
    /// Finds the parts beside this program.
    pub fn find() -> Result<Self, Incomplete> {
        let own = std::env::current_exe()?.canonicalize()?;
        let folder = own.parent().unwrap_or(&own).to_path_buf();
        // As packages lay it out: bin/reweave and lib/reweave.
        let folders = [folder.clone(), folder.join("../lib/reweave")];
        let find = |name: &str| {
            let found = folders
                .iter()
                .map(|folder| folder.join(name))
                .find(|file| file.is_file());
            found.ok_or_else(|| Incomplete::Part {
                what: name.into(),
                folder: folder.clone(),
            })
        };
        let program = find(&format!("reweave-gimp{}", std::env::consts::EXE_SUFFIX))?;
        let library = find(&library_name())?;
        let folders_of_models = models_folders::folders(None);
        let models = reweave::zoo::list(&folders_of_models);
        let models: Vec<_> = models.into_iter().map(|found| found.path).collect();
        if models.is_empty() {
            let searched: Vec<_> = folders_of_models
                .iter()
                .map(|folder| folder.display().to_string())
                .collect();
            return Err(Incomplete::Models(format!(
                "searched in {}",
                searched.join(", ")
            )));
        }
        let runtime = folders
            .iter()
            .flat_map(|folder| runtime_in(folder))
            .collect();
        Ok(Self {
            program,
            library,
            models,
            runtime,
        })
    }

    /// Puts the whole plug-in into `folder`, which is made.
    pub fn write(&self, folder: &Path) -> std::io::Result<()> {
        let models = folder.join("models");
        fs::create_dir_all(&models)?;
        let program = folder.join(program_name());
        copy(&self.program, &program)?;
        allow_to_run(&program)?;
        copy(&self.library, &folder.join(library_name()))?;
        for model in &self.models {
            for file in [model.clone(), model.with_extension("json")] {
                if let (true, Some(name)) = (file.is_file(), file.file_name()) {
                    copy(&file, &models.join(name))?;
                }
            }
        }
        for file in &self.runtime {
            if let Some(name) = file.file_name() {
                copy(file, &folder.join(name))?;
            }
        }
        // The program carries its translations and writes them where GIMP looks.
        let written = Command::new(&self.program)
            .arg("--locale")
            .arg(folder.join("locale"))
            .status()?;
        if !written.success() {
            return Err(std::io::Error::other(format!(
                "{} could not write its translations",
                self.program.display()
            )));
        }
        Ok(())
    }
}

/// Libraries of ONNX Runtime in a folder, its providers among them.
fn runtime_in(folder: &Path) -> Vec<PathBuf> {
    let is_runtime = |path: &PathBuf| {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let name = name.strip_prefix("lib").unwrap_or(&name);
        let name = name.strip_prefix("reweave-").unwrap_or(name);
        path.is_file() && name.starts_with("onnxruntime")
    };
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| entry.path())
        .filter(is_runtime)
        .collect()
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    let named = |error: std::io::Error| {
        std::io::Error::new(error.kind(), format!("{}: {error}", to.display()))
    };
    fs::copy(from, to).map(|_| ()).map_err(named)
}

/// Sets the bits that let a file be run; a file system may have lost them on the way.
#[cfg(unix)]
fn allow_to_run(file: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(file, fs::Permissions::from_mode(0o755))
}

/// Windows tells programs by their names.
#[cfg(not(unix))]
fn allow_to_run(_file: &Path) -> std::io::Result<()> {
    Ok(())
}
