//! Plans for holes of every kind.

use super::*;
use crate::hole::Hole;
use crate::picture::{Channels, Depth, Format, Picture, Rect};
use proptest::prelude::*;

impl Planner {
    fn regions_of(&self, hole: &Hole) -> Vec<Region> {
        self.regions(hole.parts())
    }
}

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
    let regions = planner(512, 512).regions_of(&rect_hole(512, 512, &[Rect::new(5, 9, 400, 300)]));
    assert_eq!(regions.len(), 1);
    assert_eq!(
        (regions[0].rect, regions[0].input_size),
        (Rect::new(0, 0, 512, 512), (512, 512))
    );
}

#[test]
fn a_small_hole_costs_little_wherever_it_lies() {
    let regions =
        planner(3000, 2000).regions_of(&rect_hole(3000, 2000, &[Rect::new(1500, 1990, 20, 10)]));
    assert_eq!(regions.len(), 1);
    assert_eq!(
        (regions[0].rect, regions[0].input_size),
        (Rect::new(1458, 1904, 104, 96), (104, 96))
    );
}

#[test]
fn a_thick_hole_stays_whole_with_its_own_size_of_context() {
    let regions =
        planner(4000, 3000).regions_of(&rect_hole(4000, 3000, &[Rect::new(1000, 1000, 800, 600)]));
    assert_eq!(regions.len(), 1);
    assert_eq!(
        (regions[0].rect, regions[0].input_size),
        (Rect::new(600, 600, 1600, 1400), (512, 448))
    );
}

#[test]
fn a_long_wire_is_cut_into_sharp_pieces() {
    let hole = hole_of(2000, 1500, |x, y| x.abs_diff(y) < 6 && x > 100);
    let regions = planner(2000, 1500).regions_of(&hole);
    assert!((6..=12).contains(&regions.len()), "{}", regions.len());
    assert!(regions.iter().all(|region| region.shrink() == 1.0));
}

/// A lamp post: thick enough to be shrunk a little, far too long to be seen as a whole.
#[test]
fn a_long_post_is_cut_and_hardly_shrunk() {
    let post = Rect::new(1000, 200, 40, 2600);
    let regions = planner(4000, 3000).regions_of(&rect_hole(4000, 3000, &[post]));
    assert!((4..=10).contains(&regions.len()), "{}", regions.len());
    assert!(regions.iter().all(|region| region.shrink() <= 1.25));
}

#[test]
fn a_network_that_says_nothing_of_context_gets_a_quarter_of_what_it_can_see() {
    let hole = rect_hole(3000, 2000, &[Rect::new(1500, 990, 20, 10)]);
    let planner = Planner::new((3000, 2000), &Size::default(), &Settings::new());
    assert_eq!(planner.regions_of(&hole)[0].input_size, (280, 272));
}

#[test]
fn a_wire_costs_less_in_pieces_than_whole() {
    let hole = hole_of(480, 480, |x, y| x.abs_diff(y) < 4);
    let regions = planner(480, 480).regions_of(&hole);
    let input_pixels = |region: &Region| region.input_size.0 * region.input_size.1;
    let pixels: usize = regions.iter().map(input_pixels).sum();
    assert!(regions.len() > 1 && pixels < 480 * 480 * 4 / 5, "{pixels}");
}

#[test]
fn things_apart_are_not_shrunk_for_each_other() {
    let things = [
        Rect::new(300, 300, 200, 200),
        Rect::new(1500, 300, 200, 200),
    ];
    let regions = planner(2000, 2000).regions_of(&rect_hole(2000, 2000, &things));
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
    let regions = Planner::new((2000, 1500), &size, &Settings::new()).regions_of(&speck);
    assert_eq!(regions[0].input_size, (512, 512));
}

#[test]
fn dust_shares_regions_and_keeps_away_from_thick_holes() {
    let rects: Vec<_> = (0..40)
        .map(|i| Rect::new(37 * i % 1900, 61 * i % 1400, 3, 4))
        .collect();
    let mut with_thick = rects.clone();
    with_thick.push(Rect::new(600, 500, 700, 500));
    let dust = planner(2000, 1500).regions_of(&rect_hole(2000, 1500, &rects));
    assert!(
        dust.len() < 40 && dust.iter().all(|region| region.shrink() == 1.0),
        "{}",
        dust.len()
    );
    let both = planner(2000, 1500).regions_of(&rect_hole(2000, 1500, &with_thick));
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
            .regions_of(&rect_hole(2000, 2000, &near))
            .len(),
        1
    );
    let far = [Rect::new(100, 100, 30, 30), Rect::new(1200, 150, 30, 30)];
    assert_eq!(
        planner(2000, 2000)
            .regions_of(&rect_hole(2000, 2000, &far))
            .len(),
        2
    );
}

#[test]
fn strips_and_single_pixels_have_a_plan() {
    let strip = planner(20000, 16).regions_of(&hole_of(20000, 16, |_, _| true));
    assert!(strip.iter().all(|region| region.shrink() == 1.0));
    assert_eq!(
        strip
            .iter()
            .map(|region| region.part.pixels())
            .sum::<usize>(),
        20000 * 16
    );
    let single = planner(1, 1).regions_of(&hole_of(1, 1, |_, _| true));
    assert_eq!(
        (single[0].rect, single[0].input_size),
        (Rect::new(0, 0, 1, 1), (1, 1))
    );
}

#[test]
fn a_sampling_area_leaves_out_the_rest() {
    let hole = rect_hole(2000, 2000, &[Rect::new(900, 900, 100, 60)]);
    let mut settings = Settings::new();
    settings.set("area", "sides").unwrap();
    let sides = Planner::new((2000, 2000), &Size::default(), &settings).regions_of(&hole);
    assert_eq!(
        (sides[0].rect.y, sides[0].rect.height, sides[0].rect.width),
        (900, 60, 360)
    );
    settings.set("area", "above-below").unwrap();
    let above = Planner::new((2000, 2000), &Size::default(), &settings).regions_of(&hole);
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
    for region in planner.regions_of(&rect_hole(
        900,
        700,
        &[Rect::new(100, 100, 300, 400), Rect::new(700, 20, 9, 9)],
    )) {
        assert!(
            region.input_size.0 <= 256 && region.input_size.1 <= 128,
            "{region:?}"
        );
    }
}

#[test]
fn another_seed_sees_another_cut() {
    let hole = rect_hole(2000, 2000, &[Rect::new(900, 900, 100, 60)]);
    let plan = |seed: &str| {
        let mut settings = Settings::new();
        settings.set("seed", seed).unwrap();
        Planner::new((2000, 2000), &Size::default(), &settings).regions_of(&hole)
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
        let regions = Planner::new((width, height), &size, &settings).regions_of(&hole);
        let mut owned = vec![0; width * height];
        for region in &regions {
            prop_assert!(region.rect.right() <= width && region.rect.bottom() <= height);
            prop_assert!(region.input_size.0 <= region.rect.width && region.input_size.1 <= region.rect.height);
            prop_assert!(region.input_size.0 >= 1 && region.input_size.1 >= 1);
            prop_assert!(region.input_size.0 <= working as usize && region.input_size.1 <= working as usize);
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
