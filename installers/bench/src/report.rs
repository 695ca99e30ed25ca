//! The report: which contests there are, in their order.

use crate::Setup;
use crate::entrants::{self, Entrant};
use crate::page::Page;
use crate::scores::scores;
use crate::sizes::over_sizes;
use crate::{dust, machine, profile, speed};
use anyhow::{Context, Result};
use serde_json::Value;
use std::fs;

/// What follows this line was measured in hosts, by their own tests, and is kept.
const KEPT: &str = "<!-- Measured in hosts; kept by cargo xtask bench. -->";

/// Runs all contests, then writes the page.
pub fn write(setup: &Setup) -> Result<()> {
    let ours = entrants::ours(&setup.tools.models)?;
    let first = ours
        .first()
        .with_context(|| format!("no models in {}", setup.tools.models.display()))?;
    let migan = setup
        .tools
        .migan
        .as_deref()
        .map(|file| entrants::with_card(file, &setup.empty))
        .transpose()?;

    let mut page = Page::default();
    let mut peers = entrants::peers(setup)?;
    introduction(&mut page, setup, &ours, &peers.greeting);
    speed::over_bare_session(&mut page, setup, &ours)?;
    speed::patches_over_network(&mut page, setup, &ours)?;
    speed::built_in_over_onnxruntime(&mut page, setup, &ours)?;
    speed::over_peers(&mut page, setup, &ours, migan.as_deref(), &mut peers)?;
    drop(peers);
    over_sizes(
        &mut page,
        setup,
        first,
        "The same hole in ever larger pictures",
        |_| 200,
    )?;
    over_sizes(
        &mut page,
        setup,
        first,
        "A hole that grows with the picture",
        |(_, height)| height / 4,
    )?;
    profile::of_large_holes(&mut page, setup, first)?;
    dust::over_one_hole(&mut page, setup, first)?;
    scores(&mut page, setup, &ours)?;

    let before = fs::read_to_string(&setup.out).unwrap_or_default();
    if let Some((_, kept)) = before.split_once(KEPT) {
        page.words(&format!("\n{KEPT}{}", kept.trim_end()));
    }
    fs::write(&setup.out, page.text())
        .with_context(|| format!("cannot write {}", setup.out.display()))?;
    eprintln!("written: {}", setup.out.display());
    Ok(())
}

fn introduction(page: &mut Page, setup: &Setup, ours: &[Entrant], peers: &Value) {
    let names: Vec<_> = ours
        .iter()
        .map(|entrant| format!("`{}`", entrant.name))
        .collect();
    page.words(&format!(
        "# Benchmarks

Written by `cargo xtask bench` in one run; do not edit.

- Machine: {}.
- Reweave {} with its models {}; ONNX Runtime {}, OpenCV {}.
- Pairs ran in turns, {} times each, every contestant in a process of its own, each run a tenth of a second after the \
other's. A ratio is the median of the ratios of \
neighbouring runs, with its quartiles; below 1 the first of the two is faster. Seconds are medians, and say more about \
the machine and what else ran on it than about the programs.",
        machine::describe(),
        env!("CARGO_PKG_VERSION"),
        names.join(", "),
        peers["onnxruntime"].as_str().unwrap_or("?"),
        peers["opencv"].as_str().unwrap_or("?"),
        setup.rounds,
    ));
}
