//! The OpenFX node in a host that can be told to misbehave.

mod openfx_host;
mod support;

use openfx_host::effect::Instance;
use openfx_host::frame::{Depth, Frame, Layout};
use openfx_host::properties::Value;
use openfx_host::scene::*;
use openfx_host::{Host, Quirks};
use reweave::settings::{Kind, TABLE};
use reweave_openfx_sys::{self as ofx, names::*};
use std::collections::BTreeSet;
use std::ffi::{CStr, CString};
use support::{library, model};

fn open(quirks: Quirks) -> Host {
    Host::open(&library(), quirks)
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
        [c"Source", c"Mask", c"Sketch", c"Output"].map(CString::from)
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
        if let Kind::Choice { choices, .. } = &setting.kind {
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
