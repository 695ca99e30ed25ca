//! The plug-in's folder: [`Installation::folder`], and the program that GIMP starts.
//!
//! ```text
//! plug-ins/reweave/
//!   reweave                   the program, called as the folder is
//!   libreweave_plugin.so      the shared library
//!   libonnxruntime.so         if this installation has ONNX Runtime
//!   models/                   models with their cards
//!   locale/                   translations, where GIMP looks for them
//! ```

use super::places::Place;
use super::program_name;
use crate::install::parts::{Incomplete, Parts, copy, find_beside_library, make_folder};
use crate::install::replace::{replace, take_out};
use reweave::installation::Installation;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the plug-in is made of.
#[derive(Debug)]
pub struct Bundle {
    program: PathBuf,
    parts: Parts,
}

impl Bundle {
    /// Finds the parts in this installation of Reweave.
    pub fn find() -> Result<Self, Incomplete> {
        let name = format!("reweave-gimp{}", std::env::consts::EXE_SUFFIX);
        Ok(Self {
            program: find_beside_library(&name, "gimp")?,
            parts: Parts::find("gimp")?,
        })
    }

    /// The folder in which this very installation is a plug-in for all users, so that there is nothing to do.
    pub fn installed_for_all_users(&self, place: &Place) -> Option<PathBuf> {
        let folder = place.for_all_users()?;
        let there = fs::canonicalize(Installation::folder(&folder).library).ok()?;
        (there == fs::canonicalize(&self.parts.library).ok()?).then_some(folder)
    }

    /// Puts the plug-in where this GIMP looks, in the place of an older one. A failure leaves the older one as it was.
    pub fn install(&self, place: &Place) -> io::Result<PathBuf> {
        let own = place.own();
        // GIMP would take a folder beside the others for a plug-in: what is not complete yet lies one folder higher.
        replace(&own, &place.profile, |folder| self.write(folder))?;
        Ok(own)
    }

    fn write(&self, folder: &Path) -> io::Result<()> {
        let installation = Installation::folder(folder);
        let program = installation.beside_library(program_name());
        copy(&self.program, &program)?;
        allow_to_run(&program)?;
        copy(&self.parts.library, &installation.library)?;
        self.parts.copy_models(&installation.models)?;
        for file in &self.parts.runtime {
            if let Some(name) = file.file_name() {
                copy(file, &installation.beside_library(name))?;
            }
        }
        match &installation.translations {
            Some(translations) => self.write_translations(translations),
            None => Ok(()),
        }
    }

    /// The program carries its translations and writes them where GIMP looks.
    fn write_translations(&self, folder: &Path) -> io::Result<()> {
        make_folder(folder)?;
        let written = Command::new(&self.program)
            .arg("--locale")
            .arg(folder)
            .status()?;
        if written.success() {
            return Ok(());
        }
        Err(io::Error::other(format!(
            "{} could not write its translations",
            self.program.display()
        )))
    }
}

/// Takes the plug-in out; `false` if it was not there.
pub fn uninstall(place: &Place) -> io::Result<bool> {
    take_out(&place.own(), &place.profile)
}

/// Sets the bits that let a file be run; a file system may have lost them on the way.
#[cfg(unix)]
fn allow_to_run(file: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(file, fs::Permissions::from_mode(0o755))
}

/// Windows tells programs by their names.
#[cfg(not(unix))]
fn allow_to_run(_file: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::install::gimp::places::{Line, Packaging};
    use reweave::installation::runtimes_in;

    /// What the installer puts down is what the engine, started from there, looks for.
    #[test]
    fn everything_installed_is_found_again() {
        let from = tempfile::tempdir().unwrap();
        let file = |name: &str, text: &str| {
            let path = from.path().join(name);
            fs::write(&path, text).unwrap();
            path
        };
        let program = file(
            "reweave-gimp",
            "#!/bin/sh\nmkdir -p \"$2/de/LC_MESSAGES\"\n",
        );
        allow_to_run(&program).unwrap();
        let parts = Parts {
            command: program.clone(),
            library: file("libreweave_plugin.so", "library"),
            models: vec![file("gated.onnx", "model")],
            runtime: vec![file("libonnxruntime.so", "runtime")],
        };
        file("gated.json", "{}");
        let profile = tempfile::tempdir().unwrap();
        let place = Place {
            line: Line { major: 3, minor: 0 },
            packaging: Packaging::Native,
            profile: profile.path().join("3.0"),
        };
        let bundle = Bundle { program, parts };
        for _ in 0..2 {
            let own = bundle.install(&place).unwrap();
            let found = &Installation::around(&own)[0];
            assert!(found.library.is_file());
            assert!(found.command.is_file());
            let models = reweave::zoo::list(std::slice::from_ref(&found.models));
            assert_eq!(models[0].name, "gated");
            assert!(models[0].path.with_extension("json").is_file());
            let runtimes = found.runtime_folders().map(|folder| runtimes_in(&folder));
            assert_eq!(runtimes.concat(), [own.join("libonnxruntime.so")]);
            let translations = found.translations.as_ref().unwrap();
            assert!(translations.join("de/LC_MESSAGES").is_dir());
        }
        // Nothing is left lying about.
        assert_eq!(fs::read_dir(&place.profile).unwrap().count(), 1);
        assert!(uninstall(&place).unwrap() && !uninstall(&place).unwrap());
    }
}
