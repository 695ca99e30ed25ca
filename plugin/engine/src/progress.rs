//! Progress out, cancellation in.

use std::ops::ControlFlow;

use crate::error::Error;

/// Told how far a fill is, and asked whether to go on. Called on the thread that called [`crate::fill`], several times
/// a second while a network runs.
pub trait Progress {
    /// `done` runs from 0 to 1; `doing` says what is being done, in a few English words. `Break` cancels.
    fn report(&mut self, done: f32, doing: &str) -> ControlFlow<()>;
}

impl<F: FnMut(f32, &str) -> ControlFlow<()>> Progress for F {
    fn report(&mut self, done: f32, doing: &str) -> ControlFlow<()> {
        self(done, doing)
    }
}

/// For those who do not want to know.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {
    fn report(&mut self, _done: f32, _doing: &str) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

/// A stretch of the whole progress: what runs inside counts from 0 to 1 again.
pub(crate) struct SubProgress<'a> {
    pub whole: &'a mut dyn Progress,
    pub from: f32,
    pub to: f32,
}

impl SubProgress<'_> {
    /// A part of this stretch, between two shares of it.
    pub fn part(&mut self, from: f32, to: f32) -> SubProgress<'_> {
        let length = self.to - self.from;
        SubProgress {
            from: self.from + length * from,
            to: self.from + length * to,
            whole: &mut *self.whole,
        }
    }

    /// One of so many equal parts of this stretch.
    pub fn nth(&mut self, index: usize, count: usize) -> SubProgress<'_> {
        let share = |index: usize| index as f32 / count as f32;
        self.part(share(index), share(index + 1))
    }

    /// Reports, and turns a wish to stop into [`Error::Cancelled`].
    pub fn step(&mut self, done: f32, doing: &str) -> Result<(), Error> {
        let done = self.from + (self.to - self.from) * done.clamp(0.0, 1.0);
        match self.whole.report(done, doing) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Error::Cancelled),
        }
    }
}
