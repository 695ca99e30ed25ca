//! The checks that are no tests: how the sources look, what the compiler and clippy say, what stands in the tree.

mod links;
mod tree;

use crate::house::House;
use crate::test::{Selection, Steps};

/// Runs them all; one that fails does not keep the next from running.
pub fn run(steps: &mut Steps, house: &House, selection: &Selection) {
    steps.check("no machine's paths in the tree", || tree::check(house));
    steps.check("links in the documents", || links::check(house));
    steps.command(
        "rustfmt",
        &mut house.cargo(&["fmt", "--all", "--", "--check"]),
    );
    steps.command(
        "clippy",
        selection
            .cargo("clippy")
            .args(["--all-targets", "--", "-D", "warnings"]),
    );
    steps.command(
        "rustdoc",
        selection
            .cargo("doc")
            .arg("--no-deps")
            .env("RUSTDOCFLAGS", "-D warnings"),
    );
}
