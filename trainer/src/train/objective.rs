//! What is wanted of a fill, as one weighted sum.

use crate::losses::{Trunk, perceptual, reconstruction, smoothness, style, total_variation};
use crate::recipe::{FeatureKind, FeatureLoss, Losses};
use crate::torch::Shared;
use anyhow::Result;
use reweave_models::nets::Stage;
use std::collections::BTreeMap;
use std::path::Path;
use tch::{Device, Kind, Tensor};

/// The losses of a recipe, with the classifiers that they need.
pub struct Objective {
    losses: Losses,
    trunks: BTreeMap<FeatureKind, Trunk>,
}

/// Features of the whole filled and the whole true picture, by classifier; taken once a step.
pub type Features = BTreeMap<FeatureKind, (Vec<Tensor>, Vec<Tensor>)>;

impl Objective {
    /// Opens the classifiers in `folder` that the losses need.
    pub fn open(losses: &Losses, folder: &Path, device: Device, compute: Kind) -> Result<Self> {
        let mut trunks = BTreeMap::new();
        for (kind, layers) in losses.layers_wanted() {
            trunks.insert(kind, Trunk::open(kind, layers, folder, device, compute)?);
        }
        Ok(Objective {
            losses: losses.clone(),
            trunks,
        })
    }

    /// The features of pictures that are compared as a whole, or judged by a discriminator.
    pub fn features(&self, filled: &Tensor, picture: &Tensor) -> Features {
        let whole = self.losses.features.iter().filter(|term| term.crop == 0);
        let wanted = whole
            .map(|term| term.of)
            .chain(self.losses.discriminator_features());
        let mut features = Features::new();
        for kind in wanted {
            features.entry(kind).or_insert_with(|| {
                let trunk = &self.trunks[&kind];
                let truth = tch::no_grad(|| trunk.features(picture));
                (trunk.features(filled), truth)
            });
        }
        features
    }

    /// Every loss of a fill but the adversarial one. `stages` are the network's results in their order, the last the
    /// answer; `composite` is the answer in the hole and the picture elsewhere.
    pub fn weigh(
        &self,
        stages: &[Stage<Shared>],
        composite: &Tensor,
        picture: &Tensor,
        hole: &Tensor,
        features: &Features,
    ) -> WeightedSum {
        let losses = &self.losses;
        let mut sum = WeightedSum::new(picture.device());
        for stage in stages {
            let (valid, in_hole) = reconstruction(&stage.picture.0, picture, hole);
            let name = |loss| format!("{loss} {}", stage.name);
            sum.add(name("valid"), losses.valid * stage.weight, || valid);
            sum.add(name("hole"), losses.hole * stage.weight, || in_hole);
        }
        sum.add("smoothness", losses.smoothness, || {
            smoothness(composite, picture, hole)
        });
        sum.add("total variation", losses.total_variation, || {
            total_variation(composite, hole)
        });
        if let Some(answer) = stages.last() {
            let output = &answer.picture.0;
            for term in &losses.features {
                self.weigh_features(&mut sum, term, output, composite, picture, hole, features);
            }
        }
        sum
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "one term of the sum above, named apart"
    )]
    fn weigh_features(
        &self,
        sum: &mut WeightedSum,
        term: &FeatureLoss,
        output: &Tensor,
        composite: &Tensor,
        picture: &Tensor,
        hole: &Tensor,
        features: &Features,
    ) {
        let trunk = &self.trunks[&term.of];
        let crop = Crop::over(hole, term.crop as i64);
        let cropped;
        let (filled, truth) = match features.get(&term.of) {
            Some(whole) if term.crop == 0 => whole,
            _ => {
                let truth = tch::no_grad(|| trunk.features(&crop.of(picture)));
                cropped = (trunk.features(&crop.of(composite)), truth);
                &cropped
            }
        };
        let mut add = |of: &str, filled: &[Tensor]| {
            sum.add(
                format!("perceptual {}{of}", term.of),
                term.perceptual,
                || perceptual(trunk, term.compare, term.layers, filled, truth),
            );
            sum.add(format!("style {}{of}", term.of), term.style, || {
                style(term.layers, filled, truth)
            });
        };
        add("", filled);
        if term.output {
            add(" of the output", &trunk.features(&crop.of(output)));
        }
    }
}

/// The weighted sum of losses, and each of them for the log.
pub struct WeightedSum {
    total: Tensor,
    parts: Vec<(String, Tensor)>,
}

impl WeightedSum {
    fn new(device: Device) -> Self {
        WeightedSum {
            total: Tensor::zeros([], (Kind::Float, device)),
            parts: Vec::new(),
        }
    }

    /// Adds a loss, which is computed only where its weight is above 0.
    pub fn add(&mut self, name: impl Into<String>, weight: f64, loss: impl FnOnce() -> Tensor) {
        if weight > 0.0 {
            let loss = loss();
            self.note(name, &loss);
            self.total += loss * weight;
        }
    }

    /// Notes a loss that is not part of the sum.
    pub fn note(&mut self, name: impl Into<String>, loss: &Tensor) {
        self.parts.push((name.into(), loss.detach()));
    }

    /// Sends gradients back from `share` of the sum.
    pub fn backward(&self, share: f64) {
        (&self.total * share).backward();
    }

    /// The sum.
    pub fn total(&self) -> f64 {
        self.total.double_value(&[])
    }

    /// The losses, unweighted, by name.
    ///
    /// # Errors
    /// One of them is no longer a number.
    pub fn values(&self) -> Result<Vec<(String, f64)>, Diverged> {
        let parts = self.parts.iter();
        let values: Vec<(String, f64)> = parts
            .map(|(name, t)| (name.clone(), t.double_value(&[])))
            .collect();
        match values.iter().find(|(_, value)| !value.is_finite()) {
            Some((name, _)) => Err(Diverged(name.clone())),
            None => Ok(values),
        }
    }
}

/// A loss, or the length of the gradients, is no longer a number: its name.
#[derive(Debug)]
pub struct Diverged(pub String);

/// The square of a batch on which features are compared.
struct Crop {
    y: i64,
    x: i64,
    side: i64,
}

impl Crop {
    /// Where the batch's holes lie most: the centre of their mass, kept inside. A `side` of 0 is the whole picture.
    fn over(hole: &Tensor, side: i64) -> Self {
        let size = hole.size()[3];
        if side == 0 || side >= size {
            return Crop {
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
        Crop {
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
