//! What a training is: the TOML file that says everything but where the pictures lie.

use anyhow::{Context, Result, ensure};
use reweave_masks::MaskKind;
use reweave_models::nets::patchgan::PatchGan;
use reweave_models::nets::{Generator, Network};
use serde::Deserialize;
use std::collections::BTreeMap;
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
    /// Holes: each picture gets one kind, drawn by its odds.
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
    /// 8 bits of mantissa and the range of f32: twice the speed on CPUs that have it.
    Bf16,
}

/// Adam (Kingma and Ba 2015).
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Optimizer {
    /// Step size.
    pub learning_rate: f64,
    /// Decay of the two running means.
    #[serde(default = "betas")]
    pub betas: (f64, f64),
    /// Steps over which the learning rate rises from 0.
    #[serde(default)]
    pub warmup: u64,
    /// The step from which the learning rate falls to 0 along a cosine; without it, it stays.
    pub decay_from: Option<u64>,
    /// Decay of the exponential moving average that is exported in place of the last step's weights; 0 turns it off.
    #[serde(default)]
    pub ema: f64,
    /// The longest that all gradients together may be; longer ones are scaled down.
    pub clip: Option<f64>,
    /// From this step on, batch normalisations of the encoder keep their statistics, and the learning rate is
    /// `second_learning_rate` (Liu et al. 2018, section 3.4: with holes, batch statistics mislead).
    pub freeze_from: Option<u64>,
    /// The learning rate from `freeze_from` on.
    pub second_learning_rate: Option<f64>,
}

fn betas() -> (f64, f64) {
    (0.5, 0.999)
}

impl Optimizer {
    /// The learning rate at one of `total` steps.
    pub fn learning_rate_at(&self, step: u64, total: u64) -> f64 {
        let base = match (self.freeze_from, self.second_learning_rate) {
            (Some(from), Some(second)) if step >= from => second,
            _ => self.learning_rate,
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

    /// Whether a step lies in the second phase, in which [`Network::frozen_norms`] keep their statistics.
    pub fn is_second_phase(&self, step: u64) -> bool {
        self.freeze_from.is_some_and(|from| step >= from)
    }
}

/// Weights of the losses; 0 leaves one out, and what it costs.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Losses {
    /// Mean absolute difference in the known part, over all pixels; every stage.
    pub valid: f64,
    /// Mean absolute difference in the hole, over all pixels; every stage.
    pub hole: f64,
    /// Difference of fine detail where the true picture is smooth.
    pub smoothness: f64,
    /// Unevenness in and round the hole.
    pub total_variation: f64,
    /// Differences in a classifier's features.
    pub features: Vec<FeatureLoss>,
    /// A discriminator's part.
    pub adversarial: Option<Adversarial>,
}

impl Losses {
    /// The classifiers that are needed, and how many features of each.
    pub fn layers_wanted(&self) -> BTreeMap<FeatureKind, usize> {
        let mut wanted = BTreeMap::new();
        let compared = self.features.iter().map(|term| (term.of, term.layers));
        let judged = self.discriminator_features().map(|kind| (kind, usize::MAX));
        for (kind, layers) in compared.chain(judged) {
            let most = wanted.entry(kind).or_insert(layers);
            *most = layers.max(*most);
        }
        wanted
    }

    /// The classifier whose features the discriminator judges, if it does not look at pixels.
    pub fn discriminator_features(&self) -> Option<FeatureKind> {
        let adversarial = self.adversarial.as_ref()?;
        match adversarial.discriminator {
            Discriminator::Features { .. } => Some(FeatureKind::Alex),
            Discriminator::Patch(_) => None,
        }
    }
}

/// Differences in a classifier's features.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeatureLoss {
    /// Whose features.
    pub of: FeatureKind,
    /// How many of its features, from the first.
    #[serde(default = "all_layers")]
    pub layers: usize,
    /// How they are compared.
    pub compare: Comparison,
    /// Weight of their differences.
    #[serde(default)]
    pub perceptual: f64,
    /// Weight of the differences of their correlations.
    #[serde(default)]
    pub style: f64,
    /// Side of the square crop on which they are compared, in pixels; 0 for the whole picture. A crop costs less, and
    /// is placed where the hole is.
    #[serde(default)]
    pub crop: usize,
    /// Whether the network's whole output is compared as well as the picture with its hole filled, as in the papers.
    #[serde(default)]
    pub output: bool,
}

fn all_layers() -> usize {
    usize::MAX
}

/// A classifier, and where in it features are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FeatureKind {
    /// VGG16 before each of its poolings, as LPIPS does.
    Vgg,
    /// VGG16 after each of its first three poolings, as Liu et al. 2018 do.
    VggAtPools,
    /// AlexNet after each convolution: a tenth of the cost.
    Alex,
}

impl std::fmt::Display for FeatureKind {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(match self {
            FeatureKind::Vgg => "vgg",
            FeatureKind::VggAtPools => "vgg-at-pools",
            FeatureKind::Alex => "alex",
        })
    }
}

/// How features are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Comparison {
    /// Mean absolute difference (Liu et al. 2018, equation 3).
    Absolute,
    /// Squared difference of features made 1 long at each position.
    Unit,
    /// The same, each channel weighed as in LPIPS (Zhang et al. 2018, equation 1).
    Lpips,
}

/// A discriminator's part in a training.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Adversarial {
    /// Weight of the generator's hinge loss.
    pub weight: f64,
    /// The step from which it takes part.
    #[serde(default)]
    pub from: u64,
    /// Steps that the discriminator learns before the generator listens to it.
    #[serde(default)]
    pub alone: u64,
    /// Decay of the two running means of the discriminator's Adam.
    #[serde(default = "betas")]
    pub betas: (f64, f64),
    /// What discriminates.
    pub discriminator: Discriminator,
}

/// What tells filled patches from true ones.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Discriminator {
    /// SN-PatchGAN, on pixels.
    Patch(PatchGan),
    /// Small heads on AlexNet's frozen features.
    Features {
        /// Channels of each head.
        width: usize,
    },
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
        for kind in &self.masks {
            kind.check().map_err(anyhow::Error::msg)?;
        }
        Ok(())
    }
}
