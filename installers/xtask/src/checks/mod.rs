//! The checks that are no tests: how the sources look, what the compiler and clippy say, what stands in the tree.

mod dependencies;
mod links;
mod tree;

use crate::house::House;
use crate::test::{Selection, Steps};
use std::path::Path;

/// Runs them all; one that fails does not keep the next from running.
pub fn run(steps: &mut Steps, house: &House, selection: &Selection, deny: Option<&Path>) {
    steps.check("no machine's paths in the tree", || tree::check(house));
    steps.check("links in the documents", || links::check(house));
    steps.command(
        "Cargo.lock is up to date",
        &mut house.cargo(&["metadata", "--locked", "--format-version", "1"]),
    );
    steps.check("no unused dependencies", || dependencies::used(house));
    if let Some(deny) = deny {
        steps.command(
            "licences and sources of dependencies",
            &mut dependencies::allowed(house, deny),
        );
    }
    steps.command(
        "rustfmt",
        &mut house.cargo(&["fmt", "--all", "--", "--check"]),
    );
    steps.command(
        "clippy",
        selection
            .cargo("clippy")
            .args(["--all-targets", "--keep-going", "--", "-D", "warnings"]),
    );
    // A workspace of its own, which nothing else compiles: it would not be seen that what it includes has changed.
    let fuzz = ["check", "--locked", "--manifest-path", "fuzz/Cargo.toml"];
    steps.command("fuzz targets: type check", &mut house.cargo(&fuzz));
    steps.command(
        "rustdoc",
        selection
            .cargo("doc")
            .arg("--no-deps")
            .env("RUSTDOCFLAGS", "-D warnings"),
    );
}

#[cfg(test)]
mod tests {
    /// The list of dependencies and their reasons is kept by hand: this keeps it whole.
    #[test]
    fn every_dependency_has_its_reason_in_the_architecture() {
        let manifest: toml::Table = include_str!("../../../../Cargo.toml").parse().unwrap();
        let architecture = include_str!("../../../../ARCHITECTURE.md");
        let dependencies = manifest["workspace"]["dependencies"].as_table().unwrap();
        let unnamed: Vec<_> = dependencies
            .keys()
            .filter(|name| !architecture.contains(&format!("`{name}`")))
            .collect();
        assert!(
            unnamed.is_empty(),
            "ARCHITECTURE.md gives no reason for {unnamed:?}"
        );
    }
}
