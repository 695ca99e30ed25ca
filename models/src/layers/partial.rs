//! Partial convolution (Liu et al., "Image Inpainting for Irregular Holes Using Partial Convolutions", ECCV 2018).

use super::conv::Conv;
use crate::{Backend, Init, Scope, Window};

/// Features of which only a part is known.
pub struct Masked<T> {
    /// The features `[N, C, H, W]`.
    pub x: T,
    /// 1 where they are known, 0 elsewhere `[N, 1, H, W]`; the same for all channels.
    pub known: T,
}

/// Partial convolution (equations 1 and 2) over one or more sources joined along channels, each with its own mask.
///
/// A window's sum over known values is scaled up by the share that is known; a window with no known value gives 0 and
/// stays unknown. Zeros outside the picture count as unknown, so the same rule serves as padding. With several
/// sources the share counts every channel, as the authors' `multi_channel` masks do.
pub fn partial<B: Backend>(
    s: &Scope<B>,
    sources: &[&Masked<B::Tensor>],
    conv: Conv,
    bias: bool,
) -> Masked<B::Tensor> {
    let b = s.backend();
    let window = conv.window();
    let visible: Vec<B::Tensor> = sources.iter().map(|m| b.mul(&m.x, &m.known)).collect();
    let x = b.concat(&visible.iter().collect::<Vec<_>>(), 1);
    let weight = s.parameter(
        "weight",
        &conv.shape(b.channels(&x)),
        conv.init(std::f32::consts::SQRT_2),
    );

    let (share, known) = share_known(b, sources, window);
    let mut out = b.mul(&b.conv(&x, &weight, None, window, 1), &share);
    if bias {
        let bias = s.parameter("bias", &[1, conv.out, 1, 1], Init::Zero);
        out = b.mul(&b.add(&out, &bias), &known);
    }
    Masked { x: out, known }
}

/// `window size / known values in the window` where any is known, else 0; and the mask of windows with any known value.
fn share_known<B: Backend>(
    b: &B,
    sources: &[&Masked<B::Tensor>],
    window: Window,
) -> (B::Tensor, B::Tensor) {
    let area = (window.kernel * window.kernel) as f32;
    let total: usize = sources.iter().map(|m| b.channels(&m.x)).sum();
    let counted = sources
        .iter()
        .map(|m| b.affine(&b.box_sum(&m.known, window), b.channels(&m.x) as f32, 0.0))
        .reduce(|a, c| b.add(&a, &c))
        .expect("a partial convolution has at least one source");
    let known = b.clamp(&counted, 0.0, 1.0);
    // Counts are whole numbers, so the clamp below only keeps 0 / 0 away: the mask makes that window 0 anyway.
    let inverse = b.div(
        &b.affine(&known, total as f32 * area, 0.0),
        &b.clamp(&counted, 1.0, f32::MAX),
    );
    (inverse, known)
}

/// Partial convolution as padding (Liu et al., "Partial Convolution based Padding", 2018): everything in the picture is
/// known, everything outside is not, so only windows over the border are scaled.
pub fn partial_padded<B: Backend>(s: &Scope<B>, x: &B::Tensor, conv: Conv) -> B::Tensor {
    let b = s.backend();
    let one = b.slice_channels(x, 0, 1);
    let known = b.affine(&one, 0.0, 1.0);
    partial(
        s,
        &[&Masked {
            x: x.clone(),
            known,
        }],
        conv,
        false,
    )
    .x
}
