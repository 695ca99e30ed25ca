//! The hole as a fill works with it, given back to a caller that blends by itself: `reweave_hole_coverage` and
//! `reweave_hole_reach`.

use super::guard::{AbiError, guard};
use super::settings::or_default;
use super::{handle, pixels};
use reweave::{Channels, Depth, Hole, ViewMut};
use reweave_abi::{ReweaveHole, ReweavePixels, ReweaveSettings, ReweaveStatus};

/// See `reweave.h`.
///
/// # Safety
/// As the header asks: pointers are NULL or point to what their types say.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn reweave_hole_coverage(
    hole: *const ReweaveHole,
    settings: *const ReweaveSettings,
    mask: *const ReweavePixels,
) -> ReweaveStatus {
    guard(|| {
        // SAFETY: the caller's promise, for each pointer.
        let (hole, mask) = unsafe { (handle::borrow(hole, "hole")?, handle::input(mask, "mask")?) };
        // SAFETY: the caller's promise: NULL or live settings.
        let settings = unsafe { or_default(settings) };
        // SAFETY: the caller's promise: the pixels are ours to change during the call.
        let mut mask = unsafe { pixels::view_mut(mask) }?;
        let format = mask.format();
        if (format.depth, format.channels) != (Depth::U8, Channels::Grey) {
            return Err(AbiError::argument("the mask has to be 8-bit grey"));
        }
        if (mask.width(), mask.height()) != (hole.width(), hole.height()) {
            return Err(AbiError::argument(
                "the mask has to be of the size of the mask that the hole came from",
            ));
        }
        write(&*hole.shaped(&settings)?, &mut mask);
        Ok(())
    })
}

/// See `reweave.h`.
///
/// # Safety
/// As the header asks: pointers are NULL or point to what their types say.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn reweave_hole_reach(
    settings: *const ReweaveSettings,
    pixels: *mut usize,
) -> ReweaveStatus {
    guard(|| {
        // SAFETY: the caller's promise, for each pointer.
        let (settings, pixels) =
            unsafe { (or_default(settings), handle::output(pixels, "pixels")?) };
        *pixels = reweave::hole::reach(&settings);
        Ok(())
    })
}

fn write(hole: &Hole, mask: &mut ViewMut<'_>) {
    for y in 0..mask.height() {
        let row = mask.row_mut(y);
        row.fill(0);
        let bounds = hole.bounds();
        if (bounds.y..bounds.bottom()).contains(&y) {
            for (x, value) in (bounds.x..).zip(&mut row[bounds.x..bounds.right()]) {
                // Rounded up: a pixel that is replaced at all is never called known.
                *value = (hole.coverage(x, y) * 255.0).ceil() as u8;
            }
        }
    }
}
