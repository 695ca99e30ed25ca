//! LaMa (Suvorov et al., "Resolution-robust Large Mask Inpainting with Fourier Convolutions", WACV 2022): one stage, three
//! halvings, residual blocks of fast Fourier convolutions (section 2.1), three doublings.

use crate::layers::conv::{Conv, conv, conv_up};
use crate::layers::fourier::{Parts, fourier};
use crate::nets::{Input, Network, Stage};
use crate::{Backend, Edge, Scope};
use serde::{Deserialize, Serialize};

/// Halvings before the blocks, and doublings after them.
const HALVINGS: usize = 3;

/// The generator. `published()` is the paper's, `big()` the one whose weights people know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lama {
    /// Channels of the first convolution; the paper's is 64. A multiple of 2.
    pub width: usize,
    /// Residual blocks; the paper has 9, Big LaMa 18.
    pub blocks: usize,
}

impl Lama {
    /// LaMa-Fourier, as in the paper's table 1: 27 million parameters.
    pub fn published() -> Self {
        Lama {
            width: 64,
            blocks: 9,
        }
    }

    /// Big LaMa (section 4.3): 51 million parameters.
    pub fn big() -> Self {
        Lama {
            blocks: 18,
            ..Self::published()
        }
    }
}

impl Network for Lama {
    fn fill<B: Backend>(&self, s: &Scope<B>, input: Input<B::Tensor>) -> Vec<Stage<B::Tensor>> {
        let Input { picture, hole, .. } = input;
        let b = s.backend();
        let reflected = |kernel: usize| Conv::k(kernel).edge(Edge::Reflect);
        // The network works from 0 to 1, and sees nothing in the hole.
        let seen = b.mul(&b.affine(picture, 0.5, 0.5), &b.affine(hole, -1.0, 1.0));
        let input = Parts {
            local: b.concat(&[&seen, hole], 1),
            global: None,
        };

        let mut x = fourier(&s.at("stem"), &input, reflected(7).out(self.width), 0, None);
        let mut channels = self.width;
        let mut global = 0;
        for i in 1..=HALVINGS {
            channels *= 2;
            if i == HALVINGS {
                global = channels * 3 / 4;
            }
            let half = reflected(3).out(channels).stride(2);
            x = fourier(&s.at(format!("down{i}")), &x, half, global, None);
        }

        // All blocks work at one size, so their transforms share what is computed from it.
        let size = x.local.clone();
        for i in 0..self.blocks {
            x = block(&s.at(format!("block{i}")), x, channels, global, &size);
        }

        let global = x
            .global
            .as_ref()
            .expect("the last halving makes both parts");
        let mut x = b.concat(&[&x.local, global], 1);
        for i in (0..HALVINGS).rev() {
            let s = s.at(format!("up{}", i + 1));
            let up = conv_up(&s, &x, self.width << i);
            x = b.relu(&b.batch_norm(s.at("norm").path(), &up));
        }
        let last = conv(&s.at("out"), &x, reflected(7).out(3));
        let filled = b.affine(&b.sigmoid(&last), 2.0, -1.0);
        vec![Stage::new("filled", filled)]
    }

    fn size_multiple(&self) -> usize {
        1 << HALVINGS
    }

    /// What is mirrored at an edge must be larger than the mirror image: two pixels after the last halving.
    fn smallest(&self) -> usize {
        2 << HALVINGS
    }
}

/// Two fast Fourier convolutions, added to what came in.
fn block<B: Backend>(
    s: &Scope<B>,
    x: Parts<B::Tensor>,
    channels: usize,
    global: usize,
    size: &B::Tensor,
) -> Parts<B::Tensor> {
    let b = s.backend();
    let conv = Conv::k(3).out(channels).edge(Edge::Reflect);
    let y = fourier(&s.at("conv1"), &x, conv, global, Some(size));
    let y = fourier(&s.at("conv2"), &y, conv, global, Some(size));
    Parts {
        local: b.add(&x.local, &y.local),
        global: x.global.zip(y.global).map(|(x, y)| b.add(&x, &y)),
    }
}
