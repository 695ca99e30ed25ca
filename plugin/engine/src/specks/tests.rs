//! Specks in pictures of which the truth is known.

use std::ops::ControlFlow;

use proptest::prelude::*;

use super::*;
use crate::picture::codec::{decode, encode, luma};
use crate::picture::{Alpha, Channels, Depth, Format, Picture, Transfer};
use crate::progress::{Progress, Silent};
use crate::seed::scramble;

const GREY: Format = Format::srgb(Depth::F32, Channels::Grey);

/// A hole of the pixels for which `is_hole` says so.
fn hole(width: usize, height: usize, is_hole: impl Fn(usize, usize) -> bool) -> Hole {
    let bytes = (0..width * height).map(|i| u8::from(is_hole(i % width, i / width)) * 255);
    let format = Format::srgb(Depth::U8, Channels::Grey);
    let mask = Picture::from_bytes(bytes.collect(), width, height, format).unwrap();
    Hole::from_mask(mask.view()).unwrap()
}

fn grey(width: usize, height: usize, value: impl Fn(usize, usize) -> f32) -> Picture {
    let bytes = (0..width * height).flat_map(|i| value(i % width, i / width).to_ne_bytes());
    Picture::from_bytes(bytes.collect(), width, height, GREY).unwrap()
}

fn filled(
    picture: &Picture,
    hole: &Hole,
    settings: &Settings,
    whole: &mut dyn Progress,
) -> Result<Picture, Error> {
    let mut picture = picture.clone();
    let specks: Vec<_> = hole.parts().into_iter().filter(is_speck).collect();
    let mut progress = SubProgress {
        whole,
        from: 0.0,
        to: 1.0,
    };
    fill(
        &mut picture.view_mut(),
        hole,
        &specks,
        settings,
        true,
        &mut progress,
    )?;
    Ok(picture)
}

fn value(picture: &Picture, x: usize, y: usize) -> f32 {
    let row = picture.view();
    f32::from_ne_bytes(row.row(y)[4 * x..][..4].try_into().unwrap())
}

/// The largest error in the hole, where the truth is filled.
fn worst(truth: &Picture, hole: &Hole, settings: &Settings) -> f32 {
    let mut damaged = truth.clone();
    for run in hole.runs() {
        damaged.view_mut().row_mut(run.y)[4 * run.x..][..4 * run.len].fill(0);
    }
    let filled = filled(&damaged, hole, settings, &mut Silent).unwrap();
    let pixels = hole
        .runs()
        .iter()
        .flat_map(|run| (run.x..run.right()).map(|x| (x, run.y)));
    pixels
        .map(|(x, y)| (value(truth, x, y) - value(&filled, x, y)).abs())
        .fold(0.0, f32::max)
}

#[test]
fn a_slope_goes_on_inside_and_at_every_edge_of_the_picture() {
    let truth = grey(40, 30, |x, y| 0.2 + 0.01 * x as f32 + 0.005 * y as f32);
    let places = [
        (0, 0),
        (18, 0),
        (37, 0),
        (0, 14),
        (18, 14),
        (37, 14),
        (0, 27),
        (18, 27),
        (37, 27),
    ];
    let hole = hole(40, 30, |x, y| {
        places
            .iter()
            .any(|&(left, top)| x.wrapping_sub(left) < 3 && y.wrapping_sub(top) < 3)
    });
    for texture in ["off", "full"] {
        let mut settings = Settings::new();
        settings.set("texture", texture).unwrap();
        assert!(worst(&truth, &hole, &settings) < 2e-3, "{texture}");
    }
}

/// From -1 to 1, of even distribution.
fn noise(x: usize, y: usize, seed: usize) -> f32 {
    let random =
        scramble(scramble(x as u32) ^ scramble(1000 + y as u32) ^ scramble(!(seed as u32)));
    random as f32 / u32::MAX as f32 * 2.0 - 1.0
}

/// Nothing holds a plate on two sides there. One that goes on as its rim begins makes up to three times as much of it.
#[test]
fn noise_in_the_corners_becomes_no_more_than_it_is() {
    for side in [3, 5, 7] {
        let near = |at: usize, length: usize| at < side || at >= length - side;
        let hole = hole(40, 30, |x, y| near(x, 40) && near(y, 30));
        for texture in ["off", "half", "full"] {
            let mut settings = Settings::new();
            settings.set("texture", texture).unwrap();
            let (mut squares, mut count) = (0.0, 0);
            for seed in 0..40 {
                let picture = grey(40, 30, |x, y| 0.5 + 0.05 * noise(x, y, seed));
                let filled = filled(&picture, &hole, &settings, &mut Silent).unwrap();
                for run in hole.runs() {
                    for x in run.x..run.right() {
                        squares += (value(&filled, x, run.y) - 0.5).powi(2);
                        count += 1;
                    }
                }
            }
            let error = (squares / count as f32).sqrt();
            let deviation = 0.05 / 3f32.sqrt();
            assert!(
                error < 1.1 * deviation,
                "{side}, {texture}: {} times the noise",
                error / deviation
            );
        }
    }
}

/// A slope of colours and of alpha, in every format; what is known of it keeps every bit, and the speck gets the colours.
#[test]
fn every_format_is_filled_and_alpha_is_kept_or_opaque() {
    let truth = |x: usize, y: usize| {
        [
            0.2 + 0.01 * x as f32,
            0.6 - 0.01 * y as f32,
            0.3,
            0.5 + 0.01 * x as f32,
        ]
    };
    let hole = hole(30, 20, |x, y| x.abs_diff(14) < 2 && y.abs_diff(9) < 2);
    let specks: Vec<_> = hole.parts().into_iter().collect();
    for (depth, transfer) in [
        (Depth::U8, Transfer::Srgb),
        (Depth::U16, Transfer::Srgb),
        (Depth::F16, Transfer::Linear),
        (Depth::F32, Transfer::Linear),
    ] {
        for channels in [
            Channels::Grey,
            Channels::GreyAlpha,
            Channels::Rgb,
            Channels::Rgba,
        ] {
            for (alpha, keep_alpha) in [
                (Alpha::Straight, true),
                (Alpha::Straight, false),
                (Alpha::Premultiplied, true),
                (Alpha::Premultiplied, false),
            ] {
                let format = Format {
                    depth,
                    channels,
                    transfer,
                    alpha,
                };
                let mut before = Picture::new(30, 20, format).unwrap();
                let bytes = format.pixel_bytes();
                for (i, pixel) in before.bytes_mut().chunks_exact_mut(bytes).enumerate() {
                    let mut colour = truth(i % 30, i / 30);
                    if hole.coverage(i % 30, i / 30) > 0.0 {
                        colour = [0.0, 0.0, 0.0, colour[3]];
                    }
                    encode(format, colour, pixel);
                }
                let mut after = before.clone();
                let mut progress = SubProgress {
                    whole: &mut Silent,
                    from: 0.0,
                    to: 1.0,
                };
                let settings = Settings::new();
                let mut view = after.view_mut();
                fill(
                    &mut view,
                    &hole,
                    &specks,
                    &settings,
                    keep_alpha,
                    &mut progress,
                )
                .unwrap();
                let pixels = before.bytes().chunks_exact(bytes);
                for (i, (before, after)) in
                    pixels.zip(after.bytes().chunks_exact(bytes)).enumerate()
                {
                    let (x, y) = (i % 30, i / 30);
                    if hole.coverage(x, y) == 0.0 {
                        assert_eq!(before, after, "{format:?}");
                        continue;
                    }
                    let mut pixel = [[0.0; 4]];
                    decode(format, after, &mut pixel);
                    let mut wanted = truth(x, y);
                    if channels.colours() == 1 {
                        let grey = luma([wanted[0], wanted[1], wanted[2]]);
                        wanted[..3].fill(grey);
                    }
                    if !keep_alpha || !channels.has_alpha() {
                        wanted[3] = 1.0;
                    }
                    for (value, wanted) in pixel[0].iter().zip(wanted) {
                        assert!(
                            (value - wanted).abs() < 0.01,
                            "{format:?}, alpha kept {keep_alpha}, {x} {y}: {pixel:?}, not {wanted}"
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn soft_coverage_blends() {
    let format = Format::srgb(Depth::U8, Channels::Grey);
    let mut mask = Picture::new(30, 20, format).unwrap();
    for (x, y, coverage) in [(14, 9, 255), (15, 9, 51), (14, 10, 102)] {
        mask.bytes_mut()[y * 30 + x] = coverage;
    }
    let hole = Hole::from_mask(mask.view()).unwrap();
    let picture = grey(30, 20, |x, y| match hole.coverage(x, y) > 0.0 {
        true => 0.0,
        false => 0.5,
    });
    let filled = filled(&picture, &hole, &Settings::new(), &mut Silent).unwrap();
    for (x, y, wanted) in [(14, 9, 0.5), (15, 9, 0.1), (14, 10, 0.2), (16, 9, 0.5)] {
        let value = value(&filled, x, y);
        assert!((value - wanted).abs() < 1e-3, "{x} {y}: {value}");
    }
}

#[test]
fn a_weave_is_taken_from_nearby_unless_no_texture_is_wanted() {
    let truth = grey(
        60,
        60,
        |x, y| if (x / 2 + y / 3) % 2 == 0 { 0.3 } else { 0.7 },
    );
    let hole = hole(60, 60, |x, y| x.abs_diff(30) < 3 && y.abs_diff(30) < 3);
    assert!(worst(&truth, &hole, &Settings::new()) < 0.01);
    let mut plain = Settings::new();
    plain.set("texture", "off").unwrap();
    assert!(worst(&truth, &hole, &plain) > 0.1);
}

/// A row of a picture is all there is to see when only the sides are asked for.
#[test]
fn an_area_limits_what_is_looked_at() {
    let truth = grey(60, 60, |_, y| y as f32 / 60.0);
    let hole = hole(60, 60, |x, y| (x, y) == (30, 30));
    let mut damaged = truth.clone();
    for y in (0..60).filter(|y| *y != 30) {
        damaged.view_mut().row_mut(y).fill(0);
    }
    let mut settings = Settings::new();
    settings.set("area", "sides").unwrap();
    let filled = filled(&damaged, &hole, &settings, &mut Silent).unwrap();
    assert!((value(&filled, 30, 30) - 0.5).abs() < 1e-4);
}

#[test]
fn threads_and_order_do_not_matter() {
    let picture = grey(200, 100, |x, y| (x * 7 % 13 + y * 5 % 11) as f32 / 26.0);
    let hole = hole(200, 100, |x, y| x % 7 < 3 && y % 9 < 2);
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| filled(&picture, &hole, &Settings::new(), &mut Silent).unwrap())
    };
    let alone = with(1);
    assert_eq!(alone.bytes(), with(4).bytes());
    let mut backwards = picture.clone();
    let mut specks: Vec<_> = hole.parts().into_iter().filter(is_speck).collect();
    assert!(specks.len() > 2 * BATCH);
    specks.reverse();
    let mut progress = SubProgress {
        whole: &mut Silent,
        from: 0.0,
        to: 1.0,
    };
    let settings = Settings::new();
    fill(
        &mut backwards.view_mut(),
        &hole,
        &specks,
        &settings,
        true,
        &mut progress,
    )
    .unwrap();
    assert_eq!(alone.bytes(), backwards.bytes());
}

#[test]
fn progress_rises_and_can_cancel_between_batches() {
    let picture = grey(200, 100, |x, _| x as f32 / 200.0);
    let hole = hole(200, 100, |x, y| x % 4 == 0 && y % 4 == 0);
    let mut told = Vec::new();
    let mut listen = |done: f32, _: &str| {
        told.push(done);
        ControlFlow::Continue(())
    };
    filled(&picture, &hole, &Settings::new(), &mut listen).unwrap();
    assert!(told.len() > 5 && told.is_sorted(), "{told:?}");
    let mut left = 3;
    let mut stop = |_: f32, _: &str| {
        left -= 1;
        if left == 0 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    let stopped = filled(&picture, &hole, &Settings::new(), &mut stop);
    assert!(matches!(stopped, Err(Error::Cancelled)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever is known round them, NaN and infinity among it, and however dense they are: specks come out finite, and
    /// nothing else changes.
    #[test]
    fn specks_are_finite_and_the_rest_keeps_every_bit(
        (width, height) in (1usize..50, 1usize..50),
        holes in proptest::collection::vec(proptest::bool::weighted(0.2), 1..400),
        values in proptest::collection::vec(
            prop_oneof![6 => 0.0f32..1.0, 1 => 1.0f32..100.0, 1 => Just(f32::NAN), 1 => Just(f32::INFINITY)], 1..200),
        linear in any::<bool>(),
    ) {
        let format = Format {
            depth: Depth::F32,
            channels: Channels::Rgb,
            transfer: if linear { Transfer::Linear } else { Transfer::Srgb },
            alpha: Alpha::Straight,
        };
        let hole = hole(width, height, |x, y| holes[(y * width + x) % holes.len()]);
        let mut picture = Picture::new(width, height, format).unwrap();
        for (i, bytes) in picture.bytes_mut().chunks_exact_mut(12).enumerate() {
            encode(format, [0, 1, 2, 3].map(|channel| values[(3 * i + channel) % values.len()]), bytes);
        }
        let after = filled(&picture, &hole, &Settings::new(), &mut Silent).unwrap();
        let specks: Vec<_> = hole.parts().into_iter().filter(is_speck).collect();
        let mut is_speck = vec![false; width * height];
        let whole = crate::picture::Rect::new(0, 0, width, height);
        specks.iter().for_each(|speck| speck.mark(&whole, &mut is_speck));
        let pixels = picture.bytes().chunks_exact(12).zip(after.bytes().chunks_exact(12));
        for ((before, after), is_speck) in pixels.zip(is_speck) {
            if is_speck {
                let colours = after.chunks_exact(4).map(|bytes| f32::from_ne_bytes(bytes.try_into().unwrap()));
                prop_assert!(colours.into_iter().all(f32::is_finite));
            } else {
                prop_assert_eq!(before, after);
            }
        }
    }
}
