//! Runs the real program in a folder of its own, with nothing of this machine in its way: no ONNX Runtime, no models
//! but those of the source tree.

#![allow(dead_code, reason = "each test file uses a part of it")]

pub mod onnx;
pub mod pictures;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A folder and the program in it.
pub struct Desk {
    folder: TempDir,
}

/// How a run ended.
pub struct Ended {
    /// Exit status.
    pub status: i32,
    /// What it printed.
    pub out: String,
    /// What it complained about.
    pub err: String,
}

impl Ended {
    /// The JSON lines that it printed.
    pub fn json(&self) -> Vec<serde_json::Value> {
        self.out
            .lines()
            .map(|line| {
                serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))
            })
            .collect()
    }

    /// Asserts that all went well.
    pub fn ok(self) -> Self {
        assert_eq!(self.status, 0, "out: {}\nerr: {}", self.out, self.err);
        self
    }

    /// Asserts an exit status and words in the complaint.
    pub fn fails(self, status: i32, words: &[&str]) -> Self {
        assert_eq!(self.status, status, "out: {}\nerr: {}", self.out, self.err);
        for word in words {
            assert!(self.err.contains(word), "'{word}' is not in: {}", self.err);
        }
        assert!(!self.err.contains("panicked"), "{}", self.err);
        self
    }
}

impl Desk {
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// A path in the folder.
    pub fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn exists(&self, name: &str) -> bool {
        self.path(name).exists()
    }

    pub fn bytes(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    /// What lies in the folder, hidden files too, without the data folder that we set up.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(self.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .filter(|name| name != "home")
            .collect();
        names.sort();
        names
    }

    /// The program, ready to run in the folder.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_reweave"));
        let home = self.path("home");
        std::fs::create_dir_all(&home).unwrap();
        command
            .current_dir(self.folder.path())
            .env_remove("REWEAVE_MODELS")
            .env_remove("REWEAVE_ONNXRUNTIME")
            .env("HOME", &home)
            .env("XDG_DATA_HOME", home.join("data"))
            .env("LOCALAPPDATA", home.join("data"))
            .stdin(Stdio::null());
        command
    }

    pub fn run<S: AsRef<OsStr>>(&self, words: &[S]) -> Ended {
        let output = self.command().args(words).output().unwrap();
        Ended {
            status: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// `reweave fill PICTURE --mask mask.png -o OUTPUT`
    pub fn fill(&self, picture: &str, output: &str) -> Ended {
        self.run(&["fill", picture, "--mask", "mask.png", "-o", output])
    }
}
