//! The [`reweave_models::Backend`] that computes with libtorch, with gradients.

mod operators;

use reweave_models::Init;
use reweave_models::weights::{Array, Weights};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use tch::{Device, Kind, Tensor};

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

/// A tensor that can be cloned: the same storage, the same place in the graph of gradients.
#[derive(Debug)]
pub struct Shared(pub Tensor);

impl Clone for Shared {
    fn clone(&self) -> Self {
        Shared(self.0.shallow_clone())
    }
}
