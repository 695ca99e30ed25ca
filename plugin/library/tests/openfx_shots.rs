//! The OpenFX node on shots: what other frames show behind the hole is taken from there, and a held frame stays.

mod openfx_host;
mod support;

use openfx_host::effect::Instance;
use openfx_host::frame::{Depth, Frame, Layout};
use openfx_host::properties::Value;
use openfx_host::{Host, Quirks};
use std::ffi::CStr;
use support::{library, model};

const SOURCE: &CStr = c"Source";
const MASK: &CStr = c"Mask";
const WIDTH: i32 = 192;
const HEIGHT: i32 = 128;

/// A number from 0 to 1 for a point of a grid, by chance.
fn chance(x: i64, y: i64, channel: usize) -> f32 {
    let mut bits = (x as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        ^ (y as u64).wrapping_mul(0xc2b2_ae3d_27d4_eb4f)
        ^ (channel as u64) << 7;
    bits = (bits ^ (bits >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    ((bits ^ (bits >> 32)) & 0xffff) as f32 / 65535.0
}

fn noise(x: f32, y: f32, channel: usize) -> f32 {
    let (left, top) = (x.floor(), y.floor());
    let ease = |t: f32| t * t * (3.0 - 2.0 * t);
    let (u, v) = (ease(x - left), ease(y - top));
    let at = |dx, dy| chance(left as i64 + dx, top as i64 + dy, channel);
    let upper = at(0, 0) + (at(1, 0) - at(0, 0)) * u;
    let lower = at(0, 1) + (at(1, 1) - at(0, 1)) * u;
    upper + (lower - upper) * v
}

/// A wall with detail of all sizes.
fn scene(x: f32, y: f32, channel: usize) -> f32 {
    let sizes = [(70.0, 0.4), (23.0, 0.25), (9.0, 0.2), (4.0, 0.1)];
    sizes
        .iter()
        .map(|(size, share)| share * noise(x / size, y / size, channel))
        .sum()
}

/// The hole: it stays where it is on the screen, as a logo does.
fn in_hole(x: i32, y: i32) -> bool {
    (80..104).contains(&x) && (50..74).contains(&y)
}

/// How bright a frame is: clouds pass.
fn light(time: i64) -> f32 {
    1.0 + 0.004 * time as f32
}

/// A shot in which the camera pans by `pan` pixels a frame, and the light changes a little; what is in the hole is
/// white.
fn put_shot(instance: &Instance, pan: f32, frames: std::ops::Range<i64>) {
    let mask = Frame::painted(Layout::new(Depth::Byte, 1, WIDTH, HEIGHT), |x, y, _| {
        f32::from(u8::from(in_hole(x, y)))
    });
    for time in frames {
        let light = light(time);
        let frame = Frame::painted(
            Layout::new(Depth::Float, 3, WIDTH, HEIGHT),
            |x, y, channel| {
                if in_hole(x, y) {
                    1.0
                } else {
                    light * scene(x as f32 + pan * time as f32, y as f32, channel)
                }
            },
        );
        instance.put(SOURCE, time, &frame).put(MASK, time, &mask);
    }
}

fn instance(host: &Host, model: &std::path::Path) -> Instance {
    let instance = Instance::new(host.plugin, &host.descriptor);
    instance
        .set(c"model", Value::text(model.to_str().unwrap()))
        .set(c"hole_from", Value::Int(2))
        .set(c"device", Value::Int(1));
    instance
}

fn render(instance: &Instance, time: i64) -> Frame {
    instance
        .render(
            time,
            Frame::new(Layout::new(Depth::Float, 3, WIDTH, HEIGHT)),
        )
        .unwrap()
}

fn mean(values: impl Iterator<Item = f32>) -> f32 {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    sum / count
}

fn hole_pixels() -> impl Iterator<Item = (i32, i32)> {
    (0..HEIGHT)
        .flat_map(|y| (0..WIDTH).map(move |x| (x, y)))
        .filter(|(x, y)| in_hole(*x, *y))
}

/// How far a fill is from what really is there.
fn error(frame: &Frame, pan: f32, time: i64) -> f32 {
    let light = light(time);
    let off = |x, y, c| {
        (frame.get(x, y, c) - light * scene(x as f32 + pan * time as f32, y as f32, c)).abs()
    };
    mean(
        hole_pixels()
            .flat_map(|(x, y)| (0..3).map(move |c| (x, y, c)))
            .map(|(x, y, c)| off(x, y, c)),
    )
}

/// How much the fill of the same piece of wall changes from one frame to the next, apart from the light.
fn flicker(first: &Frame, second: &Frame, pan: i32, brighter: f32) -> f32 {
    let both = hole_pixels().filter(|(x, y)| in_hole(x - pan, *y));
    mean(
        both.flat_map(|(x, y)| (0..3).map(move |c| (x, y, c)))
            .map(|(x, y, c)| (first.get(x, y, c) * brighter - second.get(x - pan, y, c)).abs()),
    )
}

#[test]
fn a_pan_shows_what_is_behind() {
    let Some(model) = model() else { return };
    let host = Host::open(&library(), Quirks::default());
    let instance = instance(&host, &model);
    let pan = 3;
    put_shot(&instance, pan as f32, 0..20);
    let measure = || {
        let frames: Vec<_> = (9..12).map(|time| render(&instance, time)).collect();
        let pairs = frames.windows(2).zip(9..);
        let brighter = |time: i64| light(time + 1) / light(time);
        let flickers = pairs.map(|(pair, time)| flicker(&pair[0], &pair[1], pan, brighter(time)));
        let errors = frames
            .iter()
            .zip(9..)
            .map(|(frame, time)| error(frame, pan as f32, time));
        (mean(flickers), mean(errors))
    };
    let alone = measure();
    instance
        .set(c"frames_before", Value::Int(8))
        .set(c"frames_after", Value::Int(8));
    let together = measure();
    println!(
        "flicker {:.5} alone, {:.5} with other frames",
        alone.0, together.0
    );
    println!(
        "error   {:.5} alone, {:.5} with other frames",
        alone.1, together.1
    );
    assert!(
        together.0 < 0.2 * alone.0 && together.1 < 0.2 * alone.1,
        "{alone:?} {together:?}"
    );
    assert_eq!(host.mistakes(), Vec::<String>::new());
}

#[test]
fn a_pan_between_pixels_too() {
    let Some(model) = model() else { return };
    let host = Host::open(&library(), Quirks::default());
    let instance = instance(&host, &model);
    put_shot(&instance, -2.6, 0..20);
    instance
        .set(c"frames_before", Value::Int(9))
        .set(c"frames_after", Value::Int(9));
    let error = error(&render(&instance, 10), -2.6, 10);
    assert!(error < 0.01, "{error}");
}

#[test]
fn what_no_frame_shows_is_filled() {
    let Some(model) = model() else { return };
    let host = Host::open(&library(), Quirks::default());
    let instance = instance(&host, &model);
    // Two frames on each side show a strip of 6 pixels each; the shot ends before there are more.
    put_shot(&instance, 3.0, 8..13);
    instance
        .set(c"frames_before", Value::Int(5))
        .set(c"frames_after", Value::Int(2));
    let frame = render(&instance, 10);
    let light = light(10);
    for (x, y) in hole_pixels() {
        let off = (frame.get(x, y, 1) - light * scene(x as f32 + 30.0, y as f32, 1)).abs();
        let shown = !(84..100).contains(&x);
        assert!(!shown || off < 0.02, "{x} {y} {off}");
        assert!(frame.get(x, y, 0) < 0.99, "{x} {y} is still white");
    }
    assert_eq!(host.mistakes(), Vec::<String>::new());
}

#[test]
fn a_cut_lends_nothing() {
    let Some(model) = model() else { return };
    let host = Host::open(&library(), Quirks::default());
    let instance = instance(&host, &model);
    put_shot(&instance, 3.0, 10..11);
    let alone = render(&instance, 10);
    // The shot before it is of something else.
    put_shot(&instance, -4000.0, 9..10);
    instance.set(c"frames_before", Value::Int(1));
    assert!(render(&instance, 10).bytes == alone.bytes);
}

#[test]
fn a_held_frame_stays() {
    let Some(model) = model() else { return };
    let host = Host::open(&library(), Quirks::default());
    let instance = instance(&host, &model);
    // A camera on a tripod, with grain that is new in each frame.
    let mask = Frame::painted(Layout::new(Depth::Byte, 1, WIDTH, HEIGHT), |x, y, _| {
        f32::from(u8::from(in_hole(x, y)))
    });
    for time in 0..4 {
        let frame = Frame::painted(
            Layout::new(Depth::Float, 3, WIDTH, HEIGHT),
            |x, y, channel| {
                let grain = 0.02 * (chance(i64::from(x) + 999 * time, i64::from(y), channel) - 0.5);
                if in_hole(x, y) {
                    1.0
                } else {
                    scene(x as f32, y as f32, channel) + grain
                }
            },
        );
        instance.put(SOURCE, time, &frame).put(MASK, time, &mask);
    }
    let flicker_of = |instance: &Instance| {
        let frames: Vec<_> = (0..4).map(|time| render(instance, time)).collect();
        frames
            .windows(2)
            .map(|pair| flicker(&pair[0], &pair[1], 0, 1.0))
            .fold(0.0, f32::max)
    };
    assert!(flicker_of(&instance) > 0.0);
    instance
        .set(c"hold", Value::Int(1))
        .set(c"hold_frame", Value::Int(2));
    assert_eq!(flicker_of(&instance), 0.0);
    assert_eq!(host.mistakes(), Vec::<String>::new());
}
