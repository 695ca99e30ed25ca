//! A mask generator: looks at a whole picture and says where a hole should be, to train others with (after the abstract of
//! Cai et al., "DDS: Image Inpainting via Deformable Dynamic Sampling", IEEE TNNLS 2024; the network is ours).

use crate::layers::conv::{Conv, conv};
use crate::{Backend, Scope};
use serde::{Deserialize, Serialize};

/// The generator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaskGenerator {
    /// Channels of the first convolution.
    pub width: usize,
}

impl MaskGenerator {
    /// How well each place of `picture` `[N, 3, H, W]` would do as a part of a hole, `[N, 1, H / 8, W / 8]` (rounded up);
    /// 0 everywhere before it has learned. Only differences between places mean something. `area` `[N, 1, H, W]` is the share of
    /// the picture that will be hole.
    ///
    /// An eighth of the side, so that holes are made of pieces and not of dust.
    pub fn propose<B: Backend>(
        &self,
        s: &Scope<B>,
        picture: &B::Tensor,
        area: &B::Tensor,
    ) -> B::Tensor {
        let b = s.backend();
        let layers = [
            Conv::k(5).out(self.width).stride(2),
            Conv::k(3).out(2 * self.width).stride(2),
            Conv::k(3).out(4 * self.width).stride(2),
            Conv::k(3).out(4 * self.width).dilation(2),
            Conv::k(3).out(4 * self.width).dilation(4),
        ];
        let seen = b.concat(&[picture, area], 1);
        let x = (1..).zip(layers).fold(seen, |x, (i, layer)| {
            b.elu(&conv(&s.at(format!("conv{i}")), &x, layer))
        });
        conv(&s.at("out"), &x, Conv::k(1).zero_init(true))
    }
}
