//! A picture with a hole, and what must be true of it afterwards.

use super::Host;
use super::effect::Instance;
use super::frame::{Frame, Layout};
use super::properties::Value;
use reweave_openfx_sys as ofx;
use std::ffi::CStr;

pub const SOURCE: &CStr = c"Source";
pub const MASK: &CStr = c"Mask";
pub const SKETCH: &CStr = c"Sketch";
pub const WIDTH: i32 = 88;
pub const HEIGHT: i32 = 64;
/// The hole, in OpenFX's coordinates relative to a frame's lower left corner.
pub const HOLE: ofx::OfxRectI = ofx::OfxRectI {
    x1: 30,
    y1: 22,
    x2: 46,
    y2: 36,
};

pub fn in_rect(rect: ofx::OfxRectI, x: i32, y: i32) -> bool {
    x >= rect.x1 && x < rect.x2 && y >= rect.y1 && y < rect.y2
}

pub fn in_hole(layout: &Layout, x: i32, y: i32) -> bool {
    in_rect(HOLE, x - layout.bounds.x1, y - layout.bounds.y1)
}

/// Something smooth to look at.
pub fn colour(x: i32, y: i32, channel: usize) -> f32 {
    let (x, y) = (x as f32, y as f32);
    match channel {
        0 => 0.5 + 0.3 * (x / 9.0).sin(),
        1 => 0.5 + 0.3 * (y / 7.0).cos(),
        _ => 0.2 + 0.005 * (x + y),
    }
}

/// A frame whose alpha is 0 in the hole and 1 elsewhere.
pub fn source(layout: Layout) -> Frame {
    let origin = layout.bounds;
    Frame::painted(layout, |x, y, channel| match channel {
        3 if in_hole(&layout, x, y) => 0.0,
        3 => 1.0,
        _ if layout.channels == 1 => 1.0,
        _ if layout.premultiplied && layout.channels == 4 && in_hole(&layout, x, y) => 0.0,
        _ => colour(x - origin.x1, y - origin.y1, channel),
    })
}

/// A mask whose value is 1 in the hole.
pub fn mask(layout: Layout) -> Frame {
    Frame::painted(
        layout,
        |x, y, _| if in_hole(&layout, x, y) { 1.0 } else { 0.0 },
    )
}

pub fn opaque(layout: Layout) -> Frame {
    let origin = layout.bounds;
    Frame::painted(layout, |x, y, channel| match channel {
        3 => 1.0,
        _ if layout.channels == 1 => 1.0,
        _ => colour(x - origin.x1, y - origin.y1, channel),
    })
}

/// An instance that fills by the repository's own model, from the alpha of Source.
pub fn instance(host: &Host, model: &std::path::Path) -> Instance {
    let instance = Instance::new(host.plugin, &host.descriptor);
    instance
        .set(c"model", Value::text(model.to_str().unwrap()))
        .set(c"hole_from", Value::Int(0))
        .set(c"device", Value::Int(1));
    instance
}

/// Checks that only the hole differs between two frames of the same layout, and that it does. Returns how many pixels.
pub fn only_the_hole_changed(before: &Frame, after: &Frame) -> usize {
    let bounds = before.layout.bounds;
    let mut changed = 0;
    for y in bounds.y1..bounds.y2 {
        for x in bounds.x1..bounds.x2 {
            let same = before.pixel(x, y) == after.pixel(x, y);
            if in_hole(&before.layout, x, y) {
                changed += usize::from(!same);
            } else {
                assert!(
                    same,
                    "pixel {x} {y} changed: {:?} {:?}",
                    before.pixel(x, y),
                    after.pixel(x, y)
                );
            }
        }
    }
    assert!(
        after.padding_is_whole(),
        "bytes behind the rows were written"
    );
    changed
}

/// Pixels of a frame that differ from another.
pub fn differing(a: &Frame, b: &Frame) -> usize {
    let bounds = a.layout.bounds;
    let columns = |y| (bounds.x1..bounds.x2).map(move |x| (x, y));
    (bounds.y1..bounds.y2)
        .flat_map(columns)
        .filter(|&(x, y)| a.pixel(x, y) != b.pixel(x, y))
        .count()
}
