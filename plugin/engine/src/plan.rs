//! The plan: which parts of the picture the network looks at, at which size, for which part of the hole.
//!
//! Three wishes pull at a region. The network should see surroundings enough to know what belongs into the hole; it
//! should not see more pixels than it was made for; and the picture should not have to be shrunk for it, because what
//! is painted small is soft when it is enlarged again. So:
//!
//! - Parts of the hole that lie together share a region, as long as nothing has to be shrunk for that.
//! - A thin hole (a wire, a scratch, dust, lettering), however long, is cut into pieces that are seen at full size.
//!   Its pieces know from their sides what belongs there.
//! - A thick hole stays whole, because only as a whole it has surroundings, and is shown smaller.

use crate::hole::{Hole, Part};
use crate::rect::Rect;
use crate::settings::{Area, Settings};
use reweave_models::card::Size;

/// What the network looks at for one part of the hole.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Region {
    /// Where it lies in the picture.
    pub rect: Rect,
    /// The size at which the network sees it, before it is padded: never larger than the region.
    pub seen: (usize, usize),
    /// The pixels to fill.
    pub part: Part,
}

impl Region {
    /// Pixels of the picture for one pixel of the network: 1 or more.
    pub fn shrink(&self) -> f64 {
        let (width, height) = self.seen;
        (self.rect.width as f64 / width as f64).max(self.rect.height as f64 / height as f64)
    }

    /// The largest size at which anything is done to the region: its own, or less where that would be more than memory
    /// should be asked for.
    pub fn finest(&self) -> (usize, usize) {
        let excess = (self.rect.area() as f64 / FINEST as f64).sqrt();
        if excess <= 1.0 {
            return (self.rect.width, self.rect.height);
        }
        let side = |side: usize, seen: usize| ((side as f64 / excess) as usize).max(seen);
        (
            side(self.rect.width, self.seen.0),
            side(self.rect.height, self.seen.1),
        )
    }
}

/// Pixels of a region that are worked on at most: four megapixels, for which lending texture takes 0.4 GB.
const FINEST: usize = 1 << 22;

/// What decides about regions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Planner {
    /// Width and height of the picture.
    picture: (usize, usize),
    /// The largest size that the network is shown.
    working: (usize, usize),
    context: f64,
    area: Area,
    /// Shifts regions, so that another seed sees another cut of the picture.
    seed: u32,
}

impl Planner {
    pub fn new(picture: (usize, usize), size: &Size, settings: &Settings) -> Self {
        let working = match size.fixed {
            Some([width, height]) => (width as usize, height as usize),
            None => (size.working as usize, size.working as usize),
        };
        Self {
            picture,
            working,
            context: settings.context(),
            area: settings.area(),
            seed: settings.seed(),
        }
    }

    /// The regions for a hole, in the order in which they are to be filled: those seen sharpest first, so that they are
    /// known to the others.
    pub fn regions(&self, hole: &Hole) -> Vec<Region> {
        let (thick, thin): (Vec<_>, Vec<_>) = hole
            .parts()
            .into_iter()
            .partition(|part| self.is_thick(part));
        let mut regions = Vec::new();
        self.divide(thick, &mut regions);
        self.divide(thin, &mut regions);
        regions.sort_by(|a, b| a.shrink().total_cmp(&b.shrink()));
        regions
    }

    /// Whether a part has to be shrunk, and should be rather than cut into pieces.
    fn is_thick(&self, part: &Part) -> bool {
        !self.is_sharp(part.bounds)
            && contains_square(part, (self.working.0.min(self.working.1) / 4).max(1))
    }

    /// Whether the network sees a hole with these bounds pixel by pixel.
    fn is_sharp(&self, bounds: Rect) -> bool {
        let (rect, seen) = self.look(bounds);
        seen == (rect.width, rect.height)
    }

    /// Halves a set of parts again and again until each set can share a region.
    fn divide(&self, mut parts: Vec<Part>, regions: &mut Vec<Region>) {
        let Some(bounds) = parts
            .iter()
            .map(|part| part.bounds)
            .reduce(|a, b| a.union(&b))
        else {
            return;
        };
        if self.can_share(&parts, bounds) {
            let (rect, seen) = self.look(bounds);
            regions.push(Region {
                rect,
                seen,
                part: Part::join(&parts),
            });
        } else if let [part] = &parts[..] {
            let (first, second) = part.halves();
            self.divide(vec![first], regions);
            self.divide(vec![second], regions);
        } else {
            let second = split_at_widest_gap(&mut parts, bounds);
            self.divide(parts, regions);
            self.divide(second, regions);
        }
    }

    fn can_share(&self, parts: &[Part], bounds: Rect) -> bool {
        // Below this there is nothing to gain from cutting.
        const SMALL: usize = 16;
        if self.is_sharp(bounds) || bounds.longest() <= SMALL {
            return true;
        }
        if let [part] = parts {
            return self.is_thick(part);
        }
        // Thick parts that are shrunk anyhow may share a region if none of them has to be shrunk much more for it.
        let worst = || {
            parts
                .iter()
                .map(|part| self.shrink_for(part.bounds))
                .fold(1.0, f64::max)
        };
        parts.iter().all(|part| self.is_thick(part)) && self.shrink_for(bounds) <= worst() * 1.2
    }

    fn shrink_for(&self, bounds: Rect) -> f64 {
        let (rect, seen) = self.look(bounds);
        Region {
            rect,
            seen,
            part: Part::new(Vec::new()),
        }
        .shrink()
    }

    /// The region for a hole with these bounds, and the size at which the network sees it.
    fn look(&self, bounds: Rect) -> (Rect, (usize, usize)) {
        let longest = bounds.longest() as f64;
        let (working_width, working_height) = (self.working.0 as f64, self.working.1 as f64);
        // A small hole says nothing about how much it needs: a quarter of what the network can see, on each side.
        let least = working_width.min(working_height) / 4.0;
        let margin = (self.context / 2.0 * longest).max(least);
        let wanted = (
            bounds.width as f64 + 2.0 * margin,
            bounds.height as f64 + 2.0 * margin,
        );

        // Where a little less context makes shrinking needless, sharpness is worth more.
        let excess = (wanted.0 / working_width).max(wanted.1 / working_height);
        let room = |side: usize, working: f64| (working - side as f64) / 2.0 >= working / 8.0;
        let fits = room(bounds.width, working_width) && room(bounds.height, working_height);
        let (width, height) = if excess <= 1.25 && fits {
            self.working
        } else {
            (wanted.0 as usize, wanted.1 as usize)
        };

        let (shift_x, shift_y) = self.shift();
        let mut rect = Rect::default();
        (rect.x, rect.width) = place(bounds.x, bounds.width, width, shift_x, self.picture.0);
        (rect.y, rect.height) = place(bounds.y, bounds.height, height, shift_y, self.picture.1);
        match self.area {
            Area::All => {}
            Area::Sides => (rect.y, rect.height) = (bounds.y, bounds.height),
            Area::AboveBelow => (rect.x, rect.width) = (bounds.x, bounds.width),
        }
        (rect, self.seen(rect))
    }

    /// The size at which the network sees a region: its own, or less where that is more than the working size.
    fn seen(&self, rect: Rect) -> (usize, usize) {
        let shrink = (rect.width as f64 / self.working.0 as f64)
            .max(rect.height as f64 / self.working.1 as f64);
        if shrink <= 1.0 {
            return (rect.width, rect.height);
        }
        let side = |side: usize, working: usize| {
            ((side as f64 / shrink).round() as usize).clamp(1, working)
        };
        (
            side(rect.width, self.working.0),
            side(rect.height, self.working.1),
        )
    }

    /// How far a seed moves regions off centre, as a share of the context on one side: -0.5 to 0.5.
    fn shift(&self) -> (f64, f64) {
        if self.seed == 0 {
            return (0.0, 0.0);
        }
        let share = |bits: u32| f64::from(bits & 0xffff) / 65535.0 - 0.5;
        let scrambled = scramble(self.seed);
        (share(scrambled), share(scrambled >> 16))
    }
}

/// Spreads a seed over all bits (the finalizer of MurmurHash3).
pub(crate) fn scramble(seed: u32) -> u32 {
    let mut bits = seed;
    bits ^= bits >> 16;
    bits = bits.wrapping_mul(0x85eb_ca6b);
    bits ^= bits >> 13;
    bits = bits.wrapping_mul(0xc2b2_ae35);
    bits ^ (bits >> 16)
}

/// Puts a stretch of `wanted` pixels round the `len` pixels at `start`, inside a picture of `picture` pixels.
fn place(start: usize, len: usize, wanted: usize, shift: f64, picture: usize) -> (usize, usize) {
    let wanted = wanted.max(len).min(picture);
    let spare = wanted - len;
    let before = (spare as f64 * (0.5 + shift * 0.5)).round() as usize;
    (start.saturating_sub(before).min(picture - wanted), wanted)
}

/// Takes the parts beyond the widest gap away from the others. Both sets get one part at least; gaps near the middle
/// count for more, so that sets halve rather than fray.
fn split_at_widest_gap(parts: &mut Vec<Part>, bounds: Rect) -> Vec<Part> {
    let along_x = bounds.width >= bounds.height;
    // Twice the centre, to stay with whole numbers.
    let centre = |part: &Part| {
        let bounds = &part.bounds;
        if along_x {
            bounds.x + bounds.right()
        } else {
            bounds.y + bounds.bottom()
        }
    };
    parts.sort_by_key(|part| (centre(part), part.bounds));
    let (start, len) = if along_x {
        (bounds.x, bounds.width)
    } else {
        (bounds.y, bounds.height)
    };
    let score = |index: usize| {
        let (before, after) = (centre(&parts[index - 1]), centre(&parts[index]));
        let gap = (after - before) as f64;
        let off_middle =
            ((before + after) as f64 / 2.0 - (2 * start + len) as f64).abs() / len as f64;
        gap * (1.0 - off_middle.min(1.0)) - off_middle * 1e-3
    };
    let cut = (1..parts.len())
        .max_by(|&a, &b| score(a).total_cmp(&score(b)))
        .unwrap_or(parts.len() / 2);
    parts.split_off(cut)
}

/// Whether some cell of a grid of `side` pixels is all hole: surely so where the part contains a square of twice that
/// side, never where it contains no square of that side.
fn contains_square(part: &Part, side: usize) -> bool {
    if part.pixels() < side * side {
        return false;
    }
    let columns = part.bounds.width.div_ceil(side);
    let mut rows = part
        .runs
        .chunk_by(|a, b| (a.y - part.bounds.y) / side == (b.y - part.bounds.y) / side);
    rows.any(|runs| {
        let mut counts = vec![0; columns];
        for run in runs {
            let (from, to) = (run.x - part.bounds.x, run.right() - part.bounds.x);
            let (first, last) = (from / side, to.div_ceil(side));
            for (cell, count) in (first..last).zip(&mut counts[first..last]) {
                *count += to.min((cell + 1) * side) - from.max(cell * side);
            }
        }
        counts.contains(&(side * side))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::{Channels, Depth, Format, Picture};
    use proptest::prelude::*;

    fn planner(width: usize, height: usize) -> Planner {
        Planner::new((width, height), &Size::default(), &Settings::new())
    }

    fn hole_of(width: usize, height: usize, is_hole: impl Fn(usize, usize) -> bool) -> Hole {
        let bytes = (0..width * height)
            .map(|i| {
                if is_hole(i % width, i / width) {
                    255
                } else {
                    0
                }
            })
            .collect();
        let mask = Picture::from_bytes(
            bytes,
            width,
            height,
            Format::srgb(Depth::U8, Channels::Grey),
        )
        .unwrap();
        Hole::from_mask(mask.view()).unwrap()
    }

    fn rect_hole(width: usize, height: usize, rects: &[Rect]) -> Hole {
        hole_of(width, height, |x, y| {
            rects.iter().any(|rect| rect.contains(x, y))
        })
    }

    #[test]
    fn a_picture_of_the_working_size_is_seen_as_it_is() {
        let regions = planner(512, 512).regions(&rect_hole(512, 512, &[Rect::new(5, 9, 400, 300)]));
        assert_eq!(regions.len(), 1);
        assert_eq!(
            (regions[0].rect, regions[0].seen),
            (Rect::new(0, 0, 512, 512), (512, 512))
        );
    }

    #[test]
    fn work_is_as_fine_as_the_picture_up_to_a_limit() {
        let finest = |width, height, seen| {
            Region {
                rect: Rect::new(0, 0, width, height),
                seen,
                part: Part::new(Vec::new()),
            }
            .finest()
        };
        assert_eq!(finest(900, 500, (512, 284)), (900, 500));
        let (width, height) = finest(8000, 4000, (512, 256));
        assert!(width * height <= FINEST && width * height * 11 / 10 > FINEST);
        assert_eq!(width / height, 2);
        // A stripe whose other side cannot get smaller.
        assert_eq!(finest(20_000_000, 1, (512, 1)).1, 1);
    }

    #[test]
    fn a_small_hole_in_a_large_picture_is_seen_at_full_size() {
        let regions =
            planner(3000, 2000).regions(&rect_hole(3000, 2000, &[Rect::new(1500, 1990, 20, 10)]));
        assert_eq!(regions.len(), 1);
        assert_eq!(
            (regions[0].rect, regions[0].seen),
            (Rect::new(1254, 1488, 512, 512), (512, 512))
        );
    }

    #[test]
    fn a_thick_hole_stays_whole_with_its_own_size_of_context() {
        let regions =
            planner(4000, 3000).regions(&rect_hole(4000, 3000, &[Rect::new(1000, 1000, 800, 600)]));
        assert_eq!(regions.len(), 1);
        assert_eq!(
            (regions[0].rect, regions[0].seen),
            (Rect::new(600, 600, 1600, 1400), (512, 448))
        );
    }

    #[test]
    fn a_long_wire_is_cut_into_sharp_pieces() {
        let hole = hole_of(2000, 1500, |x, y| x.abs_diff(y) < 6 && x > 100);
        let regions = planner(2000, 1500).regions(&hole);
        assert!((6..=12).contains(&regions.len()), "{}", regions.len());
        assert!(regions.iter().all(|region| region.shrink() == 1.0));
    }

    #[test]
    fn dust_shares_regions_and_keeps_away_from_thick_holes() {
        let rects: Vec<_> = (0..40)
            .map(|i| Rect::new(37 * i % 1900, 61 * i % 1400, 3, 4))
            .collect();
        let mut with_thick = rects.clone();
        with_thick.push(Rect::new(600, 500, 700, 500));
        let dust = planner(2000, 1500).regions(&rect_hole(2000, 1500, &rects));
        assert!(
            dust.len() < 40 && dust.iter().all(|region| region.shrink() == 1.0),
            "{}",
            dust.len()
        );
        let both = planner(2000, 1500).regions(&rect_hole(2000, 1500, &with_thick));
        assert_eq!(
            both.iter().filter(|region| region.shrink() > 1.0).count(),
            1
        );
        assert!(
            both.last().unwrap().shrink() > 1.0,
            "the soft one comes last"
        );
    }

    #[test]
    fn near_holes_share_a_region_and_far_ones_do_not() {
        let near = [Rect::new(100, 100, 30, 30), Rect::new(200, 150, 30, 30)];
        assert_eq!(
            planner(2000, 2000)
                .regions(&rect_hole(2000, 2000, &near))
                .len(),
            1
        );
        let far = [Rect::new(100, 100, 30, 30), Rect::new(1200, 150, 30, 30)];
        assert_eq!(
            planner(2000, 2000)
                .regions(&rect_hole(2000, 2000, &far))
                .len(),
            2
        );
    }

    #[test]
    fn strips_and_single_pixels_have_a_plan() {
        let strip = planner(20000, 16).regions(&hole_of(20000, 16, |_, _| true));
        assert!(strip.iter().all(|region| region.shrink() == 1.0));
        assert_eq!(
            strip
                .iter()
                .map(|region| region.part.pixels())
                .sum::<usize>(),
            20000 * 16
        );
        let single = planner(1, 1).regions(&hole_of(1, 1, |_, _| true));
        assert_eq!(
            (single[0].rect, single[0].seen),
            (Rect::new(0, 0, 1, 1), (1, 1))
        );
    }

    #[test]
    fn a_sampling_area_leaves_out_the_rest() {
        let hole = rect_hole(2000, 2000, &[Rect::new(900, 900, 100, 60)]);
        let mut settings = Settings::new();
        settings.set("area", "sides").unwrap();
        let sides = Planner::new((2000, 2000), &Size::default(), &settings).regions(&hole);
        assert_eq!(
            (sides[0].rect.y, sides[0].rect.height, sides[0].rect.width),
            (900, 60, 512)
        );
        settings.set("area", "above-below").unwrap();
        let above = Planner::new((2000, 2000), &Size::default(), &settings).regions(&hole);
        assert_eq!(
            (above[0].rect.x, above[0].rect.width, above[0].rect.height),
            (900, 100, 512)
        );
    }

    #[test]
    fn a_fixed_size_is_never_exceeded() {
        let size = Size {
            fixed: Some([256, 128]),
            ..Size::default()
        };
        let planner = Planner::new((900, 700), &size, &Settings::new());
        for region in planner.regions(&rect_hole(
            900,
            700,
            &[Rect::new(100, 100, 300, 400), Rect::new(700, 20, 9, 9)],
        )) {
            assert!(region.seen.0 <= 256 && region.seen.1 <= 128, "{region:?}");
        }
    }

    #[test]
    fn another_seed_sees_another_cut() {
        let hole = rect_hole(2000, 2000, &[Rect::new(900, 900, 100, 60)]);
        let plan = |seed: &str| {
            let mut settings = Settings::new();
            settings.set("seed", seed).unwrap();
            Planner::new((2000, 2000), &Size::default(), &settings).regions(&hole)
        };
        assert_eq!(plan("7"), plan("7"));
        assert_ne!(plan("7"), plan("8"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Whatever the hole: each of its pixels belongs to exactly one region, which contains it; regions lie in the
        /// picture and are never enlarged.
        #[test]
        fn every_pixel_is_planned_once(
            width in 1usize..400, height in 1usize..400, working in 8u32..200, context in 0.1f64..8.0, seed in 0u32..3,
            rects in proptest::collection::vec((0usize..400, 0usize..400, 1usize..90, 1usize..90), 1..12),
        ) {
            let rects: Vec<_> = rects.into_iter().map(|(x, y, w, h)| Rect::new(x, y, w, h)).collect();
            let hole = rect_hole(width, height, &rects);
            let mut settings = Settings::new();
            settings.set("context", &context.to_string()).unwrap();
            settings.set("seed", &seed.to_string()).unwrap();
            let size = Size { working, ..Size::default() };
            let regions = Planner::new((width, height), &size, &settings).regions(&hole);
            let mut owned = vec![0; width * height];
            for region in &regions {
                prop_assert!(region.rect.right() <= width && region.rect.bottom() <= height);
                prop_assert!(region.seen.0 <= region.rect.width && region.seen.1 <= region.rect.height);
                prop_assert!(region.seen.0 >= 1 && region.seen.1 >= 1);
                prop_assert!(region.seen.0 <= working as usize && region.seen.1 <= working as usize);
                for run in &region.part.runs {
                    for x in run.x..run.right() {
                        prop_assert!(region.rect.contains(x, run.y));
                        owned[run.y * width + x] += 1;
                    }
                }
            }
            for (index, count) in owned.into_iter().enumerate() {
                prop_assert_eq!(count, usize::from(hole.coverage(index % width, index / width) > 0.0));
            }
        }
    }
}
