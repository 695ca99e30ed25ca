//! What is wanted of a fill.

mod adversarial;
mod discriminator;
mod perceptual;
mod reconstruction;
mod smoothness;
mod trunk;

pub use adversarial::{discriminator_loss, generator_loss};
pub use discriminator::{Verdict, discriminate};
pub use perceptual::{perceptual, style};
pub use reconstruction::{reconstruction, total_variation};
pub use smoothness::smoothness;
pub use trunk::Trunk;
