//! The training loop.

use crate::adam::Adam;
use crate::checkpoint::Checkpoint;
use crate::data::{Batch, Batches, Pictures};
use crate::losses::{
    FeatureLoss, discriminator_loss, generator_loss, reconstruction, total_variation,
};
use crate::recipe::{Precision, Recipe};
use crate::tensorboard::Log;
use crate::torch::{Shared, Torch, to_array};
use anyhow::{Context, Result, ensure};
use indicatif::{ProgressBar, ProgressStyle};
use reweave_models::Scope;
use reweave_models::weights::Weights;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tch::{Device, Kind, Tensor};

/// Numbers are averaged over this many steps before they are logged.
const LOG_EVERY: u64 = 20;
/// How often the state is kept.
const SAVE_EVERY: Duration = Duration::from_secs(180);

/// Where a training reads and writes.
pub struct Places {
    /// The recipe's file.
    pub recipe: PathBuf,
    /// Pictures to learn from.
    pub pictures: PathBuf,
    /// Classifiers for perceptual losses.
    pub features: PathBuf,
    /// Checkpoint and log; a checkpoint found there is gone on from.
    pub run: PathBuf,
}

/// Trains until the recipe's last step, the time given, or `stop`.
pub fn fit(places: &Places, limit: Option<Duration>, stop: &AtomicBool) -> Result<()> {
    let recipe = Recipe::open(&places.recipe)?;
    let text = std::fs::read_to_string(&places.recipe)?;
    std::fs::create_dir_all(&places.run)
        .with_context(|| format!("cannot make {}", places.run.display()))?;
    let checkpoint = places.run.join("checkpoint.safetensors");
    let mut training = Training::new(&recipe, &places.features)?;
    if checkpoint.exists() {
        training.restore(&Checkpoint::open(&checkpoint)?);
        println!(
            "going on from step {} of {}",
            training.step,
            checkpoint.display()
        );
    }
    ensure!(
        training.step < recipe.iterations,
        "all {} steps of the recipe are done; raise `iterations` to go on",
        recipe.iterations
    );

    let pictures = Pictures::open(&places.pictures)?;
    println!(
        "{} on {:?}, {} pictures, steps {} to {}",
        recipe.name,
        training.device,
        pictures.len(),
        training.step,
        recipe.iterations
    );
    let batches = Batches::start(recipe.clone(), pictures, training.step);
    let mut log = Log::open(&places.run)?;
    let bar = progress_bar(&recipe, training.step);
    let (began, mut saved) = (Instant::now(), Instant::now());
    let mut means = Means::default();
    while training.step < recipe.iterations {
        means.add(training.step(&batches.next()?)?);
        bar.set_position(training.step);
        if training.step.is_multiple_of(LOG_EVERY) {
            report(&mut log, &bar, training.step, &means.take())?;
        }
        let finished = training.step == recipe.iterations
            || stop.load(Ordering::Relaxed)
            || limit.is_some_and(|limit| began.elapsed() >= limit);
        if finished || saved.elapsed() >= SAVE_EVERY {
            training.keep(&text).save(&checkpoint)?;
            saved = Instant::now();
        }
        if finished {
            break;
        }
    }
    bar.abandon();
    println!("step {} kept in {}", training.step, checkpoint.display());
    Ok(())
}

fn progress_bar(recipe: &Recipe, step: u64) -> ProgressBar {
    let bar = ProgressBar::new(recipe.iterations).with_position(step);
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {per_sec}, {eta} left  {msg}");
    bar.set_style(style.expect("the template is well formed"));
    bar.reset_eta();
    bar
}

fn report(log: &mut Log, bar: &ProgressBar, step: u64, values: &[(&str, f64)]) -> Result<()> {
    log.scalars(step, values)?;
    let line: Vec<String> = values
        .iter()
        .map(|(name, value)| format!("{name} {value:.4}"))
        .collect();
    bar.set_message(line.join("  "));
    if bar.is_hidden() && step.is_multiple_of(10 * LOG_EVERY) {
        println!("step {step}  {}", line.join("  "));
    }
    Ok(())
}

/// The means of losses over some steps.
#[derive(Default)]
struct Means {
    steps: u64,
    sums: BTreeMap<&'static str, f64>,
}

impl Means {
    fn add(&mut self, losses: Vec<(&'static str, f64)>) {
        self.steps += 1;
        for (name, value) in losses {
            *self.sums.entry(name).or_insert(0.0) += value;
        }
    }

    /// The means so far; begins anew.
    fn take(&mut self) -> Vec<(&'static str, f64)> {
        let Means { steps, sums } = std::mem::take(self);
        let means = sums.into_iter();
        means
            .map(|(name, sum)| (name, sum / steps as f64))
            .collect()
    }
}

/// Everything that changes from step to step.
struct Training<'r> {
    recipe: &'r Recipe,
    device: Device,
    step: u64,
    generator: Torch,
    generator_adam: Adam,
    average: BTreeMap<String, Tensor>,
    discriminator: Torch,
    discriminator_adam: Adam,
    features: Option<FeatureLoss>,
}

impl<'r> Training<'r> {
    fn new(recipe: &'r Recipe, features: &Path) -> Result<Self> {
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
        let wanted = recipe.losses.perceptual > 0.0 || recipe.losses.style > 0.0;
        let features = wanted
            .then(|| FeatureLoss::open(recipe.losses.features, features, device, compute))
            .transpose()?;
        Ok(Training {
            recipe,
            device,
            step: 0,
            generator: network(recipe.seed),
            generator_adam: Adam::new(recipe.optimizer.betas),
            average: BTreeMap::new(),
            discriminator: network(recipe.seed ^ 1),
            discriminator_adam: Adam::new(recipe.optimizer.betas),
            features,
        })
    }

    /// One step on one batch; the losses, unweighted, by name.
    fn step(&mut self, batch: &Batch) -> Result<Vec<(&'static str, f64)>> {
        let recipe = self.recipe;
        let (n, size) = (recipe.batch as i64, recipe.size as i64);
        let tensor = |values: &[f32], channels| {
            Tensor::from_slice(values)
                .reshape([n, channels, size, size])
                .to_device(self.device)
        };
        let picture = Shared(tensor(&batch.pictures, 3));
        let hole = Shared(tensor(&batch.holes, 1));
        let rate = recipe.optimizer.rate_at(self.step, recipe.iterations);
        let frozen = recipe
            .optimizer
            .freeze_from
            .is_some_and(|from| self.step >= from);
        self.generator.freeze_norms(frozen.then_some("encoder"));

        let stages = recipe
            .network
            .fill(&Scope::root(&self.generator), &picture, &hole);
        let last = &stages[stages.len() - 1].0;
        let composite = last * &hole.0 + &picture.0 * (1.0 - &hole.0);
        let mut losses = Losses::new(self.device);

        let weights = recipe.losses;
        let stage_names = [["valid", "hole"], ["coarse valid", "coarse hole"]];
        for (stage, names) in stages.iter().rev().zip(stage_names) {
            let (valid, in_hole) = reconstruction(&stage.0, &picture.0, &hole.0);
            losses.add(names[0], weights.valid, valid);
            losses.add(names[1], weights.hole, in_hole);
        }
        if weights.total_variation > 0.0 {
            losses.add(
                "total variation",
                weights.total_variation,
                total_variation(&composite, &hole.0),
            );
        }
        if let Some(features) = &self.features {
            let crop = FeatureCrop::over(&hole.0, weights.features_crop as i64);
            let (last, composite, picture) =
                (crop.of(last), crop.of(&composite), crop.of(&picture.0));
            // What the paper compares is the output as well as the composite; the cheap kind settles for the composite.
            let filled: &[&Tensor] = match weights.features {
                crate::recipe::Features::Vgg => &[&last, &composite],
                crate::recipe::Features::Alex => &[&composite],
            };
            let (perceptual, style) = features.compare(filled, &picture);
            losses.add("perceptual", weights.perceptual, perceptual);
            losses.add("style", weights.style, style);
        }
        if let Some(judge) = weights.discriminator
            && weights.adversarial > 0.0
            && self.step >= weights.adversarial_from
        {
            let s = Scope::root(&self.discriminator);
            let real = judge.judge(&s, &picture, &hole);
            let fake = judge.judge(&s, &Shared(composite.detach()), &hole);
            let loss = discriminator_loss(&real.0, &fake.0);
            loss.backward();
            losses.note("discriminator", &loss);
            self.discriminator_adam
                .step(&self.discriminator.trained(), rate);

            let parameters = self.discriminator.trained();
            let gradients = |on| {
                parameters
                    .iter()
                    .for_each(|(_, t)| drop(t.set_requires_grad(on)))
            };
            gradients(false);
            losses.add(
                "adversarial",
                weights.adversarial,
                generator_loss(&judge.judge(&s, &Shared(composite), &hole).0),
            );
            gradients(true);
        }

        losses.total.backward();
        self.generator_adam.step(&self.generator.trained(), rate);
        self.follow();
        self.step += 1;
        losses.finish(self.step)
    }

    /// Moves the average towards the weights.
    fn follow(&mut self) {
        let keep = self.recipe.optimizer.average;
        if keep == 0.0 {
            return;
        }
        // Early on, an average over fewer steps than there were.
        let keep = keep.min((1.0 + self.step as f64) / (10.0 + self.step as f64));
        tch::no_grad(|| {
            for (path, parameter) in self.generator.trained() {
                let average = self
                    .average
                    .entry(path)
                    .or_insert_with(|| parameter.detach().copy());
                let _ = average.lerp_(&parameter.detach(), 1.0 - keep);
            }
        });
    }

    fn keep(&self, recipe: &str) -> Checkpoint {
        let mut checkpoint = Checkpoint {
            step: self.step,
            recipe: recipe.to_owned(),
            ..Checkpoint::default()
        };
        checkpoint.insert("generator", self.generator.weights());
        checkpoint.insert("discriminator", self.discriminator.weights());
        let average = self
            .average
            .iter()
            .map(|(path, t)| (path.clone(), to_array(t)))
            .collect();
        checkpoint.insert("average", Weights { arrays: average });
        self.generator_adam
            .save("adam.generator", &mut checkpoint.state);
        self.discriminator_adam
            .save("adam.discriminator", &mut checkpoint.state);
        checkpoint
    }

    fn restore(&mut self, checkpoint: &Checkpoint) {
        self.step = checkpoint.step;
        self.generator.load(&checkpoint.part("generator"));
        self.discriminator.load(&checkpoint.part("discriminator"));
        let average = checkpoint.part("average").arrays;
        self.average = average
            .iter()
            .map(|(path, a)| (path.clone(), crate::torch::from_array(a, self.device)))
            .collect();
        self.generator_adam
            .load("adam.generator", &checkpoint.state, self.device);
        self.discriminator_adam
            .load("adam.discriminator", &checkpoint.state, self.device);
    }
}

/// The weighted sum, and each part for the log.
struct Losses {
    total: Tensor,
    parts: Vec<(&'static str, Tensor)>,
}

impl Losses {
    fn new(device: Device) -> Self {
        Losses {
            total: Tensor::zeros([], (Kind::Float, device)),
            parts: Vec::new(),
        }
    }

    fn add(&mut self, name: &'static str, weight: f64, loss: Tensor) {
        self.note(name, &loss);
        if weight > 0.0 {
            self.total += loss * weight;
        }
    }

    fn note(&mut self, name: &'static str, loss: &Tensor) {
        self.parts.push((name, loss.detach()));
    }

    fn finish(self, step: u64) -> Result<Vec<(&'static str, f64)>> {
        let parts: Vec<(&str, f64)> = self
            .parts
            .iter()
            .map(|(name, t)| (*name, t.double_value(&[])))
            .collect();
        let lost = parts.iter().find(|(_, v)| !v.is_finite());
        ensure!(
            lost.is_none(),
            "the loss {:?} is no longer a number at step {step}; lower optimizer.rate, and go on from the checkpoint",
            lost
        );
        Ok(parts)
    }
}

/// The square of a batch on which features are compared.
struct FeatureCrop {
    y: i64,
    x: i64,
    side: i64,
}

impl FeatureCrop {
    /// Where the batch's holes lie most: the centre of their mass, kept inside.
    fn over(hole: &Tensor, side: i64) -> Self {
        let size = hole.size()[3];
        if side == 0 || side >= size {
            return FeatureCrop {
                y: 0,
                x: 0,
                side: size,
            };
        }
        let positions = Tensor::arange(size, (Kind::Float, hole.device()));
        let rows = hole.sum_dim_intlist([0i64, 1, 3].as_slice(), false, Kind::Float);
        let columns = hole.sum_dim_intlist([0i64, 1, 2].as_slice(), false, Kind::Float);
        let centre = |mass: &Tensor| {
            ((mass * &positions).sum(Kind::Float) / mass.sum(Kind::Float).clamp_min(1.0))
                .double_value(&[])
        };
        let start = |mass: &Tensor| (centre(mass) as i64 - side / 2).clamp(0, size - side);
        FeatureCrop {
            y: start(&rows),
            x: start(&columns),
            side,
        }
    }

    fn of(&self, picture: &Tensor) -> Tensor {
        picture
            .narrow(2, self.y, self.side)
            .narrow(3, self.x, self.side)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A training that goes on from step 30 logs at step 40 for the first time.
    #[test]
    fn means_are_over_the_steps_that_there_were() {
        let mut means = Means::default();
        means.add(vec![("hole", 1.0)]);
        means.add(vec![("hole", 2.0)]);
        assert_eq!(means.take(), [("hole", 1.5)]);
        means.add(vec![("hole", 4.0)]);
        assert_eq!(means.take(), [("hole", 4.0)]);
    }
}
