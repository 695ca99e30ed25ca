//! Whether the host still wants the frame.

use super::error::NodeError;
use crate::openfx::effect::Effect;
use crate::openfx::progress::ProgressBar;
use reweave::Progress;
use std::ops::{ControlFlow, Range};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// Shows progress, and asks the host whether to go on.
pub struct Watch<'a> {
    effect: Effect<'a>,
    bar: Option<ProgressBar<'a>>,
}

/// Pixels that are worked on between two questions: a few milliseconds' work in any depth.
const BAND: usize = 1 << 17;

/// Time between two questions where the work is done by others.
const PATIENCE: Duration = Duration::from_millis(20);

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
    /// [`NodeError::Aborted`].
    pub fn ask(&self) -> Result<(), NodeError> {
        if self.effect.aborted() {
            Err(NodeError::Aborted)
        } else {
            Ok(())
        }
    }

    /// Asks on the way whether to go on, and opens no bar: for what is short.
    pub fn quietly(&self) -> impl Progress {
        move |_: f32, _: &str| match self.ask() {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    }

    /// Works on rows of `width` pixels in turn, and asks every now and then whether to go on.
    ///
    /// # Errors
    /// [`NodeError::Aborted`].
    pub fn rows(
        &self,
        rows: Range<i32>,
        width: usize,
        mut work: impl FnMut(i32),
    ) -> Result<(), NodeError> {
        let band = (BAND / width.max(1)).max(1);
        for (index, row) in rows.enumerate() {
            if index % band == 0 {
                self.ask()?;
            }
            work(row);
        }
        Ok(())
    }

    /// Has work done on another thread, and asks meanwhile whether to go on. Work that nobody waits for any more is
    /// finished all the same.
    ///
    /// # Errors
    /// [`NodeError::Aborted`], or a sentence when the work panicked or there are no more threads.
    pub fn during<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, NodeError> {
        let (sender, result) = mpsc::channel();
        thread::Builder::new()
            .spawn(move || drop(sender.send(work())))
            .map_err(|error| NodeError::Told(format!("no thread could be started: {error}")))?;
        loop {
            match result.recv_timeout(PATIENCE) {
                Ok(result) => return Ok(result),
                Err(RecvTimeoutError::Timeout) => self.ask()?,
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(NodeError::Told(
                        "a mistake in Reweave, please report it: a thread panicked".into(),
                    ));
                }
            }
        }
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
