//! GIMP's progress bar.

use super::core::{core, to_c};
use std::time::{Duration, Instant};

/// Each update is a message to GIMP and back: no more often than people see.
const PAUSE: Duration = Duration::from_millis(60);

/// The bar, from the making of this value to its end. GIMP's own button to cancel ends the plug-in's process, which has
/// changed nothing until the very end.
pub struct Progress {
    parts: usize,
    part: usize,
    last: Instant,
}

impl Progress {
    /// A bar for so many fills, one after another.
    pub fn start(text: &str, parts: usize) -> Self {
        let text = to_c(text);
        // SAFETY: the text ends with a zero byte and is copied.
        unsafe { core().gimp.gimp_progress_init(text.as_ptr()) };
        Self { parts, part: 0, last: Instant::now() }
    }

    /// Says that something goes on, nobody knows how long.
    pub fn pulse(&self) {
        // SAFETY: it may be called while there is a bar.
        unsafe { core().gimp.gimp_progress_pulse() };
    }

    /// A share of the present fill is done.
    pub fn report(&mut self, done: f32) {
        if self.last.elapsed() >= PAUSE {
            self.show(done);
            self.last = Instant::now();
        }
    }

    /// The present fill is done.
    pub fn next(&mut self) {
        self.part += 1;
        self.show(0.0);
    }

    fn show(&self, done: f32) {
        let share = (self.part as f32 + done.clamp(0.0, 1.0)) / self.parts as f32;
        // SAFETY: as above.
        unsafe { core().gimp.gimp_progress_update(f64::from(share)) };
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        // SAFETY: as above.
        unsafe { core().gimp.gimp_progress_end() };
    }
}
