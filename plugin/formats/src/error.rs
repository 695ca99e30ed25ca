//! What went wrong with one file, and what its owner can do about it.

use std::fmt::Display;
use std::io;
use std::path::{Path, PathBuf};

/// One file that could not be read or written. Every message names the file and ends with what to do.
#[derive(Debug, thiserror::Error)]
#[error("{}: {what}; {advice}", file.display())]
pub struct FileError {
    /// The file.
    pub file: PathBuf,
    /// What is wrong.
    pub what: String,
    /// What to do next.
    pub advice: String,
}

/// What went wrong inside a file, before its name is known.
#[derive(Debug)]
pub struct Problem {
    /// What is wrong.
    pub what: String,
    /// What to do next.
    pub advice: String,
}

impl Problem {
    /// Something is wrong that has its own advice.
    pub fn new(what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            advice: advice.into(),
        }
    }

    /// The bytes are not what the format promises.
    pub fn damaged(format: &str, why: impl Display) -> Self {
        Self::new(
            format!("is damaged or cut short ({format}: {why})"),
            "fetch or export it again; nothing was written",
        )
    }

    /// A correct file of a sort that we do not read.
    pub fn unsupported(what: impl Into<String>) -> Self {
        Self::new(
            what,
            "convert it to PNG, TIFF or OpenEXR with 8 or 16 bits, half or float",
        )
    }

    /// The operating system said no.
    pub fn io(doing: &str, why: &io::Error) -> Self {
        let advice = match why.kind() {
            io::ErrorKind::NotFound => "check the name and the folder",
            io::ErrorKind::PermissionDenied => "change its permissions or choose another place",
            io::ErrorKind::StorageFull => "free some space or choose another disk",
            io::ErrorKind::UnexpectedEof => "the file is cut short: fetch or export it again",
            io::ErrorKind::ReadOnlyFilesystem => "this disk is read-only: choose another place",
            io::ErrorKind::NotADirectory => {
                "a part of its path is a file, not a folder: choose another place"
            }
            _ => "check the file and the disk",
        };
        Self::new(format!("cannot be {doing} ({why})"), advice)
    }

    /// The problem of this file.
    pub fn of(self, file: &Path) -> FileError {
        FileError {
            file: file.to_owned(),
            what: self.what,
            advice: self.advice,
        }
    }
}
