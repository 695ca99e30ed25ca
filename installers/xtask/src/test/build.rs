//! The one build, and what came out of it.

use super::suite::TRAINER;
use crate::fetch::Fetched;
use crate::house::House;
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Which packages are built, and with what at hand: the same for every command of cargo in a run.
pub struct Selection<'a> {
    house: &'a House,
    fetched: Option<&'a Fetched>,
}

/// A test program.
pub struct Program {
    /// The package that it tests.
    pub package: String,
    /// The target's name: of the library, of the binary, or of the file in `tests/`.
    pub target: String,
    /// What kind of target, in cargo's word: lib, bin, test.
    pub kind: String,
    /// The file to run.
    pub file: PathBuf,
}

/// What the build made.
pub struct Artifacts {
    /// The test programs, in the order of packages and names.
    pub programs: Vec<Program>,
    /// The programs that people run, by name.
    pub binaries: BTreeMap<String, PathBuf>,
}

impl<'a> Selection<'a> {
    /// The whole workspace; without libtorch, all of it but the trainer.
    pub fn new(house: &'a House, fetched: Option<&'a Fetched>) -> Self {
        Self { house, fetched }
    }

    /// `cargo CHORE --release` over the selection.
    pub fn cargo(&self, chore: &str) -> Command {
        let mut command = self.house.cargo(&[chore, "--release", "--workspace"]);
        if self.fetched.is_none() {
            command.args(["--exclude", TRAINER]);
        }
        super::environment(&mut command, self.fetched);
        command
    }

    /// Builds libraries, programs and test programs, cargo's own messages going to the terminal.
    pub fn build(&self) -> Result<Artifacts> {
        let mut child = self
            .cargo("build")
            .args(["--lib", "--bins", "--tests", "--examples"])
            .arg("--message-format=json-render-diagnostics")
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot start cargo")?;
        let stdout = child.stdout.take().context("cargo has no output")?;
        let mut artifacts = Artifacts {
            programs: Vec::new(),
            binaries: BTreeMap::new(),
        };
        for line in BufReader::new(stdout).lines() {
            // What is no JSON was printed by a build script.
            if let Ok(message) = serde_json::from_str::<Value>(&line?) {
                self.note(&message, &mut artifacts);
            }
        }
        let status = child.wait()?;
        ensure!(status.success(), "cargo build failed ({status})");
        artifacts.programs.sort_by(|a, b| {
            (&a.package, &a.kind, &a.target).cmp(&(&b.package, &b.kind, &b.target))
        });
        Ok(artifacts)
    }

    fn note(&self, message: &Value, artifacts: &mut Artifacts) {
        let Some(file) = message["executable"].as_str() else {
            return;
        };
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let target = text(&message["target"]["name"]);
        let kind = text(&message["target"]["kind"][0]);
        let folder = PathBuf::from(text(&message["manifest_path"]));
        let package = self
            .house
            .packages
            .iter()
            .find(|package| Some(package.folder.as_path()) == folder.parent());
        if message["profile"]["test"] == true {
            artifacts.programs.push(Program {
                package: package
                    .map(|package| package.name.clone())
                    .unwrap_or_default(),
                target,
                kind,
                file: file.into(),
            });
        } else if kind == "bin" {
            artifacts.binaries.insert(target, file.into());
        }
    }
}
