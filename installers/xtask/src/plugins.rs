//! `cargo xtask install`: the plug-ins built from this source tree, and then the command's own `reweave install`, which knows
//! where programs look.

use crate::house::House;
use anyhow::{Context, Result, ensure};
use std::process::Command;

/// A program, or a kind of programs, that Reweave plugs into.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Program {
    /// Every GIMP of this user
    Gimp,
    /// Natron, Nuke, Resolve, Fusion, Kdenlive, Shotcut and other OpenFX hosts
    Openfx,
}

impl Program {
    fn name(self) -> &'static str {
        match self {
            Self::Gimp => "gimp",
            Self::Openfx => "openfx",
        }
    }

    fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Gimp => &[
                "-p",
                "reweave-cli",
                "-p",
                "reweave-plugin",
                "-p",
                "reweave-gimp",
            ],
            Self::Openfx => &["-p", "reweave-cli", "-p", "reweave-plugin"],
        }
    }
}

/// Builds a plug-in and puts it where its programs look.
pub fn install(program: Program) -> Result<()> {
    let house = House::find()?;
    let mut cargo = house.cargo(&["build", "--release"]);
    let status = cargo
        .args(program.packages())
        .status()
        .context("cannot start cargo")?;
    ensure!(status.success(), "the plug-in does not build: see above");
    let command = house
        .target
        .join("release")
        .join(format!("reweave{}", std::env::consts::EXE_SUFFIX));
    let status = Command::new(&command)
        .args(["install", program.name()])
        .status()
        .with_context(|| format!("cannot start {}", command.display()))?;
    ensure!(status.success(), "not installed: see above");
    Ok(())
}
