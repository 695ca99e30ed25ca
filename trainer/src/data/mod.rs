//! Pictures and holes to learn from, in batches.

mod batches;
mod crop;
mod index;
mod likeness;
mod pictures;
mod split;

pub use batches::{Batch, Batches, Source};
pub use index::{Facts, Index};
pub use likeness::near_duplicates;
pub use pictures::Pictures;
pub use split::{held_out_from, split};
