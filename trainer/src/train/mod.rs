//! Training: batches in, a checkpoint out.
//!
//! [`fit`] is the loop with its log and its checkpoints (run.rs); step.rs what one batch changes; objective.rs what is
//! wanted of a fill, as one weighted sum; ema.rs the averaged weights that are exported; start.rs where it begins.

mod ema;
mod means;
mod objective;
mod run;
mod start;
mod step;

pub use run::{Places, fit};
