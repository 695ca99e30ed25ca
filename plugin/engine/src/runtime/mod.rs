//! Runtimes: what runs an ONNX model. ONNX Runtime where it can be loaded, else the one that is built in.

mod builtin;
mod locate;
mod onnxruntime;

use std::fmt;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

pub use locate::use_onnxruntime;
pub(crate) use onnxruntime::survey;

use crate::devices::{Available, Device, RuntimeReport};
use crate::error::Error;
pub(crate) use crate::tensors::Inputs;

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
    fn on_stop(&self, bell: impl FnOnce() + Send + 'static) {
        if let Ok(mut place) = self.bell.lock() {
            *place = Some(Box::new(bell));
        }
        if self.is_pulled()
            && let Some(bell) = self.take()
        {
            bell();
        }
    }

    fn is_pulled(&self) -> bool {
        self.pulled.load(Ordering::SeqCst)
    }

    fn take(&self) -> Option<Box<dyn FnOnce() + Send>> {
        self.bell.lock().ok()?.take()
    }
}

/// The runtime that is always there.
pub(crate) fn built_in() -> Available {
    Available {
        runtime: builtin::NAME.into(),
        provider: "CPU".into(),
        version: builtin::VERSION.into(),
        status: Ok("part of Reweave".into()),
    }
}

/// Loads a model with the best runtime and provider that can be had for `device`, and says which it was and why not a
/// better one.
pub(crate) fn load(
    path: &Path,
    device: Device,
) -> Result<(Box<dyn Runtime>, RuntimeReport), Error> {
    let mut why_not_better = Vec::new();
    if device != Device::BuiltIn {
        match onnxruntime::load(path, device, &mut why_not_better) {
            Ok((runtime, mut report)) => {
                report.why_not_better = why_not_better;
                return Ok((Box::new(runtime), report));
            }
            Err(why) => why_not_better.push(format!("ONNX Runtime: {why}")),
        }
    }
    match builtin::load(path) {
        Ok(runtime) => {
            let report = RuntimeReport {
                runtime: builtin::NAME.into(),
                provider: "CPU".into(),
                version: builtin::VERSION.into(),
                why_not_better,
            };
            Ok((Box::new(runtime), report))
        }
        Err(why) => Err(Error::model(
            path,
            format!(
                "no runtime can read this model. Built-in: {why}. {}. Check that it is a complete .onnx file, and \
                 install ONNX Runtime if the model needs it (reweave runtime install)",
                why_not_better.join(". ")
            ),
        )),
    }
}
