//! `cargo xtask test`: everything that CI runs, as named steps with their times, and one line of sums at the end.
//!
//! All crates are built once, in one profile, by one selection of packages: cargo settles the features of shared
//! dependencies per selection, and building crate by crate would build many of them again and again.
//! The test programs that come out of that build are then run one by one.

mod build;
mod installers;
mod macos;
mod page;
mod pictures;
mod programs;
mod readme;
mod steps;
mod suite;
mod systems;
mod tally;
pub mod torture;
mod webgpu;
mod windows;

pub use build::{Artifacts, Selection};
pub use steps::Steps;

use crate::bundle::{Parts, Platform};
use crate::checks;
use crate::cross::{MACOS, System, WINDOWS};
use crate::fetch::{Cache, Fetched, system};
use crate::house::House;
use anyhow::Result;
use build::Program;
use suite::Suite;

/// What `cargo xtask test` can be told.
#[derive(clap::Args)]
pub struct Arguments {
    /// The suites to run; without any, all checks and all suites, as CI does
    #[arg(value_enum)]
    suites: Vec<Suite>,
    /// Leave out a suite, such as a slow one in a real host
    #[arg(long, value_enum, value_name = "SUITE")]
    skip: Vec<Suite>,
    /// Do not run rustfmt, clippy, rustdoc and the checks of the tree
    #[arg(long)]
    no_checks: bool,
}

impl Arguments {
    /// Nothing was named: everything is wanted, as CI does.
    fn everything(&self) -> bool {
        self.suites.is_empty()
    }

    /// Whether all suites that were named do without what is fetched for the others.
    fn is_self_contained(&self) -> bool {
        !self.everything() && self.suites.iter().all(|suite| suite.is_self_contained())
    }

    /// The systems whose halves of the sources are checked; what is built is checked thereby.
    fn systems_to_check(&self) -> Vec<&'static System> {
        [(Suite::Windows, &WINDOWS), (Suite::Macos, &MACOS)]
            .into_iter()
            .filter(|(suite, _)| !self.wants(*suite))
            .map(|(_, system)| system)
            .collect()
    }

    /// Whether the suite as a whole is wanted.
    fn wants(&self, suite: Suite) -> bool {
        (self.everything() || self.suites.contains(&suite)) && !self.skip.contains(&suite)
    }

    /// Whether a test program is wanted.
    fn wants_program(&self, program: &Program) -> bool {
        let within = |suites: &[Suite]| suites.iter().any(|suite| suite.owns(program));
        (self.everything() || within(&self.suites)) && !within(&self.skip)
    }
}

/// Runs it; `false` if a step failed.
pub fn run(arguments: &Arguments) -> Result<bool> {
    let house = House::find()?;
    let mut steps = Steps::new(&house);

    let fetched = match arguments.is_self_contained() {
        true => None,
        false => match steps.check("what the tests need", || fetch(arguments)) {
            Some(fetched) => Some(fetched),
            None => return Ok(steps.finish()),
        },
    };
    for missing in fetched.iter().flat_map(|fetched| &fetched.missing) {
        steps.skip(missing);
    }

    if arguments.wants(Suite::Systems) {
        systems::run(&mut steps, &house, &arguments.systems_to_check());
    }
    if fetched.is_none() && !arguments.wants(Suite::Unit) {
        try_packed(&mut steps, arguments, &house);
        return Ok(steps.finish());
    }
    let selection = Selection::new(&house, fetched.as_ref());
    if arguments.wants(Suite::Unit) && !arguments.no_checks {
        let deny = fetched.as_ref().and_then(|fetched| fetched.deny.as_deref());
        checks::run(&mut steps, &house, &selection, deny);
    }
    if let Some(artifacts) = steps.check("build", || selection.build()) {
        for program in &artifacts.programs {
            if arguments.wants_program(program) {
                programs::run(&mut steps, &house, &artifacts, program, fetched.as_ref());
            }
        }
        if arguments.wants(Suite::Unit) {
            programs::run_examples_in_docs(&mut steps, &selection);
            readme::run(&mut steps, &house, &artifacts);
        }
        if arguments.wants(Suite::Torture) {
            torture::step(
                &mut steps,
                &house,
                &artifacts,
                fetched.as_ref(),
                torture::SHORT,
                1,
            );
        }
        try_packed(&mut steps, arguments, &house);
    }
    Ok(steps.finish())
}

/// What is packed, if a suite is wanted that tries it, in Debians made for that.
fn try_packed(steps: &mut Steps, arguments: &Arguments, house: &House) {
    if arguments.wants(Suite::Macos) {
        macos::run(steps, house);
    }
    let wanted = [Suite::Webgpu, Suite::Windows, Suite::Installers];
    if !wanted.into_iter().any(|suite| arguments.wants(suite)) {
        return;
    }
    let Some(parts) = steps.check("what is packed", || Parts::build(house, Platform::Linux)) else {
        return;
    };
    if arguments.wants(Suite::Webgpu) {
        webgpu::run(steps, house, &parts);
    }
    if arguments.wants(Suite::Windows) {
        windows::run(steps, house, &parts);
    }
    if arguments.wants(Suite::Installers) {
        installers::run(steps, house, parts);
    }
}

/// Everything that the wanted suites need and that is no Rust.
fn fetch(arguments: &Arguments) -> Result<Fetched> {
    let mut fetched = Cache::locate()?.fetch_all()?;
    fetched.add_hosts(arguments.wants(Suite::Gimp), arguments.wants(Suite::Openfx));
    if arguments.wants(Suite::Capi)
        && let Err(error) = system::need("valgrind", "valgrind")
    {
        fetched
            .missing
            .push(format!("valgrind over the C ABI: {error:#}"));
    }
    Ok(fetched)
}

/// Gives `command` what the tests need, or, where nothing was fetched, takes away what might be set by chance.
fn environment(command: &mut std::process::Command, fetched: Option<&Fetched>) {
    match fetched {
        Some(fetched) => fetched.apply(command),
        None => {
            for name in [
                "REWEAVE_ONNXRUNTIME",
                "REWEAVE_TEST_CACHE",
                "REWEAVE_TEST_PYTHON",
            ] {
                command.env_remove(name);
            }
        }
    }
    // The models and runtimes that this user installed are none of the tests' business.
    command.env_remove("REWEAVE_MODELS");
}
