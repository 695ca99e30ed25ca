//! Pictures and holes to learn from, in batches.

mod batches;
mod pictures;

pub use batches::{Batch, Batches};
pub use pictures::Pictures;
