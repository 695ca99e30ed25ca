//! `cargo xtask test`: everything that CI runs, as named steps with their times, and one line of sums at the end.
//!
//! All crates are built once, in one profile, by one selection of packages: cargo settles the features of shared
//! dependencies per selection, and building crate by crate would build many of them again and again.
//! The test programs that come out of that build are then run one by one.

mod build;
mod programs;
mod readme;
mod steps;
mod suite;
mod tally;

pub use build::Selection;
pub use steps::Steps;

use crate::checks;
use crate::fetch::{Cache, Fetched, system};
use crate::house::House;
use anyhow::Result;
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

/// Runs it; `false` if a step failed.
pub fn run(arguments: &Arguments) -> Result<bool> {
    let house = House::find()?;
    let everything = arguments.suites.is_empty();
    let only_rust = !everything && arguments.suites.iter().all(|suite| *suite == Suite::Unit);
    let mut steps = Steps::new(&house);

    let fetched = match only_rust {
        true => None,
        false => match steps.check("what the tests need", || Cache::locate()?.fetch_all()) {
            Some(fetched) => Some(fetched),
            None => return Ok(steps.finish()),
        },
    };
    for missing in fetched.iter().flat_map(|fetched| &fetched.missing) {
        steps.skip(missing);
    }

    let selection = Selection::new(&house, fetched.as_ref());
    let all_checks = everything || arguments.suites.contains(&Suite::Unit);
    if all_checks && !arguments.no_checks {
        checks::run(&mut steps, &house, &selection);
    }

    let wanted = |package: &str, target: &str| {
        let within = |suites: &[Suite]| suites.iter().any(|suite| suite.owns(package, target));
        (everything || within(&arguments.suites)) && !within(&arguments.skip)
    };
    if let Some(artifacts) = steps.check("build", || selection.build()) {
        if wanted("reweave-plugin", "")
            && fetched.is_some()
            && let Err(error) = system::valgrind()
        {
            steps.skip(&format!("valgrind over the C ABI: {error:#}"));
        }
        for program in &artifacts.programs {
            if wanted(&program.package, &program.target) {
                programs::run(&mut steps, &house, &artifacts, program, fetched.as_ref());
            }
        }
        if all_checks {
            programs::run_examples_in_docs(&mut steps, &selection);
            readme::run(&mut steps, &house, &artifacts);
        }
    }
    Ok(steps.finish())
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
