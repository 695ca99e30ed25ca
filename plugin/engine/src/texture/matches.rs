//! Which known patch each patch of the hole is most like: a field of matches, made better by looking at the matches of
//! neighbours and at random places (Barnes et al., "PatchMatch", 2009). All patches look at the same time, at the field
//! as it was, so that threads need not wait for each other and every run finds the same.

use rayon::prelude::*;

use super::features::Features;
use super::scene::{Patch, Scene};
use crate::error::{Error, try_vec};
use crate::plan::scramble;

/// No match.
const NONE: u32 = u32::MAX;

/// The patches that may be copied.
pub(super) struct Sources {
    width: usize,
    height: usize,
    /// Whether the patch round a pixel is known as a whole.
    known: Vec<bool>,
    /// The middles of such patches.
    all: Vec<u32>,
}

impl Sources {
    pub fn of(scene: &Scene) -> Result<Self, Error> {
        let mut known = try_vec(false, scene.len(), "texture")?;
        for (known, patch) in known.iter_mut().zip(scene.patches()?) {
            *known = patch == Patch::Known;
        }
        let mut all = try_vec(0, known.iter().filter(|known| **known).count(), "texture")?;
        let indices = (0..).zip(&known).filter(|(_, known)| **known);
        for (place, (index, _)) in all.iter_mut().zip(indices) {
            *place = index;
        }
        Ok(Self {
            width: scene.width,
            height: scene.height,
            known,
            all,
        })
    }

    /// With fewer, the same few patches would be seen again and again.
    pub fn are_too_few(&self) -> bool {
        self.all.len() < 64
    }

    /// Any of them.
    fn any(&self, random: u32) -> u32 {
        self.all[((u64::from(random) * self.all.len() as u64) >> 32) as usize]
    }

    /// The one at a distance from a place, if there is one.
    fn at(&self, from: u32, dx: isize, dy: isize) -> Option<u32> {
        let (x, y) = (from as usize % self.width, from as usize / self.width);
        let (x, y) = (x.checked_add_signed(dx)?, y.checked_add_signed(dy)?);
        let index = y * self.width + x;
        (x < self.width && y < self.height && self.known[index]).then_some(index as u32)
    }
}

/// The match of a patch, and how different it still is.
#[derive(Clone, Copy)]
pub(super) struct Match {
    pub source: u32,
    pub difference: u32,
}

/// Matches of all patches that touch the hole.
pub(super) struct Matches {
    width: usize,
    /// The middles of these patches.
    pub targets: Vec<u32>,
    /// For each of them.
    pub found: Vec<Match>,
    /// The source for each pixel of the scene, [`NONE`] where there is no such patch.
    field: Vec<u32>,
    /// Searches so far, each of which looks at other random places.
    round: u32,
}

impl Matches {
    /// Any match for each patch.
    pub fn random(scene: &Scene, sources: &Sources, seed: u32) -> Result<Self, Error> {
        Self::new(scene, |target| {
            sources.any(scramble(seed ^ scramble(target)))
        })
    }

    /// The matches of the scene at half the size, for the scene at full size.
    pub fn doubled(&self, scene: &Scene, sources: &Sources, seed: u32) -> Result<Self, Error> {
        Self::new(scene, |target| {
            let (x, y) = (target as usize % scene.width, target as usize / scene.width);
            let coarse = self.field[y / 2 * self.width + x / 2];
            let doubled = (coarse != NONE).then(|| {
                let (from_x, from_y) = (coarse as usize % self.width, coarse as usize / self.width);
                sources.at(
                    0,
                    (2 * from_x + x % 2) as isize,
                    (2 * from_y + y % 2) as isize,
                )
            });
            doubled
                .flatten()
                .unwrap_or_else(|| sources.any(scramble(seed ^ scramble(target))))
        })
    }

    fn new(scene: &Scene, mut source: impl FnMut(u32) -> u32) -> Result<Self, Error> {
        let mut field = try_vec(NONE, scene.len(), "texture")?;
        let patches = scene.patches()?;
        let of_hole = || {
            (0..)
                .zip(&patches)
                .filter(|(_, patch)| **patch == Patch::OfHole)
        };
        let count = of_hole().count();
        let mut targets = try_vec(0, count, "texture")?;
        let mut found = try_vec(
            Match {
                source: 0,
                difference: NONE,
            },
            count,
            "texture",
        )?;
        for ((index, _), (target, found)) in of_hole().zip(targets.iter_mut().zip(&mut found)) {
            *target = index;
            found.source = source(index);
            field[index as usize] = found.source;
        }
        Ok(Self {
            width: scene.width,
            targets,
            found,
            field,
            round: 0,
        })
    }

    /// Looks for better matches so many times over.
    pub fn search(&mut self, features: &Features, sources: &Sources, times: usize, seed: u32) {
        let (targets, field) = (&self.targets, &mut self.field);
        // The fill has changed, and with it how much everything differs.
        self.found
            .par_iter_mut()
            .zip(targets)
            .for_each(|(found, target)| {
                found.difference =
                    features.difference(*target as usize, found.source as usize, NONE);
            });
        for _ in 0..times {
            let seed = scramble(seed ^ scramble(self.round));
            self.round += 1;
            // Far neighbours carry a good match across the hole in fewer searches.
            let step = if self.round.is_multiple_of(2) { 4 } else { 1 };
            let before = &*field;
            let looks = self.found.par_iter_mut().zip(targets);
            looks.for_each(|(found, target)| {
                let look = Look {
                    features,
                    sources,
                    field: before,
                    target: *target,
                };
                look.along_neighbours(found, step);
                look.anywhere(found, seed);
            });
            for (found, target) in self.found.iter().zip(targets) {
                field[*target as usize] = found.source;
            }
        }
    }
}

/// One patch that looks for a better match.
struct Look<'a> {
    features: &'a Features,
    sources: &'a Sources,
    field: &'a [u32],
    target: u32,
}

impl Look<'_> {
    fn take_if_better(&self, found: &mut Match, source: u32) {
        if source != found.source {
            let difference =
                self.features
                    .difference(self.target as usize, source as usize, found.difference);
            if difference < found.difference {
                *found = Match { source, difference };
            }
        }
    }

    /// What lies beside a neighbour's match is likely to match here.
    fn along_neighbours(&self, found: &mut Match, step: isize) {
        let width = self.sources.width as isize;
        for (dx, dy) in [(step, 0), (-step, 0), (0, step), (0, -step)] {
            let neighbour = self.target as isize + dy * width + dx;
            let matched = usize::try_from(neighbour)
                .ok()
                .and_then(|index| self.field.get(index));
            if let Some(&matched) = matched.filter(|matched| **matched != NONE)
                && let Some(source) = self.sources.at(matched, -dx, -dy)
            {
                self.take_if_better(found, source);
            }
        }
    }

    /// Random places round the match, first far away and then nearer.
    fn anywhere(&self, found: &mut Match, seed: u32) {
        let mut reach = (self.sources.width.max(self.sources.height) / 4) as isize;
        let mut random = scramble(seed ^ scramble(self.target));
        while reach >= 1 {
            random = scramble(random.wrapping_add(0x9e37_79b9));
            let within = |bits: u32| (bits & 0xffff) as isize * (2 * reach + 1) / 0x1_0000 - reach;
            if let Some(source) =
                self.sources
                    .at(found.source, within(random), within(random >> 16))
            {
                self.take_if_better(found, source);
            }
            reach /= 3;
        }
    }
}
