//! `cargo xtask bench`: fetches the peers, builds the bench, and lets it write docs/benchmarks.md.

use crate::fetch::{Cache, Fetched};
use crate::house::House;
use crate::test::{Artifacts, Selection};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What `cargo xtask bench` can be told.
#[derive(clap::Args)]
pub struct Arguments {
    /// How often each pair is measured
    #[arg(long, default_value_t = 15)]
    rounds: usize,
    /// Score fills too, of the pictures in this folder: NN.webp with masks NN_narrow.png and NN_wide.png
    #[arg(long, value_name = "FOLDER")]
    pictures: Option<PathBuf>,
    /// Another file to write than docs/benchmarks.md
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Runs it.
pub fn run(arguments: &Arguments) -> Result<()> {
    let bench = Bench::build()?;
    let empty = bench.house.target.join("xtask").join("bench");
    fs::create_dir_all(&empty)?;
    let out = arguments
        .out
        .clone()
        .unwrap_or_else(|| bench.house.root.join("docs/benchmarks.md"));
    let mut command = bench.command("report")?;
    command.arg("--out").arg(&out);
    command.arg("--empty").arg(&empty);
    command.arg("--rounds").arg(arguments.rounds.to_string());
    command
        .arg("--lpips")
        .arg(bench.fetched.cache.join("lpips"));
    if let Some(pictures) = &arguments.pictures {
        command.arg("--pictures").arg(pictures);
    }
    let status = command.status()?;
    ensure!(status.success(), "the bench failed ({status})");
    in_gimp(&bench.house, &bench.fetched, &out)
}

/// The program `reweave-bench`, built, with all that it compares.
pub struct Bench {
    /// The repository.
    pub house: House,
    fetched: Fetched,
    artifacts: Artifacts,
}

impl Bench {
    /// Fetches the peers and builds the program.
    pub fn build() -> Result<Self> {
        let house = House::find()?;
        let fetched = Cache::locate()?.fetch_all()?;
        // The build of the tests, so that it is made once.
        let artifacts = Selection::new(&house, Some(&fetched)).build()?;
        Ok(Self {
            house,
            fetched,
            artifacts,
        })
    }

    /// A part of the program, told where the tools are.
    pub fn command(&self, part: &str) -> Result<Command> {
        let program = |name: &str| {
            let file = self.artifacts.binaries.get(name);
            file.with_context(|| format!("no program {name} was built"))
        };
        let mut command = Command::new(program("reweave-bench")?);
        command.arg(part);
        // Python's ONNX Runtime reports to its makers otherwise.
        command.env("ORT_DISABLE_TELEMETRY", "1");
        command
            .arg("--models")
            .arg(self.house.root.join("models/zoo"));
        command.arg("--python").arg(&self.fetched.python);
        command.arg("--onnxruntime").arg(&self.fetched.onnxruntime);
        command.arg("--reweave").arg(program("reweave")?);
        if let Some(migan) = &self.fetched.migan {
            command.arg("--migan").arg(migan);
        }
        Ok(command)
    }
}

/// Adds the times in real GIMPs to the page.
fn in_gimp(house: &House, fetched: &Fetched, page: &Path) -> Result<()> {
    let mut command = house.cargo(&["bench", "--package", "reweave-gimp", "--bench", "in_gimp"]);
    fetched.apply(&mut command);
    let section = crate::command::run_quietly(&mut command)?;
    let mut text = fs::read_to_string(page)?;
    text += "\n";
    text += &section;
    Ok(fs::write(page, text)?)
}
