//! `reweave-train new`: a recipe that fits a folder of pictures and this machine.
//!
//! pictures.rs says what the folder holds, machine.rs what the computer is; plan.rs chooses by both; recipe.toml is the
//! text that is written; trial.rs measures what a step of it costs.

mod machine;
mod pictures;
mod plan;
mod trial;

use crate::data::Index;
use crate::device::DeviceChoice;
use anyhow::{Context, Result, ensure};
use machine::Machine;
use pictures::Survey;
use plan::{Plan, Wishes};
use std::path::PathBuf;

/// With fewer pictures a training from nothing makes little sense.
const FEW: usize = 300;

/// What a recipe is wanted for.
pub struct Request {
    /// Folder of pictures.
    pub pictures: PathBuf,
    /// Folder of the run, which gets the recipe.
    pub run: PathBuf,
    /// A model to start from, with its card beside it; from nothing where it is `None`.
    pub start: Option<PathBuf>,
    /// How long the training may take.
    pub hours: f64,
    /// Folder with classifiers for perceptual losses; without them the recipe does without.
    pub features: PathBuf,
    /// Where the training will compute.
    pub device: DeviceChoice,
    /// The model's name.
    pub name: String,
}

/// Looks at pictures and machine, measures ten steps, and writes `recipe.toml`; says all of it.
///
/// # Errors
/// There is a recipe already, too few pictures, or a model to start from that is not one of ours.
pub fn create(request: &Request) -> Result<()> {
    let path = request.run.join("recipe.toml");
    ensure!(
        !path.exists(),
        "{} is there already: name another folder with --run, or train by it",
        path.display()
    );
    ensure!(
        request.hours > 0.0 && request.hours.is_finite(),
        "{} is no number of hours",
        request.hours
    );
    let device = request.device.device()?;
    let index = Index::open(&request.pictures, &request.run)?;
    let survey = Survey::of(&index);
    for line in survey.lines() {
        println!("{line}");
    }
    if survey.usable < FEW && request.start.is_none() {
        println!(
            "that is few: start from a model that is trained already (--start), or it will learn these by heart"
        );
    }
    ensure!(
        survey.usable >= 2,
        "a training needs two pictures at the least, and learns from hundreds"
    );
    let machine = Machine::this(device);
    println!("{machine}");
    let plan = Plan::new(Wishes {
        request,
        survey: &survey,
        machine: &machine,
    })?;
    println!("ten steps to see what one costs …");
    let seconds = trial::seconds_a_step(&plan.recipe(1000)?, &index, request, device)?;
    let iterations = ((3600.0 * request.hours / seconds) as u64).max(100);
    println!(
        "{seconds:.2} s a step of {} pictures: {} for a thousand steps, and {iterations} steps in {} h",
        plan.batch,
        minutes(1000.0 * seconds),
        request.hours
    );
    let text = plan.text(iterations, Some(seconds));
    plan::check(&text)?;
    std::fs::create_dir_all(&request.run)
        .and_then(|()| std::fs::write(&path, text))
        .with_context(|| format!("cannot write {}", path.display()))?;
    println!("{}: read it, then", path.display());
    println!("{}", command_to_train(request));
    Ok(())
}

fn command_to_train(request: &Request) -> String {
    let mut command = format!(
        "  reweave-train fit {} --pictures {}",
        request.run.join("recipe.toml").display(),
        request.pictures.display()
    );
    if let Some(start) = &request.start {
        command += &format!(" --start {}", start.display());
    }
    if plan::has_classifiers(&request.features) {
        command += &format!(" --features {}", request.features.display());
    }
    command
}

/// A time for people.
fn minutes(seconds: f64) -> String {
    if seconds < 90.0 {
        format!("{seconds:.0} s")
    } else if seconds < 5400.0 {
        format!("{:.0} minutes", seconds / 60.0)
    } else {
        format!("{:.1} hours", seconds / 3600.0)
    }
}
