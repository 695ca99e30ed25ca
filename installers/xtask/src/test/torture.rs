//! `cargo xtask torture`: everything that tries to bring the engine and the command down. Most of it are tests; what takes
//! any time that it is given is a program, `reweave-torture`, of which every run of the tests has a few minutes.

use super::build::{Artifacts, Selection};
use super::programs;
use super::steps::Steps;
use crate::command::run_logged;
use crate::fetch::{Cache, Fetched};
use crate::house::House;
use anyhow::{Context, Result, ensure};
use std::process::Command;
use std::time::Duration;

/// How long mutated files are tried as a part of the tests.
pub const SHORT: Duration = Duration::from_secs(60);

/// More than kills and crafted files take on a machine that is busy with other things.
const REST: Duration = Duration::from_secs(20 * 60);

/// The tests of what is hostile: package and file.
const TESTS: [(&str, &str); 6] = [
    ("reweave-formats", "hostile"),
    ("reweave-cli", "bad_input"),
    ("reweave-cli", "hostile_models"),
    ("reweave-plugin", "openfx_matrix"),
    ("reweave-plugin", "openfx_quirks"),
    ("reweave-plugin", "openfx_unload"),
];

/// What `cargo xtask torture` can be told.
#[derive(clap::Args)]
pub struct Arguments {
    /// How long to try mutated files
    #[arg(long, default_value_t = 60)]
    minutes: u64,
    /// Which mutations are made: the same number, the same files
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Runs it; `false` if something broke.
pub fn run(arguments: &Arguments) -> Result<bool> {
    let house = House::find()?;
    let mut steps = Steps::new(&house);
    let fetched = Cache::locate()?.fetch_all()?;
    // The build of the tests, so that it is made once.
    let artifacts = Selection::new(&house, Some(&fetched)).build()?;
    let is_hostile = |package: &str, target: &str| TESTS.contains(&(package, target));
    for program in &artifacts.programs {
        if is_hostile(&program.package, &program.target) {
            programs::run(&mut steps, &house, &artifacts, program, Some(&fetched));
        }
    }
    let time = Duration::from_secs(60 * arguments.minutes);
    step(
        &mut steps,
        &house,
        &artifacts,
        Some(&fetched),
        time,
        arguments.seed,
    );
    Ok(steps.finish())
}

/// The program, as one step; its table is printed.
pub fn step(
    steps: &mut Steps,
    house: &House,
    artifacts: &Artifacts,
    fetched: Option<&Fetched>,
    time: Duration,
    seed: u64,
) {
    steps.check("torture", || {
        let binary = |name: &str| {
            let binary = artifacts.binaries.get(name);
            binary.with_context(|| format!("no program {name} was built"))
        };
        let mut command = Command::new(binary("reweave-torture")?);
        command
            .args(["--seed", &seed.to_string(), "all", "--reweave"])
            .arg(binary("reweave")?)
            .arg("--crafted")
            .arg(house.root.join("fuzz/seeds/picture"))
            .args(["--seconds", &time.as_secs().to_string()]);
        super::environment(&mut command, fetched);
        let outcome = run_logged(&mut command, &house.log("torture"), time + REST)?;
        println!("{}", outcome.output);
        ensure!(outcome.success, "reweave-torture: {}", outcome.reason);
        Ok(())
    });
}
