//! ONNX Runtime for the CPU: the shared library out of its own wheel.

use super::{download_wheels, linux_only, place::place, unzip};
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

const WHEEL: &str = "onnxruntime==1.31.1 \
    --hash=sha256:5752bd508126ae7c49894d3b9d2e83f0c3d487319246d04c444b393308d7ad7f\n";
const LIBRARY: &str = "libonnxruntime.so";

/// Gives the path of the library.
pub fn fetch(cache: &Path, python: &Path) -> Result<PathBuf> {
    let folder = place(
        cache,
        "onnxruntime-1.31.1",
        LIBRARY,
        "ONNX Runtime 1.31.1 (pip, 24 MB)",
        |part| {
            linux_only("ONNX Runtime")?;
            let work = part.join("wheel");
            std::fs::create_dir(&work)?;
            let wheels = download_wheels(python, WHEEL, &work)?;
            let wheel = wheels.first().context("pip downloaded no wheel")?;
            let member = format!("onnxruntime/capi/{LIBRARY}.1.31.1");
            unzip(python, wheel, &member, &work)?;
            std::fs::rename(work.join(format!("{LIBRARY}.1.31.1")), part.join(LIBRARY))?;
            Ok(std::fs::remove_dir_all(work)?)
        },
    )?;
    Ok(folder.join(LIBRARY))
}
