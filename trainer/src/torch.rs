//! The [`Backend`] that computes with libtorch, with gradients.

use reweave_models::weights::{Array, Weights};
use reweave_models::{Backend, Init, Window};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use tch::{Device, Kind, Tensor};

/// Batch normalisation: how fast the running statistics follow, and what keeps its division from 0.
const MOMENTUM: f64 = 0.1;
/// See [`reweave_models::onnx`], which writes the same number.
const EPSILON: f64 = reweave_models::onnx::BATCH_NORM_EPSILON as f64;

/// Parameters on a device, and how to compute with them.
pub struct Torch {
    device: Device,
    /// What convolutions and matrix products compute in; parameters and sums stay f32.
    compute: Kind,
    training: Cell<bool>,
    /// Batch normalisations under this path keep the statistics they have.
    frozen_norms: RefCell<Option<String>>,
    seed: u64,
    /// What gradients train.
    parameters: RefCell<BTreeMap<String, Tensor>>,
    /// What training only follows: running statistics, vectors of the power iteration.
    buffers: RefCell<BTreeMap<String, Tensor>>,
}

impl Torch {
    /// An empty network that makes its parameters on first use.
    pub fn new(device: Device, compute: Kind, seed: u64) -> Self {
        Torch {
            device,
            compute,
            training: Cell::new(false),
            frozen_norms: RefCell::default(),
            seed,
            parameters: RefCell::default(),
            buffers: RefCell::default(),
        }
    }

    /// Whether batch statistics are used and followed.
    pub fn set_training(&self, training: bool) {
        self.training.set(training);
    }

    /// Keeps the batch normalisations whose path starts with `prefix` as they are, even while training.
    pub fn freeze_norms(&self, prefix: Option<&str>) {
        *self.frozen_norms.borrow_mut() = prefix.map(str::to_owned);
    }

    /// The parameters that gradients train, in order of path.
    pub fn trained(&self) -> Vec<(String, Tensor)> {
        self.parameters
            .borrow()
            .iter()
            .map(|(k, t)| (k.clone(), t.shallow_clone()))
            .collect()
    }

    /// Everything the network holds.
    pub fn weights(&self) -> Weights {
        let (parameters, buffers) = (self.parameters.borrow(), self.buffers.borrow());
        let arrays = parameters
            .iter()
            .chain(buffers.iter())
            .map(|(path, t)| (path.clone(), to_array(t)))
            .collect();
        Weights { arrays }
    }

    /// Takes over every value; shapes are checked when the network uses them.
    pub fn load(&self, weights: &Weights) {
        for (path, array) in &weights.arrays {
            let tensor = from_array(array, self.device);
            if is_buffer(path) {
                self.buffers.borrow_mut().insert(path.clone(), tensor);
            } else {
                self.parameters
                    .borrow_mut()
                    .insert(path.clone(), tensor.set_requires_grad(true));
            }
        }
    }

    fn buffer(&self, path: &str, shape: &[usize], init: Init) -> Tensor {
        let make = || from_array(&Array::initial(path, shape, init, self.seed), self.device);
        self.buffers
            .borrow_mut()
            .entry(path.to_owned())
            .or_insert_with(make)
            .shallow_clone()
    }

    fn as_compute(&self, x: &Tensor) -> Tensor {
        x.to_kind(self.compute)
    }
}

fn is_buffer(path: &str) -> bool {
    [".running_mean", ".running_var", ".u"]
        .iter()
        .any(|end| path.ends_with(end))
}

/// The numbers of a tensor, as f32.
pub fn to_array(t: &Tensor) -> Array {
    let t = t
        .detach()
        .to_device(Device::Cpu)
        .to_kind(Kind::Float)
        .contiguous();
    let mut values = vec![0f32; t.numel()];
    t.copy_data(&mut values, t.numel());
    Array {
        shape: t.size().iter().map(|&d| d as usize).collect(),
        values,
    }
}

/// A tensor of the array's shape.
pub fn from_array(array: &Array, device: Device) -> Tensor {
    let shape: Vec<i64> = array.shape.iter().map(|&d| d as i64).collect();
    Tensor::from_slice(&array.values)
        .reshape(shape)
        .to_device(device)
}

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

    fn channels(&self, x: &Shared) -> usize {
        x.0.size()[1] as usize
    }

    fn conv(&self, x: &Shared, weight: &Shared, bias: Option<&Shared>, w: Window) -> Shared {
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
            1,
        ))
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
        // tch offers only the slope 0.01: the general form, from two of its operations.
        let below = x.0.clamp_max(0.0) * f64::from(slope);
        Shared(x.0.relu() + below)
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

    fn crop_like(&self, x: &Shared, like: &Shared) -> Shared {
        let (h, w) = sides(&like.0);
        Shared(x.0.narrow(2, 0, h).narrow(3, 0, w))
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

    fn bands(&self) -> usize {
        1
    }

    fn band_of_rows(&self, x: &Shared, i: usize) -> Shared {
        let rows = sides(&x.0).0;
        let bands = self.bands() as i64;
        let (start, end) = (i as i64 * rows / bands, (i as i64 + 1) * rows / bands);
        Shared(
            x.0.constant_pad_nd([0, 0, 1, 1])
                .narrow(2, start, end - start + 2),
        )
    }

    fn flatten(&self, x: &Shared) -> Shared {
        Shared(x.0.flatten(2, 3))
    }

    fn unflatten(&self, x: &Shared, channels: usize, like: &Shared) -> Shared {
        let (h, w) = sides(&like.0);
        Shared(x.0.reshape([-1, channels as i64, h, w]))
    }

    fn transpose(&self, x: &Shared) -> Shared {
        Shared(x.0.transpose(1, 2))
    }

    fn matmul(&self, a: &Shared, b: &Shared) -> Shared {
        Shared(self.as_compute(&a.0).matmul(&self.as_compute(&b.0)))
    }

    fn softmax(&self, x: &Shared) -> Shared {
        Shared(x.0.softmax(-1, Kind::Float))
    }

    fn as_pairs(&self, x: &Shared, rows: &Shared, columns: &Shared) -> Shared {
        let ((h, w), (kh, kw)) = (sides(&rows.0), sides(&columns.0));
        Shared(x.0.reshape([-1, h, w, kh, kw]))
    }

    fn inner_pairs(&self, x: &Shared, columns: &Shared) -> Shared {
        let (h, w) = sides(&columns.0);
        let size = x.0.size();
        Shared(x.0.narrow(1, 1, size[1] - 2).reshape([size[0], -1, h * w]))
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

/// A tensor that can be cloned: the same storage, the same place in the graph of gradients.
#[derive(Debug)]
pub struct Shared(pub Tensor);

impl Clone for Shared {
    fn clone(&self) -> Self {
        Shared(self.0.shallow_clone())
    }
}
