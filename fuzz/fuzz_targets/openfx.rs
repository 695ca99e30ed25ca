//! A render as an OpenFX host may ask for it: clips of any depth, components, place and layout, any window, any values of
//! the parameters, and all the misbehaviour that the tests' host knows. Nothing may panic, nothing that was lent may be
//! kept, inputs and the bytes behind rows may not be written (the address sanitizer looks beyond the buffers).
#![no_main]

use arbitrary::{Arbitrary, Unstructured};
use libfuzzer_sys::fuzz_target;
use openfx_host::effect::Instance;
use openfx_host::frame::{Depth, Frame, Layout};
use openfx_host::properties::Value;
use openfx_host::{Host, Plugin, Quirks};
use reweave_openfx_sys::{self as ofx, names::*};
use reweave_plugin::openfx::OfxGetPlugin;
use std::ffi::CStr;

#[allow(dead_code)]
#[path = "../../plugin/library/tests/openfx_host/mod.rs"]
mod openfx_host;

const MODEL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../models/zoo/gated.onnx");
/// The frame that is rendered has a neighbour before and one after it.
const TIMES: std::ops::RangeInclusive<i64> = -1..=1;

#[derive(Arbitrary, Debug)]
struct Picture {
    depth: u8,
    channels: u8,
    place: (i8, i8),
    size: (u8, u8),
    padding: u8,
    top_first: bool,
    premultiplied: bool,
    bytes: Vec<u8>,
}

impl Picture {
    fn frame(&self) -> Frame {
        let depth = Depth::ALL[usize::from(self.depth) % 4];
        let channels = [4, 3, 1][usize::from(self.channels) % 3];
        let size = |side: u8| i32::from(side % 40) + 1;
        let (x, y) = self.place;
        let layout = Layout {
            padding: usize::from(self.padding) / 4 * 4,
            top_first: self.top_first,
            premultiplied: self.premultiplied,
            ..Layout::new(depth, channels, size(self.size.0), size(self.size.1)).moved(x.into(), y.into())
        };
        let mut frame = Frame::new(layout);
        let row = frame.bytes.len() / frame.height();
        let content = self.bytes.iter().cycle();
        let places = (0..frame.bytes.len()).filter(|at| at % row < row - layout.padding);
        for (at, byte) in places.zip(content) {
            frame.bytes[at] = *byte;
        }
        frame
    }
}

#[derive(Arbitrary, Debug)]
struct Case {
    source: Option<Picture>,
    mask: Option<Picture>,
    output: Picture,
    window: (i8, i8, u8, u8),
    scale: bool,
    general: bool,
    required_suites_only: bool,
    null_suite_functions: bool,
    no_row_bytes: bool,
    mlt_negative_strides: bool,
    resolve_unwired_mask_connected: bool,
    message_v1_only: bool,
    natron_progress_off_main_thread: bool,
    vegas_scale_mismatch: bool,
    fusion_scale_mismatch: bool,
    nuke: bool,
    abort_at: Option<u8>,
    parameters: Vec<(u8, u64)>,
}

/// A value of the parameter's kind, whether it makes sense or not.
fn value(kind: &CStr, bits: u64) -> Option<Value> {
    if kind == kOfxParamTypeDouble {
        Some(Value::Double(f64::from_bits(bits)))
    } else if kind == kOfxParamTypeInteger || kind == kOfxParamTypeChoice || kind == kOfxParamTypeBoolean {
        Some(Value::Int(bits as i32))
    } else {
        None
    }
}

fn render(case: &Case) {
    // SAFETY: the plug-in is a constant of the library that is linked in.
    let plugin = Plugin(unsafe { &*OfxGetPlugin(0) });
    let quirks = Quirks {
        name: case.nuke.then_some("uk.co.thefoundry.nuke"),
        required_suites_only: case.required_suites_only,
        null_suite_functions: case.null_suite_functions,
        mlt_negative_strides: case.mlt_negative_strides,
        resolve_unwired_mask_connected: case.resolve_unwired_mask_connected,
        message_v1_only: case.message_v1_only,
        natron_progress_off_main_thread: case.natron_progress_off_main_thread,
        vegas_scale_mismatch: case.vegas_scale_mismatch,
        fusion_scale_mismatch: case.fusion_scale_mismatch,
        no_row_bytes: case.no_row_bytes,
        abort_at: case.abort_at.map(i32::from),
        ..Quirks::default()
    };
    let context = if case.general { kOfxImageEffectContextGeneral } else { kOfxImageEffectContextFilter };
    let host = Host::with(plugin, quirks, context);
    let instance = Instance::new(plugin, &host.descriptor);
    let names = host.descriptor.param_names();
    for (index, bits) in &case.parameters {
        let name = &names[usize::from(*index) % names.len()];
        let kind = host.descriptor.param(name).expect("it was listed").kind.clone();
        if let Some(value) = value(&kind, *bits) {
            instance.set(name, value);
        }
    }
    // A random name of a model says nothing more, and another device than the built-in one needs what is not here.
    instance.set(c"model", Value::text(MODEL));

    let scale = if case.scale { 0.5 } else { 1.0 };
    let inputs = [(c"Source", &case.source), (c"Mask", &case.mask)];
    let inputs: Vec<_> = inputs.into_iter().filter_map(|(name, picture)| Some((name, picture.as_ref()?.frame()))).collect();
    let inputs = || inputs.iter().filter(|(name, _)| instance.effect.clip(name).is_some());
    for (name, frame) in inputs() {
        TIMES.for_each(|time| {
            instance.put_scaled(name, time, frame, scale);
        });
    }
    let (x, y, width, height) = case.window;
    let window = ofx::OfxRectI {
        x1: x.into(),
        y1: y.into(),
        x2: i32::from(x) + i32::from(width),
        y2: i32::from(y) + i32::from(height),
    };
    if let Ok(frame) = instance.render_window(0, case.output.frame(), scale, window) {
        assert!(frame.padding_is_whole(), "bytes behind the rows were written");
    }
    for (name, frame) in inputs() {
        let clip = instance.effect.clip(name).expect("it was put there");
        TIMES.for_each(|time| assert!(clip.take(time).bytes == frame.bytes, "{name:?} was written"));
    }
    drop(instance);
    assert_eq!(host.mistakes(), Vec::<String>::new());
    let told = host.message().unwrap_or_default();
    assert!(!told.contains("a mistake in Reweave"), "{told}");
}

fuzz_target!(|bytes: &[u8]| {
    if let Ok(case) = Case::arbitrary(&mut Unstructured::new(bytes)) {
        render(&case);
    }
});
