//! What lies under the hole is never seen: it may be a person to be removed, a black rectangle, or what memory held. Not a
//! byte of the fill depends on it, for any model.

mod common;

use std::path::Path;

use common::{cached, hole, onnxruntime, zoo};
use reweave::{Channels, Depth, Device, Format, Hole, Model, Picture, Settings, Silent, codec};

const SIZE: (usize, usize) = (150, 110);
const HOLE: [usize; 4] = [60, 40, 34, 27];

/// Stripes with what `under` says in the hole.
fn picture(format: Format, hole: &Hole, under: f32) -> Picture {
    let mut picture = Picture::new(SIZE.0, SIZE.1, format).unwrap();
    let mut view = picture.view_mut();
    for y in 0..SIZE.1 {
        let row = view.row_mut(y);
        for (x, pixel) in row.chunks_exact_mut(format.pixel_bytes()).enumerate() {
            let stripe = ((x + 2 * y) as f32 / 8.0).sin() * 0.2;
            let mut value = [0.4 + stripe, 0.5 - stripe, 0.3 + y as f32 / 300.0, 1.0];
            if hole.coverage(x, y) > 0.0 {
                value = [under, 1.0 - under, under * 0.5, 1.0];
            }
            codec::encode(format, value, pixel);
        }
    }
    picture
}

fn filled(mut picture: Picture, hole: &Hole, model: &Model, settings: &Settings) -> Picture {
    reweave::fill(&mut picture.view_mut(), hole, model, settings, &mut Silent).unwrap();
    picture
}

/// Formats, each with two values that may lie under the hole.
const FORMATS: [(Format, [f32; 2]); 5] = [
    (Format::srgb(Depth::U8, Channels::Rgb), [0.0, 1.0]),
    (Format::srgb(Depth::U16, Channels::Grey), [0.0, 1.0]),
    (Format::linear(Depth::F16, Channels::Rgba), [0.2, 60.0]),
    (
        Format::linear(Depth::F32, Channels::Rgba).premultiplied(),
        [0.0, f32::NAN],
    ),
    (
        Format::linear(Depth::F32, Channels::Rgb),
        [f32::INFINITY, -4.0],
    ),
];

fn sees_nothing(model: &Path, device: Device, formats: &[(Format, [f32; 2])]) {
    sees_nothing_as(&Model::open(model, device).unwrap(), formats);
}

fn sees_nothing_as(model: &Model, formats: &[(Format, [f32; 2])]) {
    let [x, y, width, height] = HOLE;
    sees_nothing_under(&hole(SIZE, x, y, width, height), model, formats);
}

fn sees_nothing_under(hole: &Hole, model: &Model, formats: &[(Format, [f32; 2])]) {
    for &(format, [one, other]) in formats {
        for (texture, passes) in [("off", "1"), ("full", "2")] {
            let mut settings = Settings::new();
            settings.set("texture", texture).unwrap();
            settings.set("passes", passes).unwrap();
            let fill = |under| filled(picture(format, hole, under), hole, model, &settings);
            let (one, other) = (fill(one), fill(other));
            assert!(
                one.bytes() == other.bytes(),
                "{}: {format:?}, texture {texture}: the fill depends on what was under the hole",
                model.card().name
            );
        }
    }
}

#[test]
fn by_gated() {
    sees_nothing(&zoo("gated"), Device::BuiltIn, &FORMATS);
}

#[test]
fn by_patches() {
    sees_nothing_as(&Model::patches(None), &FORMATS);
}

#[test]
fn by_partial() {
    sees_nothing(&zoo("partial"), Device::BuiltIn, &FORMATS);
}

/// No network looks at specks: in the middle, in a corner, and beside a hole that one does look at.
#[test]
fn by_what_fills_specks() {
    let specks = [
        (30, 20, 3, 3),
        (0, 0, 7, 7),
        (140, 50, 10, 2),
        (120, 60, 20, 20),
        (110, 70, 7, 5),
    ];
    let mut mask = Picture::new(SIZE.0, SIZE.1, Format::srgb(Depth::U8, Channels::Grey)).unwrap();
    for (x, y, width, height) in specks {
        for row in y..y + height {
            mask.bytes_mut()[row * SIZE.0 + x..][..width].fill(255);
        }
    }
    let hole = Hole::from_mask(mask.view()).unwrap();
    let model = Model::open(zoo("partial"), Device::BuiltIn).unwrap();
    sees_nothing_under(&hole, &model, &FORMATS);
}

/// Its own pipeline looks a pixel into the hole, so the engine has to show it nothing there.
#[test]
fn by_migan() {
    let model = cached("migan/package/models/migan_pipeline_v2.onnx");
    let (Some(model), Some(())) = (model, onnxruntime()) else {
        return;
    };
    sees_nothing(&model, Device::Cpu, &FORMATS[..1]);
}
