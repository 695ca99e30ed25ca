//! The training loop: batches, log, checkpoints, the way to stop.

use super::means::Means;
use super::start::starting_weights;
use super::step::Training;
use crate::checkpoint::Checkpoint;
use crate::data::{Batches, Pictures};
use crate::recipe::Recipe;
use crate::tensorboard::Log;
use anyhow::{Context, Result, ensure};
use indicatif::{ProgressBar, ProgressStyle};
use reweave_masks::MaskMaker;
use reweave_models::card::ChannelOrder;
use reweave_models::nets::Network;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

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
    /// A model or a checkpoint whose weights a fresh run starts from, in place of random ones.
    pub start: Option<PathBuf>,
}

/// Trains until the recipe's last step, the time given, or `stop`.
pub fn fit(places: &Places, limit: Option<Duration>, stop: &AtomicBool) -> Result<()> {
    let recipe = Recipe::open(&places.recipe)?;
    ensure!(
        recipe.network.channels() == ChannelOrder::Rgb,
        "the trainer shows pictures as RGB: network.channels = \"bgr\" is for weights of others"
    );
    let text = std::fs::read_to_string(&places.recipe)?;
    std::fs::create_dir_all(&places.run)
        .with_context(|| format!("cannot make {}", places.run.display()))?;
    let checkpoint = places.run.join("checkpoint.safetensors");
    let mut training = Training::new(&recipe, &places.features)?;
    if checkpoint.exists() {
        training.restore(&Checkpoint::open(&checkpoint)?);
        println!(
            "going on from step {} of {}",
            training.steps(),
            checkpoint.display()
        );
    } else if let Some(start) = &places.start {
        training.start_from(&starting_weights(start, recipe.network)?);
        println!("starting from {}", start.display());
    }
    ensure!(
        training.steps() < recipe.iterations,
        "all {} steps of the recipe are done; raise `iterations` to go on",
        recipe.iterations
    );

    let pictures = Pictures::open(&places.pictures)?;
    println!(
        "{} on {:?}, {} pictures, steps {} to {}",
        recipe.name,
        training.device(),
        pictures.len(),
        training.steps(),
        recipe.iterations
    );
    let base = places.recipe.parent().unwrap_or(Path::new(""));
    let masks = MaskMaker::new(&recipe.masks, base)?;
    let batches = Batches::start(recipe.clone(), pictures, masks, training.steps());
    let mut log = Log::open(&places.run)?;
    let bar = progress_bar(&recipe, training.steps());
    let (began, mut saved) = (Instant::now(), Instant::now());
    let mut means = Means::default();
    while training.steps() < recipe.iterations {
        means.add(training.step(&batches.next()?)?);
        bar.set_position(training.steps());
        if training.steps().is_multiple_of(LOG_EVERY) {
            report(&mut log, &bar, training.steps(), &means.take())?;
        }
        let finished = training.steps() == recipe.iterations
            || stop.load(Ordering::Relaxed)
            || limit.is_some_and(|limit| began.elapsed() >= limit);
        if finished || saved.elapsed() >= SAVE_EVERY {
            training.checkpoint(&text).save(&checkpoint)?;
            saved = Instant::now();
        }
        if finished {
            break;
        }
    }
    bar.abandon();
    println!("step {} kept in {}", training.steps(), checkpoint.display());
    Ok(())
}

fn progress_bar(recipe: &Recipe, step: u64) -> ProgressBar {
    let bar = ProgressBar::new(recipe.iterations).with_position(step);
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {per_sec}, {eta} left  {msg}");
    bar.set_style(style.expect("the template is well formed"));
    bar.reset_eta();
    bar
}

fn report(log: &mut Log, bar: &ProgressBar, step: u64, values: &[(String, f64)]) -> Result<()> {
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
