//! The halves of the sources that are for other systems, type-checked.

use super::steps::Steps;
use crate::bundle::PACKED;
use crate::cross::{System, Workshop};
use crate::fetch::{Cache, roots};
use crate::house::House;

/// Checks all that is packed for these systems; skipped where no Debian can be made that builds for them.
pub fn run(steps: &mut Steps, house: &House, systems: &[&System]) {
    if systems.is_empty() {
        return;
    }
    let made = Cache::locate().and_then(|cache| roots::fetch(cache.folder(), &roots::WINDOWS));
    if let Err(error) = made {
        return steps.skip(&format!("the halves for other systems: {error:#}"));
    }
    let Some(workshop) = steps.check("a Debian that builds for other systems", || {
        Workshop::open(house)
    }) else {
        return;
    };
    for system in systems {
        let name = format!("{}: type check", system.name);
        steps.command(&name, &mut workshop.check(system, &PACKED));
    }
}
