//! DeepFill v2 (Yu et al., "Free-Form Image Inpainting with Gated Convolution", ICCV 2019, figure 3): a coarse stage
//! predicts, a refinement stage with contextual attention finishes.

use crate::card::ChannelOrder;
use crate::layers::attention::{Form, Halving, Propagation, SMALLEST, contextual_attention};
use crate::layers::conv::{Conv, Padding, conv};
use crate::layers::gated::{Activation, gated, gated_up, gated_with};
use crate::layers::prefill::prefill;
use crate::nets::{Input, Network, Stage};
use crate::{Backend, Scope};
use serde::{Deserialize, Serialize};

/// The generator. `published()` is the paper's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeepFill {
    /// Channels of the first convolution, before gating; the paper's is 48. A multiple of 4.
    pub width: usize,
    /// The hole is prefilled from its surroundings and each stage predicts a correction, which starts at zero; the
    /// second stage is told the hole too. Learns in minutes what the published form learns in days.
    pub residual: bool,
    /// The branch with contextual attention; the paper has it.
    pub attention: bool,
    /// Whether each stage looks at the lines of a sketch (section 3.4): one more input channel, the last.
    #[serde(default, skip_serializing_if = "is_default")]
    pub guided: bool,
    /// Where strided kernels stand.
    #[serde(default, skip_serializing_if = "is_default")]
    pub padding: Padding,
    /// How features and hole are made smaller for attention.
    #[serde(default, skip_serializing_if = "is_default")]
    pub halving: Halving,
    /// How matches of attention support each other.
    #[serde(default, skip_serializing_if = "is_default")]
    pub propagation: Propagation,
    /// Order of the colours in the pictures that it takes and gives.
    #[serde(default, skip_serializing_if = "is_default")]
    pub channels: ChannelOrder,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl DeepFill {
    /// As in the paper, with 4,052,478 parameters, and in the authors' TensorFlow code, so that weights trained there
    /// compute the same here.
    pub fn published() -> Self {
        DeepFill {
            width: 48,
            residual: false,
            attention: true,
            guided: false,
            padding: Padding::Same,
            halving: Halving::Corners,
            propagation: Propagation::Flattened,
            channels: ChannelOrder::Bgr,
        }
    }

    /// Ours: the hole prefilled, without attention.
    pub fn prefilled(width: usize) -> Self {
        DeepFill {
            width,
            residual: true,
            attention: false,
            guided: false,
            padding: Padding::Centred,
            halving: Halving::First,
            propagation: Propagation::Planar,
            channels: ChannelOrder::Rgb,
        }
    }

    /// A 3x3 convolution that halves height and width.
    fn half(&self, out: usize) -> Conv {
        Conv::k(3).out(out).stride(2).padding(self.padding)
    }

    /// 17 gated convolutions, quarter resolution in the middle.
    fn coarse<B: Backend>(&self, s: &Scope<B>, x: B::Tensor) -> B::Tensor {
        let w = self.width;
        let x = gated(&s.at("conv1"), &x, Conv::k(5).out(w));
        let x = gated(&s.at("conv2"), &x, self.half(2 * w));
        let x = gated(&s.at("conv3"), &x, Conv::k(3).out(2 * w));
        let x = gated(&s.at("conv4"), &x, self.half(4 * w));
        let x = gated(&s.at("conv5"), &x, Conv::k(3).out(4 * w));
        let x = gated(&s.at("conv6"), &x, Conv::k(3).out(4 * w));
        let x = dilated(s, 7, x, Conv::k(3).out(4 * w));
        let x = gated(&s.at("conv11"), &x, Conv::k(3).out(4 * w));
        let x = gated(&s.at("conv12"), &x, Conv::k(3).out(4 * w));
        self.decode(s, 13, x)
    }

    /// Two branches over the same input, joined at quarter resolution.
    fn refine<B: Backend>(&self, s: &Scope<B>, x: B::Tensor, hole: &B::Tensor) -> B::Tensor {
        let w = self.width;
        let plain = self.encode(&s.at("plain"), &x, 2 * w);
        let plain = gated(&s.at("plain.conv6"), &plain, Conv::k(3).out(4 * w));
        let plain = dilated(&s.at("plain"), 7, plain, Conv::k(3).out(4 * w));
        let joined = if self.attention {
            let lent = self.attend(&s.at("attention"), &x, hole);
            s.backend().concat(&[&plain, &lent], 1)
        } else {
            plain
        };
        let x = gated(&s.at("conv11"), &joined, Conv::k(3).out(4 * w));
        let x = gated(&s.at("conv12"), &x, Conv::k(3).out(4 * w));
        self.decode(s, 13, x)
    }

    fn attend<B: Backend>(&self, s: &Scope<B>, x: &B::Tensor, hole: &B::Tensor) -> B::Tensor {
        let w = self.width;
        let x = self.encode(s, x, 4 * w);
        let x = gated_with(&s.at("conv6"), &x, Conv::k(3).out(4 * w), Activation::Relu);
        let form = Form {
            halving: self.halving,
            propagation: self.propagation,
        };
        let b = s.backend();
        let x = contextual_attention(b, &x, &self.halving.of(b, hole, 4), form);
        let x = gated(&s.at("conv9"), &x, Conv::k(3).out(4 * w));
        gated(&s.at("conv10"), &x, Conv::k(3).out(4 * w))
    }

    /// Five convolutions down to quarter resolution; the fourth makes `fourth` channels.
    fn encode<B: Backend>(&self, s: &Scope<B>, x: &B::Tensor, fourth: usize) -> B::Tensor {
        let w = self.width;
        let x = gated(&s.at("conv1"), x, Conv::k(5).out(w));
        let x = gated(&s.at("conv2"), &x, self.half(w));
        let x = gated(&s.at("conv3"), &x, Conv::k(3).out(2 * w));
        let x = gated(&s.at("conv4"), &x, self.half(fourth));
        gated(&s.at("conv5"), &x, Conv::k(3).out(4 * w))
    }

    /// Five convolutions back to full resolution and three channels, numbered from `first`.
    fn decode<B: Backend>(&self, s: &Scope<B>, first: usize, x: B::Tensor) -> B::Tensor {
        let w = self.width;
        let at = |i: usize| s.at(format!("conv{}", first + i));
        let x = gated_up(&at(0), &x, Conv::k(3).out(2 * w));
        let x = gated(&at(1), &x, Conv::k(3).out(2 * w));
        let x = gated_up(&at(2), &x, Conv::k(3).out(w));
        let x = gated(&at(3), &x, Conv::k(3).out(w / 2));
        conv(&at(4), &x, Conv::k(3).out(3).zero_init(self.residual))
    }
}

impl Network for DeepFill {
    fn fill<B: Backend>(&self, s: &Scope<B>, input: Input<B::Tensor>) -> Vec<Stage<B::Tensor>> {
        let Input { picture, hole, .. } = input;
        let stages =
            |coarse, refined| vec![Stage::new("coarse", coarse), Stage::new("refined", refined)];
        let b = s.backend();
        let known = b.affine(hole, -1.0, 1.0);
        let visible = b.mul(picture, &known);
        let ones = b.affine(hole, 0.0, 1.0);
        let within = |prediction: &B::Tensor| b.add(&b.mul(prediction, hole), &visible);
        let lines = self.guided.then(|| input.lines(b));
        let with_lines = |channels: &[&B::Tensor]| {
            let channels: Vec<_> = channels.iter().copied().chain(&lines).collect();
            b.concat(&channels, 1)
        };

        if self.residual {
            // Corrections act in the hole alone. Were they punished outside it, where the prefilled picture is exact already, an
            // absolute difference would hold them at zero everywhere.
            let corrected = |prediction: &B::Tensor, correction: &B::Tensor| {
                b.add(prediction, &b.mul(correction, hole))
            };
            let start = prefill(b, picture, &known);
            let input = with_lines(&[&start, &ones, hole]);
            let coarse = corrected(&start, &self.coarse(&s.at("coarse"), input));
            let input = with_lines(&[&coarse, &ones, hole]);
            let refined = corrected(&coarse, &self.refine(&s.at("refine"), input, hole));
            stages(coarse, refined)
        } else {
            let input = with_lines(&[&visible, &ones, hole]);
            let coarse = b.tanh(&self.coarse(&s.at("coarse"), input));
            let input = match &lines {
                Some(lines) => b.concat(&[&within(&coarse), lines], 1),
                None => within(&coarse),
            };
            let refined = b.tanh(&self.refine(&s.at("refine"), input, hole));
            stages(coarse, refined)
        }
    }

    fn is_guided(&self) -> bool {
        self.guided
    }

    fn size_multiple(&self) -> usize {
        8
    }

    fn smallest(&self) -> usize {
        // Attention works at a quarter of the size.
        if self.attention { 4 * SMALLEST } else { 8 }
    }

    fn channels(&self) -> ChannelOrder {
        self.channels
    }
}

/// Four convolutions that look ever further, numbered from `first`.
fn dilated<B: Backend>(s: &Scope<B>, first: usize, x: B::Tensor, size: Conv) -> B::Tensor {
    (first..).zip([2, 4, 8, 16]).fold(x, |x, (i, d)| {
        gated(&s.at(format!("conv{i}")), &x, size.dilation(d))
    })
}
