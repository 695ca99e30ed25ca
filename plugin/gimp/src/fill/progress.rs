//! Several fills in one progress bar.

use crate::editor::Bar;
use std::time::{Duration, Instant};

/// Each update is a message to GIMP and back: no more often than people see.
const PAUSE: Duration = Duration::from_millis(60);

/// How far all fills of a run are. The button in GIMP's bar ends the plug-in's process, which has changed nothing until
/// the very end.
pub struct Progress<'a> {
    bar: &'a mut dyn Bar,
    parts: usize,
    part: usize,
    last: Instant,
}

impl<'a> Progress<'a> {
    /// So many fills, one after another.
    pub fn start(bar: &'a mut dyn Bar, parts: usize) -> Self {
        bar.pulse();
        Self {
            bar,
            parts,
            part: 0,
            last: Instant::now(),
        }
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

    fn show(&mut self, done: f32) {
        self.bar
            .show((self.part as f32 + done.clamp(0.0, 1.0)) / self.parts as f32);
    }
}
