//! Training: batches in, a checkpoint out.
//!
//! [`fit`] is the loop (run.rs); begin.rs where it begins, start.rs the weights of other models; step.rs what one step
//! changes; objective.rs what is wanted of a fill, as one weighted sum; mask_generator.rs holes that a network chooses;
//! clip.rs gradients that are too long; ema.rs the averaged weights that are exported; judge.rs how they do on pictures that
//! are held out; keeper.rs what is kept of it; progress.rs what is said of it.

mod begin;
mod clip;
mod ema;
mod judge;
mod keeper;
mod mask_generator;
mod means;
mod objective;
mod progress;
mod run;
mod start;
mod step;
mod strip;

pub use run::{Manner, Places, fit};
pub(crate) use step::Training;
