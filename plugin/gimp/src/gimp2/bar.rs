//! GIMP's progress bar.

use super::core::{core, to_c};
use crate::editor;
use crate::text::tr;

/// The bar, from the making of this value to its end.
pub struct Bar(());

impl Bar {
    pub fn start() -> Self {
        let text = to_c(&tr("Content-aware fill"));
        // SAFETY: the text ends with a zero byte and is copied.
        unsafe { core().gimp.gimp_progress_init(text.as_ptr()) };
        Self(())
    }
}

impl editor::Bar for Bar {
    fn pulse(&mut self) {
        // SAFETY: it may be called while there is a bar.
        unsafe { core().gimp.gimp_progress_pulse() };
    }

    fn show(&mut self, share: f32) {
        // SAFETY: as above.
        unsafe { core().gimp.gimp_progress_update(f64::from(share)) };
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        // SAFETY: as above.
        unsafe { core().gimp.gimp_progress_end() };
    }
}
