//! A small gated U-Net that fills by deformable dynamic sampling, or, for comparison, by plain convolutions in the same
//! places (after the abstract of Cai et al., "DDS: Image Inpainting via Deformable Dynamic Sampling", IEEE TNNLS 2024;
//! docs/dds.md says what is theirs and what is ours).
//!
//! Blocks are residual and start as nearly nothing, so the whole network starts as its prefilled input. Those at 1/8 and 1/16
//! of the side, where a position is a piece of texture and a hole a few positions wide, sample known places.

use crate::layers::conv::{Conv, conv};
use crate::layers::deformable::{Rays, deformable, halved_hole};
use crate::layers::gated::gated;
use crate::layers::prefill::prefill;
use crate::nets::{Input, Network, Stage};
use crate::{Backend, Init, Scope};
use serde::{Deserialize, Serialize};

/// Levels of the U-Net: 1/2 to 1/16 of the picture's side.
const LEVELS: usize = 4;
/// From this level on, 1/8 of the side, blocks sample as the description says.
const SAMPLED: usize = 2;
/// A block's last convolution starts this small, so that a stack of blocks starts as nearly the identity.
const BLOCK_GAIN: f32 = 0.3;

/// The generator. [`Dds::small`] is the one that was measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dds {
    /// Channels at 1/2, 1/4, 1/8 and 1/16 of the side.
    pub widths: [usize; LEVELS],
    /// Residual blocks of each level from 1/4 on, on the way down and on the way up; the deepest has as many once.
    pub blocks: usize,
    /// Channels of the layer at full resolution.
    pub full: usize,
    /// Where the blocks at 1/8 and 1/16 look.
    pub sampling: Sampling,
    /// How many kernels a position chooses from where sampling is deformable; 1 is no choice.
    #[serde(default = "two")]
    pub kernels: usize,
}

/// Where a block looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sampling {
    /// At a position's neighbours: a gated 3x3 convolution.
    Plain,
    /// At known places: [`deformable`].
    Deformable,
}

fn two() -> usize {
    2
}

impl Dds {
    /// Small enough to learn something in minutes on one core.
    pub fn small(sampling: Sampling) -> Self {
        Dds {
            widths: [16, 32, 64, 96],
            blocks: 2,
            full: 8,
            sampling,
            kernels: two(),
        }
    }

    /// Features at half resolution, of everything down to 1/16.
    fn unet<B: Backend>(&self, s: &Scope<B>, input: &B::Tensor, hole: &B::Tensor) -> B::Tensor {
        let b = s.backend();
        let rays = self.rays(b, hole);
        let stem = Conv::k(5).out(2 * self.widths[0]).stride(2);
        let mut x = gated(&s.at("stem"), input, stem);
        let mut skips = Vec::new();
        for (level, here) in rays.iter().enumerate().skip(1) {
            skips.push(x.clone());
            let half = Conv::k(3).out(2 * self.widths[level]).stride(2);
            x = gated(&s.at(format!("down{level}")), &x, half);
            x = self.blocks(&s.at(format!("encoder{level}")), x, here);
        }
        for (level, skip) in skips.iter().enumerate().rev() {
            let narrow = Conv::k(1).out(self.widths[level]);
            let narrow = conv(&s.at(format!("up{level}")), &x, narrow);
            x = b.add(&b.upsample(&narrow), skip);
            if level > 0 {
                x = self.blocks(&s.at(format!("decoder{level}")), x, &rays[level]);
            }
        }
        x
    }

    /// Where each level looks; `None` for those of plain convolutions.
    fn rays<B: Backend>(&self, b: &B, hole: &B::Tensor) -> [Option<Rays<B::Tensor>>; LEVELS] {
        let mut hole = hole.clone();
        std::array::from_fn(|level| {
            if self.sampling == Sampling::Plain {
                return None;
            }
            hole = halved_hole(b, &hole);
            (level >= SAMPLED).then(|| Rays::new(b, &hole))
        })
    }

    fn blocks<B: Backend>(
        &self,
        s: &Scope<B>,
        x: B::Tensor,
        rays: &Option<Rays<B::Tensor>>,
    ) -> B::Tensor {
        (0..self.blocks).fold(x, |x, i| self.block(&s.at(i), &x, rays.as_ref()))
    }

    /// `x` plus a gated layer of nine samples, mixed by a 1x1 convolution.
    fn block<B: Backend>(
        &self,
        s: &Scope<B>,
        x: &B::Tensor,
        rays: Option<&Rays<B::Tensor>>,
    ) -> B::Tensor {
        let b = s.backend();
        let channels = b.channels(x);
        let y = match rays {
            Some(rays) => deformable(&s.at("sampled"), x, rays, self.kernels.max(1), channels),
            None => gated(&s.at("gated"), x, Conv::k(3).out(2 * channels)),
        };
        let (s, mix) = (s.at("out"), Conv::k(1).out(channels));
        let gain = BLOCK_GAIN;
        let weight = s.parameter("weight", &mix.shape(channels), Init::Normal { gain });
        let bias = s.parameter("bias", &[channels], Init::Zero);
        b.add(x, &mix.of(b, &y, &weight, Some(&bias)))
    }
}

impl Network for Dds {
    /// The picture filled by the U-Net, and refined at full resolution. Known pixels are those of the picture.
    fn fill<B: Backend>(&self, s: &Scope<B>, input: Input<B::Tensor>) -> Vec<Stage<B::Tensor>> {
        let Input { picture, hole, .. } = input;
        let b = s.backend();
        let start = prefill(b, picture, &b.affine(hole, -1.0, 1.0));
        // Corrections act in the hole alone, as the known part is exact already.
        let corrected = |prediction: &B::Tensor, correction: &B::Tensor| {
            b.add(prediction, &b.mul(correction, hole))
        };
        let features = self.unet(s, &b.concat(&[&start, hole], 1), hole);
        // Four pixels from each position at half resolution.
        let head = conv(&s.at("head"), &features, Conv::k(3).out(12).zero_init(true));
        let coarse = corrected(&start, &b.depth_to_space(&head));

        let x = b.concat(&[&coarse, &start, hole], 1);
        let x = gated(&s.at("full"), &x, Conv::k(3).out(2 * self.full));
        let correction = conv(&s.at("full_out"), &x, Conv::k(3).out(3).zero_init(true));
        let refined = corrected(&coarse, &correction);
        vec![Stage::new("coarse", coarse), Stage::new("refined", refined)]
    }

    fn size_multiple(&self) -> usize {
        1 << LEVELS
    }
}
