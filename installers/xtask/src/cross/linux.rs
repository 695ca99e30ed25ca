//! Programs that run on an older Linux than the builder's: linked by zig, which knows what each version of glibc offered.

use crate::command::run_quietly;
use crate::fetch::{Cache, zig};
use crate::house::House;
use anyhow::{Context, Result};
use std::path::PathBuf;

/// What rustc calls it.
pub const TARGET: &str = "x86_64-unknown-linux-gnu";
/// The oldest glibc to run with: that of Debian 10 and of Red Hat's 8. ONNX Runtime needs no less.
pub const GLIBC: &str = "2.28";

/// Builds packages for it, and gives the folder with their programs and libraries.
pub fn build(house: &House, packages: &[&str]) -> Result<PathBuf> {
    let zig = Cache::locate()?.zig()?;
    // Cargo looks for its subcommands on the path.
    let path = std::env::var_os("PATH").unwrap_or_default();
    let programs = [zig.join(zig::PROGRAMS)];
    let path = std::env::join_paths(programs.into_iter().chain(std::env::split_paths(&path)))?;
    let target = format!("--target={TARGET}.{GLIBC}");
    let mut cargo = house.cargo(&["zigbuild", "--release", "--locked", &target]);
    cargo
        .env("PATH", path)
        .env("CARGO_ZIGBUILD_ZIG_PATH", zig.join(zig::ZIG));
    for package in packages {
        cargo.args(["--package", package]);
    }
    run_quietly(&mut cargo)
        .with_context(|| format!("Reweave does not build against glibc {GLIBC}"))?;
    Ok(house.target.join(TARGET).join("release"))
}
