//! ONNX Runtime for the CPU: the shared library out of its own wheel, and its licences.

use super::wheel::{self, LINUX, MACOS, WINDOWS, Wheel};
use anyhow::Result;
use std::path::{Path, PathBuf};

const VERSION: &str = "1.31.1";
const LIBRARY: &str = "libonnxruntime.so";
const LIBRARY_FOR_WINDOWS: &str = "onnxruntime.dll";
const LIBRARY_FOR_MACOS: &str = "libonnxruntime.dylib";
const LICENCE: &str = "LICENSE";
const NOTICES: &str = "ThirdPartyNotices.txt";
const WHEEL: Wheel = Wheel {
    name: "onnxruntime-1.31.1",
    what: "ONNX Runtime 1.31.1 (pip, 24 MB)",
    requirement: "onnxruntime==1.31.1 \
        --hash=sha256:5752bd508126ae7c49894d3b9d2e83f0c3d487319246d04c444b393308d7ad7f\n",
    platforms: LINUX,
    members: &[
        ("onnxruntime/capi/libonnxruntime.so.1.31.1", LIBRARY),
        ("onnxruntime/LICENSE", LICENCE),
        ("onnxruntime/ThirdPartyNotices.txt", NOTICES),
    ],
};

/// The same version, so that all systems fill alike.
const WHEEL_FOR_WINDOWS: Wheel = Wheel {
    name: "onnxruntime-1.31.1-windows",
    what: "ONNX Runtime 1.31.1 for Windows (pip, 15 MB)",
    requirement: "onnxruntime==1.31.1 \
        --hash=sha256:c3d91b5de31e2fc82d71bd65b2b22bddee8b49057a3a36338e9a868e0ea90c05\n",
    platforms: WINDOWS,
    members: &[
        ("onnxruntime/capi/onnxruntime.dll", LIBRARY_FOR_WINDOWS),
        ("onnxruntime/LICENSE", LICENCE),
        ("onnxruntime/ThirdPartyNotices.txt", NOTICES),
    ],
};

/// And for macOS 14 and later.
const WHEEL_FOR_MACOS: Wheel = Wheel {
    name: "onnxruntime-1.31.1-macos",
    what: "ONNX Runtime 1.31.1 for macOS (pip, 12 MB)",
    requirement: "onnxruntime==1.31.1 \
        --hash=sha256:60b6b69bfe580eab576cacc5d132a0e9cf2a37fcfd18d46dd191042b1d1ed0d7\n",
    platforms: MACOS,
    members: &[
        (
            "onnxruntime/capi/libonnxruntime.1.31.1.dylib",
            LIBRARY_FOR_MACOS,
        ),
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
    unpacked(cache, python, &WHEEL, LIBRARY)
}

/// Gives the files for Windows.
pub fn fetch_for_windows(cache: &Path, python: &Path) -> Result<OnnxRuntime> {
    unpacked(cache, python, &WHEEL_FOR_WINDOWS, LIBRARY_FOR_WINDOWS)
}

/// Gives the files for macOS.
pub fn fetch_for_macos(cache: &Path, python: &Path) -> Result<OnnxRuntime> {
    unpacked(cache, python, &WHEEL_FOR_MACOS, LIBRARY_FOR_MACOS)
}

fn unpacked(cache: &Path, python: &Path, wheel: &Wheel, library: &str) -> Result<OnnxRuntime> {
    let folder = wheel::fetch(cache, python, wheel)?;
    Ok(OnnxRuntime {
        library: folder.join(library),
        licence: folder.join(LICENCE),
        notices: folder.join(NOTICES),
        version: VERSION,
    })
}
