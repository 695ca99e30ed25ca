//! A one-stage gated U-Net of our own: the gating of DeepFill v2 (Yu et al. 2019, section 3.1) where computing is cheap.
//!
//! DeepFill's two stages spend half of their work at full and half resolution, on few parameters. Here most parameters
//! lie at 1/8 to 1/32 of the side, where a layer costs little and sees far; full resolution gets one thin layer, for
//! the finest detail. Blocks are residual and start as nearly nothing, so the whole network starts as its prefilled input.

use crate::layers::conv::{Conv, conv};
use crate::layers::gated::gated;
use crate::layers::prefill::prefill;
use crate::nets::{Input, Network, Stage};
use crate::{Backend, Init, Scope};
use serde::{Deserialize, Serialize};

/// Levels of the U-Net: 1/2 to 1/32 of the picture's side.
const LEVELS: usize = 5;
/// Dilations of the deepest level's blocks, in turn.
const DEEPEST_DILATIONS: [usize; 2] = [1, 2];
/// A block's last convolution starts this small, so that a stack of blocks starts as nearly the identity.
const BLOCK_GAIN: f32 = 0.3;

/// The generator. [`GatedUnet::large`] is the one that we train.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GatedUnet {
    /// Channels at 1/2, 1/4, 1/8, 1/16 and 1/32 of the side.
    pub widths: [usize; LEVELS],
    /// Residual blocks of each level on the way down.
    pub encoder: [usize; LEVELS],
    /// Residual blocks of each level on the way up; the deepest has none of its own.
    pub decoder: [usize; LEVELS - 1],
    /// Channels of the layer at full resolution.
    pub full: usize,
    /// Whether it looks at the lines of a sketch (DeepFill v2, section 3.4): one more input channel in front and at full
    /// resolution, the last.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub guided: bool,
}

impl GatedUnet {
    /// 9.4 million parameters, 13.5 GMAC at 512x512.
    pub fn large() -> Self {
        GatedUnet {
            widths: [24, 48, 128, 192, 256],
            encoder: [0, 1, 2, 2, 3],
            decoder: [1, 1, 2, 2],
            full: 8,
            guided: false,
        }
    }

    /// Features at half resolution, of everything down to 1/32.
    fn unet<B: Backend>(&self, s: &Scope<B>, input: &B::Tensor) -> B::Tensor {
        let b = s.backend();
        let mut x = gated(
            &s.at("stem"),
            input,
            Conv::k(5).out(2 * self.widths[0]).stride(2),
        );
        let mut skips = Vec::new();
        for level in 0..LEVELS {
            if level > 0 {
                let half = Conv::k(3).out(2 * self.widths[level]).stride(2);
                x = gated(&s.at(format!("down{level}")), &x, half);
            }
            x = blocks(
                &s.at(format!("encoder{level}")),
                x,
                self.encoder[level],
                level,
            );
            skips.push(x.clone());
        }
        for level in (0..LEVELS - 1).rev() {
            let narrowed = conv(
                &s.at(format!("up{level}")),
                &x,
                Conv::k(1).out(self.widths[level]),
            );
            x = b.add(&b.upsample(&narrowed), &skips[level]);
            x = blocks(
                &s.at(format!("decoder{level}")),
                x,
                self.decoder[level],
                level,
            );
        }
        x
    }
}

impl Network for GatedUnet {
    /// The picture filled by the U-Net, and refined at full resolution. Known pixels are those of the picture.
    fn fill<B: Backend>(&self, s: &Scope<B>, input: Input<B::Tensor>) -> Vec<Stage<B::Tensor>> {
        let Input { picture, hole, .. } = input;
        let b = s.backend();
        let known = b.affine(hole, -1.0, 1.0);
        let start = prefill(b, picture, &known);
        // Corrections act in the hole alone, as the known part is exact already.
        let corrected = |prediction: &B::Tensor, correction: &B::Tensor| {
            b.add(prediction, &b.mul(correction, hole))
        };

        let lines = self.guided.then(|| input.lines(b));
        let with_lines = |channels: &[&B::Tensor]| {
            let channels: Vec<_> = channels.iter().copied().chain(&lines).collect();
            b.concat(&channels, 1)
        };

        let features = self.unet(s, &with_lines(&[&start, hole]));
        // Four pixels from each position at half resolution.
        let head = conv(&s.at("head"), &features, Conv::k(3).out(12).zero_init(true));
        let coarse = corrected(&start, &b.depth_to_space(&head));

        let ones = b.affine(hole, 0.0, 1.0);
        let x = with_lines(&[&coarse, &start, hole, &ones]);
        let x = gated(&s.at("full"), &x, Conv::k(3).out(2 * self.full));
        let correction = conv(&s.at("full_out"), &x, Conv::k(3).out(3).zero_init(true));
        let refined = corrected(&coarse, &correction);
        vec![Stage::new("coarse", coarse), Stage::new("refined", refined)]
    }

    fn is_guided(&self) -> bool {
        self.guided
    }

    fn size_multiple(&self) -> usize {
        1 << LEVELS
    }
}

fn blocks<B: Backend>(s: &Scope<B>, x: B::Tensor, count: usize, level: usize) -> B::Tensor {
    (0..count).fold(x, |x, i| {
        let dilation = match level {
            deepest if deepest == LEVELS - 1 => DEEPEST_DILATIONS[i % DEEPEST_DILATIONS.len()],
            _ => 1,
        };
        block(&s.at(i), &x, dilation)
    })
}

/// `x` plus a gated 3x3 convolution mixed by a 1x1 one.
fn block<B: Backend>(s: &Scope<B>, x: &B::Tensor, dilation: usize) -> B::Tensor {
    let b = s.backend();
    let channels = b.channels(x);
    let y = gated(
        &s.at("gated"),
        x,
        Conv::k(3).out(2 * channels).dilation(dilation),
    );
    let (s, mix) = (s.at("out"), Conv::k(1).out(channels));
    let gain = BLOCK_GAIN;
    let weight = s.parameter("weight", &mix.shape(channels), Init::Normal { gain });
    let bias = s.parameter("bias", &[channels], Init::Zero);
    b.add(x, &mix.of(b, &y, &weight, Some(&bias)))
}
