//! Filling: `reweave_fill` and `reweave_fill_needs`.

use super::guard::{AbiError, guard, to_c};
use super::hole::rect;
use super::settings::or_default;
use super::{handle, pixels};
use crate::region;
use reweave::{Progress, Rect, Report};
use reweave_abi::{
    ReweaveHole, ReweaveModel, ReweavePixels, ReweaveProgress, ReweaveRect, ReweaveReport,
    ReweaveSettings, ReweaveStatus,
};
use std::ffi::c_void;
use std::ops::ControlFlow;

/// C's progress function.
struct Callback {
    function: ReweaveProgress,
    data: *mut c_void,
}

impl Progress for Callback {
    fn report(&mut self, done: f32, doing: &str) -> ControlFlow<()> {
        let Some(function) = self.function else {
            return ControlFlow::Continue(());
        };
        let doing = to_c(doing);
        // SAFETY: the function is C's own and gets its own data, in the thread that called the fill; the text outlives
        // the call.
        match unsafe { function(self.data, done, doing.as_ptr()) } {
            0 => ControlFlow::Continue(()),
            _ => ControlFlow::Break(()),
        }
    }
}

fn answer(report: &Report, size: usize) -> ReweaveReport {
    ReweaveReport {
        size,
        regions: report.regions,
        pixels: report.pixels,
        seconds_plan: report.seconds.plan,
        seconds_read: report.seconds.read,
        seconds_network: report.seconds.network,
        seconds_texture: report.seconds.texture,
        seconds_blend: report.seconds.blend,
    }
}

/// See `reweave.h`.
///
/// # Safety
/// As the header asks: pointers are NULL or point to what their types say.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn reweave_fill(
    picture: *const ReweavePixels,
    hole: *const ReweaveHole,
    model: *const ReweaveModel,
    settings: *const ReweaveSettings,
    progress: ReweaveProgress,
    progress_data: *mut c_void,
    report: *mut ReweaveReport,
) -> ReweaveStatus {
    guard(|| {
        // SAFETY: the caller's promise, for each pointer.
        let (picture, hole, model) = unsafe {
            (
                handle::input(picture, "picture")?,
                handle::borrow(hole, "hole")?,
                handle::borrow(model, "model")?,
            )
        };
        // SAFETY: the caller's promise: NULL or live settings.
        let settings = unsafe { or_default(settings) };
        // SAFETY: the caller's promise: NULL or a report.
        let report = unsafe { report.as_mut() };
        if report
            .as_ref()
            .is_some_and(|report| report.size < size_of::<ReweaveReport>())
        {
            return Err(AbiError::argument(
                "size of the report is not set to sizeof(ReweaveReport)",
            ));
        }
        // SAFETY: the caller's promise: the pixels are ours to change during the call.
        let mut picture = unsafe { pixels::view_mut(picture) }?;
        let mut progress = Callback {
            function: progress,
            data: progress_data,
        };
        let done = reweave::fill(&mut picture, hole, &model.model, &settings, &mut progress)?;
        if let Some(report) = report {
            *report = answer(&done, report.size);
        }
        Ok(())
    })
}

/// See `reweave.h`.
///
/// # Safety
/// As the header asks: pointers are NULL or point to what their types say.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn reweave_fill_needs(
    hole_bounds: *const ReweaveRect,
    width: usize,
    height: usize,
    model: *const ReweaveModel,
    settings: *const ReweaveSettings,
    needed: *mut ReweaveRect,
) -> ReweaveStatus {
    guard(|| {
        // SAFETY: the caller's promise, for each pointer.
        let (bounds, model, needed) = unsafe {
            (
                handle::input(hole_bounds, "hole_bounds")?,
                handle::borrow(model, "model")?,
                handle::output(needed, "needed")?,
            )
        };
        // SAFETY: the caller's promise: NULL or live settings.
        let settings = unsafe { or_default(settings) };
        let picture = Rect::new(0, 0, width, height);
        let bounds = Rect::new(bounds.x, bounds.y, bounds.width, bounds.height);
        let fits = |from: usize, length: usize, whole| {
            from.checked_add(length).is_some_and(|end| end <= whole)
        };
        if !(fits(bounds.x, bounds.width, width) && fits(bounds.y, bounds.height, height)) {
            return Err(AbiError::argument(format!(
                "the hole reaches out of the picture of {width} x {height} pixels"
            )));
        }
        *needed = rect(region::needed(
            bounds,
            picture,
            &settings,
            &model.model.card_for(&settings).size,
        ));
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use reweave::{Channels, Depth, Device, Format, Hole, Model, Picture, Settings, ViewMut};
    use reweave_abi::status;
    use std::panic::resume_unwind;

    const SIDE: usize = 40;
    const ROW: usize = SIDE * 3;
    const STRIDE: usize = ROW + 5;

    /// A panic cannot come from C. One that comes from the engine, at any report, becomes a status, and every byte is
    /// as it was, the padding of rows too.
    #[test]
    fn a_panic_at_any_report_leaves_every_byte() {
        let model = concat!(env!("CARGO_MANIFEST_DIR"), "/../../models/zoo/gated.onnx");
        let model = Model::open(model, Device::BuiltIn).unwrap();
        let mut mask = Picture::new(SIDE, SIDE, Format::srgb(Depth::U8, Channels::Grey)).unwrap();
        for y in 10..20 {
            mask.bytes_mut()[y * SIDE + 12..][..9].fill(255);
        }
        let hole = Hole::from_mask(mask.view()).unwrap();
        let len = STRIDE * (SIDE - 1) + ROW;
        let before: Vec<u8> = (0..len).map(|i| (i % 251) as u8).collect();
        for stop in 0.. {
            let mut memory = before.clone();
            let mut calls = 0;
            let mut progress = |_: f32, _: &str| {
                calls += 1;
                if calls > stop {
                    // As a panic, but without its message among the tests' output.
                    resume_unwind(Box::new("injected"));
                }
                ControlFlow::Continue(())
            };
            let answer = guard(|| {
                let format = Format::srgb(Depth::U8, Channels::Rgb);
                let stride = STRIDE as isize;
                let mut picture = ViewMut::with_stride(&mut memory, 0, stride, SIDE, SIDE, format)?;
                reweave::fill(&mut picture, &hole, &model, &Settings::new(), &mut progress)?;
                Ok(())
            });
            if answer == status::OK {
                assert!(stop >= 3 && memory != before);
                return;
            }
            assert_eq!(answer, status::PANICKED);
            assert!(memory == before, "at report {stop}");
        }
    }
}
