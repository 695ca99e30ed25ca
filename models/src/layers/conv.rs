//! Plain convolution, and the description that every convolutional layer shares.

use crate::{Backend, Edge, Init, Scope, Window};
use serde::{Deserialize, Serialize};

/// A convolution's size, as one line of a paper's table.
///
/// ```
/// use reweave_models::layers::conv::Conv;
/// let conv7 = Conv::k(3).out(192).dilation(2);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conv {
    /// Height and width of the kernel (odd).
    pub kernel: usize,
    /// Channels made.
    pub out: usize,
    /// Step between two outputs.
    pub stride: usize,
    /// Distance between two taps.
    pub dilation: usize,
    /// Parts of the channels that are convolutions of their own.
    pub groups: usize,
    /// Where a strided kernel stands.
    pub padding: Padding,
    /// What lies outside the picture.
    pub edge: Edge,
    /// Starts at zero, so that the layer adds nothing before training.
    pub zero_init: bool,
}

/// Where a strided kernel stands; with stride 1 both are the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Padding {
    /// Centred on the pixels that it steps over: [`Window::centred`].
    #[default]
    Centred,
    /// Between them, as TensorFlow's SAME has it: [`Window::same`].
    Same,
}

impl Conv {
    /// A `kernel` x `kernel` convolution.
    pub fn k(kernel: usize) -> Self {
        Conv {
            kernel,
            out: 1,
            stride: 1,
            dilation: 1,
            groups: 1,
            padding: Padding::Centred,
            edge: Edge::Zero,
            zero_init: false,
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

    /// Splits the channels into `groups`.
    pub fn groups(self, groups: usize) -> Self {
        Conv { groups, ..self }
    }

    /// Chooses where a strided kernel stands.
    pub fn padding(self, padding: Padding) -> Self {
        Conv { padding, ..self }
    }

    /// Chooses what lies outside the picture.
    pub fn edge(self, edge: Edge) -> Self {
        Conv { edge, ..self }
    }

    /// Starts at zero.
    pub fn zero_init(self, zero_init: bool) -> Self {
        Conv { zero_init, ..self }
    }

    /// Where the kernel looks; stride 1 keeps the size.
    pub fn window(&self) -> Window {
        match self.padding {
            Padding::Centred => Window::centred(self.kernel, self.stride, self.dilation),
            Padding::Same => Window::same(self.kernel, self.stride, self.dilation),
        }
    }

    /// The shape of the weight for `input` channels.
    pub fn shape(&self, input: usize) -> [usize; 4] {
        [self.out, input / self.groups, self.kernel, self.kernel]
    }

    /// How the weight starts, `gain` being that of the activation that follows.
    pub fn init(&self, gain: f32) -> Init {
        if self.zero_init {
            Init::Zero
        } else {
            Init::Normal { gain }
        }
    }
}

impl Conv {
    /// The convolution itself, with a weight of [`Conv::shape`].
    pub fn of<B: Backend>(
        &self,
        b: &B,
        x: &B::Tensor,
        weight: &B::Tensor,
        bias: Option<&B::Tensor>,
    ) -> B::Tensor {
        let window = self.window();
        if self.edge == Edge::Zero {
            return b.conv(x, weight, bias, window, self.groups);
        }
        let padded = b.pad(x, window.before, window.after, self.edge);
        let inside = Window {
            before: 0,
            after: 0,
            ..window
        };
        b.conv(&padded, weight, bias, inside, self.groups)
    }
}

/// Convolution with bias, no activation.
pub fn conv<B: Backend>(s: &Scope<B>, x: &B::Tensor, conv: Conv) -> B::Tensor {
    let b = s.backend();
    let weight = s.parameter("weight", &conv.shape(b.channels(x)), conv.init(1.0));
    let bias = s.parameter("bias", &[conv.out], Init::Zero);
    conv.of(b, x, &weight, Some(&bias))
}

/// Convolution whose weight is spectrally normalised, with bias, no activation.
pub fn spectral_conv<B: Backend>(s: &Scope<B>, x: &B::Tensor, conv: Conv) -> B::Tensor {
    let b = s.backend();
    let weight = s.spectral_parameter("weight", &conv.shape(b.channels(x)), conv.init(1.0));
    let bias = s.parameter("bias", &[conv.out], Init::Zero);
    conv.of(b, x, &weight, Some(&bias))
}

/// Convolution without bias, no activation.
pub fn unbiased<B: Backend>(s: &Scope<B>, x: &B::Tensor, conv: Conv) -> B::Tensor {
    let b = s.backend();
    let gain = std::f32::consts::SQRT_2;
    let weight = s.parameter("weight", &conv.shape(b.channels(x)), conv.init(gain));
    conv.of(b, x, &weight, None)
}

/// Transposed convolution that doubles height and width, with bias, no activation: PyTorch's with a 3x3 kernel, stride 2,
/// padding 1 and output padding 1.
pub fn conv_up<B: Backend>(s: &Scope<B>, x: &B::Tensor, out: usize) -> B::Tensor {
    let b = s.backend();
    let shape = [b.channels(x), out, 3, 3];
    // Each output pixel sums over a quarter of the taps of all inputs, where `Init` counts those of one.
    let gain = (8.0 * out as f32 / shape[0] as f32).sqrt();
    let weight = s.parameter("weight", &shape, Init::Normal { gain });
    let bias = s.parameter("bias", &[out], Init::Zero);
    let window = Window {
        kernel: 3,
        stride: 2,
        dilation: 1,
        before: 1,
        after: 0,
    };
    b.conv_transposed(x, &weight, Some(&bias), window, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_padding_is_that_of_tensorflow() {
        let pads = |kernel, stride, dilation| {
            let window = Window::same(kernel, stride, dilation);
            (window.before, window.after)
        };
        assert_eq!(pads(3, 2, 1), (0, 1));
        assert_eq!(pads(5, 2, 1), (1, 2));
        assert_eq!(pads(4, 2, 1), (1, 1));
        assert_eq!(pads(3, 1, 16), (16, 16));
        assert_eq!(pads(1, 2, 1), (0, 0));
    }
}
