//! What every runtime offers: tensors in, a tensor out, and a way to stop it.

use std::fmt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use super::device::RuntimeReport;

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

impl Tensor {
    /// Whether all values are numbers: neither NaN nor infinite. A network that gives others is broken, or overflows.
    pub fn is_sound(&self) -> bool {
        match &self.data {
            // All of them, for a loop without a way out is one that the compiler makes wide.
            Data::F32(values) => values
                .iter()
                .fold(true, |sound, value| sound & value.is_finite()),
            Data::U8(_) => true,
        }
    }
}

/// Tensors by the names of the inputs that they are for.
pub(crate) type Inputs = Vec<(String, Tensor)>;

/// An input or output of a model, as the model itself declares it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TensorSpec {
    pub name: String,
    /// `f32`, `u8` or whatever else; empty where the model does not say.
    pub element: String,
    /// `None` for an axis of any length; no axes at all where the model does not say.
    pub shape: Vec<Option<usize>>,
}

impl fmt::Display for TensorSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let axis = |axis: &Option<usize>| axis.map_or("any".into(), |len| len.to_string());
        let shape: Vec<_> = self.shape.iter().map(axis).collect();
        write!(f, "{} ({} {})", self.name, self.element, shape.join("x"))
    }
}

/// A model's file that was looked at and found fit to be opened.
#[derive(Clone)]
pub(crate) struct ModelFile {
    pub path: PathBuf,
    /// Looks at it again, for who opens it later: it has to be the same file still.
    pub look_again: Arc<dyn Fn() -> Result<(), String> + Send + Sync>,
}

/// A model, loaded and ready to run.
pub(crate) trait Runtime: Send + Sync + fmt::Debug {
    fn inputs(&self) -> &[TensorSpec];

    fn outputs(&self) -> &[TensorSpec];

    /// Runs the model and gives back one output. May end early, with an error, once `cancel` says so.
    fn run(&self, inputs: Inputs, output: &str, cancel: &CancelToken) -> Result<Tensor, String>;

    /// Which runtime answers in the place of the one that was loaded, where that broke down, and why.
    fn taken_over_by(&self) -> Option<RuntimeReport> {
        None
    }
}

/// Cancels a running model from another thread.
#[derive(Default)]
pub(crate) struct CancelToken {
    cancelled: AtomicBool,
    callback: Mutex<Option<Box<dyn FnOnce() + Send>>>,
}

impl CancelToken {
    /// Ends the run, now or as soon as it begins.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::SeqCst);
        if let Some(callback) = self.take() {
            callback();
        }
    }

    /// Has `callback` called on cancelling; at once if that has happened.
    pub fn on_cancel(&self, callback: impl FnOnce() + Send + 'static) {
        if let Ok(mut place) = self.callback.lock() {
            *place = Some(Box::new(callback));
        }
        if self.is_cancelled()
            && let Some(callback) = self.take()
        {
            callback();
        }
    }

    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::SeqCst)
    }

    fn take(&self) -> Option<Box<dyn FnOnce() + Send>> {
        self.callback.lock().ok()?.take()
    }
}
