//! The U-Net of partial convolutions (Liu et al., "Image Inpainting for Irregular Holes Using Partial Convolutions",
//! ECCV 2018, appendix, table 1): 8 levels down, 8 up, every convolution partial.

use crate::layers::conv::Conv;
use crate::layers::partial::{Masked, partial};
use crate::layers::prefill::prefill;
use crate::nets::{Input, Network, Stage};
use crate::{Backend, Scope};
use serde::{Deserialize, Serialize};

/// The generator. `published()` is the paper's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartialUnet {
    /// Channels of the first level; the paper's is 64.
    pub width: usize,
    /// The hole is prefilled from its surroundings and the network predicts a correction, which starts at zero.
    pub residual: bool,
}

/// Kernel size and channels (in units of the width) of the levels on the way down.
const DOWN: [(usize, usize); 8] = [
    (7, 1),
    (5, 2),
    (5, 4),
    (3, 8),
    (3, 8),
    (3, 8),
    (3, 8),
    (3, 8),
];

impl PartialUnet {
    /// As in the paper.
    pub fn published() -> Self {
        PartialUnet {
            width: 64,
            residual: false,
        }
    }
}

impl Network for PartialUnet {
    fn fill<B: Backend>(&self, s: &Scope<B>, input: Input<B::Tensor>) -> Vec<Stage<B::Tensor>> {
        let Input { picture, hole, .. } = input;
        let b = s.backend();
        let known = b.affine(hole, -1.0, 1.0);

        // Levels on the way down, the picture itself first.
        let mut levels = vec![Masked {
            x: picture.clone(),
            known: known.clone(),
        }];
        for (i, (kernel, width)) in (1..).zip(DOWN) {
            let conv = Conv::k(kernel).out(width * self.width).stride(2);
            let at = s.at(format!("encoder{i}"));
            let mut level = partial(&at, &[&levels[i - 1]], conv, i == 1);
            if i > 1 {
                level.x = b.batch_norm(at.at("norm").path(), &level.x);
            }
            level.x = b.relu(&level.x);
            levels.push(level);
        }

        // And up again, each step joined with the level of its size.
        let mut x = levels.pop().expect("the U-Net has levels");
        for (i, skip) in (1..).zip(levels.iter().rev()) {
            let last = i == 8;
            let channels = if last { 3 } else { DOWN[7 - i].1 * self.width };
            let conv = Conv::k(3).out(channels).zero_init(last && self.residual);
            let up = |t: &B::Tensor| b.crop_like(&b.upsample(t), &skip.x);
            let larger = Masked {
                x: up(&x.x),
                known: up(&x.known),
            };
            let at = s.at(format!("decoder{i}"));
            x = partial(&at, &[&larger, skip], conv, last);
            if !last {
                x.x = b.leaky_relu(&b.batch_norm(at.at("norm").path(), &x.x), 0.2);
            }
        }
        let filled = if self.residual {
            // In the hole alone, as the known part is exact already.
            b.add(&prefill(b, picture, &known), &b.mul(&x.x, hole))
        } else {
            x.x
        };
        vec![Stage::new("filled", filled)]
    }

    fn size_multiple(&self) -> usize {
        1
    }

    /// The paper's section 3.4: with holes, batch statistics mislead.
    fn frozen_norms(&self) -> Option<&'static str> {
        Some("encoder")
    }
}
