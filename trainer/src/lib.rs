//! The trainer of Reweave, as a library: the torch backend and the training loop. The command is `reweave-train`.
#![warn(missing_docs)]

mod adam;
pub mod checkpoint;
mod data;
pub mod export;
mod losses;
pub mod recipe;
pub mod score;
mod tensorboard;
pub mod torch;
pub mod train;
