//! The setup for Windows, and the package for administrators: built in a Debian that builds for it, and tried under Wine,
//! which is no Windows. What Wine cannot show is told in `docs/install/windows.md`.
//!
//! | file | what it knows |
//! |---|---|
//! | `wine.rs` | the Windows that things are tried in |
//! | `trial.rs` | what is tried of the setup, one thing after the other |
//! | `administered.rs` | what is tried of the package for administrators |

mod administered;
mod trial;
mod wine;

use super::installers::again;
use super::steps::Steps;
use crate::bundle::{self, Kind, MSI, PACKED, Parts};
use crate::cross::{WINDOWS, Workshop};
use crate::fetch::{Cache, roots, system};
use crate::house::House;
use anyhow::Result;
use std::fs;
use std::path::PathBuf;
use std::slice;
use trial::Trial;

/// The package of the OpenFX host, and what its program is called.
const HOST: &str = "reweave-openfx-host";

/// What is packed.
const KINDS: [Kind; 2] = [Kind::Nsis, Kind::Msi];

/// What was built and packed for Windows.
struct Setup {
    parts: Parts,
    /// An OpenFX host.
    host: PathBuf,
    /// Where it is packed.
    folder: PathBuf,
}

/// Builds, packs, installs, fills, upgrades and removes; skipped where there can be no such Debians. `here` is what was built
/// for this system, whose fills those under Wine are compared with.
pub fn run(steps: &mut Steps, house: &House, here: &Parts) {
    let ready = Cache::locate().and_then(|cache| {
        for root in [&roots::WINDOWS, &roots::WINE] {
            roots::fetch(cache.folder(), root)?;
        }
        let programs = MSI.into_iter().chain([("makensis", "nsis")]);
        for (program, package) in programs {
            system::need(program, package)?;
        }
        Ok(())
    });
    if let Err(error) = ready {
        return steps.skip(&format!("the setup for Windows: {error:#}"));
    }
    let Some(setup) = steps.check("Windows: build", || build(house)) else {
        return;
    };
    let packed = steps.check("Windows: pack", || {
        bundle::pack(slice::from_ref(&setup.parts), &KINDS, &setup.folder)
    });
    if packed.is_none() {
        return;
    }
    steps.check("Windows: the same parts pack to the same bytes", || {
        again(&setup.parts, &KINDS, &setup.folder)
    });
    let Some(trial) = steps.check("Windows: a Wine that was never used", || {
        Trial::prepare(house, here, &setup)
    }) else {
        return;
    };
    steps.check("Windows: the .msi: install, fill, upgrade, remove", || {
        administered::run(house, &setup, trial.expected())
    });
    for (name, check) in trial::CHECKS {
        // Each goes on from where the one before it ended.
        if steps
            .check(&format!("Windows: {name}"), || check(&trial))
            .is_none()
        {
            return;
        }
    }
}

fn build(house: &House) -> Result<Setup> {
    let folder = house.target.join("xtask/windows");
    // Setups of another version would be tried in the place of this.
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let workshop = Workshop::open(house)?;
    let packages: Vec<&str> = PACKED.into_iter().chain([HOST]).collect();
    let built = workshop.build(&WINDOWS, &packages)?;
    Ok(Setup {
        parts: Parts::gather_for_windows(house, &workshop, built)?,
        host: built.join(format!("{HOST}.exe")),
        folder,
    })
}
