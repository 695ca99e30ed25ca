//! What the OpenFX node makes of a frame.

mod openfx_host;
mod support;

use openfx_host::frame::{Depth, Frame, Layout};
use openfx_host::properties::Value;
use openfx_host::scene::*;
use openfx_host::{Host, Quirks};
use reweave_openfx_sys::{self as ofx, names::*};

use std::path::Path;
use support::{guided_model, library, model, unguided_model};

fn open(quirks: Quirks) -> Host {
    Host::open(&library(), quirks)
}

#[test]
fn fills_from_a_mask_in_every_depth() {
    let Some(model) = model() else { return };
    let host = open(Quirks::default());
    for depth in Depth::ALL {
        for channels in [3, 4] {
            for mask_layout in [
                Layout::new(Depth::Byte, 1, WIDTH, HEIGHT),
                Layout::new(depth, 1, WIDTH, HEIGHT).top_first().padded(8),
                Layout::new(Depth::Float, 4, WIDTH, HEIGHT),
            ] {
                let instance = instance(&host, &model);
                instance.set(c"hole_from", Value::Int(2));
                let before = opaque(Layout::new(depth, channels, WIDTH, HEIGHT));
                let after = instance
                    .put(SOURCE, 0, &before)
                    .put(MASK, 0, &mask(mask_layout))
                    .render(0, Frame::new(before.layout))
                    .unwrap();
                assert!(
                    only_the_hole_changed(&before, &after) > 150,
                    "{depth:?} {channels}"
                );
            }
        }
    }
    assert_eq!(host.mistakes(), Vec::<String>::new());
}

#[test]
fn a_fill_follows_the_lines_of_a_sketch() {
    let host = open(Quirks::default());
    let folder = tempfile::tempdir().unwrap();
    let guided = guided_model(folder.path());
    let before = opaque(Layout::new(Depth::Float, 4, WIDTH, HEIGHT));
    let white = mask(Layout::new(Depth::Float, 1, WIDTH, HEIGHT));
    let fill = |model: &Path, sketch: Option<&Frame>| {
        let instance = instance(&host, model);
        instance.set(c"hole_from", Value::Int(2));
        instance.put(SOURCE, 0, &before).put(MASK, 0, &white);
        if let Some(sketch) = sketch {
            instance.put(SKETCH, 0, sketch);
        }
        instance.render(0, Frame::new(before.layout))
    };
    let plain = fill(&guided, None).unwrap();
    // Black lines on nothing, and the same in a clip of one number.
    let layout = |channels| Layout::new(Depth::Float, channels, WIDTH, HEIGHT);
    let line = |layout: Layout| {
        Frame::painted(layout, move |_, y, channel| {
            let is_drawn = (28..30).contains(&(y - layout.bounds.y1));
            match is_drawn && channel + 1 == layout.channels {
                true => 1.0,
                false => 0.0,
            }
        })
    };
    for lines in [line(layout(4)), line(layout(1))] {
        let followed = fill(&guided, Some(&lines)).unwrap();
        assert!(only_the_hole_changed(&before, &followed) > 150);
        assert!(differing(&plain, &followed) > 20);
    }
    // What hosts give where nothing is wired: white or black all over.
    for nothing in [0.0, 1.0] {
        let unwired = Frame::painted(layout(4), |_, _, _| nothing);
        assert_eq!(
            differing(&plain, &fill(&guided, Some(&unwired)).unwrap()),
            0
        );
    }
    if let Some(unguided) = unguided_model() {
        assert!(fill(&unguided, Some(&line(layout(4)))).is_err());
    }
    assert_eq!(host.mistakes(), Vec::<String>::new());
}

#[test]
fn a_mask_with_its_own_bounds_is_put_in_its_place() {
    let Some(model) = model() else { return };
    let host = open(Quirks::default());
    let instance = instance(&host, &model);
    instance.set(c"hole_from", Value::Int(2));
    let before = opaque(Layout::new(Depth::Float, 4, WIDTH, HEIGHT).moved(100, -50));
    // As large as the hole, and nothing but white.
    let small = Layout::new(Depth::Float, 1, HOLE.x2 - HOLE.x1, HOLE.y2 - HOLE.y1)
        .moved(100 + HOLE.x1, HOLE.y1 - 50);
    let after = instance
        .put(SOURCE, 0, &before)
        .put(MASK, 0, &Frame::painted(small, |_, _, _| 1.0))
        .render(0, Frame::new(before.layout))
        .unwrap();
    assert!(only_the_hole_changed(&before, &after) > 150);
}

#[test]
fn inverted_holes_are_the_other_pixels() {
    let Some(model) = model() else { return };
    let host = open(Quirks::default());
    let layout = Layout::new(Depth::Float, 4, WIDTH, HEIGHT);
    let before = opaque(layout);
    let mut inverse = mask(Layout::new(Depth::Float, 1, WIDTH, HEIGHT));
    for y in 0..HEIGHT {
        (0..WIDTH).for_each(|x| inverse.put(x, y, 0, 1.0 - inverse.get(x, y, 0)));
    }
    for (choice, invert) in [(3, 0), (2, 1)] {
        let instance = instance(&host, &model);
        instance
            .set(c"hole_from", Value::Int(choice))
            .set(c"invert", Value::Int(invert));
        let after = instance
            .put(SOURCE, 0, &before)
            .put(MASK, 0, &inverse)
            .render(0, Frame::new(layout))
            .unwrap();
        assert!(only_the_hole_changed(&before, &after) > 150);
    }
}

#[test]
fn an_alpha_clip_passes_through() {
    let Some(model) = model() else { return };
    let host = open(Quirks::default());
    let before = source(Layout::new(Depth::Half, 1, WIDTH, HEIGHT));
    let after = instance(&host, &model)
        .put(SOURCE, 0, &before)
        .render(0, Frame::new(before.layout))
        .unwrap();
    assert_eq!(before.bytes, after.bytes);
}

#[test]
fn source_and_output_may_differ() {
    let Some(model) = model() else { return };
    let host = open(Quirks::default());
    for from in Depth::ALL {
        for to in Depth::ALL {
            let before = source(Layout::new(from, 4, WIDTH, HEIGHT));
            let output = Layout::new(to, 4, WIDTH + 10, HEIGHT - 4)
                .moved(-5, 2)
                .top_first();
            let instance = instance(&host, &model);
            let window = ofx::OfxRectI {
                x1: -3,
                ..output.bounds
            };
            let after = instance
                .put(SOURCE, 0, &before)
                .render_window(0, Frame::new(output), 1.0, window)
                .unwrap();
            let close = 0.51
                / if from == Depth::Byte || to == Depth::Byte {
                    255.0
                } else {
                    1024.0
                };
            for y in output.bounds.y1..output.bounds.y2 {
                assert!(
                    after.pixel(-5, y).iter().all(|byte| *byte == 0xA5),
                    "outside of the window"
                );
                assert!(
                    after.pixel(-1, y).iter().all(|byte| *byte == 0),
                    "outside of Source"
                );
                for x in 0..WIDTH {
                    let (was, is) = (before.get(x, y, 0), after.get(x, y, 0));
                    assert!(
                        in_hole(&before.layout, x, y) || (was - is).abs() <= close,
                        "{from:?} {to:?} {was} {is}"
                    );
                }
            }
            assert_eq!(after.get(35, 30, 3), 1.0);
        }
    }
    assert_eq!(host.mistakes(), Vec::<String>::new());
}

#[test]
fn premultiplied_pictures_are_filled_as_straight_ones() {
    let Some(model) = model() else { return };
    let host = open(Quirks::default());
    let straight = Layout::new(Depth::Float, 4, WIDTH, HEIGHT);
    let fill = |layout: Layout, choice: i32, said: Layout| {
        let instance = instance(&host, &model);
        instance.set(c"premultiplication", Value::Int(choice));
        let mut before = source(layout);
        before.layout.premultiplied = said.premultiplied;
        instance
            .put(SOURCE, 0, &before)
            .render(0, Frame::new(said))
            .unwrap()
    };
    let plain = fill(straight, 0, straight);
    assert_eq!(
        plain.bytes,
        fill(straight.premultiplied(), 0, straight.premultiplied()).bytes
    );
    // A host that says the wrong thing is overruled.
    assert_eq!(
        plain.bytes,
        fill(straight.premultiplied(), 1, straight).bytes
    );
}

#[test]
fn mix_is_how_much_is_seen() {
    let Some(model) = model() else { return };
    let host = open(Quirks::default());
    let before = opaque(Layout::new(Depth::Float, 3, WIDTH, HEIGHT));
    let render = |mix: f64| {
        let instance = instance(&host, &model);
        instance
            .set(c"hole_from", Value::Int(2))
            .set(c"mix", Value::Double(mix));
        let (status, answer) = instance.ask(kOfxImageEffectActionIsIdentity, 3.0);
        if mix == 0.0 {
            assert_eq!(status, ofx::kOfxStatOK);
            assert_eq!(answer.text(kOfxPropName).as_deref(), Some("Source"));
            assert_eq!(answer.double(kOfxPropTime, 0), Some(3.0));
        } else {
            assert_eq!(status, ofx::kOfxStatReplyDefault);
        }
        let white = mask(Layout::new(Depth::Float, 1, WIDTH, HEIGHT));
        instance
            .put(SOURCE, 0, &before)
            .put(MASK, 0, &white)
            .render(0, Frame::new(before.layout))
            .unwrap()
    };
    let (none, half, all) = (render(0.0), render(0.5), render(1.0));
    assert_eq!(none.bytes, before.bytes);
    for y in HOLE.y1..HOLE.y2 {
        for x in HOLE.x1..HOLE.x2 {
            let between = (none.get(x, y, 1) + all.get(x, y, 1)) / 2.0;
            assert!((half.get(x, y, 1) - between).abs() < 1e-6);
        }
    }
}

/// The part of a frame's bytes that the engine sees: rows from the top, without padding.
fn engine_picture(frame: &Frame, format: reweave::Format) -> reweave::Picture {
    let bounds = frame.layout.bounds;
    let rows = (bounds.y1..bounds.y2).rev();
    let bytes = rows
        .flat_map(|y| (bounds.x1..bounds.x2).flat_map(move |x| frame.pixel(x, y).to_vec()))
        .collect();
    reweave::Picture::from_bytes(bytes, frame.width(), frame.height(), format).unwrap()
}

#[test]
fn the_fill_is_the_engines() {
    use reweave::{Channels, Depth as D, Format, Hole, Model, Settings, Silent};
    let Some(path) = model() else { return };
    for (light, format) in [
        (1, Format::srgb(D::F32, Channels::Rgba)),
        (2, Format::linear(D::F32, Channels::Rgba)),
    ] {
        let host = open(Quirks::default());
        // Larger than the part that the node looks at, and brighter than white.
        let layout = Layout::new(Depth::Float, 4, 1400, 1200).moved(-100, 30);
        let mut before = opaque(layout);
        before.put(-40, 60, 1, 6.5);
        let white = mask(Layout {
            channels: 1,
            ..layout
        });
        let instance = instance(&host, &path);
        instance
            .set(c"hole_from", Value::Int(2))
            .set(c"input_is", Value::Int(light))
            .set(c"grow", Value::Int(3));
        let node = instance
            .put(SOURCE, 0, &before)
            .put(MASK, 0, &white)
            .render(0, Frame::new(layout))
            .unwrap();

        let mut settings = Settings::new();
        settings.set("grow", "3").unwrap();
        settings.set("device", "cpu").unwrap();
        let mut picture = engine_picture(&before, format);
        let hole =
            Hole::from_mask(engine_picture(&white, Format::linear(D::F32, Channels::Grey)).view())
                .unwrap();
        let model = Model::open(&path, settings.device).unwrap();
        reweave::fill(
            &mut picture.view_mut(),
            &hole,
            &model,
            &settings,
            &mut Silent,
        )
        .unwrap();
        assert!(
            picture.bytes() == engine_picture(&node, format).bytes(),
            "light {light}"
        );
    }
}

#[test]
fn colour_management_and_the_kind_of_host_decide_about_light() {
    let Some(model) = model() else { return };
    let fill = |quirks: Quirks, space: Option<&str>, light: i32| {
        let host = open(quirks);
        let instance = instance(&host, &model);
        instance.set(c"input_is", Value::Int(light));
        if let Some(space) = space {
            instance.effect.clip(SOURCE).unwrap().properties.set(
                kOfxImageClipPropColourspace,
                0,
                Value::text(space),
            );
        }
        let before = source(Layout::new(Depth::Float, 4, WIDTH, HEIGHT));
        instance
            .put(SOURCE, 0, &before)
            .render(0, Frame::new(before.layout))
            .unwrap()
            .bytes
    };
    let named = |name| Quirks {
        name: Some(name),
        ..Quirks::default()
    };
    let (display, linear) = (
        fill(Quirks::default(), None, 1),
        fill(Quirks::default(), None, 2),
    );
    assert!(display != linear);
    assert!(fill(Quirks::default(), None, 0) == display);
    assert!(fill(named("uk.co.thefoundry.nuke"), None, 0) == linear);
    assert!(fill(named("fr.inria.Natron"), None, 0) == linear);
    assert!(fill(named("uk.co.thefoundry.nuke"), Some("srgb_tx"), 0) == display);
    assert!(fill(named("DaVinciResolve"), Some("ACEScg"), 0) == linear);
    assert!(fill(named("DaVinciResolve"), Some("ACEScg"), 1) == display);
}

#[test]
fn what_lies_under_the_mask_is_never_seen() {
    let Some(model) = model() else { return };
    let host = open(Quirks::default());
    for depth in Depth::ALL {
        let layout = Layout::new(depth, 4, WIDTH, HEIGHT);
        let clean = opaque(layout);
        let fills = [0.0, 1.0].map(|under| {
            let instance = instance(&host, &model);
            instance.set(c"hole_from", Value::Int(2));
            let before = Frame::painted(layout, |x, y, channel| {
                match in_hole(&layout, x, y) && channel < 3 {
                    true => under,
                    false => clean.get(x, y, channel),
                }
            });
            instance
                .put(SOURCE, 0, &before)
                .put(MASK, 0, &mask(Layout::new(Depth::Byte, 1, WIDTH, HEIGHT)))
                .render(0, Frame::new(layout))
                .unwrap()
        });
        assert!(fills[0].bytes == fills[1].bytes, "{depth:?}");
    }
}
