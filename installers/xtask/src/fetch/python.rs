//! The Python of the tests: an independent judge (onnx.checker, ONNX Runtime's own binding) and the peers of the bench.

use super::{place::place, system};
use crate::command::run_quietly;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Every package with its version and the hashes of its wheels.
const REQUIREMENTS: &str = include_str!("../../python/requirements.txt");

/// Gives the virtual environment's interpreter.
pub fn fetch(cache: &Path) -> Result<PathBuf> {
    let interpreter = |folder: &Path| {
        if cfg!(windows) {
            folder.join("Scripts").join("python.exe")
        } else {
            folder.join("bin").join("python")
        }
    };
    let there = cache.join("venv");
    let list = there.join("requirements.txt");
    let same = fs::read_to_string(&list).is_ok_and(|text| text == REQUIREMENTS);
    // An environment dies with the interpreter that it was made from.
    let alive = || crate::command::exists(&interpreter(&there).to_string_lossy(), "--version");
    if !(same && alive()) && list.exists() {
        fs::remove_file(&list)?;
    }
    let venv = place(
        cache,
        "venv",
        "requirements.txt",
        "Python packages for the tests (pip, 180 MB)",
        |part| {
            let system = system_python()?;
            run_quietly(Command::new(&system).args(["-m", "venv"]).arg(part))?;
            let wanted = part.join("requirements.txt.part");
            fs::write(&wanted, REQUIREMENTS)?;
            run_quietly(
                Command::new(interpreter(part))
                    .args([
                        "-m",
                        "pip",
                        "install",
                        "--quiet",
                        "--no-cache-dir",
                        "--no-deps",
                    ])
                    .args(["--only-binary=:all:", "--require-hashes", "-r"])
                    .arg(&wanted),
            )
            .context("the packages exist for Python 3.11 to 3.14")?;
            Ok(fs::rename(wanted, part.join("requirements.txt"))?)
        },
    )?;
    Ok(interpreter(&venv))
}

/// A Python that can make virtual environments.
fn system_python() -> Result<String> {
    let able = |program: &str| {
        Command::new(program)
            .args(["-c", "import venv, ensurepip"])
            .output()
            .is_ok_and(|answer| answer.status.success())
    };
    for program in ["python3", "python"] {
        if able(program) {
            return Ok(program.into());
        }
    }
    system::install(&["python3", "python3-venv"])
        .context("the tests need Python 3.11 or later with venv")?;
    Ok("python3".into())
}
