//! What is wanted of a fill.

mod adversarial;
mod features;
mod reconstruction;

pub use adversarial::{discriminator_loss, generator_loss};
pub use features::FeatureLoss;
pub use reconstruction::{reconstruction, total_variation};
