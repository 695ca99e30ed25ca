//! ONNX Runtime for the CPU: the shared library out of its own wheel, and its licences.

use super::wheel::{self, Wheel};
use anyhow::Result;
use std::path::{Path, PathBuf};

const VERSION: &str = "1.31.1";
const LIBRARY: &str = "libonnxruntime.so";
const LICENCE: &str = "LICENSE";
const NOTICES: &str = "ThirdPartyNotices.txt";
const WHEEL: Wheel = Wheel {
    name: "onnxruntime-1.31.1",
    what: "ONNX Runtime 1.31.1 (pip, 24 MB)",
    requirement: "onnxruntime==1.31.1 \
        --hash=sha256:5752bd508126ae7c49894d3b9d2e83f0c3d487319246d04c444b393308d7ad7f\n",
    members: &[
        ("onnxruntime/capi/libonnxruntime.so.1.31.1", LIBRARY),
        ("onnxruntime/LICENSE", LICENCE),
        ("onnxruntime/ThirdPartyNotices.txt", NOTICES),
    ],
};

/// What was taken out of the wheel.
#[derive(Clone)]
pub struct OnnxRuntime {
    /// The shared library.
    pub library: PathBuf,
    /// The text of its licence.
    pub licence: PathBuf,
    /// The licences of what it contains of others.
    pub notices: PathBuf,
    /// Its version.
    pub version: &'static str,
}

/// Gives the files.
pub fn fetch(cache: &Path, python: &Path) -> Result<OnnxRuntime> {
    let folder = wheel::fetch(cache, python, &WHEEL)?;
    Ok(OnnxRuntime {
        library: folder.join(LIBRARY),
        licence: folder.join(LICENCE),
        notices: folder.join(NOTICES),
        version: VERSION,
    })
}
