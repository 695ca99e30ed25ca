//! A fill as a host may ask for it: any format, any stride, any mask. Nothing outside the hole may change, nothing
//! outside the buffers may be touched (the address sanitizer looks), nothing may panic.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use reweave_abi::{ReweaveFormat, ReweavePixels, status};
use reweave_plugin::abi::{
    reweave_fill, reweave_fill_guided, reweave_hole_free, reweave_hole_from_alpha, reweave_hole_from_mask, reweave_model_open,
    reweave_settings_free, reweave_settings_new, reweave_settings_set, reweave_sketch_free, reweave_sketch_from_drawing,
};
use std::ffi::{CString, c_char, c_int, c_void};
use std::ptr;
use std::sync::LazyLock;

/// Bytes of the largest pixel: four floats.
const LARGEST_PIXEL: usize = 16;

#[derive(Arbitrary, Debug)]
struct Case {
    width: u8,
    height: u8,
    depth: u8,
    channels: u8,
    linear: bool,
    premultiplied: bool,
    padding: u8,
    bottom_up: bool,
    from_alpha: bool,
    stop_at: u8,
    setting: (String, String),
    mask: Vec<u8>,
    pixels: Vec<u8>,
}

/// The model, opened once; it is never freed, as in a host that crashes late.
struct Opened(*mut reweave_abi::ReweaveModel);

// SAFETY: the header allows a model to be used from any thread.
unsafe impl Send for Opened {}
// SAFETY: as above.
unsafe impl Sync for Opened {}

static MODEL: LazyLock<Opened> = LazyLock::new(|| {
    // SAFETY: this is the first thing that the only thread does.
    unsafe { std::env::set_var("REWEAVE_ONNXRUNTIME", "/nowhere/onnxruntime") };
    let path = CString::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../models/zoo/gated.onnx")).expect("no zero in it");
    let mut model = ptr::null_mut();
    // SAFETY: the pointers are what the header asks for.
    let opened = unsafe { reweave_model_open(path.as_ptr(), ptr::null(), &mut model) };
    assert_eq!(opened, status::OK, "the model of the repository opens");
    Opened(model)
});

/// Rows in a buffer with padding, top down or bottom up.
struct Rows {
    bytes: Vec<u8>,
    pixels: ReweavePixels,
}

impl Rows {
    fn new(case: &Case, format: ReweaveFormat, content: &[u8]) -> Self {
        let (width, height) = (usize::from(case.width % 40), usize::from(case.height % 40));
        let stride = width * LARGEST_PIXEL + usize::from(case.padding);
        let mut bytes = vec![0; (stride * height).max(1)];
        for (byte, value) in bytes.iter_mut().zip(content.iter().cycle()) {
            *byte = *value;
        }
        let first = if case.bottom_up { stride * height.saturating_sub(1) } else { 0 };
        let top_left = bytes[first..].as_mut_ptr().cast::<c_void>();
        let row_stride = if case.bottom_up { -(stride as isize) } else { stride as isize };
        Self { bytes, pixels: ReweavePixels { top_left, row_stride, width, height, format } }
    }
}

/// Stops the fill when it has been asked `*data` times.
unsafe extern "C" fn progress(data: *mut c_void, _done: f32, _doing: *const c_char) -> c_int {
    // SAFETY: the data is the counter that was given to the fill.
    let left = unsafe { &mut *data.cast::<u8>() };
    *left = left.saturating_sub(1);
    c_int::from(*left == 0)
}

fuzz_target!(|case: Case| {
    let format = ReweaveFormat {
        depth: u32::from(case.depth % 5),
        channels: u32::from(case.channels % 5),
        transfer: u32::from(case.linear),
        alpha: u32::from(case.premultiplied),
    };
    let grey = ReweaveFormat { depth: 0, channels: 0, transfer: 0, alpha: 0 };
    let picture = Rows::new(&case, format, &case.pixels);
    let mask = Rows::new(&case, grey, &case.mask);
    let before = picture.bytes.clone();

    let (mut hole, mut settings) = (ptr::null_mut(), ptr::null_mut());
    // SAFETY: every pointer below is live, and every buffer holds what its description says.
    unsafe {
        let made = match case.from_alpha {
            true => reweave_hole_from_alpha(&picture.pixels, &mut hole),
            false => reweave_hole_from_mask(&mask.pixels, &mut hole),
        };
        if made != status::OK {
            return;
        }
        assert_eq!(reweave_settings_new(&mut settings), status::OK);
        if let (Ok(key), Ok(value)) = (CString::new(case.setting.0.as_str()), CString::new(case.setting.1.as_str())) {
            reweave_settings_set(settings, key.as_ptr(), value.as_ptr());
        }
        let mut left = case.stop_at.max(1);
        let data = ptr::from_mut(&mut left).cast();
        let filled = reweave_fill(&picture.pixels, hole, MODEL.0, settings, Some(progress), data, ptr::null_mut());
        assert_ne!(filled, status::PANICKED);
        if filled != status::OK {
            assert!(picture.bytes == before, "a fill that failed changed the picture");
        }
        // Any picture may be a drawing. The model takes none: an empty one is no sketch, any other is refused.
        let mut sketch = ptr::null_mut();
        let drawn = reweave_sketch_from_drawing(&picture.pixels, &mut sketch);
        assert_ne!(drawn, status::PANICKED);
        if drawn == status::OK {
            let before = picture.bytes.clone();
            let mut left = 1u8;
            let data = ptr::from_mut(&mut left).cast();
            let model = MODEL.0;
            let filled = reweave_fill_guided(
                &picture.pixels, hole, sketch, model, settings, Some(progress), data, ptr::null_mut(),
            );
            assert!(filled == status::BAD_ARGUMENT || filled == status::CANCELLED);
            assert!(picture.bytes == before, "a fill that failed changed the picture");
            reweave_sketch_free(sketch);
        }
        reweave_settings_free(settings);
        reweave_hole_free(hole);
    }
});
