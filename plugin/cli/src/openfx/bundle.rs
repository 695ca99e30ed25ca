//! The bundle: one folder with all that the node needs.
//!
//! ```text
//! Reweave.ofx.bundle/Contents/
//!   Info.plist                      strict hosts refuse a bundle without it
//!   Linux-x86-64/Reweave.ofx        the shared library
//!   Linux-x86-64/libreweave-onnxruntime.so   if this installation has ONNX Runtime: not by its own name, because a
//!                                   host may have another version of it
//!   Resources/models/               models with their cards
//!   Resources/org.reweave.Fill.png  the icon, by the plug-in's identifier
//! ```

use super::{BUNDLE, LIBRARY, architecture};
use crate::models_folders;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What the bundle is made of, wherever it lies.
#[derive(Debug)]
pub struct Parts {
    library: PathBuf,
    models: Vec<PathBuf>,
    /// ONNX Runtime and its providers, if this installation carries them; without it the built-in runtime serves.
    runtime: Vec<PathBuf>,
}

/// Why there is nothing to install from.
#[derive(Debug, thiserror::Error)]
pub enum Incomplete {
    #[error(
        "{name} is not beside this program, in {folder}; install Reweave again, or in the source tree type \
             `cargo build --release -p reweave-plugin`"
    )]
    Library { name: String, folder: PathBuf },
    #[error("there are no models to install: searched in {0}")]
    Models(String),
    #[error("where this program lies cannot be told: {0}")]
    Place(#[from] io::Error),
}

impl Parts {
    /// Finds the parts beside this program.
    pub fn find() -> Result<Self, Incomplete> {
        let own = std::env::current_exe()?.canonicalize()?;
        let folder = own.parent().unwrap_or(&own).to_path_buf();
        // As packages lay it out: bin/reweave and lib/reweave.
        let folders = [folder.clone(), folder.join("../lib/reweave")];
        let name = format!(
            "{}reweave_plugin{}",
            std::env::consts::DLL_PREFIX,
            std::env::consts::DLL_SUFFIX
        );
        let library = folders
            .iter()
            .map(|folder| folder.join(&name))
            .find(|file| file.is_file());
        let library = library.ok_or(Incomplete::Library { name, folder })?;
        let searched = models_folders::folders(None);
        let models = reweave::zoo::list(&searched);
        let models: Vec<_> = models.into_iter().map(|found| found.path).collect();
        if models.is_empty() {
            let searched: Vec<_> = searched
                .iter()
                .map(|folder| folder.display().to_string())
                .collect();
            return Err(Incomplete::Models(searched.join(", ")));
        }
        let data = reweave::location::of_user().map(|data| data.join("onnxruntime"));
        let runtime = folders
            .iter()
            .chain(&data)
            .map(|folder| runtime_in(folder))
            .find(|files| !files.is_empty());
        Ok(Self {
            library,
            models,
            runtime: runtime.unwrap_or_default(),
        })
    }

    /// Writes the bundle into `folder`, in the place of an older one. A failure leaves the older one as it was.
    pub fn write(&self, folder: &Path) -> io::Result<PathBuf> {
        fs::create_dir_all(folder).map_err(|error| named(error, folder))?;
        let (bundle, part) = (folder.join(BUNDLE), folder.join(format!(".{BUNDLE}.new")));
        remove(&part)?;
        if let Err(error) = self.fill(&part.join("Contents")) {
            remove(&part)?;
            return Err(error);
        }
        remove(&bundle)?;
        fs::rename(&part, &bundle).map_err(|error| named(error, &bundle))?;
        Ok(bundle)
    }

    fn fill(&self, contents: &Path) -> io::Result<()> {
        let (binaries, resources) = (contents.join(architecture()), contents.join("Resources"));
        let models = resources.join("models");
        for folder in [&binaries, &models] {
            fs::create_dir_all(folder).map_err(|error| named(error, folder))?;
        }
        copy(&self.library, &binaries.join(LIBRARY))?;
        for file in &self.runtime {
            copy(file, &binaries.join(name_in_bundle(file)))?;
        }
        for model in &self.models {
            for file in [model.clone(), model.with_extension("json")] {
                if let (true, Some(name)) = (file.is_file(), file.file_name()) {
                    copy(&file, &models.join(name))?;
                }
            }
        }
        write(
            &resources.join("org.reweave.Fill.png"),
            include_bytes!("../../../library/resources/org.reweave.Fill.png"),
        )?;
        write(
            &resources.join("org.reweave.Fill.svg"),
            include_bytes!("../../../library/resources/org.reweave.Fill.svg"),
        )?;
        write(&contents.join("Info.plist"), info().as_bytes())
    }
}

/// Takes the bundle out of a folder; `false` if it was not there.
pub fn uninstall(folder: &Path) -> io::Result<bool> {
    let bundle = folder.join(BUNDLE);
    let there = bundle.exists();
    remove(&bundle)?;
    Ok(there)
}

fn info() -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
	<key>CFBundleDevelopmentRegion</key>
	<string>English</string>
	<key>CFBundleExecutable</key>
	<string>{LIBRARY}</string>
	<key>CFBundleIdentifier</key>
	<string>org.reweave.Fill</string>
	<key>CFBundleInfoDictionaryVersion</key>
	<string>6.0</string>
	<key>CFBundleName</key>
	<string>Reweave</string>
	<key>CFBundlePackageType</key>
	<string>BNDL</string>
	<key>CFBundleSignature</key>
	<string>????</string>
	<key>CFBundleVersion</key>
	<string>{}</string>
</dict>
</plist>
"#,
        env!("CARGO_PKG_VERSION")
    )
}

/// The libraries of ONNX Runtime in a folder, its providers among them.
fn runtime_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let is_runtime = |path: &PathBuf| {
        path.is_file() && bare_name(path).is_some_and(|name| name.starts_with("onnxruntime"))
    };
    entries
        .map(|entry| entry.path())
        .filter(is_runtime)
        .collect()
}

/// A file's name without what systems and we put before it.
fn bare_name(file: &Path) -> Option<&str> {
    let name = file.file_name()?.to_str()?;
    let name = name.strip_prefix("lib").unwrap_or(name);
    Some(name.strip_prefix("reweave-").unwrap_or(name))
}

/// ONNX Runtime under a name of ours; its providers keep theirs, by which it looks for them.
fn name_in_bundle(file: &Path) -> String {
    let bare = bare_name(file).unwrap_or_default();
    if bare.starts_with("onnxruntime_") {
        return file
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
    }
    format!("{}reweave-{bare}", std::env::consts::DLL_PREFIX)
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::copy(from, to)
        .map(drop)
        .map_err(|error| named(error, to))
}

fn write(file: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::write(file, bytes).map_err(|error| named(error, file))
}

fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(io::Error::new(
            error.kind(),
            format!(
                "{}: {error}; close the programs that use it and try again",
                folder.display()
            ),
        )),
        _ => Ok(()),
    }
}

fn named(error: io::Error, path: &Path) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_is_written_whole_and_replaced() {
        let from = tempfile::tempdir().unwrap();
        let file = |name: &str| {
            let path = from.path().join(name);
            fs::write(&path, name).unwrap();
            path
        };
        let (library, model) = (file("library"), file("gated.onnx"));
        file("gated.json");
        let runtime = vec![
            file("libonnxruntime.so.1.31.1"),
            file("libonnxruntime_providers_shared.so"),
        ];
        let parts = Parts {
            library,
            models: vec![model],
            runtime,
        };
        let to = tempfile::tempdir().unwrap();
        for _ in 0..2 {
            let bundle = parts.write(to.path()).unwrap();
            let contents = bundle.join("Contents");
            let binaries = contents.join(architecture());
            for file in [
                contents.join("Info.plist"),
                contents.join("Resources/org.reweave.Fill.png"),
                contents.join("Resources/models/gated.onnx"),
                contents.join("Resources/models/gated.json"),
                binaries.join(LIBRARY),
                binaries.join("libonnxruntime_providers_shared.so"),
            ] {
                assert!(file.is_file(), "{}", file.display());
            }
            assert!(
                fs::read_to_string(contents.join("Info.plist"))
                    .unwrap()
                    .contains("<string>Reweave.ofx</string>")
            );
        }
        assert_eq!(fs::read_dir(to.path()).unwrap().count(), 1);
        assert!(uninstall(to.path()).unwrap() && !uninstall(to.path()).unwrap());
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn the_runtime_gets_a_name_of_its_own() {
        assert_eq!(
            name_in_bundle("/x/libonnxruntime.so.1.31.1".as_ref()),
            "libreweave-onnxruntime.so.1.31.1"
        );
        assert_eq!(
            name_in_bundle("/x/libreweave-onnxruntime.so".as_ref()),
            "libreweave-onnxruntime.so"
        );
        assert_eq!(
            name_in_bundle("/x/libonnxruntime_providers_cuda.so".as_ref()),
            "libonnxruntime_providers_cuda.so"
        );
    }
}
