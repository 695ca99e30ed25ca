//! Where a result goes: to a file, or to standard output for `-`.

use std::io::{self, Cursor, Read, Write};
use std::path::{Path, PathBuf};

use reweave_formats::{Document, FileError, Kind, Problem, WriteOptions, encode, place};

use crate::jobs::{identity, is_pipe};

/// What standard output is called in messages.
const STANDARD_OUTPUT: &str = "standard output";
/// Names of what a shell has opened for us.
const STREAMS: [&str; 3] = ["/dev/stdout", "/dev/stderr", "/dev/fd"];

/// Where a result goes.
#[derive(Debug)]
pub enum Destination {
    /// A plain file, which need not be there.
    File(PathBuf),
    /// The next program in a pipe.
    StandardOutput,
}

impl Destination {
    /// What a name on the command line means. A link stays a link: the result goes to the file that it points to,
    /// whether that is there or not.
    ///
    /// # Errors
    /// Where there is something that is no plain file: it would be replaced by one.
    pub fn of(name: &Path) -> Result<Self, FileError> {
        if is_pipe(name) {
            return Ok(Self::StandardOutput);
        }
        let is_none = |found: std::fs::Metadata| !found.is_file() && !found.is_dir();
        // What the shell has sent into a file would be replaced under it.
        let is_stream = STREAMS.iter().any(|stream| name.starts_with(stream));
        if is_stream || name.metadata().is_ok_and(is_none) {
            let problem = Problem::new(
                "is a pipe or a device, no file",
                "name a file, or - for standard output",
            );
            return Err(problem.of(name));
        }
        if !name.is_symlink() {
            return Ok(Self::File(name.to_owned()));
        }
        let file = identity::of(name);
        if file.is_symlink() {
            let problem = Problem::new("is a link that ends nowhere", "name a file");
            return Err(problem.of(name));
        }
        Ok(Self::File(file))
    }

    /// Whether a result is there already.
    pub fn is_there(&self) -> bool {
        match self {
            Self::File(file) => file.is_file(),
            Self::StandardOutput => false,
        }
    }

    /// Whether the result takes the place of this picture.
    pub fn is(&self, picture: &Path) -> bool {
        match self {
            Self::File(file) => identity::of(file) == identity::of(picture),
            Self::StandardOutput => false,
        }
    }

    /// The format to write, by the file's extension; in a pipe that of the picture, or PNG.
    ///
    /// # Errors
    /// Where the extension names none.
    pub fn kind(&self, pictures_own: Option<Kind>) -> Result<Kind, FileError> {
        match self {
            Self::File(file) => reweave_formats::writable(file),
            Self::StandardOutput => Ok(pictures_own.unwrap_or(Kind::Png)),
        }
    }

    /// Whether something could be written, asked before the time of a fill is spent.
    ///
    /// # Errors
    /// Where it could not.
    pub fn check(&self) -> Result<(), FileError> {
        match self {
            Self::File(file) => place::check(file),
            Self::StandardOutput => Ok(()),
        }
    }

    /// Writes a result. The notes say what the format could not hold.
    ///
    /// # Errors
    /// Where it cannot be written. Then no file has changed.
    pub fn write(
        &self,
        kind: Kind,
        document: Document,
        options: WriteOptions,
    ) -> Result<Vec<String>, FileError> {
        match self {
            Self::File(file) => place::write(file, |file| encode(file, kind, document, options)),
            Self::StandardOutput => {
                let mut bytes = Cursor::new(Vec::new());
                let notes = encode(&mut bytes, kind, document, options)
                    .map_err(|problem| problem.of(STANDARD_OUTPUT.as_ref()))?;
                bytes.set_position(0);
                self.copy(&mut bytes)?;
                Ok(notes)
            }
        }
    }

    /// Copies a picture as it is.
    ///
    /// # Errors
    /// Where it cannot be written. Then no file has changed.
    pub fn copy(&self, from: &mut impl Read) -> Result<(), FileError> {
        let refuse = |error: io::Error| Problem::io("written", &error);
        match self {
            Self::File(file) => {
                place::write(file, |file| io::copy(from, file).map(drop).map_err(refuse))
            }
            Self::StandardOutput => {
                let mut out = io::stdout().lock();
                io::copy(from, &mut out)
                    .and_then(|_| out.flush())
                    .map_err(|error| refuse(error).of(STANDARD_OUTPUT.as_ref()))
            }
        }
    }
}
