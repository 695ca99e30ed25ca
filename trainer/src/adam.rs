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

    /// Steps taken.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// Moves each parameter that has a gradient, and forgets the gradient.
    pub fn step(&mut self, parameters: &[(String, Tensor)], learning_rate: f64) {
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
                let _ = parameter.addcdiv_(&(&*mean * (-learning_rate / correction1)), &spread);
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

#[cfg(test)]
mod tests {
    use super::*;
    use tch::Device;

    /// The smallest of `(x - 3)²`, from 0.
    fn descend(adam: &mut Adam, x: &Tensor, steps: usize) -> f64 {
        for _ in 0..steps {
            (x - 3.0).square().sum(Kind::Float).backward();
            adam.step(&[("x".to_owned(), x.shallow_clone())], 0.1);
        }
        x.double_value(&[])
    }

    fn zero() -> Tensor {
        Tensor::zeros([], (Kind::Float, Device::Cpu)).set_requires_grad(true)
    }

    #[test]
    fn the_first_step_is_as_long_as_the_rate() {
        let first = descend(&mut Adam::new((0.9, 0.999)), &zero(), 1);
        assert!((first - 0.1).abs() < 1e-6, "{first}");
    }

    #[test]
    fn it_finds_the_bottom_of_a_valley() {
        let bottom = descend(&mut Adam::new((0.9, 0.999)), &zero(), 300);
        assert!((bottom - 3.0).abs() < 0.01, "{bottom}");
    }

    #[test]
    fn a_kept_state_goes_on_the_same() {
        let x = zero();
        let mut whole = Adam::new((0.5, 0.999));
        descend(&mut whole, &x, 5);
        let mut kept = Weights::default();
        whole.save("adam", &mut kept);
        let mut resumed = Adam::new((0.5, 0.999));
        resumed.load("adam", &kept, Device::Cpu);
        let y = x.detach().copy().set_requires_grad(true);
        assert_eq!(descend(&mut whole, &x, 5), descend(&mut resumed, &y, 5));
    }
}
