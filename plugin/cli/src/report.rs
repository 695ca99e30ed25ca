//! Writing to the terminal or to a pipe that may be closed, or full, at any time.

use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

/// Prints text that is the whole answer of a command. A reader that has seen enough (`| head`) is no failure.
pub fn print_bytes(text: &[u8]) -> ExitCode {
    let mut out = io::stdout().lock();
    match out.write_all(text).and_then(|()| out.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => fail(format!("the answer cannot be printed: {error}")),
    }
}

/// Prints one line at once. Whether anybody reads it changes nothing in the work.
pub fn print_line(line: impl Display) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// Prints one line on standard error. Whether anybody reads it changes nothing in the work: `eprintln!` would panic.
pub fn complain(line: impl Display) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Ends a command that could not do its work.
pub fn fail(error: impl Display) -> ExitCode {
    complain(format_args!("error: {error}"));
    ExitCode::FAILURE
}

/// Ends a command whose command line does not add up, as clap does.
pub fn misused(error: impl Display) -> ExitCode {
    complain(format_args!("error: {error}"));
    ExitCode::from(2)
}
