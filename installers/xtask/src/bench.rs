//! `cargo xtask bench`: fetches the peers, builds the bench, and lets it write docs/benchmarks.md.

use crate::fetch::Cache;
use crate::house::House;
use anyhow::{Result, ensure};
use std::fs;
use std::path::PathBuf;

/// What `cargo xtask bench` can be told.
#[derive(clap::Args)]
pub struct Arguments {
    /// How often each pair is measured
    #[arg(long, default_value_t = 15)]
    rounds: usize,
    /// Another file to write than docs/benchmarks.md
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Runs it.
pub fn run(arguments: &Arguments) -> Result<()> {
    let house = House::find()?;
    let cache = Cache::locate()?;
    let fetched = cache.fetch_all()?;
    let status = house
        .cargo(&["build", "--release", "-p", "reweave-bench"])
        .status()?;
    ensure!(status.success(), "cargo build failed ({status})");

    let empty = house.target.join("xtask").join("bench");
    fs::create_dir_all(&empty)?;
    let out = arguments
        .out
        .clone()
        .unwrap_or_else(|| house.root.join("docs/benchmarks.md"));
    let program = house
        .target
        .join("release")
        .join(format!("reweave-bench{}", std::env::consts::EXE_SUFFIX));
    let mut command = std::process::Command::new(program);
    command.arg("report").arg("--out").arg(out);
    command.arg("--models").arg(house.root.join("models/zoo"));
    command.arg("--python").arg(&fetched.python);
    command.arg("--onnxruntime").arg(&fetched.onnxruntime);
    command.arg("--empty").arg(&empty);
    command.arg("--rounds").arg(arguments.rounds.to_string());
    if let Some(migan) = &fetched.migan {
        command.arg("--migan").arg(migan);
    }
    let status = command.status()?;
    ensure!(status.success(), "the bench failed ({status})");
    Ok(())
}
