//! Sketches: `reweave_sketch_…`.

use super::guard::{guard, guard_value};
use super::handle::{self, Handle};
use super::pixels;
use reweave::Sketch;
use reweave_abi::{ReweavePixels, ReweaveSketch, ReweaveStatus};

impl Handle for ReweaveSketch {
    type Inner = Sketch;
}

/// See `reweave.h`.
///
/// # Safety
/// As the header asks: pointers are NULL or point to what their types say.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn reweave_sketch_from_drawing(
    drawing: *const ReweavePixels,
    sketch: *mut *mut ReweaveSketch,
) -> ReweaveStatus {
    guard(|| {
        // SAFETY: the caller's promise, for each pointer.
        let (drawing, sketch) = unsafe {
            (
                handle::input(drawing, "drawing")?,
                handle::output(sketch, "sketch")?,
            )
        };
        // SAFETY: the caller's promise: the pixels are readable during the call.
        *sketch = handle::give(Sketch::from_drawing(unsafe { pixels::view(drawing) }?)?);
        Ok(())
    })
}

/// See `reweave.h`.
///
/// # Safety
/// NULL or a sketch that was not freed yet and is in no other thread's use.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn reweave_sketch_free(sketch: *mut ReweaveSketch) {
    // SAFETY: the caller's promise.
    guard_value((), || unsafe { handle::take(sketch) });
}
