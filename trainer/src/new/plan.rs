//! What is trained, on what crops, at which rate: chosen by the pictures and the machine.

use super::Request;
use super::machine::Machine;
use super::pictures::Survey;
use crate::recipe::Recipe;
use anyhow::{Context, Result, bail, ensure};
use reweave_models::card::{Card, Description};
use reweave_models::nets::{Generator, Network};
use std::path::Path;
use tch::Device;

/// The recipe's text, with `{words}` to be replaced.
const TEXT: &str = include_str!("recipe.toml");
/// The network that is trained where no model is started from: that of the model `gated`, which learned fastest of those
/// that were tried.
const NETWORK: &str = r#"{ kind = "gated-unet", widths = [24, 48, 128, 192, 256], encoder = [0, 1, 2, 2, 3], decoder = [1, 1, 2, 2], full = 8 }"#;
/// Sides of crops that are worth it, in pixels.
const SIZES: [usize; 4] = [320, 256, 128, 64];
/// Memory that a picture of 256x256 takes in a step, in GiB: 8 of them, with features and discriminator, took 2.6.
const GIB_A_PICTURE: f64 = 0.35;

/// How a model is shown pictures, and how much texture its fills want: what its card says.
struct Shown {
    texture: f32,
    working: u32,
    context: u32,
}

/// As it was measured for the model `gated`.
const SHOWN: Shown = Shown {
    texture: 0.6,
    working: 512,
    context: 64,
};

/// What a plan is made by.
pub struct Wishes<'a> {
    pub request: &'a Request,
    pub survey: &'a Survey,
    pub machine: &'a Machine,
}

/// What is trained.
pub struct Plan<'a> {
    request: &'a Request,
    network: String,
    is_guided: bool,
    shown: Shown,
    size: usize,
    /// Pictures a step.
    pub batch: usize,
    held_out: f64,
}

impl<'a> Plan<'a> {
    /// Chooses.
    ///
    /// # Errors
    /// The model to start from is not one of ours, or the pictures are smaller than it takes.
    pub fn new(wishes: Wishes<'a>) -> Result<Self> {
        let Wishes {
            request,
            survey,
            machine,
        } = wishes;
        let (network, shown) = match &request.start {
            Some(start) => of_model(start)?,
            None => (NETWORK.to_owned(), SHOWN),
        };
        let built: Built = toml::from_str(&format!("network = {network}"))
            .context("the network of the model cannot be read")?;
        let (multiple, smallest) = (
            built.network.size_multiple(),
            built.network.smallest().max(32),
        );
        // Half of the pictures are at least as large as a crop.
        let largest = survey.shorter[1] as usize;
        // 320 pixels finish a training well, and cost half as much again as 256: for those that are begun well.
        let sizes = SIZES.iter().skip(usize::from(request.start.is_none()));
        let mut fitting = sizes.filter(|&&size| size <= largest && size >= smallest);
        let size = fitting.find(|size| size.is_multiple_of(multiple));
        let Some(&size) = size else {
            bail!(
                "half of the pictures have a shorter side under {largest} pixels, which is too small for this network"
            );
        };
        Ok(Plan {
            request,
            network,
            is_guided: built.network.is_guided(),
            shown,
            size,
            batch: batch(size, machine),
            held_out: (32.0 / survey.usable as f64)
                .clamp(0.02, 0.2)
                .max(survey.least_share),
        })
    }

    /// The recipe with so many steps.
    pub fn recipe(&self, iterations: u64) -> Result<Recipe> {
        check(&self.text(iterations, None))
    }

    /// The recipe's text with so many steps, and what one of them was measured to take.
    pub fn text(&self, iterations: u64, seconds: Option<f64>) -> String {
        let is_studio = self.request.start.is_some();
        let measured = match seconds {
            Some(seconds) => format!(
                "{seconds:.2} s a step on the machine that this was written on, ten of them measured: {} for a thousand",
                super::minutes(1000.0 * seconds)
            ),
            None => "not measured".to_owned(),
        };
        let (began, rate) = match &self.request.start {
            Some(start) => {
                let stem = start.file_stem().unwrap_or_default().to_string_lossy();
                (stem.into_owned(), "1e-4")
            }
            None => ("nothing".to_owned(), "4e-4"),
        };
        let features = if has_classifiers(&self.request.features) {
            "features = [{ of = \"alex\", compare = \"lpips\", perceptual = 1.5 }]"
        } else {
            "# Fills are sharper with it; it wants the classifiers that `--features` names (docs/training.md):\n# features = [{ of = \"alex\", compare = \"lpips\", perceptual = 1.5 }]"
        };
        let sketches = match self.is_guided {
            true => {
                "# Sketches: the share of pictures that come with one, made from their edges.\n[sketches]\nshare = 0.3\n\n"
            }
            false => "",
        };
        let kind = match is_studio {
            true => "A model that goes on learning from your pictures: low rate, few steps.",
            false => "A model that learns from nothing.",
        };
        let scale = self.size as f64 / 256.0;
        let words = [
            ("{kind}", kind.to_owned()),
            ("{name}", self.request.name.clone()),
            ("{network}", self.network.clone()),
            ("{size}", self.size.to_string()),
            ("{batch}", self.batch.to_string()),
            ("{iterations}", iterations.to_string()),
            ("{measured}", measured),
            ("{share}", format!("{:.4}", self.held_out)),
            ("{every}", (iterations / 20).max(20).to_string()),
            ("{crops}", (2 * self.batch).to_string()),
            ("{rate}", rate.to_owned()),
            ("{warmup}", 200.min(iterations / 10).to_string()),
            ("{decay_from}", (iterations / 2).to_string()),
            ("{features}", features.to_owned()),
            ("{sketches}", sketches.to_owned()),
            ("{texture}", self.shown.texture.to_string()),
            ("{working}", self.shown.working.to_string()),
            ("{context}", self.shown.context.to_string()),
            ("{began}", began),
            ("{thin}", range(scale, 4.0, 20.0)),
            ("{usual}", range(scale, 12.0, 40.0)),
            ("{wide}", range(scale, 40.0, 80.0)),
            ("{side}", whole(scale, 32.0, 110.0)),
        ];
        let replace = |text: String, (word, by): &(&str, String)| text.replace(word, by);
        words.iter().fold(TEXT.to_owned(), replace)
    }
}

/// Reads a recipe back.
pub fn check(text: &str) -> Result<Recipe> {
    Recipe::parse(text).context("the recipe that would be written does not hold")
}

/// Whether a folder holds the classifiers of perceptual losses.
pub fn has_classifiers(folder: &Path) -> bool {
    folder.join("lpips_alex.onnx").is_file()
}

/// A part of a recipe.
#[derive(serde::Serialize, serde::Deserialize)]
struct Built {
    network: Generator,
}

/// The network of a model of ours, as a recipe says it, and how it is shown pictures.
fn of_model(model: &Path) -> Result<(String, Shown)> {
    let card = model.with_extension("json");
    ensure!(
        card.is_file(),
        "{} has no card beside it that says how its network is built",
        model.display()
    );
    let card = Card::read(&card)?;
    match card.generator {
        Some(Description::Known(network)) => {
            let built = toml::Value::try_from(Built { network })?;
            let shown = Shown {
                texture: card.texture,
                working: card.size.working,
                context: card.size.context.unwrap_or(card.size.working / 4),
            };
            Ok((built["network"].to_string(), shown))
        }
        _ => bail!(
            "{} is not a network that the trainer can build; start from one of Reweave's own models, or of yours",
            model.display()
        ),
    }
}

/// Pictures a step: 8 at 256 pixels, as memory allows.
fn batch(size: usize, machine: &Machine) -> usize {
    let wanted = match machine.device {
        Device::Cpu => 8,
        _ => 16,
    };
    let each = GIB_A_PICTURE * (size as f64 / 256.0).powi(2);
    match machine.free {
        Some(free) if machine.device == Device::Cpu => {
            ((0.6 * free / each) as usize).clamp(1, wanted)
        }
        _ => wanted,
    }
}

fn range(scale: f64, low: f64, high: f64) -> String {
    format!("[{:.1}, {:.1}]", low * scale, high * scale)
}

fn whole(scale: f64, low: f64, high: f64) -> String {
    format!("[{:.0}, {:.0}]", low * scale, high * scale)
}
