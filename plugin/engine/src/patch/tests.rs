//! Pictures that go on in a way that is known.

use std::ops::ControlFlow;

use proptest::prelude::*;

use super::synthesis::NONE;
use super::*;
use crate::progress::{Progress, Silent};

fn whole(progress: &mut dyn Progress) -> SubProgress<'_> {
    SubProgress {
        whole: progress,
        from: 0.0,
        to: 1.0,
    }
}

/// A grey picture with a square hole in its middle.
fn input(side: usize, hole: usize, value: impl Fn(usize, usize) -> f32) -> NetworkInput {
    let inside = |at: usize| at.abs_diff(side / 2) * 2 < hole;
    let hole: Vec<_> = (0..side * side)
        .map(|i| inside(i % side) && inside(i / side))
        .collect();
    let plane = (0..side * side).map(|i| match hole[i] {
        true => 0.5,
        false => value(i % side, i / side),
    });
    let plane: Vec<f32> = plane.collect();
    NetworkInput {
        width: side,
        height: side,
        rgb: plane.repeat(3),
        hole,
        lines: Vec::new(),
    }
}

fn level(input: &NetworkInput) -> Level {
    Level::of(&input.rgb, &input.hole, &[], input.width).unwrap()
}

fn predicted(input: &NetworkInput, seed: u32) -> Vec<f32> {
    Patches { seed }
        .predict(input, &mut whole(&mut Silent))
        .unwrap()
}

#[test]
fn stripes_and_edges_go_on() {
    for (name, value) in [
        (
            "stripes",
            (|x, y| if (x + y) / 6 % 2 == 0 { 0.2 } else { 0.8 }) as fn(usize, usize) -> f32,
        ),
        ("an edge", |x, _| if x < 62 { 0.1 } else { 0.9 }),
        (
            "a weave",
            |x, y| if (x / 3 + y / 4) % 2 == 0 { 0.3 } else { 0.6 },
        ),
    ] {
        let input = input(120, 30, value);
        let predicted = predicted(&input, 0);
        let holes = (0..input.len()).filter(|i| input.hole[*i]);
        let wrong = holes
            .clone()
            .filter(|i| (predicted[*i] - value(i % 120, i / 120)).abs() > 0.05);
        let share = wrong.count() as f32 / holes.count() as f32;
        assert!(share < 0.1, "{name}: {share} of the hole is wrong");
    }
}

#[test]
fn threads_do_not_matter_and_seeds_do() {
    let input = input(90, 40, |x, y| {
        (x * 7 % 13 + y * 5 % 11 + x * y % 17) as f32 / 38.0
    });
    let with = |threads: usize, seed| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| predicted(&input, seed))
    };
    assert_eq!(with(1, 3), with(4, 3));
    assert_ne!(with(1, 3), with(1, 4));
}

#[test]
fn progress_rises_and_can_cancel() {
    let input = input(90, 40, |x, _| x as f32 / 90.0);
    let mut told = Vec::new();
    let mut listen = |done: f32, _: &str| {
        told.push(done);
        ControlFlow::Continue(())
    };
    copied(level(&input), 0, &mut whole(&mut listen)).unwrap();
    assert!(told.len() > 10 && told.is_sorted(), "{told:?}");
    let mut no = |_: f32, _: &str| ControlFlow::Break(());
    let stopped = copied(level(&input), 0, &mut whole(&mut no));
    assert!(matches!(stopped, Err(Error::Cancelled)));
}

proptest! {
    /// Whatever the sizes and the hole: each pixel of the hole is a known one, if there are any.
    #[test]
    fn nothing_is_invented(
        (width, hole) in (1usize..24, 1usize..24).prop_flat_map(|(width, height)| {
            (Just(width), proptest::collection::vec(proptest::bool::weighted(0.3), width * height))
        }),
        seed: u32,
    ) {
        let len = hole.len();
        let rgb = (0..3 * len).map(|i| (i * 31 % 97) as f32 / 97.0).collect();
        let input = NetworkInput { width, height: len / width, rgb, hole, lines: Vec::new() };
        let copied = copied(level(&input), seed, &mut whole(&mut Silent)).unwrap();
        let nothing_known = !input.hole.contains(&false);
        for (from, hole) in copied.iter().zip(&input.hole) {
            match *from {
                NONE => prop_assert!(!hole || nothing_known),
                from => prop_assert!(*hole && !input.hole[from as usize]),
            }
        }
    }
}
