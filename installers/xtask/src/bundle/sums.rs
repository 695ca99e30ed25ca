//! SHA256SUMS, in the form that `sha256sum --check` reads.

use crate::fetch::place::sha256;
use anyhow::Result;
use std::fs;
use std::path::{Path, PathBuf};

/// Writes the sums of these files beside them.
pub fn write(files: &[PathBuf], out: &Path) -> Result<PathBuf> {
    let mut text = String::new();
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        text += &format!("{}  {name}\n", sha256(file)?);
    }
    let sums = out.join("SHA256SUMS");
    fs::write(&sums, text)?;
    Ok(sums)
}
