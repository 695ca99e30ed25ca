//! Networks: one file each, to be read beside its paper.

pub mod deepfill;
pub mod gated_unet;
pub mod partial_unet;
pub mod patchgan;

use crate::backend::{Backend, Scope};
use serde::{Deserialize, Serialize};

/// A generator: what fills pictures, with everything needed to build it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Generator {
    /// DeepFill v2: two stages of gated convolutions.
    Gated(deepfill::DeepFill),
    /// U-Net of gated convolutions in residual blocks.
    GatedUnet(gated_unet::GatedUnet),
    /// U-Net of partial convolutions.
    Partial(partial_unet::PartialUnet),
}

impl Generator {
    /// Fills the `hole` `[N, 1, H, W]` (1 = hole) of `picture` `[N, 3, H, W]` in `[-1, 1]`; what the picture holds in the
    /// hole is never looked at. The stages' results come in order, the last is the answer; known pixels are only
    /// approximately those of the picture, so put them back.
    pub fn fill<B: Backend>(
        &self,
        s: &Scope<B>,
        picture: &B::Tensor,
        hole: &B::Tensor,
    ) -> Vec<B::Tensor> {
        match self {
            Generator::Gated(net) => net.fill(s, picture, hole).into(),
            Generator::GatedUnet(net) => net.fill(s, picture, hole).into(),
            Generator::Partial(net) => vec![net.fill(s, picture, hole)],
        }
    }

    /// Height and width must be multiples of this.
    pub fn size_multiple(&self) -> usize {
        match self {
            Generator::Gated(_) => 8,
            Generator::GatedUnet(_) => gated_unet::GatedUnet::SIZE_MULTIPLE,
            Generator::Partial(_) => 1,
        }
    }

    /// Height and width must not be less than this.
    pub fn smallest(&self) -> usize {
        match self {
            // Attention wants a row of features for each of its bands.
            Generator::Gated(net) if net.attention => 64,
            Generator::Gated(_) => 8,
            Generator::GatedUnet(_) => gated_unet::GatedUnet::SIZE_MULTIPLE,
            Generator::Partial(_) => 1,
        }
    }
}
