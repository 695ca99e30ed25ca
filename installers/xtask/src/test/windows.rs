//! The Windows half of the sources, type-checked for x86-64: in a Debian whose Rust has the sources of its library, because
//! that library has to be checked for Windows too.
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

const TARGET: &str = "x86_64-pc-windows-gnu";
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
        Err(error) => return steps.skip(&format!("the Windows half: {error:#}")),
    };
    let Some(root) = steps.check("a Debian that builds for Windows", || {
        unpack(cache.folder(), house)
    }) else {
        return;
    };
    steps.command("Windows: type check", &mut check(&root));
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

fn check(root: &Root) -> Command {
    let packages = PACKED
        .map(|package| format!("--package {package}"))
        .join(" ");
    root.command(&format!(
        "cd /reweave\n\
         export CARGO_HOME=/cargo CARGO_TARGET_DIR=/built SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt\n\
         # Building the library is not a stable part of cargo.\n\
         export RUSTC_BOOTSTRAP=1\n\
         cargo check --locked --release --target {TARGET} -Zbuild-std=std,panic_unwind {packages}"
    ))
}
