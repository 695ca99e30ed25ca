//! The training loop: batches, log, what is kept, the way back and the way to stop.

use super::begin::{Begun, begin};
use super::keeper::Keeper;
use super::means::Means;
use super::objective::Diverged;
use super::progress::Progress;
use super::step::Training;
use crate::data::{Batch, Batches, Index, Source, split};
use crate::device::DeviceChoice;
use crate::recipe::Recipe;
use anyhow::{Context, Result, bail, ensure};
use reweave_masks::MaskMaker;
use reweave_models::card::ChannelOrder;
use reweave_models::nets::Network;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tch::Device;

/// How often a training goes back to the same state, each time at half the rate, before it is given up.
const RETURNS: u32 = 5;
/// Batches of held-out pictures are numbered from here, far from any step.
const HELD_OUT: u64 = 1 << 62;

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

impl Places {
    /// The state that a training goes on from.
    pub fn checkpoint(&self) -> PathBuf {
        self.run.join("checkpoint.safetensors")
    }
}

/// How a training is run; no number of its result depends on it, but for the device.
#[derive(Clone, Copy, Debug)]
pub struct Manner {
    /// Where it computes.
    pub device: DeviceChoice,
    /// When it stops by itself.
    pub limit: Option<Duration>,
    /// How often its state is kept.
    pub keep_every: Duration,
    /// Threads that make batches; chosen by the device where it is `None`.
    pub readers: Option<usize>,
}

impl Default for Manner {
    fn default() -> Self {
        Manner {
            device: DeviceChoice::Auto,
            limit: None,
            keep_every: Duration::from_secs(180),
            readers: None,
        }
    }
}

/// Trains until the recipe's last step, the time given, or `stop`.
///
/// # Errors
/// What can be known before the first step is said before it: the recipe, the pictures, the device, the checkpoint. Later
/// ones are a loss that stays no number at ever lower rates, a picture that has gone, and a last state that cannot be written.
pub fn fit(places: &Places, manner: &Manner, stop: &AtomicBool) -> Result<()> {
    let recipe = Recipe::open(&places.recipe)?;
    let text = std::fs::read_to_string(&places.recipe)?;
    let device = manner.device.device()?;
    check(&recipe, device)?;
    std::fs::create_dir_all(&places.run)
        .with_context(|| format!("cannot make {}", places.run.display()))?;
    let Begun {
        mut training,
        best,
        notes,
    } = begin(&recipe, places, device)?;
    for note in &notes {
        println!("{note}");
    }
    ensure!(
        training.steps() < recipe.iterations,
        "all {} steps of the recipe are done; raise `iterations` to go on",
        recipe.iterations
    );
    let split = split(&Index::open(&places.pictures, &places.run)?, &recipe)?;
    for note in &split.notes {
        println!("{note}");
    }
    println!(
        "{} on {device:?} in {:?}: {} pictures, {} held out, steps {} to {}",
        recipe.name,
        training.compute(),
        split.learned.len(),
        split.held_out.len(),
        training.steps(),
        recipe.iterations
    );
    let base = places.recipe.parent().unwrap_or(Path::new(""));
    let source = Source {
        recipe: Arc::new(recipe.clone()),
        pictures: Arc::new(split.learned),
        masks: Arc::new(MaskMaker::new(&recipe.masks, base)?),
    };
    let judged_by = held_out_batches(&source, split.held_out)?;
    let readers = manner.readers.unwrap_or_else(|| readers_for(device));

    let mut batches = Batches::start(&source, training.steps(), readers);
    let mut keeper = Keeper::new(&places.run, text, manner.keep_every, best);
    let mut progress = Progress::open(&places.run, training.steps(), recipe.iterations)?;
    let began = Instant::now();
    let (mut means, mut returns, mut learned) = (Means::default(), 0, None);
    loop {
        let batch = match progress.waiting_for(|| batches.next()) {
            Ok(batch) => batch,
            Err(error) => {
                if learned.is_some_and(|learned| training.is_sound(&learned)) {
                    progress.forgive(keeper.keep(&training));
                }
                return Err(error);
            }
        };
        let mut taken = training.step(&batch);
        let finished = training.steps() == recipe.iterations
            || stop.load(Ordering::Relaxed)
            || manner.limit.is_some_and(|limit| began.elapsed() >= limit);
        let is_kept = finished || keeper.is_due();
        if is_kept && taken.is_ok() && !training.is_sound(&batch) {
            taken = Err(Diverged("a loss after it".into()));
        }
        match taken {
            Ok(losses) => means.add(losses),
            Err(diverged) => {
                returns += 1;
                training = go_back(&recipe, places, &training, &diverged, returns, &progress)?;
                batches = Batches::start(&source, training.steps(), readers);
                (means, learned) = (Means::default(), None);
                continue;
            }
        }
        let noted = progress.step(training.steps(), &mut means);
        progress.forgive(noted);
        if !judged_by.is_empty() && (finished || is_time_to_judge(&recipe, training.steps())) {
            let judgement = training.judge(&judged_by);
            let is_best = keeper.is_best(judgement.loss);
            let noted = progress.judged(training.steps(), &judgement, is_best);
            progress.forgive(noted);
            if is_best {
                progress.forgive(keeper.keep_best(&training, judgement.loss));
            }
            progress.forgive(keeper.keep_fills(&training, &judgement));
        }
        if finished {
            keeper.keep(&training)?;
            break;
        }
        if is_kept {
            let kept = keeper.keep(&training);
            if kept.is_ok() {
                returns = 0;
            }
            progress.forgive(kept);
        }
        learned = Some(batch);
    }
    progress.finish();
    println!(
        "step {} kept in {}; the device waited for pictures {:.1} % of the time",
        training.steps(),
        places.checkpoint().display(),
        100.0 * progress.share_waited()
    );
    Ok(())
}

fn check(recipe: &Recipe, device: Device) -> Result<()> {
    ensure!(
        recipe.network.channels() == ChannelOrder::Rgb,
        "the trainer shows pictures as RGB: network.channels = \"bgr\" is for weights of others"
    );
    ensure!(
        !recipe.deterministic || device == Device::Cpu,
        "CUDA's sums come in no fixed order: a deterministic training wants --device cpu, or leave `deterministic` away"
    );
    Ok(())
}

/// The crops and holes that a training is judged by: the same each time.
fn held_out_batches(source: &Source, pictures: crate::data::Pictures) -> Result<Vec<Batch>> {
    let Some(held_out) = source.recipe.held_out else {
        return Ok(Vec::new());
    };
    let source = Source {
        pictures: Arc::new(pictures),
        ..source.clone()
    };
    let batch = source.recipe.batch;
    let numbers = 0..held_out.crops.div_ceil(batch) as u64;
    numbers
        .map(|number| source.batch(HELD_OUT + number, batch))
        .collect()
}

fn is_time_to_judge(recipe: &Recipe, step: u64) -> bool {
    let every = recipe.held_out.map(|held_out| held_out.every);
    every.is_some_and(|every| step.is_multiple_of(every))
}

/// On the CPU the network wants the cores; a card wants nothing of them.
fn readers_for(device: Device) -> usize {
    match device {
        Device::Cpu => 2,
        _ => std::thread::available_parallelism().map_or(2, |n| usize::from(n).clamp(2, 16)),
    }
}

/// The training as it was last kept, at half the rate.
fn go_back<'r>(
    recipe: &'r Recipe,
    places: &Places,
    training: &Training,
    Diverged(what): &Diverged,
    returns: u32,
    progress: &Progress,
) -> Result<Training<'r>> {
    let (step, slowing) = (training.steps(), training.slowing() / 2.0);
    if returns > RETURNS {
        bail!(
            "at step {step} {what} is no longer a number, whatever the rate; {RETURNS} times it went back. Lower optimizer.learning_rate, or set optimizer.clip"
        );
    }
    let mut back = begin(recipe, places, training.device())?.training;
    back.slow_down(slowing);
    progress.say(&format!(
        "at step {step} {what} is no longer a number: back to step {}, and on at {slowing} of the recipe's rate",
        back.steps()
    ));
    Ok(back)
}
