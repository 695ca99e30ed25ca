//! The exponential moving average of the weights: what is exported in place of the last step's.

use crate::torch::{from_array, to_array};
use reweave_models::weights::Weights;
use std::collections::BTreeMap;
use tch::{Device, Tensor};

/// Averaged weights by path.
pub struct Ema {
    decay: f64,
    weights: BTreeMap<String, Tensor>,
}

impl Ema {
    /// An average that keeps `decay` of itself each step; 0 turns it off.
    pub fn new(decay: f64) -> Self {
        Ema {
            decay,
            weights: BTreeMap::new(),
        }
    }

    /// Moves the average towards the weights after step number `step`, counted from 1.
    pub fn update(&mut self, parameters: &[(String, Tensor)], step: u64) {
        if self.decay == 0.0 {
            return;
        }
        // Early on, an average over fewer steps than there were.
        let decay = self.decay.min((1.0 + step as f64) / (10.0 + step as f64));
        tch::no_grad(|| {
            for (path, parameter) in parameters {
                let average = self
                    .weights
                    .entry(path.clone())
                    .or_insert_with(|| parameter.detach().copy());
                let _ = average.lerp_(&parameter.detach(), 1.0 - decay);
            }
        });
    }

    /// The averages, to be kept.
    pub fn save(&self) -> Weights {
        let arrays = self.weights.iter();
        Weights {
            arrays: arrays
                .map(|(path, t)| (path.clone(), to_array(t)))
                .collect(),
        }
    }

    /// Takes kept averages back.
    pub fn load(&mut self, weights: Weights, device: Device) {
        let arrays = weights.arrays.iter();
        self.weights = arrays
            .map(|(path, array)| (path.clone(), from_array(array, device)))
            .collect();
    }
}
