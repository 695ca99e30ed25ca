//! `cargo xtask install trainer`: the program `reweave-train`, with all that it needs.

use crate::fetch::Cache;
use crate::house::House;
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::PathBuf;

/// Fetches libtorch and the classifiers of perceptual losses, builds the program so that it finds libtorch by itself, and
/// puts it among the user's programs.
pub fn install() -> Result<()> {
    let libtorch = Cache::locate()?.fetch_for_trainer()?;
    let house = House::find()?;
    let libraries = libtorch.join("lib");
    let mut cargo = house.cargo(&["rustc", "--release", "-p", "reweave-trainer"]);
    let status = cargo
        .args(["--bin", "reweave-train", "--", "-C"])
        .arg(format!("link-arg=-Wl,-rpath,{}", libraries.display()))
        .env("LIBTORCH", &libtorch)
        .status()
        .context("cannot start cargo")?;
    ensure!(status.success(), "the trainer does not build: see above");
    let folder = programs()?;
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let (built, program) = (
        house.target.join("release").join("reweave-train"),
        folder.join("reweave-train"),
    );
    // Under another name first: a program that is running cannot be written over, but replaced.
    let unfinished = program.with_extension("unfinished");
    fs::copy(&built, &unfinished)
        .and_then(|_| fs::rename(&unfinished, &program))
        .with_context(|| format!("cannot write {}", program.display()))?;
    println!("{}", program.display());
    let path = std::env::var_os("PATH").unwrap_or_default();
    if !std::env::split_paths(&path).any(|entry| entry == folder) {
        println!("{} is not on your PATH: add it", folder.display());
    }
    Ok(())
}

/// Where a user's own programs go.
fn programs() -> Result<PathBuf> {
    let home = std::env::home_dir().context("no home folder to install into")?;
    Ok(home.join(".local").join("bin"))
}
