//! Fast Fourier convolution (Chi et al., "Fast Fourier Convolution", NeurIPS 2020) as LaMa has it (Suvorov et al.,
//! "Resolution-robust Large Mask Inpainting with Fourier Convolutions", WACV 2022, section 2.1): a part of the channels
//! is convolved with small kernels, the other one in the frequencies of the whole picture.

use super::conv::{Conv, unbiased};
use crate::{Backend, Scope};

/// Features in two parts; a network's first and last layers have the local one alone.
pub struct Parts<T> {
    /// Convolved with small kernels `[N, C, H, W]`.
    pub local: T,
    /// Seen whole, as frequencies.
    pub global: Option<T>,
}

/// A convolution between the parts, batch normalisation and ReLU. `conv.out` counts the channels of both parts,
/// `global` those of the global one. `like` has the height and width of what comes out.
///
/// Small kernels lead from either part to either part, but for global to global, where the spectral transform stands.
pub fn fourier<B: Backend>(
    s: &Scope<B>,
    x: &Parts<B::Tensor>,
    conv: Conv,
    global: usize,
    like: Option<&B::Tensor>,
) -> Parts<B::Tensor> {
    let b = s.backend();
    let (to_local, to_global) = (conv.out(conv.out - global), conv.out(global));
    let sum = |a: B::Tensor, c: Option<B::Tensor>| c.map_or(a.clone(), |c| b.add(&a, &c));

    let local = unbiased(&s.at("local_to_local"), &x.local, to_local);
    let from_global = x.global.as_ref();
    let from_global = from_global.map(|g| unbiased(&s.at("global_to_local"), g, to_local));
    let local = activated(s, "local", &sum(local, from_global));
    let global = (global > 0).then(|| {
        let from_local = unbiased(&s.at("local_to_global"), &x.local, to_global);
        let spectral = x.global.as_ref().map(|g| {
            let like = like.unwrap_or(&local);
            spectral_transform(&s.at("global_to_global"), g, global, like)
        });
        activated(s, "global", &sum(from_local, spectral))
    });
    Parts { local, global }
}

/// The spectral transform (the paper's figure 2, right): half of the channels go through a Fourier unit and past it.
fn spectral_transform<B: Backend>(
    s: &Scope<B>,
    x: &B::Tensor,
    out: usize,
    like: &B::Tensor,
) -> B::Tensor {
    let b = s.backend();
    let x = unbiased(&s.at("in"), x, Conv::k(1).out(out / 2));
    let x = activated(s, "in", &x);
    let y = fourier_unit(&s.at("unit"), &x, like);
    unbiased(&s.at("out"), &b.add(&x, &y), Conv::k(1).out(out))
}

/// A 1x1 convolution of the frequencies: each sees the whole picture.
fn fourier_unit<B: Backend>(s: &Scope<B>, x: &B::Tensor, like: &B::Tensor) -> B::Tensor {
    let b = s.backend();
    let frequencies = b.rfft(x, like);
    let conv = Conv::k(1).out(b.channels(&frequencies));
    let mixed = activated(s, "", &unbiased(s, &frequencies, conv));
    b.irfft(&mixed, like)
}

/// Batch normalisation and ReLU.
fn activated<B: Backend>(s: &Scope<B>, name: &str, x: &B::Tensor) -> B::Tensor {
    let b = s.backend();
    let norm = match name {
        "" => s.at("norm"),
        name => s.at(name).at("norm"),
    };
    b.relu(&b.batch_norm(norm.path(), x))
}
