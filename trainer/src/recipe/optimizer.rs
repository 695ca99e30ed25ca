//! How steps are taken.

use anyhow::{Result, ensure};
use serde::Deserialize;

/// Adam (Kingma and Ba 2015).
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Optimizer {
    /// Step size.
    pub learning_rate: f64,
    /// Decay of the two running means.
    #[serde(default = "betas")]
    pub betas: (f64, f64),
    /// Steps over which the learning rate rises from 0.
    #[serde(default)]
    pub warmup: u64,
    /// The step from which the learning rate falls to 0 along a cosine; without it, it stays.
    pub decay_from: Option<u64>,
    /// Decay of the exponential moving average that is exported in place of the last step's weights; 0 turns it off.
    #[serde(default)]
    pub ema: f64,
    /// The longest that all gradients together may be; longer ones are scaled down.
    pub clip: Option<f64>,
    /// From this step on, batch normalisations of the encoder keep their statistics, and the learning rate is
    /// `second_learning_rate` (Liu et al. 2018, section 3.4: with holes, batch statistics mislead).
    pub freeze_from: Option<u64>,
    /// The learning rate from `freeze_from` on.
    pub second_learning_rate: Option<f64>,
}

pub(super) fn betas() -> (f64, f64) {
    (0.5, 0.999)
}

/// Whether both are decays of running means.
pub(super) fn are_decays((first, second): (f64, f64)) -> bool {
    [first, second].iter().all(|beta| (0.0..1.0).contains(beta))
}

impl Optimizer {
    /// Whether steps can be taken by it.
    ///
    /// # Errors
    /// What is no number that it can be.
    pub(super) fn check(&self) -> Result<()> {
        let is_rate = |rate: f64| rate > 0.0 && rate.is_finite();
        ensure!(
            is_rate(self.learning_rate) && self.second_learning_rate.is_none_or(is_rate),
            "optimizer.learning_rate must be a number above 0"
        );
        ensure!(
            are_decays(self.betas),
            "optimizer.betas must lie between 0 and 1, below 1"
        );
        ensure!(
            (0.0..1.0).contains(&self.ema),
            "optimizer.ema must lie between 0 and 1, below 1"
        );
        ensure!(
            self.clip.is_none_or(is_rate),
            "optimizer.clip must be a number above 0"
        );
        Ok(())
    }

    /// The learning rate at one of `total` steps.
    pub fn learning_rate_at(&self, step: u64, total: u64) -> f64 {
        let base = match (self.freeze_from, self.second_learning_rate) {
            (Some(from), Some(second)) if step >= from => second,
            _ => self.learning_rate,
        };
        let rise = if step < self.warmup {
            (step + 1) as f64 / self.warmup as f64
        } else {
            1.0
        };
        let fall = match self.decay_from {
            Some(from) if step > from && total > from => {
                let done = (step - from) as f64 / (total - from) as f64;
                0.5 * (1.0 + (std::f64::consts::PI * done.min(1.0)).cos())
            }
            _ => 1.0,
        };
        base * rise * fall
    }

    /// Whether a step lies in the second phase, in which [`frozen_norms`](reweave_models::nets::Network::frozen_norms) keep their statistics.
    pub fn is_second_phase(&self, step: u64) -> bool {
        self.freeze_from.is_some_and(|from| step >= from)
    }
}
