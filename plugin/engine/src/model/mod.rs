//! Models: the cards and sessions of networks, and where they lie.

mod fit;
mod infer_card;
mod inspect;
mod open;
mod trial;
pub mod zoo;

pub(crate) use open::ASKED_FOR;
pub use open::Model;
pub(crate) use open::open_here;
