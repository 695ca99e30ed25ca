//! Whether the host still wants the frame.

use super::trouble::Trouble;
use crate::openfx::effect::Effect;
use crate::openfx::progress::ProgressBar;
use reweave::Progress;
use std::ops::{ControlFlow, Range};

/// Shows progress, and asks the host whether to go on.
pub struct Watch<'a> {
    effect: Effect<'a>,
    bar: Option<ProgressBar<'a>>,
}

/// Pixels that are worked on between two questions: a few milliseconds' work in any depth.
const BAND: usize = 1 << 17;

impl<'a> Watch<'a> {
    /// For one frame of an instance.
    pub fn new(effect: &Effect<'a>) -> Self {
        Self {
            effect: *effect,
            bar: None,
        }
    }

    /// Asks whether to go on.
    ///
    /// # Errors
    /// [`Trouble::Aborted`].
    pub fn ask(&self) -> Result<(), Trouble> {
        if self.effect.aborted() {
            Err(Trouble::Aborted)
        } else {
            Ok(())
        }
    }

    /// Works on rows of `width` pixels in turn, and asks every now and then whether to go on.
    ///
    /// # Errors
    /// [`Trouble::Aborted`].
    pub fn rows(
        &self,
        rows: Range<i32>,
        width: usize,
        mut work: impl FnMut(i32),
    ) -> Result<(), Trouble> {
        let band = (BAND / width.max(1)).max(1);
        for (index, row) in rows.enumerate() {
            if index % band == 0 {
                self.ask()?;
            }
            work(row);
        }
        Ok(())
    }
}

impl Progress for Watch<'_> {
    fn report(&mut self, done: f32, _doing: &str) -> ControlFlow<()> {
        // Only a frame that takes work opens a bar.
        let bar = self
            .bar
            .get_or_insert_with(|| ProgressBar::open(&self.effect, c"Reweave Fill"));
        if bar.update(done) && !self.effect.aborted() {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    }
}
