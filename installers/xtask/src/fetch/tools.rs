//! Programs that check the tree, built by cargo from the registry, with the versions that their own lock file names.

use super::place::place;
use crate::command::run_quietly;
use crate::house::House;
use anyhow::Result;
use std::path::{Path, PathBuf};

/// A subcommand of cargo.
pub struct Tool {
    /// The package, and the name of the program that it installs.
    pub package: &'static str,
    /// Exactly this version.
    pub version: &'static str,
}

/// Finds dependencies that no code uses. Those of tests it does not look at.
pub const MACHETE: Tool = Tool {
    package: "cargo-machete",
    version: "0.9.2",
};

/// Gives the path of the program.
pub fn fetch(cache: &Path, house: &House, tool: &Tool) -> Result<PathBuf> {
    let Tool { package, version } = tool;
    let program = format!("bin/{package}{}", std::env::consts::EXE_SUFFIX);
    let folder = place(
        cache,
        &format!("{package}-{version}"),
        &program,
        &format!("{package} {version} (cargo install, minutes)"),
        |part| {
            run_quietly(
                house
                    .cargo(&["install", package, "--version", version, "--locked"])
                    .arg("--root")
                    .arg(part),
            )?;
            Ok(())
        },
    )?;
    Ok(folder.join(program))
}
