//! Training: batches in, a checkpoint out.
//!
//! [`run`](fit) is the loop with its log and its checkpoints; [`step`] what one batch changes; [`objective`] what is
//! wanted of a fill, as one weighted sum; [`ema`] the averaged weights that are exported; [`start`] where it begins.

mod ema;
mod means;
mod objective;
mod run;
mod start;
mod step;

pub use run::{Places, fit};
