//! How a training does, beside its steps: on pictures that it does not learn from, and whether it is sound.

use super::step::Training;
use crate::data::Batch;
use crate::torch::Torch;
use reweave_models::weights::Weights;
use tch::Tensor;

/// How the averaged weights do on pictures that are not learned from.
pub struct Judgement {
    /// The recipe's losses, weighed, without the discriminator's.
    pub loss: f64,
    /// The first pictures with their holes filled, `[N, 3, size, size]` in `[-1, 1]`.
    pub fills: Tensor,
    /// The same with their holes grey.
    pub holes: Tensor,
    /// The same with the holes grey that a mask generator chooses, where there is one.
    pub chosen: Option<Tensor>,
}

impl Training<'_> {
    /// How the averaged weights do on pictures that are not learned from.
    pub fn judge(&self, batches: &[Batch]) -> Judgement {
        let mut weights = self.generator.weights();
        weights.arrays.extend(self.ema.save().arrays);
        self.judge_with(&weights, batches)
    }

    /// Whether the weights still give a loss that is a number. A step can wreck them without a sign: its loss was that of the
    /// weights before it.
    pub fn is_sound(&self, batch: &Batch) -> bool {
        let batches = std::slice::from_ref(batch);
        let judgement = self.judge_with(&self.generator.weights(), batches);
        judgement.loss.is_finite()
    }

    fn judge_with(&self, weights: &Weights, batches: &[Batch]) -> Judgement {
        let network = Torch::new(self.device, self.compute, self.recipe.seed);
        network.load(weights);
        let mut loss = 0.0;
        let mut shown = None;
        tch::no_grad(|| {
            for batch in batches {
                let shown_now = self.tensors(batch, 0);
                let (picture, hole) = (&shown_now.picture, &shown_now.hole);
                let (stages, composite) = self.fill(&network, &shown_now);
                let features = self.objective.features(&composite, &picture.0);
                let sum = self
                    .objective
                    .weigh(&stages, &composite, &picture.0, &hole.0, &features);
                loss += sum.total() / batches.len() as f64;
                shown.get_or_insert_with(|| (composite, &picture.0 * (1.0 - &hole.0)));
            }
        });
        let (fills, holes) = shown.unwrap_or_default();
        let chosen = batches.first().and_then(|batch| {
            let mut shown = self.tensors(batch, 0);
            tch::no_grad(|| self.choose_hole(&mut shown, batch, 0))?;
            Some(&shown.picture.0 * (1.0 - &shown.hole.0))
        });
        Judgement {
            loss,
            fills,
            holes,
            chosen,
        }
    }
}
