//! Fills with a network that is no network, so that everything round it can be checked to the bit.

use std::ops::ControlFlow;
use std::sync::Mutex;

use reweave_models::card::{Card, Size};

mod guided;
mod known;
mod undone;

use super::*;
use crate::network::input::NetworkInput;
use crate::picture::codec::decode;
use crate::picture::{Alpha, Channels, Depth, Format, Picture, Transfer, View};
use crate::progress::Silent;

/// Paints the mean colour of what is known, or middle grey.
struct Mean {
    card: Card,
    report: RuntimeReport,
    /// What it was shown, for tests that want to know.
    shown: Mutex<Vec<NetworkInput>>,
}

impl Mean {
    fn new(working: u32) -> Self {
        let mut card = Card::own("mean", 8);
        card.size = Size {
            working,
            ..Size::default()
        };
        Self {
            card,
            report: RuntimeReport::default(),
            shown: Mutex::default(),
        }
    }
}

impl Network for Mean {
    fn card(&self) -> &Card {
        &self.card
    }

    fn answered_by(&self) -> RuntimeReport {
        self.report.clone()
    }

    fn predict(
        &self,
        input: &NetworkInput,
        progress: &mut SubProgress<'_>,
    ) -> Result<Vec<f32>, Error> {
        progress.step(0.5, "predicting")?;
        self.shown.lock().unwrap().push(input.clone());
        let mut predicted = Vec::new();
        for plane in input.rgb.chunks_exact(input.len()) {
            let known: Vec<_> = plane
                .iter()
                .zip(&input.hole)
                .filter(|(_, hole)| !**hole)
                .map(|(v, _)| *v)
                .collect();
            let mean = if known.is_empty() {
                0.5
            } else {
                known.iter().sum::<f32>() / known.len() as f32
            };
            predicted.extend(std::iter::repeat_n(mean, input.len()));
        }
        Ok(predicted)
    }
}

const RGB8: Format = Format::srgb(Depth::U8, Channels::Rgb);
const GREY8: Format = Format::srgb(Depth::U8, Channels::Grey);

fn mask(width: usize, height: usize, coverage: impl Fn(usize, usize) -> u8) -> Hole {
    let bytes = (0..width * height)
        .map(|i| coverage(i % width, i / width))
        .collect();
    Hole::from_mask(
        Picture::from_bytes(bytes, width, height, GREY8)
            .unwrap()
            .view(),
    )
    .unwrap()
}

fn floats(width: usize, height: usize, format: Format, value: impl Fn(usize) -> f32) -> Picture {
    let bytes = (0..width * height * format.channels.count())
        .flat_map(|i| value(i).to_ne_bytes())
        .collect();
    Picture::from_bytes(bytes, width, height, format).unwrap()
}

fn pixel(view: View<'_>, x: usize, y: usize) -> [f32; 4] {
    let size = view.format().pixel_bytes();
    let mut pixel = [[0.0; 4]];
    decode(
        view.format(),
        &view.row(y)[x * size..(x + 1) * size],
        &mut pixel,
    );
    pixel[0]
}

fn fill_plainly(picture: &mut Picture, hole: &Hole) -> Report {
    fill_with(
        &mut picture.view_mut(),
        hole,
        &Mean::new(512),
        &Settings::new(),
        &mut Silent,
    )
    .unwrap()
}

#[test]
fn patches_fill_where_there_is_no_network_or_where_they_are_asked_for() {
    let model = Model::patches(Some("nobody installed one".into()));
    let mut mask = Picture::new(60, 50, Format::srgb(Depth::U8, Channels::Grey)).unwrap();
    for y in 20..32 {
        mask.bytes_mut()[y * 60 + 20..][..14].fill(255);
    }
    let hole = Hole::from_mask(mask.view()).unwrap();
    let bytes = (0..60 * 50 * 4).map(|i| (i % 4 * 40 + i / 4 % 60 * 2) as u8);
    let format = Format::srgb(Depth::U8, Channels::Rgba);
    let truth = Picture::from_bytes(bytes.collect(), 60, 50, format).unwrap();
    let mut damaged = truth.clone();
    for run in hole.runs() {
        let mut view = damaged.view_mut();
        let row = view.row_mut(run.y)[4 * run.x..4 * run.right()].chunks_exact_mut(4);
        row.for_each(|pixel| pixel[..3].fill(255));
    }
    let fill = |method| {
        let mut picture = damaged.clone();
        let settings = Settings {
            method,
            passes: 3,
            ..Settings::new()
        };
        let report = crate::fill(
            &mut picture.view_mut(),
            &hole,
            &model,
            &settings,
            &mut Silent,
        )?;
        // A slope that is the same in every row is copied as it was.
        assert!(picture.bytes() == truth.bytes());
        Ok::<_, Error>(report)
    };
    let report = fill(Method::Auto).unwrap();
    assert_eq!(
        (report.method, &report.why[..]),
        (Method::Patch, "nobody installed one")
    );
    assert_eq!((report.regions, report.pixels), (1, 12 * 14));
    assert_eq!(report.answered_by.why_not_better, ["nobody installed one"]);
    assert_eq!(fill(Method::Patch).unwrap().method, Method::Patch);
    let message = fill(Method::Network).unwrap_err().to_string();
    assert!(
        message.contains("method") && message.contains("nobody installed one"),
        "{message}"
    );
}

#[test]
fn a_hole_takes_the_colour_of_its_surroundings() {
    let mut picture = Picture::from_bytes([10, 200, 30].repeat(100 * 80), 100, 80, RGB8).unwrap();
    let is_hole = |x: usize, y: usize| y == 40 && (50..60).contains(&x);
    picture.bytes_mut()[(40 * 100 + 50) * 3..][..30].fill(255);
    let report = fill_plainly(
        &mut picture,
        &mask(100, 80, |x, y| if is_hole(x, y) { 255 } else { 0 }),
    );
    assert_eq!((report.regions, report.specks, report.pixels), (1, 0, 10));
    assert!(
        picture
            .bytes()
            .chunks(3)
            .all(|pixel| pixel == [10, 200, 30])
    );
}

#[test]
fn specks_are_filled_without_the_network_and_before_it_looks() {
    let mut picture = Picture::from_bytes([10, 200, 30].repeat(100 * 80), 100, 80, RGB8).unwrap();
    let is_dust = |x: usize, y: usize| x % 20 < 3 && y % 20 < 3 && x < 60;
    let is_thing = |x: usize, y: usize| x >= 62 && (10..30).contains(&y);
    let hole = mask(100, 80, |x, y| {
        if is_dust(x, y) || is_thing(x, y) {
            255
        } else {
            0
        }
    });
    for run in hole.runs() {
        picture.bytes_mut()[(run.y * 100 + run.x) * 3..][..run.len * 3].fill(255);
    }
    let network = Mean::new(512);
    let settings = Settings::new();
    let report = fill_with(
        &mut picture.view_mut(),
        &hole,
        &network,
        &settings,
        &mut Silent,
    );
    let report = report.unwrap();
    assert_eq!((report.regions, report.specks), (1, 12));
    assert!(
        picture
            .bytes()
            .chunks(3)
            .all(|pixel| pixel == [10, 200, 30])
    );
    let shown = network.shown.into_inner().unwrap();
    assert_eq!(shown[0].hole.iter().filter(|hole| **hole).count(), 38 * 20);
}

#[test]
fn an_empty_hole_changes_nothing_and_runs_nothing() {
    let mut picture = Picture::from_bytes(vec![7; 300], 10, 10, RGB8).unwrap();
    let network = Mean::new(512);
    let hole = mask(10, 10, |_, _| 0);
    let report = fill_with(
        &mut picture.view_mut(),
        &hole,
        &network,
        &Settings::new(),
        &mut Silent,
    )
    .unwrap();
    assert_eq!((report.regions, report.pixels), (0, 0));
    assert!(network.shown.lock().unwrap().is_empty());
    assert_eq!(picture.bytes(), vec![7; 300]);
}

#[test]
fn a_hole_of_everything_still_gets_an_answer() {
    for (width, height) in [(1, 1), (3, 700), (2000, 16), (600, 600)] {
        let mut picture =
            Picture::from_bytes(vec![200; width * height * 3], width, height, RGB8).unwrap();
        let report = fill_plainly(&mut picture, &mask(width, height, |_, _| 255));
        assert_eq!(report.pixels, width * height);
        assert!(
            picture
                .bytes()
                .iter()
                .all(|&byte| byte == 127 || byte == 128),
            "{width}x{height}"
        );
    }
}

#[test]
fn a_mask_of_another_size_is_refused_in_words() {
    let mut picture = Picture::new(4, 4, RGB8).unwrap();
    let hole = mask(4, 5, |_, _| 255);
    let error = fill_with(
        &mut picture.view_mut(),
        &hole,
        &Mean::new(64),
        &Settings::new(),
        &mut Silent,
    )
    .unwrap_err();
    assert!(error.to_string().contains("4x5") && error.to_string().contains("4x4"));
}

#[test]
fn highlights_above_one_survive_and_colour_the_fill() {
    for transfer in [Transfer::Linear, Transfer::Srgb] {
        for depth in [Depth::F32, Depth::F16] {
            let format = Format {
                depth,
                channels: Channels::Rgb,
                transfer,
                alpha: Alpha::Straight,
            };
            let mut picture = Picture::new(40, 40, format).unwrap();
            for row in 0..40 {
                for bytes in picture
                    .view_mut()
                    .row_mut(row)
                    .chunks_exact_mut(format.pixel_bytes())
                {
                    crate::picture::codec::encode(format, [12.0, 4.0, 0.5, 1.0], bytes);
                }
            }
            fill_plainly(
                &mut picture,
                &mask(40, 40, |x, y| if x.max(y) < 20 { 255 } else { 0 }),
            );
            let [red, green, blue, _] = pixel(picture.view(), 5, 5);
            assert!(
                (red - 12.0).abs() < 0.1 && (green - 4.0).abs() < 0.05 && (blue - 0.5).abs() < 0.01,
                "{red} {green} {blue}"
            );
        }
    }
}

#[test]
fn nan_and_infinity_are_kept_outside_and_mended_inside() {
    let format = Format::linear(Depth::F32, Channels::Rgb);
    let odd = [f32::NAN, f32::INFINITY, f32::NEG_INFINITY];
    let mut picture = floats(30, 30, format, |i| {
        if i / 3 % 30 < 3 { odd[i % 3] } else { 0.25 }
    });
    let before = picture.clone();
    fill_plainly(
        &mut picture,
        &mask(30, 30, |_, y| if y < 10 { 128 } else { 0 }),
    );
    for y in 0..30 {
        for x in 0..30 {
            if y >= 10 {
                let range = (y * 30 + x) * 12..(y * 30 + x) * 12 + 12;
                assert_eq!(picture.bytes()[range.clone()], before.bytes()[range]);
            } else {
                assert!((pixel(picture.view(), x, y)[0] - 0.25).abs() < 1e-3);
            }
        }
    }
}

#[test]
fn a_hole_from_alpha_becomes_opaque_and_one_from_a_mask_keeps_alpha() {
    let format = Format::srgb(Depth::U8, Channels::Rgba);
    let make = || {
        let pixel = |i: usize| {
            if i % 20 < 5 {
                [0, 0, 0, 0]
            } else {
                [50, 60, 70, 255]
            }
        };
        Picture::from_bytes((0..400).flat_map(pixel).collect(), 20, 20, format).unwrap()
    };
    let mut from_alpha = make();
    let hole = Hole::from_alpha(from_alpha.view()).unwrap();
    fill_plainly(&mut from_alpha, &hole);
    assert!(
        from_alpha
            .bytes()
            .chunks(4)
            .all(|pixel| pixel == [50, 60, 70, 255])
    );

    let mut from_mask = make();
    fill_plainly(
        &mut from_mask,
        &mask(20, 20, |x, _| if x < 10 { 255 } else { 0 }),
    );
    assert_eq!(from_mask.bytes()[..4], [50, 60, 70, 0]);
    assert_eq!(from_mask.bytes()[6 * 4..7 * 4], [50, 60, 70, 255]);
}

#[test]
fn growing_and_feathering_reach_the_fill() {
    let make = || {
        Picture::from_bytes(
            (0..64 * 64 * 3).map(|i| (i * 7 % 200) as u8).collect(),
            64,
            64,
            RGB8,
        )
        .unwrap()
    };
    let hole = mask(64, 64, |x, y| {
        if (20..30).contains(&x) && (20..30).contains(&y) {
            255
        } else {
            0
        }
    });
    let filled = |grow: &str, feather: &str| {
        let mut settings = Settings::new();
        settings.set("grow", grow).unwrap();
        settings.set("feather", feather).unwrap();
        let mut picture = make();
        fill_with(
            &mut picture.view_mut(),
            &hole,
            &Mean::new(512),
            &settings,
            &mut Silent,
        )
        .unwrap()
        .pixels
    };
    assert_eq!(filled("0", "0"), 100);
    assert!(filled("3", "0") > 200);
    assert_eq!(filled("0", "2"), 100);
}

#[test]
fn a_value_out_of_range_is_refused_before_anything_is_done() {
    let settings = Settings {
        passes: 99,
        ..Settings::new()
    };
    let mut picture = Picture::new(8, 8, RGB8).unwrap();
    let hole = mask(8, 8, |x, _| if x < 4 { 255 } else { 0 });
    let network = Mean::new(64);
    let refused = fill_with(
        &mut picture.view_mut(),
        &hole,
        &network,
        &settings,
        &mut Silent,
    );
    assert!(matches!(refused, Err(Error::Setting { .. })), "{refused:?}");
    assert!(network.shown.into_inner().unwrap().is_empty());
}

#[test]
fn several_passes_see_the_picture_turned() {
    let mut settings = Settings::new();
    settings.set("passes", "4").unwrap();
    let network = Mean::new(256);
    let mut picture = Picture::from_bytes(
        (0..20 * 10 * 3).map(|i| (i % 256) as u8).collect(),
        20,
        10,
        RGB8,
    )
    .unwrap();
    let hole = mask(20, 10, |x, y| if x < 9 && y < 2 { 255 } else { 0 });
    fill_with(
        &mut picture.view_mut(),
        &hole,
        &network,
        &settings,
        &mut Silent,
    )
    .unwrap();
    let shown = network.shown.into_inner().unwrap();
    let corners: Vec<_> = shown
        .iter()
        .map(|input| [0, 19, 180, 199].map(|at| input.hole[at]))
        .collect();
    assert_eq!(corners.len(), 4);
    assert!(
        (0..4).all(|corner| corners.iter().filter(|hole| hole[corner]).count() == 1),
        "{corners:?}"
    );
}

/// The network sees a quarter of each side and predicts the weave flat; texture is synthesised at the picture's own size.
#[test]
fn where_the_network_saw_less_texture_is_still_as_fine_as_the_picture() {
    const SIDE: usize = 256;
    let weave = |i: usize| {
        let (x, y) = (i / 3 % SIDE, i / 3 / SIDE);
        if (x / 2 + y / 3).is_multiple_of(2) {
            0.3
        } else {
            0.7
        }
    };
    let format = Format::srgb(Depth::F32, Channels::Rgb);
    let middle = |x: usize, y: usize| x.abs_diff(128) < 40 && y.abs_diff(128) < 40;
    let hole = mask(SIDE, SIDE, |x, y| if middle(x, y) { 255 } else { 0 });
    let contrast = |texture: &str| {
        let mut picture = floats(SIDE, SIDE, format, weave);
        let network = Mean::new(64);
        let mut settings = Settings::new();
        settings.set("texture", texture).unwrap();
        fill_with(
            &mut picture.view_mut(),
            &hole,
            &network,
            &settings,
            &mut Silent,
        )
        .unwrap();
        let shown = network.shown.lock().unwrap();
        assert_eq!(shown.len(), 1);
        assert!(shown[0].width <= 64 && shown[0].height <= 64);
        let inside = (0..SIDE * SIDE).filter(|i| middle(i % SIDE, i / SIDE));
        let distances: Vec<f32> = inside
            .map(|i| (pixel(picture.view(), i % SIDE, i / SIDE)[0] - 0.5).abs())
            .collect();
        distances.iter().sum::<f32>() / distances.len() as f32
    };
    assert!(contrast("off") < 0.05, "{}", contrast("off"));
    // The card asks for none, but a fill four times enlarged gets half of it.
    assert!(contrast("auto") > 0.08, "{}", contrast("auto"));
    assert!(contrast("full") > 0.16, "{}", contrast("full"));
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let fill_once = |seed: &str| {
        let mut settings = Settings::new();
        settings.set("seed", seed).unwrap();
        let bytes = (0..300 * 200 * 3)
            .map(|i| (i % 900 / 4 + i / 20000) as u8)
            .collect();
        let mut picture = Picture::from_bytes(bytes, 300, 200, RGB8).unwrap();
        let hole = mask(
            300,
            200,
            |x, y| if x / 40 == 3 && y / 40 == 2 { 255 } else { 0 },
        );
        fill_with(
            &mut picture.view_mut(),
            &hole,
            &Mean::new(64),
            &settings,
            &mut Silent,
        )
        .unwrap();
        picture.into_bytes()
    };
    assert!(fill_once("5") == fill_once("5"));
    assert!(fill_once("5") != fill_once("6"));
}
