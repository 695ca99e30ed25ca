//! Running the test programs, each as cargo would: in its package's folder, with the variables that cargo sets.

use super::build::{Artifacts, Program, Selection};
use super::steps::Steps;
use super::tally::Report;
use crate::fetch::Fetched;
use crate::house::House;
use std::process::Command;

/// Runs one test program as one step.
pub fn run(
    steps: &mut Steps,
    house: &House,
    artifacts: &Artifacts,
    program: &Program,
    fetched: Option<&Fetched>,
) {
    let name = format!("{} {} {}", program.package, program.kind, program.target);
    let mut command = Command::new(&program.file);
    // What a passing test printed is wanted too: that is where it says that it was skipped.
    command.arg("--show-output");
    if fetched.is_some() {
        // Tests that take long are marked as ignored, for those who run cargo by hand.
        command.arg("--include-ignored");
    }
    super::environment(&mut command, fetched);
    if let Some(package) = house.package(&program.package) {
        command
            .current_dir(&package.folder)
            .env("CARGO_MANIFEST_DIR", &package.folder)
            .env("CARGO_PKG_NAME", &package.name)
            .env("CARGO_PKG_VERSION", &package.version);
    }
    for (name, file) in &artifacts.binaries {
        command.env(format!("CARGO_BIN_EXE_{name}"), file);
    }
    steps.tests(&name, &mut command, Report::Once);
}

/// Runs the examples in the documentation.
pub fn run_examples_in_docs(steps: &mut Steps, selection: &Selection) {
    steps.tests(
        "examples in the documentation",
        selection.cargo("test").arg("--doc"),
        Report::Several,
    );
}
