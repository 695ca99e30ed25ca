//! The plan: which parts of the picture the network looks at, at which size, for which part of the hole.
//!
//! Three wishes pull at a region. The network should see surroundings enough to know what belongs into the hole; it
//! should not see more pixels than it was made for; and a fill should cost what its hole is worth. So:
//!
//! - A thick hole (an object) stays whole, because only as a whole it has surroundings. It is shown smaller where it
//!   must be: what is painted into its middle has no fine detail anyhow, and texture is lent at the picture's own size.
//! - A thin hole (a wire, a scratch, dust, lettering) is seen at full size, because all that can be known about it lies
//!   in the pixels along its sides. However long it is, it is cut into pieces: those know from their sides what belongs
//!   there.
//! - Of all ways to share regions and to cut, the one is taken with which the network sees the fewest pixels.

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
        shrink(self.rect, self.seen)
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

fn shrink(rect: Rect, (width, height): (usize, usize)) -> f64 {
    (rect.width as f64 / width as f64).max(rect.height as f64 / height as f64)
}

/// Pixels of a region that are worked on at most: four megapixels, for which lending texture takes half a gigabyte.
const FINEST: usize = 1 << 22;

/// What it costs to run the network at all, in pixels.
const RUN: usize = 96 * 96;
/// Below this side, in pixels, there is nothing to gain from cutting.
const SMALL: usize = 16;

/// What decides about regions.
#[derive(Clone, Debug)]
pub(crate) struct Planner {
    /// Width and height of the picture.
    picture: (usize, usize),
    size: Size,
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
            size: size.clone(),
            working,
            context: settings.context(),
            area: settings.area(),
            seed: settings.seed(),
        }
    }

    /// The regions for a hole, in the order in which they are to be filled: those seen sharpest first, so that they are
    /// known to the others.
    pub fn regions(&self, hole: &Hole) -> Vec<Region> {
        let Plan { mut regions, .. } = self.cheapest(hole.parts());
        regions.sort_by(|a, b| a.shrink().total_cmp(&b.shrink()));
        regions
    }

    /// The plan with which the network sees the fewest pixels: these parts share a region, or are divided further.
    fn cheapest(&self, parts: Vec<Part>) -> Plan {
        let Some(group) = Group::of(&parts) else {
            return Plan::default();
        };
        let (rect, seen) = self.look(&group);
        let cost = self.cost(seen);
        let longest = group.bounds.longest();
        let may_share = longest <= SMALL || shrink(rect, seen) <= self.shrink_for(&group, &parts);
        // So near to each other that each has nearly the same surroundings as all.
        let is_dense = longest <= self.least().max(SMALL);
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
            regions: vec![Region { rect, seen, part }],
        }
    }

    /// What it costs the network to see a region of this size, in pixels.
    fn cost(&self, seen: (usize, usize)) -> usize {
        let (width, height) = match self.size.fixed {
            Some(_) => self.working,
            None => seen,
        };
        width * height + RUN
    }

    /// From this thickness on a hole is thick.
    fn thick(&self) -> usize {
        (self.working.0.min(self.working.1) / 16).max(1)
    }

    /// How much these parts may be shrunk: until the thinnest of them is only just thick, because what is thinner depends
    /// on single pixels along its sides; and for company's sake not much more than each for itself.
    fn shrink_for(&self, group: &Group, parts: &[Part]) -> f64 {
        let until_thin = (group.thinnest as f64 / self.thick() as f64).max(1.0);
        if parts.len() == 1 || until_thin == 1.0 {
            return until_thin;
        }
        let alone = parts.iter().map(|part| {
            let (rect, seen) = self.look(&Group::alone(part));
            shrink(rect, seen)
        });
        until_thin.min(1.5 * alone.fold(1.0, f64::max))
    }

    /// The least context on each side.
    fn least(&self) -> usize {
        let quarter = self.working.0.min(self.working.1) / 4;
        let wanted = self.size.context.map(|context| context as usize);
        wanted.map_or(quarter, |wanted| wanted.min(quarter))
    }

    /// The region for a group, and the size at which the network sees it.
    fn look(&self, group: &Group) -> (Rect, (usize, usize)) {
        let bounds = group.bounds;
        let across = (bounds.longest() as f64 / 2.0).min(group.thickest as f64);
        let margin = (self.context * across).max(self.least() as f64);
        let wanted = |side: usize| side as f64 + 2.0 * margin;
        let (width, height) = (wanted(bounds.width), wanted(bounds.height));
        let working = (self.working.0 as f64, self.working.1 as f64);

        // Where a little less context makes shrinking needless, sharpness is worth more.
        let excess = (width / working.0).max(height / working.1);
        let room = |side: usize, working: usize| side + working / 4 <= working;
        let fits = room(bounds.width, self.working.0) && room(bounds.height, self.working.1);
        let (width, height) = if excess <= 1.25 && fits {
            (width.min(working.0), height.min(working.1))
        } else {
            (width, height)
        };
        let (width, height) = match self.size.fixed {
            // Seen or not, it costs the same.
            Some(_) => (width.max(working.0), height.max(working.1)),
            None => (width, height),
        };
        let multiple = self.size.multiple as usize;
        let whole = |side: f64, working: usize| match side as usize {
            side if side <= working => side.next_multiple_of(multiple).min(working),
            side => side,
        };

        let (shift_x, shift_y) = self.shift();
        let mut rect = Rect::default();
        (rect.x, rect.width) = place(
            bounds.x,
            bounds.width,
            whole(width, self.working.0),
            shift_x,
            self.picture.0,
        );
        (rect.y, rect.height) = place(
            bounds.y,
            bounds.height,
            whole(height, self.working.1),
            shift_y,
            self.picture.1,
        );
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

/// Parts that may share a region.
struct Group {
    bounds: Rect,
    /// Thickness of the thinnest and of the thickest part.
    thinnest: usize,
    thickest: usize,
}

impl Group {
    fn alone(part: &Part) -> Self {
        let thickness = part.thickness();
        Self {
            bounds: part.bounds,
            thinnest: thickness,
            thickest: thickness,
        }
    }

    /// None without parts.
    fn of(parts: &[Part]) -> Option<Self> {
        parts.iter().map(Self::alone).reduce(|a, b| Self {
            bounds: a.bounds.union(&b.bounds),
            thinnest: a.thinnest.min(b.thinnest),
            thickest: a.thickest.max(b.thickest),
        })
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
fn split_at_widest_gap(mut parts: Vec<Part>, bounds: Rect) -> [Vec<Part>; 2] {
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
    let second = parts.split_off(cut);
    [parts, second]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::{Channels, Depth, Format, Picture};
    use proptest::prelude::*;

    /// For a network that needs little context.
    fn planner(width: usize, height: usize) -> Planner {
        let size = Size {
            context: Some(42),
            ..Size::default()
        };
        Planner::new((width, height), &size, &Settings::new())
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
    fn a_small_hole_costs_little_wherever_it_lies() {
        let regions =
            planner(3000, 2000).regions(&rect_hole(3000, 2000, &[Rect::new(1500, 1990, 20, 10)]));
        assert_eq!(regions.len(), 1);
        assert_eq!(
            (regions[0].rect, regions[0].seen),
            (Rect::new(1458, 1904, 104, 96), (104, 96))
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

    /// A lamp post: thick enough to be shrunk a little, far too long to be seen as a whole.
    #[test]
    fn a_long_post_is_cut_and_hardly_shrunk() {
        let post = Rect::new(1000, 200, 40, 2600);
        let regions = planner(4000, 3000).regions(&rect_hole(4000, 3000, &[post]));
        assert!((4..=10).contains(&regions.len()), "{}", regions.len());
        assert!(regions.iter().all(|region| region.shrink() <= 1.25));
    }

    #[test]
    fn a_network_that_says_nothing_of_context_gets_a_quarter_of_what_it_can_see() {
        let hole = rect_hole(3000, 2000, &[Rect::new(1500, 990, 20, 10)]);
        let planner = Planner::new((3000, 2000), &Size::default(), &Settings::new());
        assert_eq!(planner.regions(&hole)[0].seen, (280, 272));
    }

    #[test]
    fn a_wire_costs_less_in_pieces_than_whole() {
        let hole = hole_of(480, 480, |x, y| x.abs_diff(y) < 4);
        let regions = planner(480, 480).regions(&hole);
        let seen = |region: &Region| region.seen.0 * region.seen.1;
        let pixels: usize = regions.iter().map(seen).sum();
        assert!(regions.len() > 1 && pixels < 480 * 480 * 4 / 5, "{pixels}");
    }

    #[test]
    fn things_apart_are_not_shrunk_for_each_other() {
        let things = [
            Rect::new(300, 300, 200, 200),
            Rect::new(1500, 300, 200, 200),
        ];
        let regions = planner(2000, 2000).regions(&rect_hole(2000, 2000, &things));
        assert_eq!(regions.len(), 2);
        assert!(regions.iter().all(|region| region.shrink() == 1.0));
    }

    #[test]
    fn a_network_of_fixed_size_is_shown_as_much_as_it_can_see() {
        let size = Size {
            fixed: Some([512, 512]),
            ..Size::default()
        };
        let speck = rect_hole(2000, 1500, &[Rect::new(1000, 700, 9, 9)]);
        let regions = Planner::new((2000, 1500), &size, &Settings::new()).regions(&speck);
        assert_eq!(regions[0].seen, (512, 512));
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
            (900, 60, 360)
        );
        settings.set("area", "above-below").unwrap();
        let above = Planner::new((2000, 2000), &Size::default(), &settings).regions(&hole);
        assert_eq!(
            (above[0].rect.x, above[0].rect.width, above[0].rect.height),
            (900, 100, 320)
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
            least in proptest::option::of(0u32..50),
            rects in proptest::collection::vec((0usize..400, 0usize..400, 1usize..90, 1usize..90), 1..12),
        ) {
            let rects: Vec<_> = rects.into_iter().map(|(x, y, w, h)| Rect::new(x, y, w, h)).collect();
            let hole = rect_hole(width, height, &rects);
            let mut settings = Settings::new();
            settings.set("context", &context.to_string()).unwrap();
            settings.set("seed", &seed.to_string()).unwrap();
            let size = Size { working, context: least, ..Size::default() };
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
