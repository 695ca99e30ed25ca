//! A first prediction without parameters: known pixels averaged down a masked pyramid and pushed back up.
//!
//! Every step is a partial convolution with a box kernel ("pull-push", Gortler et al., "The Lumigraph", SIGGRAPH 1996,
//! section 3.4.2). It gives a smooth continuation of the surroundings, so that a network has only a correction to learn.

use super::partial::Masked;
use crate::{Backend, Window};

/// Halvings: 8 carry a known pixel over 256 pixels of hole, to the middle of one 512 pixels wide.
const LEVELS: usize = 8;

/// Half the size, rounded up; each value from a 4x4 neighbourhood centred on its 2x2 block.
const DOWN: Window = Window {
    kernel: 4,
    stride: 2,
    dilation: 1,
    before: 1,
    after: 2,
};
/// Evens out the steps that repeated pixels leave.
const SMOOTH: Window = Window {
    kernel: 3,
    stride: 1,
    dilation: 1,
    before: 1,
    after: 1,
};

/// Fills what is unknown in `picture` `[N, C, H, W]`; `known` is `[N, 1, H, W]` in {0, 1}. Known pixels stay as they are.
pub fn prefill<B: Backend>(b: &B, picture: &B::Tensor, known: &B::Tensor) -> B::Tensor {
    let mut levels = vec![Masked {
        x: b.mul(picture, known),
        known: known.clone(),
    }];
    for _ in 0..LEVELS {
        levels.push(average(b, &levels[levels.len() - 1], DOWN));
    }
    let coarsest = levels.pop().expect("the pyramid has a level");
    levels.into_iter().rev().fold(coarsest.x, |coarse, level| {
        let pushed = b.crop_like(&b.upsample(&coarse), &level.x);
        let everywhere = b.affine(&level.known, 0.0, 1.0);
        let smooth = average(
            b,
            &Masked {
                x: pushed,
                known: everywhere,
            },
            SMOOTH,
        )
        .x;
        let unknown = b.affine(&level.known, -1.0, 1.0);
        b.add(&level.x, &b.mul(&smooth, &unknown))
    })
}

/// The mean of the known values in each window; 0 and unknown where there is none. Unknown values must be 0.
fn average<B: Backend>(b: &B, level: &Masked<B::Tensor>, window: Window) -> Masked<B::Tensor> {
    let count = b.box_sum(&level.known, window);
    let sum = b.box_sum(&level.x, window);
    Masked {
        x: b.div(&sum, &b.clamp(&count, 1.0, f32::MAX)),
        known: b.clamp(&count, 0.0, 1.0),
    }
}
