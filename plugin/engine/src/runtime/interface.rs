//! What every runtime offers: tensors in, a tensor out, and a way to stop it.

use std::fmt;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

/// Values of a tensor.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Data {
    F32(Vec<f32>),
    U8(Vec<u8>),
}

/// Values and their shape.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tensor {
    pub shape: Vec<usize>,
    pub data: Data,
}

/// Tensors by the names of the inputs that they are for.
pub(crate) type Inputs = Vec<(String, Tensor)>;

/// An input or output of a model, as the model itself declares it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Port {
    pub name: String,
    /// `f32`, `u8` or whatever else; empty where the model does not say.
    pub element: String,
    /// `None` for an axis of any length; no axes at all where the model does not say.
    pub shape: Vec<Option<usize>>,
}

impl fmt::Display for Port {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let axis = |axis: &Option<usize>| axis.map_or("any".into(), |len| len.to_string());
        let shape: Vec<_> = self.shape.iter().map(axis).collect();
        write!(f, "{} ({} {})", self.name, self.element, shape.join("x"))
    }
}

/// A model, loaded and ready to run.
pub(crate) trait Runtime: Send + Sync + fmt::Debug {
    fn inputs(&self) -> &[Port];

    fn outputs(&self) -> &[Port];

    /// Runs the model and gives back one output. May end early, with an error, when `stop` is pulled.
    fn run(&self, inputs: Inputs, output: &str, stop: &Stop) -> Result<Tensor, String>;
}

/// A cord to pull from another thread while a model runs.
#[derive(Default)]
pub(crate) struct Stop {
    pulled: AtomicBool,
    bell: Mutex<Option<Box<dyn FnOnce() + Send>>>,
}

impl Stop {
    /// Stops the run, now or as soon as it begins.
    pub fn stop(&self) {
        self.pulled.store(true, Ordering::SeqCst);
        if let Some(bell) = self.take() {
            bell();
        }
    }

    /// Has `bell` called when the cord is pulled; at once if it was.
    pub(super) fn on_stop(&self, bell: impl FnOnce() + Send + 'static) {
        if let Ok(mut place) = self.bell.lock() {
            *place = Some(Box::new(bell));
        }
        if self.is_pulled()
            && let Some(bell) = self.take()
        {
            bell();
        }
    }

    pub(super) fn is_pulled(&self) -> bool {
        self.pulled.load(Ordering::SeqCst)
    }

    fn take(&self) -> Option<Box<dyn FnOnce() + Send>> {
        self.bell.lock().ok()?.take()
    }
}
