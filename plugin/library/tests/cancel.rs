//! Cancelling a fill through the C ABI, at every one of its reports.

mod support;

use reweave_abi::{
    ReweaveFormat, ReweaveHole, ReweaveModel, ReweavePixels, alpha, channels, depth, status,
    transfer,
};
use reweave_plugin::abi::{
    reweave_fill, reweave_hole_free, reweave_hole_from_mask, reweave_model_free, reweave_model_open,
};
use std::ffi::{CString, c_char, c_void};
use std::ptr::{from_mut, null, null_mut};

const SIDE: usize = 40;
const ROW: usize = SIDE * 3;
const STRIDE: usize = ROW + 5;

/// Cancels when no more calls are allowed.
unsafe extern "C" fn count_down(allowed: *mut c_void, _done: f32, _doing: *const c_char) -> i32 {
    // SAFETY: the test gives a number that outlives the fill.
    let allowed = unsafe { &mut *allowed.cast::<usize>() };
    match allowed.checked_sub(1) {
        Some(left) => {
            *allowed = left;
            0
        }
        None => 1,
    }
}

fn pixels(top_left: *mut u8, stride: usize, channels: u32) -> ReweavePixels {
    ReweavePixels {
        top_left: top_left.cast(),
        row_stride: stride as isize,
        width: SIDE,
        height: SIDE,
        format: ReweaveFormat {
            depth: depth::U8,
            channels,
            transfer: transfer::SRGB,
            alpha: alpha::STRAIGHT,
        },
    }
}

#[test]
fn at_every_report_every_byte_stays() {
    let Some(path) = support::model() else {
        return;
    };
    let path = CString::new(path.to_str().unwrap()).unwrap();
    let mut mask = vec![0u8; SIDE * SIDE];
    for y in 10..20 {
        mask[y * SIDE + 12..][..9].fill(255);
    }
    let mask = pixels(mask.as_mut_ptr(), SIDE, channels::GREY);
    let (mut model, mut hole): (*mut ReweaveModel, *mut ReweaveHole) = (null_mut(), null_mut());
    // SAFETY: all pointers are to what their types say, and live on.
    unsafe {
        let opened = reweave_model_open(path.as_ptr(), c"built-in".as_ptr(), &mut model);
        assert_eq!(opened, status::OK);
        assert_eq!(reweave_hole_from_mask(&mask, &mut hole), status::OK);
    }
    let len = STRIDE * (SIDE - 1) + ROW;
    let before: Vec<u8> = (0..len).map(|i| (i % 251) as u8).collect();
    for allowed in 0.. {
        let mut memory = before.clone();
        let picture = pixels(memory.as_mut_ptr(), STRIDE, channels::RGB);
        let mut left: usize = allowed;
        // SAFETY: all pointers are to what their types say, and live on; the memory holds all rows.
        let answer = unsafe {
            let left = from_mut(&mut left).cast();
            reweave_fill(
                &picture,
                hole,
                model,
                null(),
                Some(count_down),
                left,
                null_mut(),
            )
        };
        if answer == status::OK {
            assert!(allowed >= 3 && memory != before);
            break;
        }
        assert_eq!(answer, status::CANCELLED);
        assert!(memory == before, "at report {allowed}");
    }
    // SAFETY: both were made above and are used no more.
    unsafe {
        reweave_hole_free(hole);
        reweave_model_free(model);
    }
}
