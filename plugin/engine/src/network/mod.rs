//! What is between the picture and the runtime: what a network is shown of a region, and what it predicts from it.

pub(crate) mod input;
mod predict;
pub(crate) mod prediction;
pub(crate) mod prefill;
mod shrink;
mod tensors;
pub(crate) mod test_time_augmentation;
pub(crate) mod tone;

pub(crate) use predict::{Network, run};
