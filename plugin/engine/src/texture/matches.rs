//! Which known patch each patch of the hole is most like: a field of matches, made better by looking at the matches of
//! neighbours and at random places (Barnes et al., "PatchMatch", 2009). Chunks of patches look at the same time, beyond
//! their ends at the field as it was before, so that threads need not wait for each other and every run finds the same.

use multiversion::multiversion;
use multiversion::target::match_target;

use super::features::Features;
use super::patch::{AFTER, BEFORE, Patch};
use super::scene::Scene;
use crate::cores;
use crate::error::{Error, try_vec};
use crate::progress::SubProgress;
use crate::seed::scramble;

/// What is being done, for those who watch.
pub(super) const DOING: &str = "synthesising texture";

/// No match.
const NONE: u32 = u32::MAX;
/// Patches that one thread looks after before it takes more.
const AT_ONCE: usize = 512;

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
    pub fn of(scene: &Scene, patches: &[Patch]) -> Result<Self, Error> {
        let mut known = try_vec(false, scene.len(), "texture")?;
        for (known, patch) in known.iter_mut().zip(patches) {
            *known = *patch == Patch::Known;
        }
        Ok(Self {
            width: scene.width,
            height: scene.height,
            known,
            all: middles(patches, Patch::Known)?,
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

    /// Whether there is one round this pixel.
    pub fn has(&self, index: usize) -> bool {
        self.known.get(index).is_some_and(|known| *known)
    }
}

/// The middles of all patches of a kind.
fn middles(patches: &[Patch], kind: Patch) -> Result<Vec<u32>, Error> {
    let indices = || (0..).zip(patches).filter(|(_, patch)| **patch == kind);
    let mut middles = try_vec(0, indices().count(), "texture")?;
    for (place, (index, _)) in middles.iter_mut().zip(indices()) {
        *place = index;
    }
    Ok(middles)
}

/// A difference that was not looked at yet.
const UNKNOWN: u32 = u32::MAX;

/// The match of a patch, and how different it still is.
#[derive(Clone, Copy)]
pub(super) struct Match {
    /// The middle of a known patch.
    pub source: u32,
    pub difference: u32,
}

impl Match {
    /// Whether it was.
    #[inline(always)]
    fn take_if_better(&mut self, source: u32, difference: impl Fn(u32) -> u32) -> bool {
        if source == self.source {
            return false;
        }
        let difference = difference(source);
        let better = difference < self.difference;
        if better {
            *self = Self { source, difference };
        }
        better
    }
}

/// Matches of the patches that touch the hole.
pub(super) struct Matches {
    pub width: usize,
    /// The middles of these patches.
    targets: Vec<u32>,
    /// For each of them.
    pub found: Vec<Match>,
    /// For each pixel of the scene, the number of the patch round it, [`NONE`] where there is none.
    numbers: Vec<u32>,
    /// From one of them to the next, along rows and columns.
    step: usize,
    /// Searches so far, each of which looks at other random places.
    round: u32,
}

impl Matches {
    /// Any match for each patch.
    pub fn random(
        scene: &Scene,
        patches: &[Patch],
        sources: &Sources,
        seed: u32,
    ) -> Result<Self, Error> {
        Self::new(scene, patches, 1, |target| {
            sources.any(scramble(seed ^ scramble(target)))
        })
    }

    /// The matches of the scene at half the size, for the scene at full size and every `step`th patch of it.
    pub fn doubled(
        &self,
        scene: &Scene,
        patches: &[Patch],
        step: usize,
        sources: &Sources,
        seed: u32,
    ) -> Result<Self, Error> {
        let (width, coarse_width) = (scene.width as u32, self.width as u32);
        Self::new(scene, patches, step, |target| {
            let (x, y) = (target % width, target / width);
            let coarse = self.at((y / 2 * coarse_width + x / 2) as usize);
            let doubled = coarse.and_then(|(_, coarse)| {
                let (from_x, from_y) = (coarse.source % coarse_width, coarse.source / coarse_width);
                let (x, y) = (2 * from_x + x % 2, 2 * from_y + y % 2);
                let source = y * width + x;
                (x < width && sources.has(source as usize)).then_some(source)
            });
            doubled.unwrap_or_else(|| sources.any(scramble(seed ^ scramble(target))))
        })
    }

    fn new(
        scene: &Scene,
        patches: &[Patch],
        step: usize,
        mut source: impl FnMut(u32) -> u32,
    ) -> Result<Self, Error> {
        let mut targets = middles(patches, Patch::OfHole)?;
        // With the first and the last patch of each row and column, so that every pixel has one over it.
        let stays =
            |at: usize, side: usize| (at - BEFORE).is_multiple_of(step) || at + AFTER + 1 == side;
        targets.retain(|target| {
            let (x, y) = (
                *target as usize % scene.width,
                *target as usize / scene.width,
            );
            stays(x, scene.width) && stays(y, scene.height)
        });
        let unknown = Match {
            source: 0,
            difference: UNKNOWN,
        };
        let mut found = try_vec(unknown, targets.len(), "texture")?;
        let mut numbers = try_vec(NONE, scene.len(), "texture")?;
        for (number, (target, found)) in (0..).zip(targets.iter().zip(&mut found)) {
            found.source = source(*target);
            numbers[*target as usize] = number;
        }
        Ok(Self {
            width: scene.width,
            targets,
            found,
            numbers,
            step,
            round: 0,
        })
    }

    /// The number and the match of the patch round a pixel, if it touches the hole.
    #[inline(always)]
    pub fn at(&self, index: usize) -> Option<(usize, &Match)> {
        let number = *self.numbers.get(index)? as usize;
        Some((number, self.found.get(number)?))
    }

    /// Looks for better matches so many times over.
    pub fn search(
        &mut self,
        features: &Features,
        sources: &Sources,
        times: usize,
        seed: u32,
        progress: &mut SubProgress<'_>,
    ) -> Result<(), Error> {
        // The fill has changed, and with it how much everything differs.
        for found in &mut self.found {
            found.difference = UNKNOWN;
        }
        let mut before = try_vec(0, self.found.len(), "texture")?;
        for time in 0..times {
            progress.step(time as f32 / times as f32, DOING)?;
            for (before, found) in before.iter_mut().zip(&self.found) {
                *before = found.source;
            }
            let seed = scramble(seed ^ scramble(self.round));
            self.round += 1;
            let look = Look {
                features,
                sources,
                numbers: &self.numbers,
                before: &before,
                // Far neighbours carry a good match across the hole in fewer searches. Four searches in a row look once
                // near and once far forwards, and so backwards.
                step: if self.round & 2 == 0 { 4 } else { self.step },
                seed,
                backwards: self.round & 1 == 0,
            };
            let chunks = self
                .found
                .chunks_mut(AT_ONCE)
                .zip(self.targets.chunks(AT_ONCE));
            cores::for_each(chunks.enumerate(), |(chunk, (found, targets))| {
                look_for_all(&look, chunk * AT_ONCE, targets, found);
            });
        }
        Ok(())
    }
}

/// Each patch of a chunk looks for a better match, one after another, so that a good one spreads; in every second search
/// from the last to the first. `first` is the number of the first.
#[multiversion(targets("x86_64+avx2"))]
fn look_for_all(look: &Look, first: usize, targets: &[u32], found: &mut [Match]) {
    let features = look.features;
    let difference = match_target! {
        "x86_64+avx2" => |a: u32, b: u32| features.difference_avx2(a as usize, b as usize),
        _ => |a: u32, b: u32| features.difference(a as usize, b as usize),
    };
    for index in 0..targets.len() {
        let index = if look.backwards {
            targets.len() - 1 - index
        } else {
            index
        };
        let target = targets[index];
        let mut own = found[index];
        if own.difference == UNKNOWN {
            own.difference = difference(target, own.source);
        }
        let source_of = |number: usize| match found.get(number.wrapping_sub(first)) {
            Some(found) => Some(found.source),
            None => look.before.get(number).copied(),
        };
        look.along_neighbours(target, &mut own, source_of, difference);
        look.anywhere(target, &mut own, difference);
        found[index] = own;
    }
}

/// What patches look at when they look for better matches.
struct Look<'a> {
    features: &'a Features,
    sources: &'a Sources,
    /// As in [`Matches`].
    numbers: &'a [u32],
    /// The sources of all patches when the search began.
    before: &'a [u32],
    /// How far away the neighbours are. Less than the side of a patch: from the middle of a patch, so many pixels beyond
    /// the end of a row lead to where no whole patch lies.
    step: usize,
    seed: u32,
    /// Whether chunks are gone through from their ends.
    backwards: bool,
}

impl Look<'_> {
    /// What lies beside a neighbour's match is likely to match here.
    #[inline(always)]
    fn along_neighbours(
        &self,
        target: u32,
        found: &mut Match,
        source_of: impl Fn(usize) -> Option<u32>,
        difference: impl Fn(u32, u32) -> u32,
    ) {
        let down = self.step * self.sources.width;
        for offset in [
            self.step,
            self.step.wrapping_neg(),
            down,
            down.wrapping_neg(),
        ] {
            let number = self.numbers.get((target as usize).wrapping_add(offset));
            if let Some(matched) = number.and_then(|number| source_of(*number as usize)) {
                let source = (matched as usize).wrapping_sub(offset);
                if self.sources.has(source) {
                    found.take_if_better(source as u32, |source| difference(target, source));
                }
            }
        }
    }

    /// Random places round the match, first far away and then nearer.
    #[inline(always)]
    fn anywhere(&self, target: u32, found: &mut Match, difference: impl Fn(u32, u32) -> u32) {
        let (width, height) = (self.sources.width as i32, self.sources.height as i32);
        let (mut x, mut y) = (found.source as i32 % width, found.source as i32 / width);
        let mut random = scramble(self.seed ^ scramble(target));
        let mut reach = width.max(height) / 4;
        while reach >= 1 {
            random = scramble(random.wrapping_add(0x9e37_79b9));
            let within = |bits: u32| {
                ((i64::from(bits & 0xffff) * i64::from(2 * reach + 1)) >> 16) as i32 - reach
            };
            let (to_x, to_y) = (x + within(random), y + within(random >> 16));
            if (0..width).contains(&to_x) && (0..height).contains(&to_y) {
                let source = to_y as usize * width as usize + to_x as usize;
                let different = |source| difference(target, source);
                if self.sources.has(source) && found.take_if_better(source as u32, different) {
                    (x, y) = (to_x, to_y);
                }
            }
            reach /= 3;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::prediction::Prediction;

    /// With fewer patches than all, no pixel of the hole is left without one, not even at the border.
    #[test]
    fn every_second_patch_still_covers_the_hole() {
        for (width, height) in [(24, 20), (25, 21), (24, 21)] {
            let prediction = Prediction {
                width,
                height,
                pixels: vec![[0.5, 0.5, 0.5, 1.0]; width * height],
                hole: (0..width * height)
                    .map(|i| i % width < 9 || i / width >= height - 5)
                    .collect(),
            };
            let scene = Scene::new(&prediction).unwrap();
            let patches = scene.patches().unwrap();
            let matches = Matches::new(&scene, &patches, 2, |_| 0).unwrap();
            let over = |at: usize, middle: usize| (middle - BEFORE..=middle + AFTER).contains(&at);
            for index in &scene.hole_pixels {
                let (x, y) = (*index as usize % width, *index as usize / width);
                let covered = matches.targets.iter().any(|target| {
                    let (to_x, to_y) = (*target as usize % width, *target as usize / width);
                    over(x, to_x) && over(y, to_y)
                });
                assert!(covered, "{x}, {y} of {width}x{height}");
            }
        }
    }
}
