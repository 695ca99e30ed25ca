//! Adam (Kingma and Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015, algorithm 1), whose state can be kept.

use crate::torch::{from_array, to_array};
use reweave_models::weights::{Array, Weights};
use std::collections::BTreeMap;
use tch::{Kind, Tensor};

/// What keeps the division from 0.
const EPSILON: f64 = 1e-8;

/// The running means of a set of parameters, by path.
#[derive(Default)]
pub struct Adam {
    betas: (f64, f64),
    steps: u64,
    mean: BTreeMap<String, Tensor>,
    square: BTreeMap<String, Tensor>,
}

impl Adam {
    /// An optimizer that has taken no step.
    pub fn new(betas: (f64, f64)) -> Self {
        Adam {
            betas,
            ..Adam::default()
        }
    }

    /// Moves each parameter that has a gradient, and forgets the gradient.
    pub fn step(&mut self, parameters: &[(String, Tensor)], rate: f64) {
        self.steps += 1;
        let (beta1, beta2) = self.betas;
        let correction1 = 1.0 - beta1.powf(self.steps as f64);
        let correction2 = 1.0 - beta2.powf(self.steps as f64);
        tch::no_grad(|| {
            for (path, parameter) in parameters {
                let mut gradient = parameter.grad();
                if !gradient.defined() {
                    continue;
                }
                let zeros = || Tensor::zeros(parameter.size(), (Kind::Float, parameter.device()));
                let mean = self.mean.entry(path.clone()).or_insert_with(zeros);
                let square = self.square.entry(path.clone()).or_insert_with(zeros);
                let _ = mean.lerp_(&gradient, 1.0 - beta1);
                let _ = square.g_mul_scalar_(beta2);
                let _ = square.addcmul_(&gradient, &(&gradient * (1.0 - beta2)));
                let spread = (&*square / correction2).sqrt() + EPSILON;
                let mut parameter = parameter.shallow_clone();
                let _ = parameter.addcdiv_(&(&*mean * (-rate / correction1)), &spread);
                let _ = gradient.zero_();
            }
        });
    }

    /// Adds the state to `into`, under `prefix`.
    pub fn save(&self, prefix: &str, into: &mut Weights) {
        for (kind, tensors) in [("mean", &self.mean), ("square", &self.square)] {
            for (path, tensor) in tensors {
                into.arrays
                    .insert(format!("{prefix}.{kind}.{path}"), to_array(tensor));
            }
        }
        let steps = Array {
            shape: vec![1],
            values: vec![self.steps as f32],
        };
        into.arrays.insert(format!("{prefix}.steps"), steps);
    }

    /// Takes the state back from where [`Self::save`] put it.
    pub fn load(&mut self, prefix: &str, from: &Weights, device: tch::Device) {
        for (path, array) in &from.arrays {
            let Some(rest) = path.strip_prefix(prefix).and_then(|p| p.strip_prefix('.')) else {
                continue;
            };
            if let Some(path) = rest.strip_prefix("mean.") {
                self.mean.insert(path.to_owned(), from_array(array, device));
            } else if let Some(path) = rest.strip_prefix("square.") {
                self.square
                    .insert(path.to_owned(), from_array(array, device));
            } else if rest == "steps" {
                self.steps = array.values[0] as u64;
            }
        }
    }
}
