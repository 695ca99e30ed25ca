//! Holes that a network of their own chooses.

use anyhow::{Result, ensure};
use reweave_models::nets::mask_generator::MaskGenerator;
use serde::Deserialize;

/// A mask generator, trained with the network that fills, and what it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GeneratedMasks {
    /// The share of the pictures whose hole it chooses, 0 to 1; the others get one of `[[masks]]`.
    #[serde(default = "all")]
    pub share: f64,
    /// The share of a picture that is hole, 0 to 1: drawn between the two for each picture, and kept to exactly.
    pub area: (f32, f32),
    /// Channels of its first convolution.
    #[serde(default = "eight")]
    pub width: usize,
    /// Its step size.
    #[serde(default = "rate")]
    pub learning_rate: f64,
}

fn all() -> f64 {
    1.0
}

fn eight() -> usize {
    8
}

fn rate() -> f64 {
    1e-3
}

impl GeneratedMasks {
    /// The network.
    pub fn network(&self) -> MaskGenerator {
        MaskGenerator { width: self.width }
    }

    /// Whether holes can be chosen by it.
    ///
    /// # Errors
    /// What is no number that it can be.
    pub(super) fn check(&self) -> Result<()> {
        ensure!(
            self.share > 0.0 && self.share <= 1.0,
            "mask_generator.share must be above 0 and at most 1"
        );
        let (least, most) = self.area;
        ensure!(
            0.0 < least && least <= most && most < 1.0,
            "mask_generator.area must be two numbers between 0 and 1 that do not fall"
        );
        ensure!(
            (1..=256).contains(&self.width),
            "mask_generator.width must lie between 1 and 256"
        );
        ensure!(
            self.learning_rate > 0.0 && self.learning_rate.is_finite(),
            "mask_generator.learning_rate must be a number above 0"
        );
        Ok(())
    }
}
