//! Pictures and masks that the command line names: files, and `-` for standard input.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::Path;

use reweave_formats::{Document, FileError, Kind, Problem, decode};

use super::reading::Reading;
use crate::jobs::is_pipe;

/// What standard input is called in messages.
const STANDARD_INPUT: &str = "standard input";
/// Bytes by which a format is known.
const START: u64 = 16;

/// Reads what the command line names.
#[derive(Debug)]
pub struct Inputs {
    reading: Reading,
    /// What came from standard input, which can be read only once.
    standard_input: Option<Vec<u8>>,
}

impl Inputs {
    pub fn new(reading: Reading) -> Self {
        Self {
            reading,
            standard_input: None,
        }
    }

    /// Reads a picture.
    ///
    /// # Errors
    /// As [`reweave_formats::read`].
    pub fn read(&mut self, name: &Path) -> Result<Document, FileError> {
        let reading = self.reading;
        if !is_pipe(name) {
            return reading.accept(name, reweave_formats::read(name, reading.limits)?);
        }
        let bytes = Cursor::new(self.standard_input()?);
        let document =
            decode(bytes, reading.limits).map_err(|problem| problem.of(STANDARD_INPUT.as_ref()))?;
        reading.accept(STANDARD_INPUT.as_ref(), document)
    }

    /// The bytes of a picture as they are.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn open(&mut self, name: &Path) -> Result<Box<dyn Read + '_>, FileError> {
        if is_pipe(name) {
            return Ok(Box::new(self.standard_input()?));
        }
        let file = File::open(name).map_err(|error| Problem::io("read", &error).of(name))?;
        Ok(Box::new(file))
    }

    fn standard_input(&mut self) -> Result<&[u8], FileError> {
        if self.standard_input.is_none() {
            let refuse = |error| Problem::io("read", &error).of(STANDARD_INPUT.as_ref());
            let most = self.reading.limits.memory;
            let bytes = read_standard_input(most).map_err(refuse)?;
            if bytes.len() as u64 > most {
                return Err(Problem::new(
                    format!("is larger than the {} MiB of memory allowed", most >> 20),
                    "if it is meant to be that large, raise --max-memory",
                )
                .of(STANDARD_INPUT.as_ref()));
            }
            self.standard_input = Some(bytes);
        }
        Ok(self.standard_input.as_deref().unwrap_or_default())
    }
}

/// All of standard input, but no more than a byte over the most there may be; of what is no picture no more than its
/// beginning. It may never end.
fn read_standard_input(most: u64) -> io::Result<Vec<u8>> {
    let mut input = io::stdin().lock();
    let mut bytes = Vec::new();
    Read::by_ref(&mut input)
        .take(START)
        .read_to_end(&mut bytes)?;
    if Kind::of_bytes(&bytes).is_some() {
        let left = most.saturating_sub(START).saturating_add(1);
        input.take(left).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}
