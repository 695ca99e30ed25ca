//! How a training goes, for people and for TensorBoard.

use super::judge::Judgement;
use super::means::Means;
use super::strip::Strip;
use crate::tensorboard::Log;
use anyhow::Result;
use indicatif::{ProgressBar, ProgressStyle};
use std::path::Path;
use std::time::{Duration, Instant};

/// Numbers are averaged over this many steps before they are logged.
const LOG_EVERY: u64 = 20;

/// The bar, the log, and the time that is spent on waiting.
pub struct Progress {
    log: Log,
    bar: ProgressBar,
    began: Instant,
    waited: Duration,
}

impl Progress {
    /// Opens the log in `run`, at a step of so many.
    pub fn open(run: &Path, step: u64, iterations: u64) -> Result<Self> {
        let bar = ProgressBar::new(iterations).with_position(step);
        let template = "{bar:30} {pos}/{len} {per_sec}, {eta} left  {msg}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.reset_eta();
        Ok(Progress {
            log: Log::open(run)?,
            bar,
            began: Instant::now(),
            waited: Duration::ZERO,
        })
    }

    /// Does what the device has to wait for. The first time, when nothing has been made ahead yet, is not counted.
    pub fn waiting_for<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let began = Instant::now();
        let done = work();
        if self.waited.is_zero() {
            self.began = Instant::now();
            self.waited = Duration::from_nanos(1);
        } else {
            self.waited += began.elapsed();
        }
        done
    }

    /// The share of the time that the device has waited, 0 to 1.
    pub fn share_waited(&self) -> f64 {
        self.waited.as_secs_f64() / self.began.elapsed().as_secs_f64().max(1e-9)
    }

    /// Tells of a step; every so often with the means of the losses since the last time.
    ///
    /// # Errors
    /// The log cannot be written; the rest is told.
    pub fn step(&mut self, step: u64, means: &mut Means) -> Result<()> {
        self.bar.set_position(step);
        if !step.is_multiple_of(LOG_EVERY) {
            return Ok(());
        }
        let values = means.take();
        let losses = values.iter();
        let line: Vec<String> = losses.map(|(name, v)| format!("{name} {v:.4}")).collect();
        let line = line.join("  ");
        if self.bar.is_hidden() && step.is_multiple_of(10 * LOG_EVERY) {
            println!("step {step}  {line}");
        }
        self.bar.set_message(line);
        let waited = [("device waits for pictures", self.share_waited())];
        self.log.scalars(step, &values)?;
        self.log.scalars(step, &waited)
    }

    /// Tells of a judgement on held-out pictures, and shows their fills.
    ///
    /// # Errors
    /// As [`Self::step`].
    pub fn judged(&mut self, step: u64, judgement: &Judgement, is_best: bool) -> Result<()> {
        let loss = judgement.loss;
        let best = if is_best { ", the best so far" } else { "" };
        self.say(&format!(
            "step {step}: {loss:.4} on held-out pictures{best}"
        ));
        self.log.scalars(step, &[("held out", loss)])?;
        let fills = Strip::of(&judgement.fills)?;
        self.log.picture(step, "fills", fills.size(), fills.jpeg()?)
    }

    /// Says what could not be written, if it could not. It ends no training: a full disk may have room again, and what was
    /// written before is whole.
    pub fn forgive(&self, written: Result<()>) {
        if let Err(error) = written {
            self.say(&format!("not kept: {error:#}"));
        }
    }

    /// Says something, above the bar.
    pub fn say(&self, line: &str) {
        self.bar.suspend(|| println!("{line}"));
    }

    /// Leaves the bar as it is.
    pub fn finish(&self) {
        self.bar.abandon();
    }
}
