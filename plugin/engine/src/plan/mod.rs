//! The plan: which parts of the picture the network looks at, at which size, for which part of the hole.
//!
//! Three wishes pull at a region. The network should see surroundings enough to know what belongs into the hole; it
//! should not see more pixels than it was made for; and a fill should cost what its hole is worth. So:
//!
//! - A thick hole (an object) stays whole, because only as a whole it has surroundings. It is shown smaller where it
//!   must be: what is predicted into its middle has no fine detail anyhow, and texture is synthesised at the picture's own size.
//! - A thin hole (a wire, a scratch, lettering) is seen at full size, because all that can be known about it lies
//!   in the pixels along its sides. However long it is, it is cut into pieces: those know from their sides what belongs
//!   there.
//! - Of all ways to share regions and to cut, the one is taken with which the network sees the fewest pixels.

mod group;
mod region;
#[cfg(test)]
mod tests;
mod window;

use reweave_models::card::Size;

pub(crate) use region::Region;

use crate::hole::Part;
use crate::settings::Settings;
use group::{Group, split_at_widest_gap};
use region::shrink;
use window::Windows;

/// What it costs to run the network at all, in pixels.
const RUN: usize = 96 * 96;
/// Below this side, in pixels, there is nothing to gain from cutting.
const SMALL: usize = 16;

/// What decides about regions.
#[derive(Clone, Debug)]
pub(crate) struct Planner {
    windows: Windows,
    /// Whether the network takes one size only.
    is_fixed: bool,
}

impl Planner {
    pub fn new(picture: (usize, usize), size: &Size, settings: &Settings) -> Self {
        Self {
            windows: Windows::new(picture, size, settings),
            is_fixed: size.fixed.is_some(),
        }
    }

    /// The regions for parts of a hole, in the order in which they are to be filled: those seen sharpest first, so that
    /// they are known to the others.
    pub fn regions(&self, parts: Vec<Part>) -> Vec<Region> {
        let Plan { mut regions, .. } = self.cheapest(parts);
        regions.sort_by(|a, b| a.shrink().total_cmp(&b.shrink()));
        regions
    }

    /// The plan with which the network sees the fewest pixels: these parts share a region, or are divided further.
    fn cheapest(&self, parts: Vec<Part>) -> Plan {
        let Some(group) = Group::of(&parts) else {
            return Plan::default();
        };
        let (rect, input_size) = self.windows.round(&group);
        let cost = self.cost(input_size);
        let longest = group.bounds.longest();
        let may_share =
            longest <= SMALL || shrink(rect, input_size) <= self.shrink_for(&group, &parts);
        // So near to each other that each has nearly the same surroundings as all.
        let is_dense = longest <= self.windows.least().max(SMALL);
        // A thick hole has surroundings only as a whole.
        let is_whole = parts.len() == 1 && group.thinnest >= self.thick();

        if !(may_share && (is_dense || is_whole)) {
            let apart = match &parts[..] {
                [part] => {
                    let (first, second) = part.halves();
                    [vec![first], vec![second]]
                }
                _ => split_at_widest_gap(parts.clone(), group.bounds),
            };
            let apart = apart
                .into_iter()
                .map(|parts| self.cheapest(parts))
                .fold(Plan::default(), Plan::and);
            if !may_share || apart.cost < cost {
                return apart;
            }
        }
        let part = Part::join(&parts);
        Plan {
            cost,
            regions: vec![Region {
                rect,
                input_size,
                part,
            }],
        }
    }

    /// What it costs the network to see a region of this size, in pixels.
    fn cost(&self, input_size: (usize, usize)) -> usize {
        let (width, height) = if self.is_fixed {
            self.windows.working
        } else {
            input_size
        };
        width * height + RUN
    }

    /// From this thickness on a hole is thick.
    fn thick(&self) -> usize {
        (self.windows.working.0.min(self.windows.working.1) / 16).max(1)
    }

    /// How much these parts may be shrunk: until the thinnest of them is only just thick, because what is thinner depends
    /// on single pixels along its sides; and for company's sake not much more than each for itself.
    fn shrink_for(&self, group: &Group, parts: &[Part]) -> f64 {
        let until_thin = (group.thinnest as f64 / self.thick() as f64).max(1.0);
        if parts.len() == 1 || until_thin == 1.0 {
            return until_thin;
        }
        let alone = parts.iter().map(|part| {
            let (rect, input_size) = self.windows.round(&Group::alone(part));
            shrink(rect, input_size)
        });
        until_thin.min(1.5 * alone.fold(1.0, f64::max))
    }
}

/// Regions, and what they cost the network.
#[derive(Default)]
struct Plan {
    cost: usize,
    regions: Vec<Region>,
}

impl Plan {
    fn and(mut self, other: Self) -> Self {
        self.cost += other.cost;
        self.regions.extend(other.regions);
        self
    }
}
