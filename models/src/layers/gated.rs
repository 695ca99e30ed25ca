//! Gated convolution (Yu et al., "Free-Form Image Inpainting with Gated Convolution", ICCV 2019, section 3.1).

use super::conv::Conv;
use crate::{Backend, Init, Scope};

/// What is gated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activation {
    /// Exponential linear unit: the paper's choice.
    Elu,
    /// Rectified linear unit: only before contextual attention.
    Relu,
}

/// A product of two roughly normal halves, one through a sigmoid, keeps about a fifth of the variance: this wins it back.
pub(super) const GAIN: f32 = 2.0;

/// Gated convolution: one convolution makes `conv.out` channels; half of them are activated and gated by the sigmoid of
/// the other half (the paper's equation 3), so `conv.out / 2` come out. The gate learns per pixel and channel what counts.
pub fn gated<B: Backend>(s: &Scope<B>, x: &B::Tensor, conv: Conv) -> B::Tensor {
    gated_with(s, x, conv, Activation::Elu)
}

/// [`gated`] with the activation chosen.
pub fn gated_with<B: Backend>(
    s: &Scope<B>,
    x: &B::Tensor,
    conv: Conv,
    activation: Activation,
) -> B::Tensor {
    let b = s.backend();
    let weight = s.parameter("weight", &conv.shape(b.channels(x)), conv.init(GAIN));
    let bias = s.parameter("bias", &[conv.out], Init::Zero);
    let both = conv.of(b, x, &weight, Some(&bias));
    gate(b, &both, activation)
}

/// The first half of the channels, activated and gated by the sigmoid of the second half.
pub(super) fn gate<B: Backend>(b: &B, both: &B::Tensor, activation: Activation) -> B::Tensor {
    let [feature, gate] = b.halves(both);
    let gate = b.sigmoid(&gate);
    let feature = match activation {
        Activation::Elu => b.elu(&feature),
        Activation::Relu => b.relu(&feature),
    };
    b.mul(&feature, &gate)
}

/// Doubles height and width by repeating pixels, then gates: the paper's deconvolution, free of chequered patterns.
pub fn gated_up<B: Backend>(s: &Scope<B>, x: &B::Tensor, conv: Conv) -> B::Tensor {
    gated(s, &s.backend().upsample(x), conv)
}
