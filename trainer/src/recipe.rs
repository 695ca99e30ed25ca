//! What a training is: the TOML file that says everything but where the pictures lie.

use anyhow::{Context, Result, ensure};
use rand::Rng;
use reweave_masks::{Boxes, Mask, Strokes};
use reweave_models::nets::Generator;
use reweave_models::nets::patchgan::PatchGan;
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
    /// Pictures a step.
    pub batch: usize,
    /// The random numbers of everything.
    #[serde(default)]
    pub seed: u64,
    /// Steps, all phases together.
    pub iterations: u64,
    /// What convolutions compute in.
    #[serde(default)]
    pub precision: Precision,
    /// How steps are taken.
    pub optimizer: Optimizer,
    /// What is wanted of a fill.
    pub losses: Losses,
    /// Holes: each picture gets one kind, drawn by odds.
    pub masks: Vec<MaskKind>,
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
    /// How much texture the picture lends to fills, 0 to 1.
    #[serde(default)]
    pub texture: f32,
    /// The longest side at which the network is good, in pixels; 512 where it is absent.
    pub working: Option<u32>,
    /// Pixels of surroundings that the network needs at least; a quarter of `working` where it is absent.
    pub context: Option<u32>,
}

/// What convolutions compute in; parameters, losses and statistics are always f32.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// Single precision.
    #[default]
    F32,
    /// 8 bits of mantissa and the range of f32: twice the speed on CPUs that have it.
    Bf16,
}

/// Adam (Kingma and Ba 2015).
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Optimizer {
    /// Step size.
    pub rate: f64,
    /// Decay of the two running means.
    #[serde(default = "betas")]
    pub betas: (f64, f64),
    /// Steps over which the rate rises from 0.
    #[serde(default)]
    pub warmup: u64,
    /// The step from which the rate falls to 0 along a cosine; without it, it stays.
    pub decay_from: Option<u64>,
    /// How slowly the average follows that is exported in place of the last step's weights; 0 turns it off.
    #[serde(default)]
    pub average: f64,
    /// From this step on, batch normalisations of the encoder keep their statistics, and the rate is `second_rate`
    /// (Liu et al. 2018, section 3.4: with holes, batch statistics mislead).
    pub freeze_from: Option<u64>,
    /// The rate from `freeze_from` on.
    pub second_rate: Option<f64>,
}

fn betas() -> (f64, f64) {
    (0.5, 0.999)
}

impl Optimizer {
    /// The step size at one of `total` steps.
    pub fn rate_at(&self, step: u64, total: u64) -> f64 {
        let base = match (self.freeze_from, self.second_rate) {
            (Some(from), Some(rate)) if step >= from => rate,
            _ => self.rate,
        };
        let rise = if step < self.warmup {
            (step + 1) as f64 / self.warmup as f64
        } else {
            1.0
        };
        let fall = match self.decay_from {
            Some(from) if step > from && total > from => {
                let done = (step - from) as f64 / (total - from) as f64;
                0.5 * (1.0 + (std::f64::consts::PI * done.min(1.0)).cos())
            }
            _ => 1.0,
        };
        base * rise * fall
    }
}

/// Weights of the losses; 0 leaves one out, and what it costs.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Losses {
    /// Mean absolute difference in the known part, over all pixels; every stage.
    pub valid: f64,
    /// Mean absolute difference in the hole, over all pixels; every stage.
    pub hole: f64,
    /// Hinge loss of the SN-PatchGAN discriminator.
    pub adversarial: f64,
    /// The discriminator's size.
    pub discriminator: Option<PatchGan>,
    /// The step from which the discriminator takes part.
    pub adversarial_from: u64,
    /// Difference in a classifier's features.
    pub perceptual: f64,
    /// Difference in the correlations of these features.
    pub style: f64,
    /// Unevenness in and round the hole.
    pub total_variation: f64,
    /// Whose features.
    pub features: Features,
    /// Side of the square crop on which features are compared, in pixels; 0 for the whole picture. A crop costs less,
    /// and is placed where the hole is.
    pub features_crop: usize,
}

/// Whose features perceptual and style losses compare.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Features {
    /// VGG16 after its first three poolings, as in the papers.
    #[default]
    Vgg,
    /// AlexNet after each convolution: a tenth of the cost.
    Alex,
}

/// A kind of hole.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MaskKind {
    /// How often, relative to the others.
    pub odds: f32,
    /// Strokes of a brush.
    pub strokes: Option<StrokesRecipe>,
    /// Boxes.
    pub boxes: Option<BoxesRecipe>,
}

/// See [`Strokes`].
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StrokesRecipe {
    count: (usize, usize),
    points: (usize, usize),
    width: (f32, f32),
}

/// See [`Boxes`].
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BoxesRecipe {
    count: (usize, usize),
    side: (usize, usize),
}

impl Recipe {
    /// Reads and checks a recipe.
    pub fn open(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read the recipe {}", path.display()))?;
        let recipe: Recipe =
            toml::from_str(&text).with_context(|| format!("{} is not a recipe", path.display()))?;
        recipe
            .check()
            .with_context(|| format!("in the recipe {}", path.display()))?;
        Ok(recipe)
    }

    /// Takes a recipe from its text.
    pub fn parse(text: &str) -> Result<Self> {
        let recipe: Recipe = toml::from_str(text).context("this is not a recipe")?;
        recipe.check()?;
        Ok(recipe)
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
        ensure!(
            self.masks.iter().map(|m| m.odds).sum::<f32>() > 0.0,
            "masks must name at least one kind with odds above 0"
        );
        ensure!(
            self.losses.adversarial == 0.0 || self.losses.discriminator.is_some(),
            "losses.adversarial needs losses.discriminator, for example {{ width = 32 }}"
        );
        Ok(())
    }

    /// A hole for one picture.
    pub fn draw_mask(&self, rng: &mut impl Rng) -> Mask {
        let mut pick = rng.random_range(0.0..self.masks.iter().map(|m| m.odds).sum());
        let mut kind = &self.masks[0];
        for candidate in &self.masks {
            kind = candidate;
            pick -= candidate.odds;
            if pick < 0.0 {
                break;
            }
        }
        let mut mask = Mask::new(self.size, self.size);
        if let Some(StrokesRecipe {
            count,
            points,
            width,
        }) = kind.strokes
        {
            Strokes {
                count,
                points,
                width,
            }
            .draw(&mut mask, rng);
        }
        if let Some(BoxesRecipe { count, side }) = kind.boxes {
            Boxes { count, side }.draw(&mut mask, rng);
        }
        mask
    }
}
