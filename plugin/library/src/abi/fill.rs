//! Filling: `reweave_fill` and `reweave_fill_needs`.

use super::guard::{AbiError, guard, to_c};
use super::hole::rect;
use super::settings::or_default;
use super::{handle, pixels};
use crate::region;
use reweave::{Progress, Rect, Report};
use reweave_abi::{
    ReweaveHole, ReweaveModel, ReweavePixels, ReweaveProgress, ReweaveRect, ReweaveReport,
    ReweaveSettings, ReweaveSketch, ReweaveStatus,
};
use std::ffi::c_void;
use std::ops::ControlFlow;
use std::ptr;

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
        specks: report.specks,
    }
}

/// Writes as much of the report as the caller has set room for.
///
/// # Safety
/// `place` points to a report of the size that stands in it.
unsafe fn tell(report: &Report, place: *mut ReweaveReport) {
    // SAFETY: the caller's promise; the size is the first field.
    unsafe {
        let size = (*place).size;
        let answer = answer(report, size);
        let known = size.min(size_of::<ReweaveReport>());
        ptr::copy_nonoverlapping((&raw const answer).cast::<u8>(), place.cast(), known);
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
    // SAFETY: the caller's promise is that of the guided fill, whose sketch may be NULL.
    unsafe {
        reweave_fill_guided(
            picture,
            hole,
            ptr::null(),
            model,
            settings,
            progress,
            progress_data,
            report,
        )
    }
}

/// See `reweave.h`.
///
/// # Safety
/// As the header asks: pointers are NULL or point to what their types say.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn reweave_fill_guided(
    picture: *const ReweavePixels,
    hole: *const ReweaveHole,
    sketch: *const ReweaveSketch,
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
        let sketch = match sketch.is_null() {
            true => None,
            // SAFETY: the caller's promise: a live sketch.
            false => Some(unsafe { handle::borrow(sketch, "sketch") }?),
        };
        // SAFETY: the caller's promise: NULL or live settings.
        let settings = unsafe { or_default(settings) };
        // SAFETY: the caller's promise: NULL or a report, of which the size is there whatever header it is of.
        if !report.is_null() && unsafe { (*report).size } < ReweaveReport::FIRST_SIZE {
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
        let (picture, model, progress) = (&mut picture, &model.model, &mut progress);
        let done = match sketch {
            Some(sketch) => reweave::fill_guided(picture, hole, sketch, model, &settings, progress),
            None => reweave::fill(picture, hole, model, &settings, progress),
        }?;
        if !report.is_null() {
            // SAFETY: the caller's promise, checked above.
            unsafe { tell(&done, report) };
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
    use reweave::settings::Method;
    use reweave::{
        Channels, Depth, Device, Format, Hole, Model, Picture, RuntimeReport, Seconds, Settings,
        ViewMut,
    };
    use reweave_abi::status;
    use std::panic::resume_unwind;

    /// A program that was built with an older header gets its own report, and not a byte more is written; one with a newer
    /// header finds what we know not of as it was.
    #[test]
    fn a_report_of_another_header_gets_what_it_has() {
        let done = Report {
            regions: 3,
            specks: 7,
            pixels: 99,
            seconds: Seconds::default(),
            answered_by: RuntimeReport::default(),
            method: Method::Network,
            why: String::new(),
        };
        for (size, specks) in [
            (ReweaveReport::FIRST_SIZE, 12345),
            (size_of::<ReweaveReport>(), 7),
            (size_of::<ReweaveReport>() + 8, 7),
        ] {
            let mut places = [ReweaveReport {
                specks: 12345,
                ..ReweaveReport::default()
            }; 2];
            places[0].size = size;
            // SAFETY: there is room for two.
            unsafe { tell(&done, places.as_mut_ptr()) };
            let report = places[0];
            assert_eq!((report.size, report.specks), (size, specks));
            assert_eq!((report.regions, report.pixels), (3, 99));
            let untouched = (places[1].size, places[1].specks);
            assert_eq!(untouched, (size_of::<ReweaveReport>(), 12345));
        }
    }

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
