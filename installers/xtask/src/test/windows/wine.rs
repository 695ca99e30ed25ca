//! A Windows in a folder: Wine, in a Debian that has it. What runs there is no Windows, but reads the same programs.

use crate::fetch::{Cache, roots};
use crate::root::{HOME, Root};
use anyhow::{Context, Result};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Where Wine keeps the user's folder.
const PROFILE: &str = "home/user/.wine/drive_c/users/root";
/// Where Wine keeps what lies in the registry for the user.
const REGISTRY: &str = "home/user/.wine/user.reg";
/// Where it keeps what lies there for all users.
const REGISTRY_OF_MACHINE: &str = "home/user/.wine/system.reg";
/// No words of its own, and no offers to fetch what is missing.
const QUIET: &str =
    "export WINEDEBUG=-all WINEDLLOVERRIDES='mscoree,mshtml,winemenubuilder.exe='\n";
/// Waits until all that was started has ended, and the registry is on the disk.
const SETTLE: &str = "wineserver --wait\n";

/// The Windows, with what users have in their folder.
pub struct Wine {
    root: Root,
}

impl Wine {
    /// Makes one that was never used.
    pub fn new(into: &Path) -> Result<Self> {
        let root = Root::unpack(Cache::locate()?.folder(), &roots::WINE, into)?;
        let wine = Self { root };
        wine.shell("wineboot --init\n")?;
        Ok(wine)
    }

    /// Runs the lines that somebody types in a terminal, one after the other, and gives back what was said. Each has to end
    /// well.
    pub fn terminal(&self, lines: &str) -> Result<String> {
        let mut said = String::new();
        for line in lines.lines().filter(|line| !line.trim().is_empty()) {
            let script = self.home("line.bat");
            fs::write(&script, format!("@echo off\r\n{line}\r\n"))?;
            said += &self
                .shell("wine cmd /c line.bat\n")
                .with_context(|| line.to_owned())?;
            fs::remove_file(script)?;
        }
        Ok(said)
    }

    /// Runs a script for the shell of the Debian, and waits until Wine has come to rest.
    pub fn shell(&self, script: &str) -> Result<String> {
        self.root.run(&format!("{QUIET}{script}{SETTLE}"))
    }

    /// A file in the folder that terminals open in.
    pub fn home(&self, path: &str) -> PathBuf {
        self.root.path(&format!("{HOME}/{path}"))
    }

    /// Lays packages and their sums into the folder that terminals open in.
    pub fn lay_packages(&self, from: &Path) -> Result<()> {
        for entry in fs::read_dir(from)? {
            let path = entry?.path();
            if path.is_file() {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                fs::copy(&path, self.home(&name))?;
            }
        }
        Ok(())
    }

    /// A path in the user's folder, such as `AppData/Local`.
    pub fn profile(&self, path: &str) -> PathBuf {
        self.root.path(&format!("{PROFILE}/{path}"))
    }

    /// A path on the disk, such as `Program Files`.
    pub fn machine(&self, path: &str) -> PathBuf {
        self.root.path(&format!("{HOME}/.wine/drive_c/{path}"))
    }

    /// What the registry holds for all users, as Wine writes it.
    pub fn registry_of_machine(&self) -> Result<String> {
        Ok(fs::read_to_string(self.root.path(REGISTRY_OF_MACHINE))?)
    }

    /// What the registry holds for the user, as Wine writes it.
    pub fn registry(&self) -> Result<String> {
        Ok(fs::read_to_string(self.root.path(REGISTRY))?)
    }

    /// All files and folders of the Windows but for its own keeping of books.
    pub fn files(&self) -> Result<BTreeSet<String>> {
        let mut files = self.root.files()?;
        files.retain(|path| path.starts_with("./home/user/.wine/drive_c/"));
        Ok(files)
    }
}
