//! A fill, from the selection to the filled picture: the same in every version of GIMP.

mod coverage;
mod job;
mod output;
mod progress;
mod run;
mod source;
mod target;
mod times;

pub use coverage::Coverage;
pub use job::Job;
pub use progress::Progress;
pub use run::{fill, prepare};
pub use target::check;
