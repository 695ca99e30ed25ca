//! Normalisations without running statistics, each with a learned scale and shift.

use crate::{Backend, Init, Scope};

/// Instance normalisation (Ulyanov et al. 2016): over each channel of each sample.
pub fn instance_norm<B: Backend>(s: &Scope<B>, x: &B::Tensor) -> B::Tensor {
    let (scale, shift) = scale_and_shift(s, x);
    s.backend().instance_norm(x, &scale, &shift)
}

/// Layer normalisation (Ba et al. 2016): over the channels of each position.
pub fn layer_norm<B: Backend>(s: &Scope<B>, x: &B::Tensor) -> B::Tensor {
    let (scale, shift) = scale_and_shift(s, x);
    s.backend().layer_norm(x, &scale, &shift)
}

fn scale_and_shift<B: Backend>(s: &Scope<B>, x: &B::Tensor) -> (B::Tensor, B::Tensor) {
    let channels = [s.backend().channels(x)];
    (
        s.parameter("weight", &channels, Init::One),
        s.parameter("bias", &channels, Init::Zero),
    )
}
