//! Pictures and holes to learn from, in batches.

mod batches;
mod crop;
mod edges;
mod index;
mod likeness;
mod pictures;
pub mod sketch;
mod split;
mod wish;

pub use batches::{Batch, Batches, Source};
pub use index::{Facts, Index};
pub use likeness::near_duplicates;
pub use pictures::Pictures;
pub use split::{held_out_from, split};
pub use wish::Wishes;
