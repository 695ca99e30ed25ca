//! What one step changes.

use super::clip::clip_gradients;
use super::ema::Ema;
use super::mask_generator::{Choice, MaskTraining};
use super::means::Means;
use super::objective::{Diverged, Features, Objective, WeightedSum};
use crate::adam::Adam;
use crate::checkpoint::Checkpoint;
use crate::data::Batch;
use crate::device::compute_kind;
use crate::losses::{discriminate, discriminator_loss, generator_loss};
use crate::recipe::{Adversarial, FeatureKind, Recipe};
use crate::torch::{Shared, Torch};
use anyhow::Result;
use reweave_models::Scope;
use reweave_models::nets::{Input, Network, Stage};
use reweave_models::weights::Weights;
use std::path::Path;
use tch::{Device, Kind, Tensor};

/// Everything that changes from step to step.
pub struct Training<'r> {
    pub(super) recipe: &'r Recipe,
    pub(super) device: Device,
    pub(super) compute: Kind,
    steps: u64,
    /// What the recipe's learning rate is multiplied by.
    slowing: f64,
    pub(super) generator: Torch,
    generator_adam: Adam,
    pub(super) ema: Ema,
    discriminator: Torch,
    discriminator_adam: Adam,
    mask_generator: Option<MaskTraining>,
    pub(super) objective: Objective,
}

impl<'r> Training<'r> {
    /// A training that has taken no step.
    pub fn new(recipe: &'r Recipe, features: &Path, device: Device) -> Result<Self> {
        let compute = compute_kind(recipe.precision, device);
        let network = |seed| {
            let torch = Torch::new(device, compute, seed);
            torch.set_training(true);
            torch
        };
        let discriminator_betas = match &recipe.losses.adversarial {
            Some(adversarial) => adversarial.betas,
            None => recipe.optimizer.betas,
        };
        let mask_generator = recipe.mask_generator.map(|settings| {
            let betas = recipe.optimizer.betas;
            MaskTraining::new(settings, betas, device, compute, recipe.seed ^ 2)
        });
        Ok(Training {
            recipe,
            device,
            compute,
            steps: 0,
            slowing: 1.0,
            generator: network(recipe.seed),
            generator_adam: Adam::new(recipe.optimizer.betas),
            ema: Ema::new(recipe.optimizer.ema),
            discriminator: network(recipe.seed ^ 1),
            discriminator_adam: Adam::new(discriminator_betas),
            mask_generator,
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

    /// What convolutions compute in.
    pub fn compute(&self) -> Kind {
        self.compute
    }

    /// What the recipe's learning rate is multiplied by.
    pub fn slowing(&self) -> f64 {
        self.slowing
    }

    /// Multiplies the recipe's learning rate by this from now on.
    pub fn slow_down(&mut self, slowing: f64) {
        self.slowing = slowing;
    }

    /// One step on the batches of a step; the losses, unweighted, by name.
    ///
    /// # Errors
    /// A loss is no longer a number. Then the weights are of no use any more: go back to a checkpoint.
    pub fn step(&mut self, batch: &Batch) -> Result<Vec<(String, f64)>, Diverged> {
        let recipe = self.recipe;
        let learning_rate = recipe
            .optimizer
            .learning_rate_at(self.steps, recipe.iterations)
            * self.slowing;
        let second_phase = recipe.optimizer.is_second_phase(self.steps);
        let norms = recipe.network.frozen_norms();
        self.generator.freeze_norms(norms.filter(|_| second_phase));

        let mut means = Means::default();
        for part in 0..recipe.accumulate {
            let mut shown = self.tensors(batch, part);
            let choice = self.choose_hole(&mut shown, batch, part);
            // The discriminator moves before the last part of a step listens to it.
            let is_last = part + 1 == recipe.accumulate;
            means.add(self.learn(&shown, choice.as_ref(), learning_rate, is_last)?);
        }
        let trained = self.generator.trained();
        if let Some(longest) = recipe.optimizer.clip {
            clip_gradients(&trained, longest)?;
        }
        self.generator_adam.step(&trained, learning_rate);
        self.steps += 1;
        self.ema.update(&trained, self.steps);
        Ok(means.take())
    }

    /// Part `part` of a batch.
    pub(super) fn tensors(&self, batch: &Batch, part: usize) -> Shown {
        let (n, size) = (self.recipe.batch, self.recipe.size);
        let tensor = |values: &[f32], channels: usize| {
            let length = n * channels * size * size;
            let shape = [n, channels, size, size].map(|d| d as i64);
            let part = Tensor::from_slice(&values[part * length..][..length]);
            Shared(part.reshape(shape).to_device(self.device))
        };
        Shown {
            picture: tensor(&batch.pictures, 3),
            hole: tensor(&batch.holes, 1),
            guide: (!batch.guides.is_empty()).then(|| tensor(&batch.guides, 1)),
        }
    }

    /// The network's stages, and the picture with its hole filled by the last of them.
    pub(super) fn fill(&self, network: &Torch, shown: &Shown) -> (Vec<Stage<Shared>>, Tensor) {
        let Shown { picture, hole, .. } = shown;
        let input = Input {
            guide: shown.guide.as_ref(),
            ..Input::new(picture, hole)
        };
        let stages = self.recipe.network.fill(&Scope::root(network), input);
        let answer = &stages[stages.len() - 1].picture.0;
        let composite = answer * &hole.0 + &picture.0 * (1.0 - &hole.0);
        (stages, composite)
    }

    /// Lets the mask generator choose the holes that are asked of it, where there is one.
    pub(super) fn choose_hole(
        &self,
        shown: &mut Shown,
        batch: &Batch,
        part: usize,
    ) -> Option<Choice> {
        let (generator, wishes) = self.mask_generator.as_ref().zip(batch.wishes.as_ref())?;
        let first = part * self.recipe.batch;
        let choice = generator.choose(&shown.picture.0, &shown.hole.0, wishes, first);
        shown.hole = Shared(choice.hole.shallow_clone());
        Some(choice)
    }

    /// Adds the gradients of one part of a step; its losses.
    fn learn(
        &mut self,
        shown: &Shown,
        choice: Option<&Choice>,
        learning_rate: f64,
        is_last: bool,
    ) -> Result<Vec<(String, f64)>, Diverged> {
        let Shown { picture, hole, .. } = shown;
        let (stages, composite) = self.fill(&self.generator, shown);
        let features = self.objective.features(&composite, &picture.0);
        let mut sum = self
            .objective
            .weigh(&stages, &composite, &picture.0, &hole.0, &features);
        let adversarial = self.recipe.losses.adversarial;
        if let Some(adversarial) = adversarial.filter(|it| self.steps >= it.from) {
            let (picture, hole) = (&picture.0, &hole.0);
            let loss = self.step_discriminator(&adversarial, picture, &composite, hole, &features);
            (&loss * self.share()).backward();
            sum.note("discriminator", &loss);
            if is_last {
                self.discriminator_adam
                    .step(&self.discriminator.trained(), learning_rate);
            }
            self.listen(&adversarial, &composite, hole, &features, &mut sum);
        }
        sum.backward(self.share());
        let share = self.share();
        if let Some((generator, choice)) = self.mask_generator.as_mut().zip(choice) {
            let answer = stages[stages.len() - 1].picture.0.detach();
            let left = generator.learn(choice, &answer, &picture.0, share);
            sum.note("left by the fill of the smooth one's error", &left);
            if is_last {
                generator.step(self.slowing);
            }
        }
        sum.values()
    }

    /// The share of a part in the gradients of its step.
    fn share(&self) -> f64 {
        1.0 / self.recipe.accumulate as f64
    }

    /// Adds what the discriminator says of a fill, once it has learned alone for long enough.
    fn listen(
        &self,
        adversarial: &Adversarial,
        composite: &Tensor,
        hole: &Tensor,
        features: &Features,
        sum: &mut WeightedSum,
    ) {
        if self.discriminator_adam.steps() <= adversarial.alone {
            return;
        }
        self.with_frozen_discriminator(|discriminator| {
            let seen = filled_features(features);
            let kind = adversarial.discriminator;
            sum.add("adversarial", adversarial.weight, || {
                generator_loss(&discriminate(kind, discriminator, composite, hole, seen))
            });
        });
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
            slowing: self.slowing,
            threads: Some(tch::get_num_threads() as usize),
            ..Checkpoint::default()
        };
        checkpoint.insert("generator", self.generator.weights());
        checkpoint.insert("discriminator", self.discriminator.weights());
        checkpoint.insert("average", self.ema.save());
        if let Some(generator) = &self.mask_generator {
            generator.save(&mut checkpoint);
        }
        self.generator_adam
            .save("adam.generator", &mut checkpoint.state);
        self.discriminator_adam
            .save("adam.discriminator", &mut checkpoint.state);
        checkpoint
    }

    /// Goes on from a kept state. What it does not hold (an optimizer's state, a discriminator) starts anew.
    pub fn restore(&mut self, checkpoint: &Checkpoint) {
        self.steps = checkpoint.step;
        self.slowing = checkpoint.slowing;
        self.generator.load(&checkpoint.part("generator"));
        self.discriminator.load(&checkpoint.part("discriminator"));
        self.ema.load(checkpoint.part("average"), self.device);
        if let Some(generator) = &mut self.mask_generator {
            generator.restore(checkpoint, self.device);
        }
        self.generator_adam
            .load("adam.generator", &checkpoint.state, self.device);
        self.discriminator_adam
            .load("adam.discriminator", &checkpoint.state, self.device);
    }
}

/// What a network is shown of a batch.
pub(super) struct Shown {
    /// `[N, 3, size, size]` in `[-1, 1]`
    pub picture: Shared,
    /// `[N, 1, size, size]`, 1 = hole
    pub hole: Shared,
    /// `[N, 1, size, size]`, 1 = line; for a network that is guided
    pub guide: Option<Shared>,
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
