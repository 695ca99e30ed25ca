//! What a training is: the TOML file that says everything but where the pictures lie.

mod losses;
mod optimizer;
mod spelling;

pub use losses::{Adversarial, Comparison, Discriminator, FeatureKind, FeatureLoss, Losses};
pub use optimizer::Optimizer;

use anyhow::{Context, Result, anyhow, ensure};
use reweave_masks::MaskKind;
use reweave_models::nets::{Generator, Network};
use serde::Deserialize;
use std::path::Path;

/// A whole training.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// The model's name, such as `gated`.
    pub name: String,
    /// What its card tells people.
    pub card: CardText,
    /// What is trained.
    pub network: Generator,
    /// Side of the square crops it is trained on, in pixels.
    pub size: usize,
    /// Pictures that are computed at once.
    pub batch: usize,
    /// Batches a step, whose gradients are added: a larger step in the memory of a smaller one.
    #[serde(default = "one")]
    pub accumulate: usize,
    /// The random numbers of everything.
    #[serde(default)]
    pub seed: u64,
    /// Steps, all phases together.
    pub iterations: u64,
    /// What convolutions compute in.
    #[serde(default)]
    pub precision: Precision,
    /// Computed the same, to the last bit, each time: on the CPU, with as many threads as it was begun with.
    #[serde(default)]
    pub deterministic: bool,
    /// Pictures that are not learned from, but judged by.
    pub held_out: Option<HeldOut>,
    /// How steps are taken.
    pub optimizer: Optimizer,
    /// What is wanted of a fill.
    pub losses: Losses,
    /// Holes: each picture gets one kind, drawn by its odds.
    pub masks: Vec<MaskKind>,
}

fn one() -> usize {
    1
}

/// Pictures that are not learned from, but judged by: which ones they are follows from their content.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeldOut {
    /// The share of all pictures, 0 to 1.
    pub share: f64,
    /// They are judged by every so many steps.
    pub every: u64,
    /// How many crops of them, each with a hole that stays the same.
    pub crops: usize,
}

/// What the model's card tells people.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardText {
    /// The name that people see.
    pub title: String,
    /// What it is good at.
    pub description: String,
    /// Licence of the weights.
    pub licence: String,
    /// Where the pictures came from, with their licences.
    pub sources: Vec<String>,
    /// How much texture is synthesised from the picture, 0 to 1.
    #[serde(default)]
    pub texture: f32,
    /// The longest side at which the network is good, in pixels; 512 where it is absent.
    pub working: Option<u32>,
    /// Pixels of surroundings that the network needs at least; a quarter of `working` where it is absent.
    pub context: Option<u32>,
    /// What the training began from: `nothing`, or the name of a model.
    pub began: Option<String>,
    /// Hours of computing, all stretches together.
    pub hours: Option<f64>,
    /// On what they were computed.
    pub hardware: Option<String>,
}

/// What convolutions compute in; parameters, losses and statistics are always f32.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// Single precision.
    #[default]
    F32,
    /// 8 bits of mantissa and the range of f32: twice the speed where the processor computes in it, a fraction elsewhere.
    Bf16,
    /// [`Precision::Bf16`] where the processor or the card computes in it, [`Precision::F32`] elsewhere.
    Auto,
}

impl Recipe {
    /// Reads and checks a recipe.
    pub fn open(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read the recipe {}", path.display()))?;
        Self::parse(&text).with_context(|| format!("in the recipe {}", path.display()))
    }

    /// Takes a recipe from its text.
    pub fn parse(text: &str) -> Result<Self> {
        let recipe: Recipe =
            toml::from_str(text).map_err(|error| anyhow!(spelling::explained(&error)))?;
        recipe.check()?;
        Ok(recipe)
    }

    /// Whether fills are judged by the same crops of held-out pictures, holes and losses as by `other`, so that the numbers
    /// can be compared.
    pub fn judges_like(&self, other: &Recipe) -> bool {
        (self.size, self.batch, self.seed) == (other.size, other.batch, other.seed)
            && self.held_out == other.held_out
            && self.losses == other.losses
            && self.masks == other.masks
    }

    fn check(&self) -> Result<()> {
        let multiple = self.network.size_multiple();
        ensure!(
            self.size.is_multiple_of(multiple),
            "size must be a multiple of {multiple} for this network"
        );
        ensure!(
            self.size >= self.network.smallest(),
            "size must be at least {}",
            self.network.smallest()
        );
        ensure!(self.batch > 0, "batch must be at least 1");
        ensure!(self.accumulate > 0, "accumulate must be at least 1");
        if let Some(held_out) = &self.held_out {
            ensure!(
                held_out.share > 0.0 && held_out.share < 1.0,
                "held_out.share must lie between 0 and 1"
            );
            ensure!(
                held_out.every > 0 && held_out.crops > 0,
                "held_out.every and held_out.crops must be at least 1"
            );
        }
        ensure!(
            self.masks.iter().map(|m| m.odds).sum::<f32>() > 0.0,
            "masks must name at least one kind with odds above 0"
        );
        for kind in &self.masks {
            kind.check().map_err(anyhow::Error::msg)?;
        }
        Ok(())
    }
}
