//! The trainer of Reweave, as a library: the torch backend and the training loop. The command is `reweave-train`.
#![warn(missing_docs)]

mod adam;
pub mod checkpoint;
mod data;
pub mod device;
pub mod export;
mod losses;
pub mod new;
mod parity;
pub mod recipe;
pub mod report;
pub mod score;
mod tensorboard;
pub mod torch;
pub mod train;
