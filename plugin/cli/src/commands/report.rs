//! Writing to the terminal or to a pipe that may be closed at any time.

use std::io::{self, Write};
use std::process::ExitCode;

/// Prints text that is the whole answer of a command. A reader that has seen enough (`| head`) is no failure.
pub fn print_bytes(text: &[u8]) -> ExitCode {
    let mut out = io::stdout().lock();
    match out.write_all(text).and_then(|()| out.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => super::fail(format!("the answer cannot be printed: {error}")),
    }
}

/// Prints one line at once. Whether anybody reads it changes nothing in the work.
pub fn print_line(line: &str) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
