//! What a training is: the TOML file that says everything but where the pictures lie.

mod losses;
mod masks;
mod optimizer;
mod spelling;

pub use losses::{Adversarial, Comparison, Discriminator, FeatureKind, FeatureLoss, Losses};
pub use masks::GeneratedMasks;
pub use optimizer::Optimizer;

use anyhow::{Context, Result, anyhow, ensure};
use reweave_masks::MaskKind;
use reweave_models::card::{Card, Description, Element, GuideInput, Range, Source};
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
    /// Holes that a network of their own chooses, in place of those of `masks`.
    pub mask_generator: Option<GeneratedMasks>,
    /// Sketches, for a network that is guided.
    pub sketches: Option<Sketches>,
}

/// The largest side of a crop, in pixels.
const LARGEST: usize = 4096;
/// The most pictures at once, and the most batches a step.
const MOST: usize = 4096;

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

/// Sketches as a user would draw them, made from the edges of the true picture.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sketches {
    /// The share of pictures that come with one, 0 to 1; the others teach to fill without.
    pub share: f64,
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
            && self.sketches == other.sketches
    }

    /// The card of a model by this recipe, before anything is known of its training.
    pub fn model_card(&self) -> Card {
        let mut card = Card::own(&self.name, self.network.size_multiple() as u32);
        card.generator = Some(Description::Known(self.network));
        card.inputs.picture.channels = self.network.channels();
        card.inputs.guide = self.network.is_guided().then(|| GuideInput {
            name: "guide".into(),
            element: Element::F32,
            range: Range::ZeroToOne,
        });
        card.size.min = Some(self.network.smallest() as u32);
        card.size.working = self.card.working.unwrap_or(card.size.working);
        card.size.context = self.card.context;
        card.title = self.card.title.clone();
        card.description = self.card.description.clone();
        card.licence = self.card.licence.clone();
        let sources = self.card.sources.iter();
        card.provenance.sources = sources.map(|text| Source::from(text.as_str())).collect();
        card.texture = self.card.texture;
        card
    }

    fn check(&self) -> Result<()> {
        // What an export would refuse after a night is refused before it.
        self.model_card().check()?;
        self.optimizer.check()?;
        self.losses.check()?;
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
        ensure!(
            self.size <= LARGEST,
            "size must be at most {LARGEST}: crops of a picture, not whole ones, are learned from"
        );
        ensure!(
            (1..=MOST).contains(&self.batch) && (1..=MOST).contains(&self.accumulate),
            "batch and accumulate must lie between 1 and {MOST}"
        );
        ensure!(self.iterations > 0, "iterations must be at least 1");
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
            self.masks
                .iter()
                .all(|m| m.odds >= 0.0 && m.odds.is_finite()),
            "odds of masks must be numbers from 0 on"
        );
        ensure!(
            self.masks.iter().map(|m| m.odds).sum::<f32>() > 0.0,
            "masks must name at least one kind with odds above 0"
        );
        ensure!(
            self.network.is_guided() == self.sketches.is_some(),
            "a network with guided = true learns from [sketches], and no other does"
        );
        if let Some(sketches) = self.sketches {
            ensure!(
                (0.0..=1.0).contains(&sketches.share),
                "sketches.share must lie between 0 and 1"
            );
        }
        if let Some(generated) = &self.mask_generator {
            generated.check()?;
        }
        for kind in &self.masks {
            kind.check().map_err(anyhow::Error::msg)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECIPE: &str = r#"
name = "small"
network = { kind = "partial", width = 4, residual = true }
size = 64
batch = 2
iterations = 10
card = { title = "Small", description = "For a test.", licence = "MIT", sources = ["drawn"] }
optimizer = { learning_rate = 1e-3, clip = 5.0 }
losses = { hole = 1.0 }
masks = [{ odds = 1.0, boxes = { count = [1, 1], side = [8, 16] } }]
"#;

    /// What would end a training in a panic, or after its last step, is refused before the first.
    #[test]
    fn what_cannot_go_well_is_refused_in_words() {
        Recipe::parse(RECIPE).unwrap();
        for (replace, by, said) in [
            ("name = \"small\"", "name = \"a/b\"", "name must be"),
            ("licence = ", "texture = 2.0, licence = ", "texture is 2"),
            ("licence = ", "context = 400, licence = ", "a quarter"),
            ("size = 64", "size = 65536", "at most 4096"),
            ("batch = 2", "batch = 0", "batch"),
            ("iterations = 10", "iterations = 0", "iterations"),
            ("1e-3", "inf", "learning_rate"),
            ("clip = 5.0", "clip = 0.0", "clip"),
            ("clip = 5.0", "ema = 1.0", "ema"),
            ("clip = 5.0", "betas = [1.0, 0.9]", "betas"),
            ("hole = 1.0", "hole = 0.0", "every weight is 0"),
            ("hole = 1.0", "hole = nan", "hole"),
            ("hole = 1.0", "hole = -1.0", "hole"),
            ("odds = 1.0", "odds = inf", "odds"),
            (
                "losses = {",
                "mask_generator = { area = [0.5, 0.2] }\nlosses = {",
                "do not fall",
            ),
            (
                "losses = {",
                "mask_generator = { area = [0.2, 0.5], share = 1.5 }\nlosses = {",
                "mask_generator.share",
            ),
            (
                "losses = {",
                "sketches = { share = 0.5 }\nlosses = {",
                "guided",
            ),
        ] {
            let text = RECIPE.replacen(replace, by, 1);
            assert_ne!(text, RECIPE, "{replace}");
            let error = format!("{:#}", Recipe::parse(&text).unwrap_err());
            assert!(error.contains(said), "{by}: {error}");
        }
    }
}
