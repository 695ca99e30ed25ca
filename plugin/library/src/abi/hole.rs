//! Holes: `reweave_hole_…`.

use super::guard::{AbiError, guard, guard_value};
use super::handle::{self, Handle};
use super::pixels;
use reweave::{Hole, Rect};
use reweave_abi::{ReweaveHole, ReweavePixels, ReweaveRect, ReweaveStatus};

impl Handle for ReweaveHole {
    type Inner = Hole;
}

pub(super) fn rect(rect: Rect) -> ReweaveRect {
    ReweaveRect {
        x: rect.x,
        y: rect.y,
        width: rect.width,
        height: rect.height,
    }
}

/// See `reweave.h`.
///
/// # Safety
/// As the header asks: pointers are NULL or point to what their types say.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn reweave_hole_from_mask(
    mask: *const ReweavePixels,
    hole: *mut *mut ReweaveHole,
) -> ReweaveStatus {
    guard(|| {
        // SAFETY: the caller's promise, for each pointer.
        let (mask, hole) = unsafe { (handle::input(mask, "mask")?, handle::output(hole, "hole")?) };
        // SAFETY: the caller's promise: the pixels are readable during the call.
        *hole = handle::give(Hole::from_mask(unsafe { pixels::view(mask) }?)?);
        Ok(())
    })
}

/// See `reweave.h`.
///
/// # Safety
/// As the header asks: pointers are NULL or point to what their types say.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn reweave_hole_from_alpha(
    picture: *const ReweavePixels,
    hole: *mut *mut ReweaveHole,
) -> ReweaveStatus {
    guard(|| {
        // SAFETY: the caller's promise, for each pointer.
        let (picture, hole) = unsafe {
            (
                handle::input(picture, "picture")?,
                handle::output(hole, "hole")?,
            )
        };
        // SAFETY: the caller's promise: the pixels are readable during the call.
        *hole = handle::give(Hole::from_alpha(unsafe { pixels::view(picture) }?)?);
        Ok(())
    })
}

/// See `reweave.h`.
///
/// # Safety
/// As the header asks: pointers are NULL or point to what their types say.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn reweave_hole_from_colour(
    picture: *const ReweavePixels,
    rgb: *const f32,
    tolerance: f32,
    hole: *mut *mut ReweaveHole,
) -> ReweaveStatus {
    guard(|| {
        // SAFETY: the caller's promise, for each pointer; `rgb` has three elements.
        let (picture, rgb, hole) = unsafe {
            (
                handle::input(picture, "picture")?,
                handle::input(rgb.cast::<[f32; 3]>(), "rgb")?,
                handle::output(hole, "hole")?,
            )
        };
        if !(rgb.iter().all(|value| value.is_finite()) && (0.0..=1.0).contains(&tolerance)) {
            return Err(AbiError::argument(
                "rgb has to be finite, and tolerance from 0 to 1",
            ));
        }
        // SAFETY: the caller's promise: the pixels are readable during the call.
        *hole = handle::give(Hole::from_colour(
            unsafe { pixels::view(picture) }?,
            *rgb,
            tolerance,
        )?);
        Ok(())
    })
}

/// See `reweave.h`.
///
/// # Safety
/// As the header asks: pointers are NULL or point to what their types say.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn reweave_hole_bounds(
    hole: *const ReweaveHole,
    bounds: *mut ReweaveRect,
) -> ReweaveStatus {
    guard(|| {
        // SAFETY: the caller's promise, for each pointer.
        let (hole, bounds) = unsafe {
            (
                handle::borrow(hole, "hole")?,
                handle::output(bounds, "bounds")?,
            )
        };
        *bounds = rect(hole.bounds());
        Ok(())
    })
}

/// See `reweave.h`.
///
/// # Safety
/// NULL or a hole that was not freed yet and is in no other thread's use.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn reweave_hole_free(hole: *mut ReweaveHole) {
    // SAFETY: the caller's promise.
    guard_value((), || unsafe { handle::take(hole) });
}
