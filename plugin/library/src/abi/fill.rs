//! Filling: `reweave_fill` and `reweave_fill_needs`.

use super::guard::{Failure, guard, to_c};
use super::hole::rect;
use super::settings::or_default;
use super::{handle, pixels};
use crate::region;
use reweave::{Progress, Rect, Report, ViewMut};
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

/// A copy of the rows that a fill may change, to put back if it does not come to its end.
struct Backup {
    area: Rect,
    bytes: Vec<u8>,
}

impl Backup {
    fn new(picture: &ViewMut<'_>, area: Rect) -> Result<Self, Failure> {
        let pixel = picture.format().pixel_bytes();
        let mut bytes = Vec::new();
        bytes
            .try_reserve_exact(area.area() * pixel)
            .map_err(|_| Failure::memory("a copy of the hole's surroundings"))?;
        for y in area.y..area.bottom() {
            bytes.extend_from_slice(&picture.view().row(y)[area.x * pixel..area.right() * pixel]);
        }
        Ok(Self { area, bytes })
    }

    fn restore(&self, picture: &mut ViewMut<'_>) {
        let pixel = picture.format().pixel_bytes();
        let rows = self.bytes.chunks_exact((self.area.width * pixel).max(1));
        for (y, row) in (self.area.y..self.area.bottom()).zip(rows) {
            picture.row_mut(y)[self.area.x * pixel..self.area.right() * pixel].copy_from_slice(row);
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
            return Err(Failure::argument(
                "size of the report is not set to sizeof(ReweaveReport)",
            ));
        }
        // SAFETY: the caller's promise: the pixels are ours to change during the call.
        let mut picture = unsafe { pixels::view_mut(picture) }?;
        let backup = Backup::new(
            &picture,
            region::changed(hole.bounds(), picture.bounds(), &settings),
        )?;
        let mut progress = Callback {
            function: progress,
            data: progress_data,
        };
        match reweave::fill(&mut picture, hole, &model.model, &settings, &mut progress) {
            Ok(done) => {
                if let Some(report) = report {
                    *report = answer(&done, report.size);
                }
                Ok(())
            }
            Err(error) => {
                backup.restore(&mut picture);
                Err(error.into())
            }
        }
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
            return Err(Failure::argument(format!(
                "the hole reaches out of the picture of {width} x {height} pixels"
            )));
        }
        *needed = rect(region::needed(
            bounds,
            picture,
            &settings,
            &model.model.card().size,
        ));
        Ok(())
    })
}
