//! ONNX Runtime, loaded when it is first needed, with the best of its providers that works.

mod faults;
mod library;
mod provider;
mod telemetry;
mod trust;
mod webgpu;

use std::sync::{Arc, Mutex};

use ort::session::builder::SessionBuilder;
use ort::session::{RunOptions, Session, SessionInputValue};
use ort::value::{DynValue, Outlet, TensorElementType, ValueType};

use super::device::{Available, Device, RuntimeReport};
use super::guard::guarded;
use super::interface::{CancelToken, Data, Inputs, ModelFile, Runtime, Tensor, TensorSpec};
use super::on_card::{Behind, OnCard};
use super::open;
use faults::FAULTS;
pub(super) use library::check;
use library::{Loaded, loaded};
use provider::{Provider, builder};
pub(super) use telemetry::VARIABLE as NO_TELEMETRY;
use trust::Trust;

const NAME: &str = "ONNX Runtime";

/// A model in ONNX Runtime.
#[derive(Debug)]
pub(super) struct OnnxRuntime {
    /// A session runs one thing at a time.
    session: Mutex<Session>,
    inputs: Vec<TensorSpec>,
    outputs: Vec<TensorSpec>,
}

/// Loads a model with the best provider that works. What better ones failed for is added to `why_not_better`.
pub(super) fn load(
    file: &ModelFile,
    device: Device,
    why_not_better: &mut Vec<String>,
) -> Result<(Box<dyn Runtime>, RuntimeReport), String> {
    let loaded = loaded()?;
    let is_asked_for = device != Device::Auto;
    let mut last = String::new();
    for &provider in Provider::for_device(device) {
        if !is_asked_for && !provider.is_expected(loaded) {
            continue;
        }
        match on_provider(loaded, file, provider, is_asked_for) {
            Ok((session, measured)) => {
                let report = RuntimeReport {
                    runtime: NAME.into(),
                    provider: provider.name().into(),
                    version: loaded.version.clone(),
                    why_not_better: Vec::new(),
                    measured,
                };
                let runtime: Box<dyn Runtime> = match provider {
                    Provider::Cpu => Box::new(session),
                    card => {
                        let behind = Processor {
                            file: file.clone(),
                            card,
                            why_not_better: why_not_better.clone(),
                        };
                        Box::new(OnCard::new(Arc::new(session), Box::new(behind)))
                    }
                };
                return Ok((runtime, report));
            }
            Err(why) if provider == Provider::Cpu => last = why,
            Err(why) => why_not_better.push(format!("{}: {}", provider.name(), first_line(&why))),
        }
    }
    Err(last)
}

/// A model on a provider, with what was measured of a card. One that is not trusted with it is an error.
fn on_provider(
    loaded: &Loaded,
    file: &ModelFile,
    provider: Provider,
    is_asked_for: bool,
) -> Result<(OnnxRuntime, Option<String>), String> {
    if let Some(fault) = FAULTS.of(provider) {
        return Err(fault);
    }
    let builder_of = |provider| guarded(|| builder(loaded, provider));
    let session = |mut builder: SessionBuilder| {
        guarded(|| {
            let session = builder.commit_from_file(&file.path);
            Ok(OnnxRuntime::new(
                session.map_err(|error| error.to_string())?,
            ))
        })
    };
    // Whether the provider works at all is told at once.
    let builder = builder_of(provider)?;
    if provider == Provider::Cpu {
        return Ok((session(builder)?, None));
    }
    let trust = Trust::new(loaded, provider, &file.path, is_asked_for);
    trust.before()?;
    let card = session(builder)?;
    let processor = || -> Result<Box<dyn Runtime>, String> {
        Ok(Box::new(session(builder_of(Provider::Cpu)?)?))
    };
    let measured = trust.after(&card, processor)?;
    Ok((card, measured))
}

/// The processor behind a card; where the card breaks down, this process leaves it alone from then on.
struct Processor {
    file: ModelFile,
    card: Provider,
    /// Why the model is not on a better card.
    why_not_better: Vec<String>,
}

impl Behind for Processor {
    fn fault(&self) -> Option<String> {
        let fault = FAULTS.of(self.card)?;
        Some(format!("{}: {fault}", self.card.name()))
    }

    fn open(&self) -> Result<(Box<dyn Runtime>, RuntimeReport), String> {
        (self.file.look_again)()?;
        let opened = open::load(&self.file, Device::Cpu);
        let (processor, mut report) = opened.map_err(|error| error.to_string())?;
        report
            .why_not_better
            .splice(0..0, self.why_not_better.iter().cloned());
        Ok((processor, report))
    }

    fn blame(&self, why: &str) -> String {
        let fault = FAULTS.remember(self.card, why);
        tracing::warn!(provider = self.card.name(), why, "the processor takes over");
        format!("{}: {fault}", self.card.name())
    }
}

impl OnnxRuntime {
    fn new(session: Session) -> Self {
        let specs = |outlets: &[Outlet]| outlets.iter().map(spec).collect();
        let (inputs, outputs) = (specs(session.inputs()), specs(session.outputs()));
        Self {
            session: Mutex::new(session),
            inputs,
            outputs,
        }
    }
}

fn spec(outlet: &Outlet) -> TensorSpec {
    let (element, shape) = match outlet.dtype() {
        ValueType::Tensor { ty, shape, .. } => (
            match ty {
                TensorElementType::Float32 => "f32".into(),
                TensorElementType::Uint8 => "u8".into(),
                other => other.to_string(),
            },
            shape
                .iter()
                .map(|&axis| usize::try_from(axis).ok())
                .collect(),
        ),
        other => (other.to_string(), Vec::new()),
    };
    TensorSpec {
        name: outlet.name().into(),
        element,
        shape,
    }
}

impl Runtime for OnnxRuntime {
    fn inputs(&self) -> &[TensorSpec] {
        &self.inputs
    }

    fn outputs(&self) -> &[TensorSpec] {
        &self.outputs
    }

    fn run(&self, inputs: Inputs, output: &str, cancel: &CancelToken) -> Result<Tensor, String> {
        guarded(|| {
            let options = Arc::new(RunOptions::new().map_err(|error| error.to_string())?);
            let running = Arc::clone(&options);
            cancel.on_cancel(move || {
                // If it cannot be told to end, it runs to its end.
                let _ = running.terminate();
            });
            let values = inputs
                .into_iter()
                .map(|(name, tensor)| Ok((name, value(tensor)?)));
            let values =
                values.collect::<Result<Vec<(String, SessionInputValue<'_>)>, String>>()?;
            // A run that panicked has left the session as it was: the session itself is on the other side.
            let mut session = self
                .session
                .lock()
                .unwrap_or_else(|poisoned| poisoned.into_inner());
            let outputs = session
                .run_with_options(values, &*options)
                .map_err(|error| first_line(&error.to_string()).to_string())?;
            let value = outputs
                .get(output)
                .ok_or_else(|| format!("there is no output '{output}'"))?;
            tensor(value, output)
        })
    }
}

fn value(tensor: Tensor) -> Result<SessionInputValue<'static>, String> {
    let value: Result<DynValue, ort::Error> =
        match tensor.data {
            Data::F32(values) => ort::value::Tensor::from_array((tensor.shape, values))
                .map(|tensor| tensor.into_dyn()),
            Data::U8(values) => ort::value::Tensor::from_array((tensor.shape, values))
                .map(|tensor| tensor.into_dyn()),
        };
    value.map(Into::into).map_err(|error| error.to_string())
}

fn tensor(value: &DynValue, output: &str) -> Result<Tensor, String> {
    let lengths = |shape: &[i64]| {
        shape
            .iter()
            .map(|&axis| usize::try_from(axis).unwrap_or(0))
            .collect()
    };
    if let Ok((shape, values)) = value.try_extract_tensor::<f32>() {
        return Ok(Tensor {
            shape: lengths(shape),
            data: Data::F32(values.to_vec()),
        });
    }
    if let Ok((shape, values)) = value.try_extract_tensor::<u8>() {
        return Ok(Tensor {
            shape: lengths(shape),
            data: Data::U8(values.to_vec()),
        });
    }
    Err(format!(
        "output '{output}' is {}, expected a tensor of f32 or u8",
        value.dtype()
    ))
}

/// Each provider of the runtime that can be loaded, with where it is or why it cannot be had.
pub(super) fn survey() -> Vec<Available> {
    let row = |provider: Provider, version: &str, status, cards| Available {
        runtime: NAME.into(),
        provider: provider.name().into(),
        version: version.into(),
        status,
        cards,
    };
    let loaded = match loaded() {
        Ok(loaded) => loaded,
        Err(why) => return vec![row(Provider::Cpu, "", Err(why), Vec::new())],
    };
    let try_out = |provider: Provider| {
        let tried = match FAULTS.of(provider) {
            Some(fault) => Err(fault),
            None => guarded(|| builder(loaded, provider).map(drop)),
        };
        let library = || match provider {
            Provider::WebGpu => webgpu::registered(loaded),
            _ => Ok(loaded.path.as_path()),
        };
        let status = tried
            .and_then(|()| Ok(library()?.display().to_string()))
            .map_err(|why| first_line(&why).to_string());
        let cards = trust::of_provider(loaded, provider);
        row(provider, &loaded.version, status, cards)
    };
    [
        Provider::Cuda,
        Provider::DirectMl,
        Provider::WebGpu,
        Provider::Cpu,
    ]
    .map(try_out)
    .into()
}

/// Errors of providers go on for pages.
fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default().trim()
}
