//! Plain convolution, and the description that every convolutional layer shares.

use crate::backend::{Backend, Init, Scope, Window};

/// A convolution's size, as one line of a paper's table.
///
/// ```
/// use reweave_models::layers::conv::Conv;
/// let conv7 = Conv::k(3).out(192).dilation(2);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Conv {
    /// Height and width of the kernel (odd).
    pub kernel: usize,
    /// Channels made.
    pub out: usize,
    /// Step between two outputs.
    pub stride: usize,
    /// Distance between two taps.
    pub dilation: usize,
    /// Starts at zero, so that the layer adds nothing before training.
    pub silent: bool,
}

impl Conv {
    /// A `kernel` x `kernel` convolution.
    pub fn k(kernel: usize) -> Self {
        Conv {
            kernel,
            out: 1,
            stride: 1,
            dilation: 1,
            silent: false,
        }
    }

    /// Makes `out` channels.
    pub fn out(self, out: usize) -> Self {
        Conv { out, ..self }
    }

    /// Steps by `stride`.
    pub fn stride(self, stride: usize) -> Self {
        Conv { stride, ..self }
    }

    /// Spreads the taps by `dilation`.
    pub fn dilation(self, dilation: usize) -> Self {
        Conv { dilation, ..self }
    }

    /// Starts at zero.
    pub fn silent(self, silent: bool) -> Self {
        Conv { silent, ..self }
    }

    /// Where the kernel looks: centred, so that stride 1 keeps the size.
    pub fn window(&self) -> Window {
        Window::centred(self.kernel, self.stride, self.dilation)
    }

    /// The shape of the weight for `input` channels.
    pub fn shape(&self, input: usize) -> [usize; 4] {
        [self.out, input, self.kernel, self.kernel]
    }

    /// How the weight starts, `gain` being that of the activation that follows.
    pub fn init(&self, gain: f32) -> Init {
        if self.silent {
            Init::Zero
        } else {
            Init::Normal { gain }
        }
    }
}

/// Convolution with bias, no activation.
pub fn conv<B: Backend>(s: &Scope<B>, x: &B::Tensor, conv: Conv) -> B::Tensor {
    let b = s.backend();
    let weight = s.parameter("weight", &conv.shape(b.channels(x)), conv.init(1.0));
    let bias = s.parameter("bias", &[conv.out], Init::Zero);
    b.conv(x, &weight, Some(&bias), conv.window())
}

/// Convolution whose weight is spectrally normalised, with bias, no activation.
pub fn spectral_conv<B: Backend>(s: &Scope<B>, x: &B::Tensor, conv: Conv) -> B::Tensor {
    let b = s.backend();
    let weight = s.spectral_parameter("weight", &conv.shape(b.channels(x)), conv.init(1.0));
    let bias = s.parameter("bias", &[conv.out], Init::Zero);
    b.conv(x, &weight, Some(&bias), conv.window())
}
