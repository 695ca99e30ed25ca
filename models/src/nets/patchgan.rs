//! SN-PatchGAN (Yu et al., ICCV 2019, section 3.2): a discriminator whose every output judges one patch.

use crate::layers::conv::{Conv, Padding, spectral_conv};
use crate::{Backend, Scope};
use serde::{Deserialize, Serialize};

/// The discriminator. `published()` is the paper's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatchGan {
    /// Channels of the first convolution; the paper's is 64.
    pub width: usize,
    /// Where the kernels stand; the authors' code has TensorFlow's way.
    #[serde(default)]
    pub padding: Padding,
}

impl PatchGan {
    /// As in the paper, and in the authors' code.
    pub fn published() -> Self {
        PatchGan {
            width: 64,
            padding: Padding::Same,
        }
    }

    /// How real each patch of `picture` `[N, 3, H, W]` looks, given where its `hole` `[N, 1, H, W]` is:
    /// `[N, 4 * width, H / 64, W / 64]`, above 1 for sure, below -1 for sure not.
    pub fn discriminate<B: Backend>(
        &self,
        s: &Scope<B>,
        picture: &B::Tensor,
        hole: &B::Tensor,
    ) -> B::Tensor {
        let b = s.backend();
        let input = b.concat(&[picture, hole], 1);
        (1..).zip([1, 2, 4, 4, 4, 4]).fold(input, |x, (i, times)| {
            let conv = Conv::k(5).out(times * self.width).stride(2);
            let conv = conv.padding(self.padding);
            b.leaky_relu(&spectral_conv(&s.at(format!("conv{i}")), &x, conv), 0.2)
        })
    }
}
