//! Programs with little memory.

use std::path::Path;
use std::process::Command;

/// The program, its address space limited to so many MiB where the system has `ulimit`.
pub fn command(program: &Path, mebibytes: u64) -> Command {
    if !cfg!(unix) {
        return Command::new(program);
    }
    let mut shell = Command::new("sh");
    let limited = format!("ulimit -v {}; exec \"$0\" \"$@\"", mebibytes << 10);
    shell.args(["-c", &limited]).arg(program);
    shell
}
