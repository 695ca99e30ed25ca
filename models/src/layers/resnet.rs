//! The basic block of ResNet (He et al. 2016, figure 2) with partial convolution as padding, as in Liu et al.,
//! "Partial Convolution based Padding" (2018), section 3.

use super::{conv::Conv, partial::partial_padded};
use crate::{Backend, Scope};

/// Two 3x3 convolutions with batch normalisation, added to the input; the channel count stays.
pub fn block<B: Backend>(s: &Scope<B>, x: &B::Tensor) -> B::Tensor {
    let b = s.backend();
    let conv = Conv::k(3).out(b.channels(x));
    let y = partial_padded(&s.at("conv1"), x, conv);
    let y = b.relu(&b.batch_norm(s.at("norm1").path(), &y));
    let y = partial_padded(&s.at("conv2"), &y, conv);
    let y = b.batch_norm(s.at("norm2").path(), &y);
    b.relu(&b.add(&y, x))
}
