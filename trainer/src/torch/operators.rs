//! Each operation of the [`Backend`] in libtorch.

use super::{Shared, Torch, from_array};
use reweave_models::weights::Array;
use reweave_models::{Backend, Corners, Edge, Init, Size, Window};
use tch::{Kind, Tensor};

/// Batch normalisation: how fast the running statistics follow.
const MOMENTUM: f64 = 0.1;
/// See [`reweave_models::onnx`], which writes the same number.
const EPSILON: f64 = reweave_models::onnx::NORM_EPSILON as f64;
/// Rows and columns.
const AXES: [i64; 2] = [-2, -1];

fn sides(x: &Tensor) -> (i64, i64) {
    let size = x.size();
    (size[size.len() - 2], size[size.len() - 1])
}

impl Backend for Torch {
    type Tensor = Shared;

    fn parameter(&self, path: &str, shape: &[usize], init: Init) -> Shared {
        let make = || {
            from_array(&Array::initial(path, shape, init, self.seed), self.device)
                .set_requires_grad(true)
        };
        Shared(
            self.parameters
                .borrow_mut()
                .entry(path.to_owned())
                .or_insert_with(make)
                .shallow_clone(),
        )
    }

    fn spectral_parameter(&self, path: &str, shape: &[usize], init: Init) -> Shared {
        let weight = self.parameter(path, shape, init).0;
        let matrix = weight.flatten(1, -1);
        let start = Init::Normal { gain: 1.0 };
        let mut u = self.buffer(&format!("{path}.u"), &shape[..1], start);
        let v = tch::no_grad(|| {
            let unit = |x: Tensor| &x / x.norm().clamp_min(1e-12);
            let v = unit(matrix.transpose(0, 1).mv(&u));
            let next = unit(matrix.mv(&v));
            if self.training.get() {
                u.copy_(&next);
            } else {
                u = next;
            }
            v
        });
        // A copy, because the next step changes u in place before gradients have flowed back through this one.
        let largest = u.copy().dot(&matrix.mv(&v));
        Shared(weight / largest)
    }

    fn batch_norm(&self, path: &str, x: &Shared) -> Shared {
        let channels = [self.channels(x)];
        let weight = self.parameter(&format!("{path}.weight"), &channels, Init::One);
        let bias = self.parameter(&format!("{path}.bias"), &channels, Init::Zero);
        let mean = self.buffer(&format!("{path}.running_mean"), &channels, Init::Zero);
        let var = self.buffer(&format!("{path}.running_var"), &channels, Init::One);
        let frozen = self
            .frozen_norms
            .borrow()
            .as_ref()
            .is_some_and(|prefix| path.starts_with(prefix));
        let training = self.training.get() && !frozen;
        let x = x.0.to_kind(Kind::Float);
        Shared(x.batch_norm(
            Some(&weight.0),
            Some(&bias.0),
            Some(&mean),
            Some(&var),
            training,
            MOMENTUM,
            EPSILON,
            true,
        ))
    }

    fn instance_norm(&self, x: &Shared, scale: &Shared, shift: &Shared) -> Shared {
        let none = None::<&Tensor>;
        Shared(x.0.to_kind(Kind::Float).instance_norm(
            Some(&scale.0),
            Some(&shift.0),
            none,
            none,
            true,
            0.0,
            EPSILON,
            true,
        ))
    }

    fn layer_norm(&self, x: &Shared, scale: &Shared, shift: &Shared) -> Shared {
        let last = x.0.to_kind(Kind::Float).permute([0, 2, 3, 1]);
        let channels = [self.channels(x) as i64];
        let normal = last.layer_norm(channels, Some(&scale.0), Some(&shift.0), EPSILON, true);
        Shared(normal.permute([0, 3, 1, 2]))
    }

    fn rank(&self, x: &Shared) -> usize {
        x.0.dim()
    }

    fn channels(&self, x: &Shared) -> usize {
        x.0.size()[1] as usize
    }

    fn conv(
        &self,
        x: &Shared,
        weight: &Shared,
        bias: Option<&Shared>,
        w: Window,
        groups: usize,
    ) -> Shared {
        let (stride, dilation) = (w.stride as i64, w.dilation as i64);
        let bias = bias.map(|b| self.as_compute(&b.0));
        let (x, pad) = padded(&self.as_compute(&x.0), w);
        let weight = self.as_compute(&weight.0);
        Shared(x.conv2d(
            &weight,
            bias,
            [stride, stride],
            [pad, pad],
            [dilation, dilation],
            groups as i64,
        ))
    }

    fn conv_transposed(
        &self,
        x: &Shared,
        weight: &Shared,
        bias: Option<&Shared>,
        w: Window,
        groups: usize,
    ) -> Shared {
        let (stride, dilation) = (w.stride as i64, w.dilation as i64);
        let bias = bias.map(|b| self.as_compute(&b.0));
        let whole = self.as_compute(&x.0).conv_transpose2d(
            &self.as_compute(&weight.0),
            bias,
            [stride, stride],
            [0, 0],
            [0, 0],
            groups as i64,
            [dilation, dilation],
        );
        let (before, after) = (-(w.before as i64), -(w.after as i64));
        Shared(whole.constant_pad_nd([before, after, before, after]))
    }

    fn box_sum(&self, x: &Shared, w: Window) -> Shared {
        let (k, stride, dilation) = (w.kernel as i64, w.stride as i64, w.dilation as i64);
        let channels = x.0.size()[1];
        let ones = Tensor::ones([channels, 1, k, k], (Kind::Float, self.device));
        let (x, pad) = padded(&x.0.to_kind(Kind::Float), w);
        Shared(x.conv2d(
            &ones,
            None::<Tensor>,
            [stride, stride],
            [pad, pad],
            [dilation, dilation],
            channels,
        ))
    }

    fn add(&self, a: &Shared, b: &Shared) -> Shared {
        Shared(&a.0 + &b.0)
    }

    fn sub(&self, a: &Shared, b: &Shared) -> Shared {
        Shared(&a.0 - &b.0)
    }

    fn mul(&self, a: &Shared, b: &Shared) -> Shared {
        Shared(&a.0 * &b.0)
    }

    fn div(&self, a: &Shared, b: &Shared) -> Shared {
        Shared(&a.0 / &b.0)
    }

    fn affine(&self, x: &Shared, factor: f32, offset: f32) -> Shared {
        Shared(&x.0 * f64::from(factor) + f64::from(offset))
    }

    fn clamp(&self, x: &Shared, low: f32, high: f32) -> Shared {
        Shared(x.0.clamp(f64::from(low), f64::from(high)))
    }

    fn sqrt(&self, x: &Shared) -> Shared {
        // The root of exactly 0 has no gradient; patches of zeros occur.
        Shared(x.0.clamp_min(1e-12).sqrt())
    }

    fn elu(&self, x: &Shared) -> Shared {
        Shared(x.0.elu())
    }

    fn relu(&self, x: &Shared) -> Shared {
        Shared(x.0.relu())
    }

    fn leaky_relu(&self, x: &Shared, slope: f32) -> Shared {
        // tch's own has the slope 0.01 alone; the parametric one, with a parameter that nobody trains, has any.
        let slope = Tensor::from(slope)
            .to_kind(x.0.kind())
            .to_device(self.device);
        Shared(x.0.prelu(&slope))
    }

    fn sigmoid(&self, x: &Shared) -> Shared {
        Shared(x.0.sigmoid())
    }

    fn tanh(&self, x: &Shared) -> Shared {
        Shared(x.0.tanh())
    }

    fn concat(&self, parts: &[&Shared], axis: usize) -> Shared {
        Shared(Tensor::cat(
            &parts.iter().map(|p| &p.0).collect::<Vec<_>>(),
            axis as i64,
        ))
    }

    fn slice_channels(&self, x: &Shared, start: usize, count: usize) -> Shared {
        Shared(x.0.narrow(1, start as i64, count as i64))
    }

    fn halves(&self, x: &Shared) -> [Shared; 2] {
        // The gradients of parts that are split off together are joined in one go; those of two slices are two whole
        // tensors, zeros but for their part, and a sum.
        let mut halves = x.0.chunk(2, 1).into_iter().map(Shared);
        [(); 2].map(|()| halves.next().expect("an even number of channels"))
    }

    fn sum_channels(&self, x: &Shared) -> Shared {
        Shared(x.0.sum_dim_intlist(1, true, None))
    }

    fn upsample(&self, x: &Shared) -> Shared {
        let (h, w) = sides(&x.0);
        Shared(x.0.upsample_nearest2d([2 * h, 2 * w], None, None))
    }

    fn subsample(&self, x: &Shared, step: usize) -> Shared {
        Shared(
            x.0.slice(2, None, None, step as i64)
                .slice(3, None, None, step as i64),
        )
    }

    fn subsample_aligned(&self, x: &Shared, step: usize) -> Shared {
        let (h, w) = sides(&x.0);
        let picked = |size: i64| {
            let count = size / step as i64;
            let last = (count - 1).max(1) as f64;
            // Halves upwards.
            let index = |i: i64| (i as f64 * (size - 1) as f64 / last + 0.5).floor() as i64;
            let indices: Vec<i64> = (0..count).map(index).collect();
            Tensor::from_slice(&indices).to_device(x.0.device())
        };
        Shared(x.0.index_select(2, &picked(h)).index_select(3, &picked(w)))
    }

    fn resize(&self, x: &Shared, to: Size<Shared>, corners: Corners) -> Shared {
        let centres = corners == Corners::Centres;
        let x = x.0.to_kind(Kind::Float);
        Shared(match to {
            Size::Times(factor) => {
                let factor = f64::from(factor);
                let (h, w) = sides(&x);
                let times = |side: i64| (side as f64 * factor).floor() as i64;
                x.upsample_bilinear2d([times(h), times(w)], centres, factor, factor)
            }
            Size::Like(like) => {
                let (h, w) = sides(&like.0);
                x.upsample_bilinear2d([h, w], centres, None, None)
            }
        })
    }

    fn positions(&self, like: &Shared) -> Shared {
        let (h, w) = sides(&like.0);
        let along = |size: i64| {
            let index = Tensor::arange(size, (Kind::Float, self.device));
            (index * 2.0 + 1.0) / size as f64 - 1.0
        };
        let x = along(w).view([1, 1, 1, w]).expand([1, 1, h, w], false);
        let y = along(h).view([1, 1, h, 1]).expand([1, 1, h, w], false);
        Shared(Tensor::cat(&[x, y], 1))
    }

    fn grid_sample(&self, x: &Shared, at: &Shared) -> Shared {
        /// Numbers by which libtorch names these modes.
        const BILINEAR: i64 = 0;
        const ZEROS: i64 = 0;
        let (x, at) = (x.0.to_kind(Kind::Float), at.0.permute([0, 2, 3, 1]));
        Shared(x.grid_sampler(&at.to_kind(Kind::Float), BILINEAR, ZEROS, false))
    }

    fn pad(&self, x: &Shared, before: usize, after: usize, edge: Edge) -> Shared {
        let (before, after) = (before as i64, after as i64);
        let pads = [before, after, before, after];
        Shared(match edge {
            Edge::Zero => x.0.constant_pad_nd(pads),
            Edge::Reflect => x.0.reflection_pad2d(pads),
            Edge::Replicate => x.0.replication_pad2d(pads),
        })
    }

    fn crop_like(&self, x: &Shared, like: &Shared) -> Shared {
        let (h, w) = sides(&like.0);
        Shared(x.0.narrow(2, 0, h).narrow(3, 0, w))
    }

    fn trim(&self, x: &Shared, axis: usize, margin: usize) -> Shared {
        let (axis, margin) = (axis as i64, margin as i64);
        Shared(x.0.narrow(axis, margin, x.0.size()[axis as usize] - 2 * margin))
    }

    fn rows(&self, x: &Shared, i: usize, count: usize, halo: usize) -> Shared {
        let (i, count, halo) = (i as i64, count as i64, halo as i64);
        let height = sides(&x.0).0;
        let (start, end) = (i * height / count, (i + 1) * height / count);
        let padded = x.0.constant_pad_nd([0, 0, halo, halo]);
        Shared(padded.narrow(2, start, end - start + 2 * halo))
    }

    fn shift(&self, x: &Shared, offsets: &[(usize, i64)]) -> Shared {
        let size = x.0.size();
        let mut out = x.0.shallow_clone();
        let mut pads = vec![0i64; 2 * size.len()];
        for &(axis, offset) in offsets {
            let length = size[axis];
            let gone = offset.abs().min(length);
            out = out.narrow(
                axis as i64,
                if offset > 0 { gone } else { 0 },
                length - gone,
            );
            // constant_pad_nd counts axes from the last, (before, after) each.
            let slot = 2 * (size.len() - 1 - axis);
            pads[if offset > 0 { slot + 1 } else { slot }] = gone;
        }
        Shared(out.constant_pad_nd(pads))
    }

    fn depth_to_space(&self, x: &Shared) -> Shared {
        let size = x.0.size();
        let (n, c, h, w) = (size[0], size[1] / 4, size[2], size[3]);
        Shared(
            x.0.view([n, 2, 2, c, h, w])
                .permute([0, 3, 4, 1, 5, 2])
                .reshape([n, c, 2 * h, 2 * w]),
        )
    }

    fn rfft(&self, x: &Shared, _like: &Shared) -> Shared {
        // The transform has no bf16.
        let x = x.0.to_kind(Kind::Float);
        let spectrum = x.fft_rfft2(None::<i64>, AXES, "ortho");
        Shared(Tensor::cat(&[spectrum.real(), spectrum.imag()], 1))
    }

    fn irfft(&self, x: &Shared, like: &Shared) -> Shared {
        let parts = x.0.to_kind(Kind::Float).chunk(2, 1);
        let (h, w) = sides(&like.0);
        let spectrum = Tensor::complex(&parts[0].contiguous(), &parts[1].contiguous());
        Shared(spectrum.fft_irfft2([h, w].as_slice(), AXES, "ortho"))
    }

    fn flatten(&self, x: &Shared, axis: usize) -> Shared {
        Shared(x.0.flatten(axis as i64, axis as i64 + 1))
    }

    fn unflatten(&self, x: &Shared, axis: usize, like: &Shared) -> Shared {
        let (h, w) = sides(&like.0);
        let mut size = x.0.size();
        size.splice(axis..=axis, [h, w]);
        Shared(x.0.reshape(size))
    }

    fn transpose(&self, x: &Shared, order: &[usize]) -> Shared {
        let order: Vec<i64> = order.iter().map(|&axis| axis as i64).collect();
        Shared(x.0.permute(order))
    }

    fn matmul(&self, a: &Shared, b: &Shared) -> Shared {
        Shared(self.as_compute(&a.0).matmul(&self.as_compute(&b.0)))
    }

    fn softmax(&self, x: &Shared) -> Shared {
        Shared(x.0.softmax(-1, Kind::Float))
    }
}

/// Symmetric zeros are left to the convolution; others are written out.
fn padded(x: &Tensor, w: Window) -> (Tensor, i64) {
    let (before, after) = (w.before as i64, w.after as i64);
    if before == after {
        (x.shallow_clone(), before)
    } else {
        (x.constant_pad_nd([before, after, before, after]), 0)
    }
}
