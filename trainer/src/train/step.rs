//! What one batch changes.

use super::ema::Ema;
use super::objective::{Features, Objective};
use crate::adam::Adam;
use crate::checkpoint::Checkpoint;
use crate::data::Batch;
use crate::losses::{discriminate, discriminator_loss, generator_loss};
use crate::recipe::{Adversarial, FeatureKind, Precision, Recipe};
use crate::torch::{Shared, Torch};
use anyhow::Result;
use reweave_models::Scope;
use reweave_models::nets::Network;
use reweave_models::weights::Weights;
use std::path::Path;
use tch::{Device, Kind, Tensor};

/// Everything that changes from step to step.
pub struct Training<'r> {
    recipe: &'r Recipe,
    device: Device,
    steps: u64,
    generator: Torch,
    generator_adam: Adam,
    ema: Ema,
    discriminator: Torch,
    discriminator_adam: Adam,
    objective: Objective,
}

impl<'r> Training<'r> {
    /// A training that has taken no step, on CUDA where it is to be had.
    pub fn new(recipe: &'r Recipe, features: &Path) -> Result<Self> {
        let device = Device::cuda_if_available();
        let compute = match recipe.precision {
            Precision::F32 => Kind::Float,
            Precision::Bf16 => Kind::BFloat16,
        };
        let network = |seed| {
            let torch = Torch::new(device, compute, seed);
            torch.set_training(true);
            torch
        };
        let discriminator_betas = match &recipe.losses.adversarial {
            Some(adversarial) => adversarial.betas,
            None => recipe.optimizer.betas,
        };
        Ok(Training {
            recipe,
            device,
            steps: 0,
            generator: network(recipe.seed),
            generator_adam: Adam::new(recipe.optimizer.betas),
            ema: Ema::new(recipe.optimizer.ema),
            discriminator: network(recipe.seed ^ 1),
            discriminator_adam: Adam::new(discriminator_betas),
            objective: Objective::open(&recipe.losses, features, device, compute)?,
        })
    }

    /// Takes weights over before the first step; the average begins with them.
    pub fn start_from(&mut self, weights: &Weights) {
        self.generator.load(weights);
        self.ema.update(&self.generator.trained(), 0);
    }

    /// Where it computes.
    pub fn device(&self) -> Device {
        self.device
    }

    /// Steps taken.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// One step on one batch; the losses, unweighted, by name.
    pub fn step(&mut self, batch: &Batch) -> Result<Vec<(String, f64)>> {
        let recipe = self.recipe;
        let (n, size) = (recipe.batch as i64, recipe.size as i64);
        let tensor = |values: &[f32], channels| {
            Tensor::from_slice(values)
                .reshape([n, channels, size, size])
                .to_device(self.device)
        };
        let picture = Shared(tensor(&batch.pictures, 3));
        let hole = Shared(tensor(&batch.holes, 1));
        let learning_rate = recipe
            .optimizer
            .learning_rate_at(self.steps, recipe.iterations);
        let second_phase = recipe.optimizer.is_second_phase(self.steps);
        let norms = recipe.network.frozen_norms();
        self.generator.freeze_norms(norms.filter(|_| second_phase));

        let stages = recipe
            .network
            .fill(&Scope::root(&self.generator), &picture, &hole);
        let answer = &stages[stages.len() - 1].picture.0;
        let composite = answer * &hole.0 + &picture.0 * (1.0 - &hole.0);
        let features = self.objective.features(&composite, &picture.0);
        let mut sum = self
            .objective
            .weigh(&stages, &composite, &picture.0, &hole.0, &features);

        if let Some(adversarial) = &recipe.losses.adversarial
            && self.steps >= adversarial.from
        {
            let (picture, hole) = (&picture.0, &hole.0);
            let loss = self.step_discriminator(adversarial, picture, &composite, hole, &features);
            loss.backward();
            sum.note("discriminator", &loss);
            self.discriminator_adam
                .step(&self.discriminator.trained(), learning_rate);
            if self.discriminator_adam.steps() > adversarial.alone {
                self.with_frozen_discriminator(|discriminator| {
                    let seen = filled_features(&features);
                    sum.add("adversarial", adversarial.weight, || {
                        generator_loss(&discriminate(
                            adversarial.discriminator,
                            discriminator,
                            &composite,
                            hole,
                            seen,
                        ))
                    });
                });
            }
        }

        sum.backward();
        let trained = self.generator.trained();
        if let Some(longest) = recipe.optimizer.clip {
            clip_gradients(&trained, longest);
        }
        self.generator_adam.step(&trained, learning_rate);
        self.steps += 1;
        self.ema.update(&trained, self.steps);
        sum.values(self.steps)
    }

    /// The discriminator's loss on a true and a filled batch.
    fn step_discriminator(
        &self,
        adversarial: &Adversarial,
        picture: &Tensor,
        composite: &Tensor,
        hole: &Tensor,
        features: &Features,
    ) -> Tensor {
        let discriminate = |picture: &Tensor, features: &[Tensor]| {
            discriminate(
                adversarial.discriminator,
                &self.discriminator,
                picture,
                hole,
                features,
            )
        };
        let detached: Vec<Tensor> = filled_features(features)
            .iter()
            .map(Tensor::detach)
            .collect();
        let real = discriminate(picture, true_features(features));
        let fake = discriminate(&composite.detach(), &detached);
        discriminator_loss(&real, &fake)
    }

    /// Gradients pass through the discriminator and leave its parameters alone.
    fn with_frozen_discriminator(&self, run: impl FnOnce(&Torch)) {
        let parameters = self.discriminator.trained();
        let gradients = |on| {
            for (_, parameter) in &parameters {
                let _ = parameter.set_requires_grad(on);
            }
        };
        gradients(false);
        run(&self.discriminator);
        gradients(true);
    }

    /// The whole state; `recipe` is the recipe's text.
    pub fn checkpoint(&self, recipe: &str) -> Checkpoint {
        let mut checkpoint = Checkpoint {
            step: self.steps,
            recipe: recipe.to_owned(),
            ..Checkpoint::default()
        };
        checkpoint.insert("generator", self.generator.weights());
        checkpoint.insert("discriminator", self.discriminator.weights());
        checkpoint.insert("average", self.ema.save());
        self.generator_adam
            .save("adam.generator", &mut checkpoint.state);
        self.discriminator_adam
            .save("adam.discriminator", &mut checkpoint.state);
        checkpoint
    }

    /// Goes on from a kept state. What it does not hold (an optimizer's state, a discriminator) starts anew.
    pub fn restore(&mut self, checkpoint: &Checkpoint) {
        self.steps = checkpoint.step;
        self.generator.load(&checkpoint.part("generator"));
        self.discriminator.load(&checkpoint.part("discriminator"));
        self.ema.load(checkpoint.part("average"), self.device);
        self.generator_adam
            .load("adam.generator", &checkpoint.state, self.device);
        self.discriminator_adam
            .load("adam.discriminator", &checkpoint.state, self.device);
    }
}

/// AlexNet's features of the filled picture, where any loss wanted them.
fn filled_features(features: &Features) -> &[Tensor] {
    features
        .get(&FeatureKind::Alex)
        .map_or(&[], |(filled, _)| filled)
}

/// AlexNet's features of the true picture.
fn true_features(features: &Features) -> &[Tensor] {
    features
        .get(&FeatureKind::Alex)
        .map_or(&[], |(_, truth)| truth)
}

/// Makes all gradients together at most `longest` long (Pascanu et al. 2013, algorithm 1).
fn clip_gradients(parameters: &[(String, Tensor)], longest: f64) {
    tch::no_grad(|| {
        let gradients: Vec<Tensor> = parameters
            .iter()
            .map(|(_, parameter)| parameter.grad())
            .filter(Tensor::defined)
            .collect();
        let square: f64 = gradients
            .iter()
            .map(|gradient| gradient.square().sum(Kind::Float).double_value(&[]))
            .sum();
        let scale = longest / (square.sqrt() + 1e-6);
        if scale < 1.0 {
            for mut gradient in gradients {
                let _ = gradient.g_mul_scalar_(scale);
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gradients_are_shortened_together_and_only_when_too_long() {
        let parameter = |value: f32| Tensor::from(value).set_requires_grad(true);
        let (a, b) = (parameter(1.0), parameter(1.0));
        (&a * 3.0 + &b * 4.0).backward();
        let parameters = [("a".to_owned(), a), ("b".to_owned(), b)];
        let gradients = || [0, 1].map(|i: usize| parameters[i].1.grad().double_value(&[]));
        clip_gradients(&parameters, 6.0);
        assert_eq!(gradients(), [3.0, 4.0]);
        clip_gradients(&parameters, 2.5);
        let [a, b] = gradients();
        assert!((a - 1.5).abs() < 1e-5 && (b - 2.0).abs() < 1e-5, "{a} {b}");
    }
}
