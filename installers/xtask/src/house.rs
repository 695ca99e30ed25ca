//! Where the repository, its packages and its build folder are, as cargo sees them.

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The repository that this program was built from.
pub struct House {
    /// The folder of the workspace's `Cargo.toml`.
    pub root: PathBuf,
    /// Where cargo builds; our logs go to `xtask/` in it.
    pub target: PathBuf,
    /// The members of the workspace, by name.
    pub packages: Vec<Package>,
}

/// One member of the workspace.
pub struct Package {
    /// Its name in `Cargo.toml`.
    pub name: String,
    /// The folder of its `Cargo.toml`: the folder its tests run in.
    pub folder: PathBuf,
    /// Its version, which cargo gives to tests as `CARGO_PKG_VERSION`.
    pub version: String,
}

impl House {
    /// Asks `cargo metadata`.
    pub fn find() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .ancestors()
            .nth(2)
            .context("xtask has moved: its folder is no longer two below the workspace")?
            .to_path_buf();
        ensure!(
            root.join("Cargo.toml").is_file(),
            "{} is gone: run `cargo xtask` inside the repository that it was built from",
            root.display()
        );
        let answer = cargo()
            .args(["metadata", "--no-deps", "--format-version", "1"])
            .current_dir(&root)
            .output()
            .context("cannot start cargo")?;
        ensure!(
            answer.status.success(),
            "cargo metadata failed:\n{}",
            String::from_utf8_lossy(&answer.stderr)
        );
        let metadata: Value = serde_json::from_slice(&answer.stdout)?;
        let text = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
        let mut packages = Vec::new();
        for package in metadata["packages"].as_array().into_iter().flatten() {
            let manifest = PathBuf::from(text(package, "manifest_path"));
            packages.push(Package {
                name: text(package, "name"),
                folder: manifest.parent().unwrap_or(&root).to_path_buf(),
                version: text(package, "version"),
            });
        }
        Ok(Self {
            target: PathBuf::from(text(&metadata, "target_directory")),
            root,
            packages,
        })
    }

    /// The member called `name`, if the workspace has it.
    pub fn package(&self, name: &str) -> Option<&Package> {
        self.packages.iter().find(|package| package.name == name)
    }

    /// A command of cargo, run at the workspace's root.
    pub fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = cargo();
        command.args(arguments).current_dir(&self.root);
        command
    }

    /// Where the output of our steps is kept.
    pub fn log(&self, name: &str) -> PathBuf {
        let file: String = name
            .chars()
            .map(|c| if c.is_alphanumeric() { c } else { '-' })
            .collect();
        self.target.join("xtask").join(format!("{file}.log"))
    }
}

/// The cargo that started us, or the one on the path.
fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // What `cargo run` set for us is about the crate xtask, and would confuse the builds that we start.
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            command.env_remove(name);
        }
    }
    command
}
