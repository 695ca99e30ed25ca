//! The OpenFX node in a host that can be told to misbehave.

mod openfx_host;
mod support;

use openfx_host::effect::Instance;
use openfx_host::frame::{Depth, Frame, Layout};
use openfx_host::properties::Value;
use openfx_host::{Host, Quirks};
use reweave::settings::{Kind, TABLE};
use reweave_openfx_sys::{self as ofx, names::*};
use std::collections::BTreeSet;
use std::ffi::{CStr, CString};
use std::sync::atomic::Ordering;
use support::{library, model};

const SOURCE: &CStr = c"Source";
const MASK: &CStr = c"Mask";
const WIDTH: i32 = 88;
const HEIGHT: i32 = 64;
/// The hole, in OpenFX's coordinates relative to a frame's lower left corner.
const HOLE: ofx::OfxRectI = ofx::OfxRectI {
    x1: 30,
    y1: 22,
    x2: 46,
    y2: 36,
};

fn in_rect(rect: ofx::OfxRectI, x: i32, y: i32) -> bool {
    x >= rect.x1 && x < rect.x2 && y >= rect.y1 && y < rect.y2
}

fn in_hole(layout: &Layout, x: i32, y: i32) -> bool {
    in_rect(HOLE, x - layout.bounds.x1, y - layout.bounds.y1)
}

/// Something smooth to look at.
fn colour(x: i32, y: i32, channel: usize) -> f32 {
    let (x, y) = (x as f32, y as f32);
    match channel {
        0 => 0.5 + 0.3 * (x / 9.0).sin(),
        1 => 0.5 + 0.3 * (y / 7.0).cos(),
        _ => 0.2 + 0.005 * (x + y),
    }
}

/// A frame whose alpha is 0 in the hole and 1 elsewhere.
fn source(layout: Layout) -> Frame {
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
fn mask(layout: Layout) -> Frame {
    Frame::painted(
        layout,
        |x, y, _| if in_hole(&layout, x, y) { 1.0 } else { 0.0 },
    )
}

fn opaque(layout: Layout) -> Frame {
    let origin = layout.bounds;
    Frame::painted(layout, |x, y, channel| match channel {
        3 => 1.0,
        _ if layout.channels == 1 => 1.0,
        _ => colour(x - origin.x1, y - origin.y1, channel),
    })
}

fn open(quirks: Quirks) -> Host {
    Host::open(&library(), quirks)
}

/// An instance that fills by the repository's own model, from the alpha of Source.
fn instance(host: &Host, model: &std::path::Path) -> Instance {
    let instance = Instance::new(host.plugin, &host.descriptor);
    instance
        .set(c"model", Value::text(model.to_str().unwrap()))
        .set(c"hole_from", Value::Int(0))
        .set(c"device", Value::Int(1));
    instance
}

/// Checks that only the hole differs between two frames of the same layout, and that it does. Returns how many pixels.
fn only_the_hole_changed(before: &Frame, after: &Frame) -> usize {
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

#[test]
fn describes_itself() {
    let host = open(Quirks::default());
    let own = &host.descriptor.properties;
    assert_eq!(own.text(kOfxPropLabel).as_deref(), Some("Reweave Fill"));
    assert_eq!(own.int(kOfxImageEffectPropSupportsTiles), Some(0));
    assert_eq!(own.all(kOfxImageEffectPropSupportedPixelDepths).len(), 4);
    assert_eq!(own.all(kOfxImageEffectPropSupportedContexts).len(), 2);
    assert_eq!(
        host.descriptor.clip_names(),
        [c"Source", c"Mask", c"Output"].map(CString::from)
    );
    let mask = &host.descriptor.clip(MASK).unwrap().properties;
    assert_eq!(
        (
            mask.int(kOfxImageClipPropOptional),
            mask.int(kOfxImageClipPropIsMask)
        ),
        (Some(1), Some(1))
    );

    let page: BTreeSet<_> = host
        .descriptor
        .param(c"controls")
        .unwrap()
        .properties
        .all(kOfxParamPropPageChild)
        .into_iter()
        .map(|value| format!("{value:?}"))
        .collect();
    for name in host.descriptor.param_names() {
        let param = host.descriptor.param(&name).unwrap();
        let label = param.properties.text(kOfxPropLabel).unwrap();
        assert!(!label.is_empty() && !label.contains('-'), "{label}");
        if param.kind.as_c_str() == kOfxParamTypePage {
            continue;
        }
        assert!(
            page.contains(&format!("{:?}", Value::name(&name))),
            "{name:?} is on no page"
        );
        if param.kind.as_c_str() == kOfxParamTypeGroup {
            continue;
        }
        assert!(
            param
                .properties
                .text(kOfxParamPropHint)
                .is_some_and(|hint| hint.ends_with('.')),
            "{name:?}"
        );
        let group = param.properties.text(kOfxParamPropParent).unwrap();
        assert!(
            host.descriptor
                .param(&CString::new(group).unwrap())
                .is_some()
        );
        if [kOfxParamTypeInteger, kOfxParamTypeDouble].contains(&param.kind.as_c_str()) {
            for range in [
                kOfxParamPropMin,
                kOfxParamPropMax,
                kOfxParamPropDisplayMin,
                kOfxParamPropDisplayMax,
            ] {
                assert!(
                    param.properties.get(range, 0).is_some(),
                    "{name:?} has no {range:?}"
                );
            }
        }
    }
    for setting in TABLE {
        let param = host
            .descriptor
            .param(&CString::new(setting.id).unwrap())
            .unwrap();
        if let Kind::Choice(choices) = &setting.kind {
            assert_eq!(
                param.properties.all(kOfxParamPropChoiceOption).len(),
                choices.len()
            );
        }
    }
    drop(host);
    let filter = Host::open_in(&library(), Quirks::default(), kOfxImageEffectContextFilter);
    assert_eq!(
        filter.descriptor.clip_names(),
        [c"Source", c"Output"].map(CString::from)
    );
    assert_eq!(filter.mistakes(), Vec::<String>::new());
}

#[test]
fn fills_in_every_depth_and_layout() {
    let Some(model) = model() else { return };
    let host = open(Quirks::default());
    for depth in Depth::ALL {
        let plain = Layout::new(depth, 4, WIDTH, HEIGHT);
        let mut fills = Vec::new();
        for layout in [
            plain,
            plain.top_first(),
            plain.padded(12),
            plain.padded(4).top_first(),
            plain.moved(-17, 1000),
        ] {
            let instance = instance(&host, &model);
            let before = source(layout);
            let after = instance
                .put(SOURCE, 0, &before)
                .render(0, Frame::new(layout))
                .unwrap();
            assert!(only_the_hole_changed(&before, &after) > 200);
            // The hole came from the alpha: what was missing is there now.
            let (x, y) = (layout.bounds.x1 + 35, layout.bounds.y1 + 30);
            assert_eq!(after.get(x, y, 3), 1.0);
            fills.push([0, 1, 2].map(|channel| after.get(x, y, channel)));
        }
        assert!(
            fills.windows(2).all(|pair| pair[0] == pair[1]),
            "{depth:?} {fills:?}"
        );
    }
    assert_eq!(host.mistakes(), Vec::<String>::new());
    assert!(
        host.record.progress.load(Ordering::SeqCst) > 0
            && host.record.aborts.load(Ordering::SeqCst) > 0
    );
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
fn without_a_mask_nothing_happens() {
    let Some(model) = model() else { return };
    for all_connected in [false, true] {
        let host = open(Quirks {
            all_connected,
            ..Quirks::default()
        });
        let before = opaque(Layout::new(Depth::Byte, 4, WIDTH, HEIGHT));
        for choice in [2, 3] {
            let instance = instance(&host, &model);
            instance.set(c"hole_from", Value::Int(choice));
            let after = instance
                .put(SOURCE, 0, &before)
                .render(0, Frame::new(before.layout))
                .unwrap();
            assert_eq!(before.bytes, after.bytes);
        }
        // Nor without a source: the output is empty.
        let after = instance(&host, &model)
            .render(0, Frame::new(before.layout))
            .unwrap();
        assert!(after.bytes.iter().all(|byte| *byte == 0));
        assert_eq!(host.mistakes(), Vec::<String>::new());
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

/// Pixels of a frame that differ from another.
fn differing(a: &Frame, b: &Frame) -> usize {
    let bounds = a.layout.bounds;
    let columns = |y| (bounds.x1..bounds.x2).map(move |x| (x, y));
    (bounds.y1..bounds.y2)
        .flat_map(columns)
        .filter(|&(x, y)| a.pixel(x, y) != b.pixel(x, y))
        .count()
}

#[test]
fn lengths_follow_the_render_scale() {
    let Some(model) = model() else { return };
    let grown = |scale: f64, told: Option<f64>, grow: i32| {
        let host = open(Quirks {
            scale_told: told,
            ..Quirks::default()
        });
        let instance = instance(&host, &model);
        instance
            .set(c"hole_from", Value::Int(2))
            .set(c"grow", Value::Int(grow));
        let before = opaque(Layout::new(Depth::Float, 3, WIDTH, HEIGHT));
        let white = mask(Layout::new(Depth::Float, 1, WIDTH, HEIGHT));
        instance
            .put_scaled(SOURCE, 0, &before, scale)
            .put_scaled(MASK, 0, &white, scale);
        let after = instance
            .render_window(0, Frame::new(before.layout), scale, before.layout.bounds)
            .unwrap();
        differing(&before, &after)
    };
    let (plain, full) = (grown(1.0, None, 0), grown(1.0, None, 4));
    assert!(full > plain);
    assert_eq!(grown(0.5, None, 8), full);
    // The image's own scale counts where the host tells another one.
    assert_eq!(grown(0.5, Some(1.0), 8), full);
}

#[test]
fn a_frame_that_nobody_wants_is_dropped() {
    let Some(model) = model() else { return };
    for at in [1, 2] {
        let host = open(Quirks {
            abort_at: Some(at),
            ..Quirks::default()
        });
        let mut before = source(Layout::new(Depth::Float, 4, WIDTH, HEIGHT));
        // A picture that is in no cache yet.
        before.put(0, 0, 0, at as f32 / 7.0);
        let after = instance(&host, &model)
            .put(SOURCE, 0, &before)
            .render(0, Frame::new(before.layout))
            .unwrap();
        assert_eq!(before.bytes, after.bytes);
        assert_eq!(host.record.aborts.load(Ordering::SeqCst), at);
        assert_eq!(host.message(), None);
        assert_eq!(host.mistakes(), Vec::<String>::new());
    }
}

#[test]
fn poor_hosts_are_borne_with() {
    let Some(model) = model() else { return };
    let unknown = vec![
        kOfxParamPropScriptName,
        kOfxParamPropHint,
        kOfxImageEffectPropColourManagementStyle,
        kOfxParamPropDigits,
        kOfxImageEffectPluginRenderThreadSafety,
        kOfxImageEffectPropSupportsMultipleClipDepths,
        kOfxImageEffectPropTemporalClipAccess,
        kOfxImageClipPropIsMask,
        kOfxPropPluginDescription,
        kOfxPropName,
        kOfxImageEffectPropPreMultiplication,
        kOfxImageEffectPropRenderScale,
    ];
    for quirks in [
        Quirks {
            bare: true,
            ..Quirks::default()
        },
        Quirks {
            null_functions: true,
            ..Quirks::default()
        },
        Quirks {
            unknown,
            ..Quirks::default()
        },
        Quirks {
            no_row_bytes: true,
            ..Quirks::default()
        },
    ] {
        let text = format!("{quirks:?}");
        let host = open(quirks);
        let before = source(Layout::new(Depth::Short, 4, WIDTH, HEIGHT));
        let instance = instance(&host, &model);
        let after = instance
            .put(SOURCE, 0, &before)
            .render(0, Frame::new(before.layout))
            .unwrap();
        assert!(only_the_hole_changed(&before, &after) > 200, "{text}");
        // A message that cannot be shown does no harm.
        instance.set(c"model", Value::text("no-such-model"));
        assert_eq!(
            instance.render(0, Frame::new(before.layout)).unwrap_err(),
            ofx::kOfxStatFailed
        );
        assert_eq!(host.mistakes(), Vec::<String>::new());
    }
}

#[test]
fn a_missing_model_is_a_message_until_it_is_there() {
    let Some(model) = model() else { return };
    let host = open(Quirks::default());
    let instance = instance(&host, &model);
    let before = source(Layout::new(Depth::Byte, 4, WIDTH, HEIGHT));
    instance
        .put(SOURCE, 0, &before)
        .set(c"model", Value::text("no-such-100%-model"));
    assert_eq!(
        instance.render(0, Frame::new(before.layout)).unwrap_err(),
        ofx::kOfxStatFailed
    );
    assert!(host.message().unwrap().contains("no-such-100%-model"));
    instance.set(c"model", Value::text(model.to_str().unwrap()));
    instance.render(0, Frame::new(before.layout)).unwrap();
    assert_eq!(host.message(), None);
}

#[test]
fn strange_actions_and_handles_are_answered() {
    let host = open(Quirks::default());
    let send = |action: &CStr, handle| openfx_host::send(host.plugin, action, handle, None, None);
    assert_eq!(
        send(c"OfxActionNobodyKnows", host.descriptor.handle()),
        ofx::kOfxStatReplyDefault
    );
    for action in [
        kOfxActionDescribe,
        kOfxImageEffectActionDescribeInContext,
        kOfxImageEffectActionRender,
        kOfxImageEffectActionIsIdentity,
        kOfxImageEffectActionGetRegionsOfInterest,
    ] {
        let status = send(action, std::ptr::null());
        assert!(
            status != ofx::kOfxStatOK && status != ofx::kOfxStatReplyDefault,
            "{action:?} {status}"
        );
    }
    assert_eq!(send(kOfxActionUnload, std::ptr::null()), ofx::kOfxStatOK);
    assert_eq!(send(kOfxActionLoad, std::ptr::null()), ofx::kOfxStatOK);
}

#[test]
fn wants_all_of_its_inputs_and_the_frames_it_may_look_at() {
    let host = open(Quirks::default());
    let instance = Instance::new(host.plugin, &host.descriptor);
    let frame = opaque(Layout::new(Depth::Byte, 4, WIDTH, HEIGHT).moved(5, 6));
    instance
        .put(SOURCE, 0, &frame)
        .set(c"frames_before", Value::Int(2))
        .set(c"frames_after", Value::Int(3));
    instance
        .set(c"hold", Value::Int(1))
        .set(c"hold_frame", Value::Int(90));
    let (status, answer) = instance.ask(kOfxImageEffectActionGetRegionsOfInterest, 0.0);
    assert_eq!(status, ofx::kOfxStatOK);
    let region =
        [0, 1, 2, 3].map(|index| answer.double(c"OfxImageClipPropRoI_Source", index).unwrap());
    assert_eq!(
        region,
        [5.0, 6.0, f64::from(WIDTH) + 5.0, f64::from(HEIGHT) + 6.0]
    );
    let (status, answer) = instance.ask(kOfxImageEffectActionGetFramesNeeded, 10.0);
    assert_eq!(status, ofx::kOfxStatOK);
    let frames = answer.all(c"OfxImageClipPropFrameRange_Source");
    assert_eq!(frames, [8.0, 13.0, 90.0, 90.0].map(Value::Double));
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
        let model = Model::open(&path, settings.device()).unwrap();
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
fn many_instances_render_from_many_threads() {
    let Some(model) = model() else { return };
    let host = open(Quirks::default());
    let before = source(Layout::new(Depth::Byte, 4, WIDTH, HEIGHT));
    let expected = instance(&host, &model)
        .put(SOURCE, 0, &before)
        .render(0, Frame::new(before.layout))
        .unwrap();
    std::thread::scope(|scope| {
        for thread in 0..6 {
            let (host, model, before, expected) = (&host, &model, &before, &expected);
            scope.spawn(move || {
                for round in 0..3 {
                    let instance = instance(host, model);
                    // Some frames are new to all caches, some are not.
                    let mut frame = before.clone();
                    frame.put(0, 0, 0, (thread * 3 + round % 2) as f32 / 255.0);
                    let after = instance
                        .put(SOURCE, 0, &frame)
                        .render(0, Frame::new(frame.layout))
                        .unwrap();
                    assert!(only_the_hole_changed(&frame, &after) > 200);
                    let same = instance
                        .put(SOURCE, 0, before)
                        .render(0, Frame::new(before.layout))
                        .unwrap();
                    assert!(same.bytes == expected.bytes);
                }
            });
        }
    });
    assert_eq!(host.mistakes(), Vec::<String>::new());
}

/// Pages of memory that the process has, in MiB.
#[cfg(target_os = "linux")]
fn resident() -> f64 {
    let pages = std::fs::read_to_string("/proc/self/statm").unwrap();
    pages.split(' ').nth(1).unwrap().parse::<f64>().unwrap() * 4096.0 / 1048576.0
}

#[test]
#[cfg(target_os = "linux")]
fn a_thousand_instances_leave_nothing_behind() {
    let Some(model) = model() else { return };
    let host = open(Quirks::default());
    let before = source(Layout::new(Depth::Byte, 4, WIDTH, HEIGHT));
    let once = || {
        let instance = instance(&host, &model);
        instance
            .put(SOURCE, 0, &before)
            .render(0, Frame::new(before.layout))
            .unwrap();
    };
    (0..50).for_each(|_| once());
    let start = resident();
    (0..1000).for_each(|_| once());
    let grown = resident() - start;
    assert!(grown < 8.0, "{grown} MiB more than before");
}
