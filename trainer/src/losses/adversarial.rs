//! The hinge losses of SN-PatchGAN (Yu et al., ICCV 2019, equations 4 and 5).

use super::Verdict;
use tch::{Kind, Tensor};

/// What the discriminator minimises: true patches above 1, filled ones below -1.
pub fn discriminator_loss(real: &[Verdict], fake: &[Verdict]) -> Tensor {
    let doubt = |verdict: &Verdict| (&verdict.logits * -1.0 + 1.0).relu().mean(Kind::Float);
    let belief = |verdict: &Verdict| verdict.mean_over_hole(&(&verdict.logits + 1.0).relu());
    let pairs = real.iter().zip(fake);
    mean(pairs.map(|(real, fake)| (doubt(real) + belief(fake)) * 0.5))
}

/// What the generator minimises: filled patches judged high.
pub fn generator_loss(fake: &[Verdict]) -> Tensor {
    mean(fake.iter().map(|fake| -fake.mean_over_hole(&fake.logits)))
}

fn mean(losses: impl ExactSizeIterator<Item = Tensor>) -> Tensor {
    let count = losses.len().max(1) as f64;
    let sum = losses.reduce(|sum, loss| sum + loss);
    sum.unwrap_or_else(|| Tensor::from(0f32)) / count
}
