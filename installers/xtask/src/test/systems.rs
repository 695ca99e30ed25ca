//! The halves of the sources that are for other systems, type-checked: in a Debian whose Rust has the sources of its library,
//! because that library has to be checked for those systems too.
//!
//! What was checked of dependencies is kept in the cache folder.

use super::root::Root;
use super::steps::Steps;
use crate::bundle::PACKED;
use crate::fetch::{Cache, roots};
use crate::house::House;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What is checked, and what cargo has to be told for it.
const SYSTEMS: [System; 2] = [
    System {
        check: "Windows: type check",
        target: "x86_64-pc-windows-gnu",
        environment: "",
    },
    System {
        check: "macOS: type check",
        target: "aarch64-apple-darwin",
        // There is no compiler of C for it here. Nothing is linked, so none is missed.
        environment: "CC_aarch64_apple_darwin=true AR_aarch64_apple_darwin=true SDKROOT=/",
    },
];

struct System {
    check: &'static str,
    target: &'static str,
    environment: &'static str,
}

/// The network as this machine reaches it.
const NETWORK: [&str; 3] = [
    "etc/resolv.conf",
    "etc/hosts",
    "etc/ssl/certs/ca-certificates.crt",
];

/// Checks all that is packed; skipped where no such Debian can be made.
pub fn run(steps: &mut Steps, house: &House) {
    let cache = match Cache::locate().and_then(|cache| {
        roots::fetch(cache.folder(), &roots::WINDOWS)?;
        Ok(cache)
    }) {
        Ok(cache) => cache,
        Err(error) => return steps.skip(&format!("the halves for other systems: {error:#}")),
    };
    let Some(root) = steps.check("a Debian that builds for Windows", || {
        unpack(cache.folder(), house)
    }) else {
        return;
    };
    for system in &SYSTEMS {
        steps.command(system.check, &mut check(&root, system));
    }
}

fn unpack(cache: &Path, house: &House) -> Result<Root> {
    let mut root = Root::unpack(cache, &roots::WINDOWS, &house.target.join("xtask"))?;
    for file in NETWORK {
        let here = Path::new("/").join(file);
        if here.is_file() {
            fs::copy(&here, root.path(file)).with_context(|| file.to_owned())?;
        }
    }
    let built = cache.join("windows-check");
    fs::create_dir_all(&built)?;
    root.show(&house.root, "/reweave");
    root.show(&built, "/built");
    root.show(&cargo_home()?, "/cargo");
    Ok(root)
}

/// Where cargo keeps what it has downloaded.
fn cargo_home() -> Result<PathBuf> {
    let set = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = || Some(std::env::home_dir()?.join(".cargo"));
    set.or_else(home).context("no home folder: set CARGO_HOME")
}

fn check(root: &Root, system: &System) -> Command {
    let (target, environment) = (system.target, system.environment);
    let packages = PACKED
        .map(|package| format!("--package {package}"))
        .join(" ");
    root.command(&format!(
        "cd /reweave\n\
         export CARGO_HOME=/cargo CARGO_TARGET_DIR=/built SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt\n\
         # Building the library is not a stable part of cargo.\n\
         export RUSTC_BOOTSTRAP=1 {environment}\n\
         cargo check --locked --release --target {target} -Zbuild-std=std,panic_unwind {packages}"
    ))
}
