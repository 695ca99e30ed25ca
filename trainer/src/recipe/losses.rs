//! What is wanted of a fill.

use super::optimizer::{are_decays, betas};
use anyhow::{Result, ensure};
use reweave_models::nets::patchgan::PatchGan;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Weights of the losses; 0 leaves one out, and what it costs.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
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
    /// Whether anything is wanted, in numbers.
    ///
    /// # Errors
    /// A weight that is no weight, or nothing but zeros.
    pub(super) fn check(&self) -> Result<()> {
        let own = [
            ("valid", self.valid),
            ("hole", self.hole),
            ("smoothness", self.smoothness),
            ("total_variation", self.total_variation),
        ];
        let features = self.features.iter().flat_map(|term| {
            [
                ("features.perceptual", term.perceptual),
                ("features.style", term.style),
            ]
        });
        let mut sum = 0.0;
        for (name, weight) in own.into_iter().chain(features) {
            ensure!(
                weight >= 0.0 && weight.is_finite(),
                "losses.{name} must be a number from 0 on"
            );
            sum += weight;
        }
        // A discriminator alone takes part from its own step on: until then there would be nothing to learn.
        ensure!(
            sum > 0.0,
            "losses: every weight is 0, so nothing would be learned"
        );
        if let Some(adversarial) = &self.adversarial {
            ensure!(
                adversarial.weight >= 0.0 && adversarial.weight.is_finite(),
                "losses.adversarial.weight must be a number from 0 on"
            );
            ensure!(
                are_decays(adversarial.betas),
                "losses.adversarial.betas must lie between 0 and 1, below 1"
            );
        }
        Ok(())
    }

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
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
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
