//! Small files that ask for much: none may end the command, or take more than it was given.

use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::limited;
use crate::seeds;

/// Address space for the command in MiB: its libraries and threads, twice over, and `--max-memory`.
const ADDRESS_SPACE: u64 = 2048;

/// Has every file of a folder filled, and says how many there were.
pub fn in_little_memory(reweave: &Path, folder: &Path) -> Result<usize> {
    let desk = tempfile::tempdir()?;
    let mask = desk.path().join("mask.png");
    std::fs::write(&mask, seeds::mask_file()?)?;
    let mut files: Vec<_> = folder
        .read_dir()
        .with_context(|| format!("{} cannot be read", folder.display()))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    files.sort();
    ensure!(!files.is_empty(), "{} is empty", folder.display());
    for file in &files {
        let output = limited::command(reweave, ADDRESS_SPACE)
            .arg("fill")
            .arg(file)
            .arg("--mask")
            .arg(&mask)
            .arg("-o")
            .arg(desk.path().join("filled.png"))
            .args(["--overwrite", "--max-memory", "256MiB"])
            .output()?;
        let said = String::from_utf8_lossy(&output.stderr);
        ensure!(
            matches!(output.status.code(), Some(0..=2)) && !said.contains("panicked"),
            "{}: {}\n{said}",
            file.display(),
            output.status
        );
    }
    Ok(files.len())
}
