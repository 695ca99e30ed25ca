//! Models: the cards and sessions of networks, and where they lie.

mod fit;
mod guess;
mod open;
pub mod zoo;

pub use open::Model;
