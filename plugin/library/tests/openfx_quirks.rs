//! The OpenFX node in hosts that misbehave as real ones do.

mod openfx_host;
mod support;

use openfx_host::effect::Instance;
use openfx_host::frame::{Depth, Frame, Layout, PADDING};
use openfx_host::properties::Value;
use openfx_host::scene::*;
use openfx_host::{Host, Quirks};
use reweave_openfx_sys::{self as ofx, names::*};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};
use support::{library, model};

fn open(quirks: Quirks) -> Host {
    Host::open(&library(), quirks)
}

/// Fills a frame that is in no cache yet: `new` is a shade of its first pixel that no other call has.
fn fill_new(instance: &Instance, new: f32) -> (Frame, Frame) {
    let mut before = source(Layout::new(Depth::Float, 4, WIDTH, HEIGHT));
    before.put(0, 0, 0, new);
    let after = instance
        .put(SOURCE, 0, &before)
        .render(0, Frame::new(before.layout))
        .unwrap();
    (before, after)
}

#[test]
fn an_unwired_mask_is_no_hole() {
    let Some(model) = model() else { return };
    for resolve_unwired_mask_connected in [false, true] {
        let host = open(Quirks {
            resolve_unwired_mask_connected,
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
            assert!(before.bytes == after.bytes);
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
fn lengths_go_by_the_sane_one_of_two_scales() {
    let Some(model) = model() else { return };
    let grown = |quirks: Quirks, scale: f64, grow: i32| {
        let host = open(quirks);
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
    let plain = grown(Quirks::default(), 1.0, 0);
    let full = grown(Quirks::default(), 1.0, 4);
    assert!(full > plain);
    assert_eq!(grown(Quirks::default(), 0.5, 8), full);
    let vegas = Quirks {
        vegas_scale_mismatch: true,
        ..Quirks::default()
    };
    assert_eq!(grown(vegas, 0.5, 8), full);
    let fusion = Quirks {
        fusion_scale_mismatch: true,
        ..Quirks::default()
    };
    assert_eq!(grown(fusion, 1.0 / 3.0, 12), full);
}

#[test]
fn a_no_before_the_dialog_is_there_does_not_cancel() {
    let Some(model) = model() else { return };
    let host = open(Quirks {
        natron_progress_off_main_thread: true,
        ..Quirks::default()
    });
    let (before, after) = fill_new(&instance(&host, &model), 0.11);
    assert!(only_the_hole_changed(&before, &after) > 200);
    assert!(host.record.progress_in_bar.load(Ordering::SeqCst) > 0);
    assert_eq!(host.mistakes(), Vec::<String>::new());
}

#[test]
fn a_no_after_a_yes_cancels() {
    let Some(model) = model() else { return };
    for natron_progress_off_main_thread in [false, true] {
        let host = open(Quirks {
            natron_progress_off_main_thread,
            cancel_at: Some(5),
            ..Quirks::default()
        });
        let (before, after) = fill_new(&instance(&host, &model), 0.12);
        assert!(before.bytes == after.bytes);
        assert_eq!(host.record.progress_in_bar.load(Ordering::SeqCst), 5);
        assert_eq!(host.message(), None);
    }
}

#[test]
fn an_abort_cancels_whatever_progress_says() {
    let Some(model) = model() else { return };
    let host = open(Quirks {
        natron_progress_off_main_thread: true,
        abort_at: Some(6),
        ..Quirks::default()
    });
    let (before, after) = fill_new(&instance(&host, &model), 0.13);
    assert_eq!(only_the_hole_changed(&before, &after), 0);
    assert_eq!(host.record.aborts.load(Ordering::SeqCst), 6);
}

#[test]
fn a_frame_that_nobody_wants_is_dropped() {
    let Some(model) = model() else { return };
    for at in 1..8 {
        let host = open(Quirks {
            abort_at: Some(at),
            ..Quirks::default()
        });
        let (before, after) = fill_new(&instance(&host, &model), at as f32 / 7.0);
        assert_eq!(host.record.aborts.load(Ordering::SeqCst), at);
        // What is there of the output is the input.
        for y in 0..HEIGHT {
            for x in 0..WIDTH {
                let pixel = after.pixel(x, y);
                let new = pixel.iter().all(|byte| *byte == PADDING);
                assert!(new || pixel == before.pixel(x, y), "{at}: {x} {y}");
            }
        }
        // Before anything is fetched there is nothing to be dropped.
        assert_eq!(host.record.images.load(Ordering::SeqCst) == 0, at == 1);
        assert_eq!(host.message(), None);
        assert_eq!(host.mistakes(), Vec::<String>::new());
    }
}

#[test]
fn abort_is_asked_for_from_the_start_and_all_the_way() {
    let Some(model) = model() else { return };
    // What the engine does is the engine's: its second report is the last.
    let host = open(Quirks {
        cancel_at: Some(2),
        ..Quirks::default()
    });
    let size = 2048;
    let small = ofx::OfxRectI {
        x1: 900,
        y1: 900,
        x2: 1000,
        y2: 960,
    };
    let large = ofx::OfxRectI {
        x1: 200,
        y1: 300,
        x2: 1800,
        y2: 1700,
    };
    for (hole, channels) in [(small, 3), (small, 4), (large, 4)] {
        let layout = Layout::new(Depth::Float, channels, size, size);
        let missing = |x, y| f32::from(u8::from(in_rect(hole, x, y)));
        let before = Frame::painted(layout, |x, y, channel| match channel {
            3 => 1.0 - missing(x, y),
            _ => colour(x, y, channel),
        });
        let instance = instance(&host, &model);
        instance.put(SOURCE, 0, &before);
        if channels == 3 {
            let mask = Layout::new(Depth::Float, 1, size, size);
            instance.set(c"hole_from", Value::Int(2)).put(
                MASK,
                0,
                &Frame::painted(mask, |x, y, _| missing(x, y)),
            );
        }
        let output = Frame::new(layout);
        host.record.asked.lock().unwrap().clear();
        host.record.aborts.store(0, Ordering::SeqCst);
        host.record.progress.store(0, Ordering::SeqCst);
        let start = Instant::now();
        instance.render(0, output).unwrap();
        // From then on the engine reports, and asks as it does.
        let engine = host.record.aborts_before_progress.load(Ordering::SeqCst) as usize;
        let asked = host.record.asked.lock().unwrap();
        let first = asked[0] - start;
        let waits = asked[..=engine]
            .windows(2)
            .map(|pair| (pair[1] - pair[0], pair[0] - start));
        println!(
            "{channels} channels, {hole:?}: first after {first:?}, longest wait {:?}",
            waits.max()
        );
        assert!(first < Duration::from_millis(50), "{first:?}");
        // Every 2^17 pixels of every pass over the frame, before the engine begins.
        assert!(engine > 32, "{engine}");
    }
}

#[test]
fn frames_from_the_top_row_down_are_filled() {
    let Some(model) = model() else { return };
    let host = Host::open_in(
        &library(),
        Quirks {
            mlt_negative_strides: true,
            ..Quirks::default()
        },
        kOfxImageEffectContextFilter,
    );
    for depth in Depth::ALL {
        let before = source(Layout::new(depth, 4, WIDTH, HEIGHT));
        let after = instance(&host, &model)
            .put(SOURCE, 0, &before)
            .render(0, Frame::new(before.layout))
            .unwrap();
        assert!(after.layout.top_first);
        assert!(only_the_hole_changed(&before, &after) > 200);
    }
    assert_eq!(host.mistakes(), Vec::<String>::new());
}

#[test]
fn poor_hosts_are_borne_with() {
    let Some(model) = model() else { return };
    let unknown_properties = vec![
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
            required_suites_only: true,
            ..Quirks::default()
        },
        Quirks {
            null_suite_functions: true,
            ..Quirks::default()
        },
        Quirks {
            unknown_properties,
            ..Quirks::default()
        },
        Quirks {
            no_row_bytes: true,
            ..Quirks::default()
        },
        Quirks {
            resolve_message_suite_v2_null: true,
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
    assert!(host.record.dialogs.lock().unwrap().is_empty());
    instance.set(c"model", Value::text(model.to_str().unwrap()));
    instance.render(0, Frame::new(before.layout)).unwrap();
    assert_eq!(host.message(), None);
}

#[test]
fn hosts_without_persistent_messages_show_an_error_once() {
    let Some(model) = model() else { return };
    let first = Quirks {
        message_v1_only: true,
        ..Quirks::default()
    };
    let resolve = Quirks {
        resolve_message_suite_v2_null: true,
        ..Quirks::default()
    };
    for (quirks, missing) in [(first, "no-100%-model"), (resolve, "no-200%-model")] {
        let host = open(quirks);
        let instance = instance(&host, &model);
        let before = source(Layout::new(Depth::Byte, 4, WIDTH, HEIGHT));
        instance.put(SOURCE, 0, &before);
        // A shot of which two frames fail, then one succeeds, then one fails again.
        for fails in [true, true, false, true] {
            let there = model.to_str().unwrap();
            let name = if fails { missing } else { there };
            instance.set(c"model", Value::text(name));
            let status = instance.render(0, Frame::new(before.layout));
            assert_eq!(status.is_err(), fails);
        }
        let dialogs = host.record.dialogs.lock().unwrap().clone();
        assert_eq!(dialogs.len(), 2, "{dialogs:?}");
        assert!(dialogs.iter().all(|text| text.contains(missing)));
        assert_eq!(host.message(), None);
        assert_eq!(host.mistakes(), Vec::<String>::new());
    }
}

#[test]
fn an_output_of_no_size_is_answered() {
    let Some(model) = model() else { return };
    let host = open(Quirks::default());
    let instance = instance(&host, &model);
    instance.put(
        SOURCE,
        0,
        &source(Layout::new(Depth::Float, 4, WIDTH, HEIGHT)),
    );
    for (width, height) in [(0, 0), (WIDTH, 0), (0, HEIGHT)] {
        let output = Frame::new(Layout::new(Depth::Float, 4, width, height));
        assert_eq!(instance.render(0, output).unwrap_err(), ofx::kOfxStatFailed);
        assert!(host.message().unwrap().contains("without pixels"));
    }
    assert_eq!(host.mistakes(), Vec::<String>::new());
}

#[test]
fn an_emptied_model_is_the_default() {
    let host = open(Quirks::default());
    let default = host.descriptor.param(c"model").unwrap();
    let default = default.properties.text(kOfxParamPropDefault).unwrap();
    let before = source(Layout::new(Depth::Float, 4, WIDTH, HEIGHT));
    // The picture where the models are installed, else the message that names the model.
    let render = |name: &str| {
        let after = instance(&host, std::path::Path::new(name))
            .put(SOURCE, 0, &before)
            .render(0, Frame::new(before.layout));
        (after.map(|frame| frame.bytes), host.message())
    };
    let (filled, message) = render(&default);
    assert!(filled.is_ok() || message.as_ref().unwrap().contains(&default));
    assert!(render("") == (filled.clone(), message.clone()));
    assert!(render(" ") == (filled, message));
}

/// Soft edges of a matte at half scale: wherever the fill lies under what was there, nothing is seen through.
#[test]
fn a_hole_in_alpha_is_opaque_to_the_last_bit() {
    let Some(model) = model() else { return };
    let host = Host::open_in(&library(), Quirks::default(), kOfxImageEffectContextFilter);
    for depth in [Depth::Half, Depth::Float] {
        let layout = Layout::new(depth, 4, WIDTH, HEIGHT);
        let mut before = source(layout);
        // Every share of opacity that shrinking a matte could leave, and some that it could not.
        for y in HOLE.y1..HOLE.y2 {
            for x in HOLE.x1..HOLE.x2 {
                let step = ((y - HOLE.y1) * (HOLE.x2 - HOLE.x1) + x - HOLE.x1) as f32;
                before.put(x, y, 3, (step / 224.0 + step * step * 1.3e-7).fract());
            }
        }
        let instance = instance(&host, &model);
        instance.put_scaled(SOURCE, 0, &before, 0.5);
        let after = instance
            .render_window(0, Frame::new(layout), 0.5, layout.bounds)
            .unwrap();
        for y in 0..HEIGHT {
            for x in 0..WIDTH {
                assert_eq!(after.get(x, y, 3), 1.0, "{depth:?}: {x} {y}");
            }
        }
    }
}
