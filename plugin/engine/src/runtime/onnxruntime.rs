//! ONNX Runtime, loaded when it is first needed, with the best of its providers that works.
//!
//! Two habits of it shape this file. A provider can be compiled in and still not work (no driver, a library missing),
//! so each one is registered on its own and its reason kept when that fails. And a process has one environment, made
//! from one library: the first that loads stays.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use once_cell::sync::OnceCell;
use ort::environment::Environment;
use ort::ep::{CUDA, DirectML, ExecutionProvider, cuda::ConvAlgorithmSearch};
use ort::session::builder::SessionBuilder;
use ort::session::{RunOptions, Session, SessionInputValue};
use ort::value::{DynValue, Outlet, TensorElementType, ValueType};

use super::locate;
use super::{Data, Inputs, Port, Runtime, Stop, Tensor};
use crate::devices::{Available, Device, RuntimeReport};

const NAME: &str = "ONNX Runtime";

/// The library that was loaded, once for the process.
struct Loaded {
    environment: Environment,
    path: PathBuf,
    version: String,
}

static LOADED: OnceCell<Loaded> = OnceCell::new();

/// What a library of another's making may do to us at worst, short of ending the process: panic on the way.
fn guarded<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| Err(panic_message(panic.as_ref())))
}

fn panic_message(panic: &(dyn Any + Send)) -> String {
    let text = panic
        .downcast_ref::<&str>()
        .map(ToString::to_string)
        .or_else(|| panic.downcast_ref::<String>().cloned());
    format!(
        "it broke down ({})",
        text.unwrap_or_else(|| "no reason given".into())
    )
}

/// Loads the first library that works.
fn loaded() -> Result<&'static Loaded, String> {
    LOADED.get_or_try_init(|| {
        let candidates = locate::candidates();
        if candidates.is_empty() {
            let folders: Vec<_> = locate::folders().iter().map(|folder| folder.display().to_string()).collect();
            return Err(format!(
                "not found: {} is not set, and there is none in {} (reweave runtime install fetches it)",
                locate::VARIABLE,
                folders.join(", ")
            ));
        }
        let mut reasons = Vec::new();
        for path in candidates {
            match guarded(|| open(&path)) {
                Ok(loaded) => return Ok(loaded),
                Err(why) => reasons.push(format!("{}: {why}", path.display())),
            }
        }
        Err(reasons.join("; "))
    })
}

fn open(path: &Path) -> Result<Loaded, String> {
    if !path.is_file() {
        return Err("there is no such file".into());
    }
    preload_companions(path);
    let builder = ort::init_from(path).map_err(|error| match error {
        ort::LoadDynamicError::BadVersion { version_str, .. } => {
            format!(
                "it is version {version_str}, at least 1.{} is needed",
                ort::MINOR_VERSION
            )
        }
        other => other.to_string(),
    })?;
    let environment = builder
        .with_name("reweave")
        .with_telemetry(false)
        .build()
        .map_err(|error| error.to_string())?;
    Ok(Loaded {
        environment,
        path: path.into(),
        version: version_of(path),
    })
}

/// Opens what lies in the folder `cuda` beside the runtime (CUDA's and cuDNN's libraries), so that its provider finds
/// them without any search path being set. They depend on one another, hence several rounds.
fn preload_companions(path: &Path) {
    let Some(entries) = path
        .parent()
        .and_then(|folder| std::fs::read_dir(folder.join("cuda")).ok())
    else {
        return;
    };
    let mut waiting: Vec<_> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_file())
        .collect();
    waiting.sort();
    loop {
        let before = waiting.len();
        waiting.retain(|path| {
            // SAFETY: these are NVIDIA's libraries, put there to be loaded; their initialisers ask nothing of us.
            match unsafe { libloading::Library::new(path) } {
                Ok(library) => {
                    // Never unloaded: the provider uses it until the process ends.
                    std::mem::forget(library);
                    false
                }
                Err(_) => true,
            }
        });
        if waiting.len() == before {
            return;
        }
    }
}

/// The version that the library tells of itself.
fn version_of(path: &Path) -> String {
    #[repr(C)]
    struct ApiBase {
        api: *const std::ffi::c_void,
        version: unsafe extern "C" fn() -> *const std::ffi::c_char,
    }
    // SAFETY: the library is loaded already (this only counts up), `OrtGetApiBase` is its one documented entry, and it
    // returns a static struct whose second member returns a static C string.
    let version = unsafe {
        let Ok(library) = libloading::Library::new(path) else {
            return String::new();
        };
        let version = library
            .get::<unsafe extern "C" fn() -> *const ApiBase>(b"OrtGetApiBase\0")
            .ok()
            .and_then(|base| {
                let base = base().as_ref()?;
                let text = (base.version)();
                (!text.is_null()).then(|| {
                    std::ffi::CStr::from_ptr(text)
                        .to_string_lossy()
                        .into_owned()
                })
            });
        std::mem::forget(library);
        version
    };
    version.unwrap_or_default()
}

/// A provider of ONNX Runtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Provider {
    Cuda,
    DirectMl,
    Cpu,
}

impl Provider {
    const fn name(self) -> &'static str {
        match self {
            Self::Cuda => "CUDA",
            Self::DirectMl => "DirectML",
            Self::Cpu => "CPU",
        }
    }

    /// Providers for a device, best first. The processor is always the last resort.
    fn for_device(device: Device) -> &'static [Self] {
        match device {
            Device::Auto if cfg!(windows) => &[Self::Cuda, Self::DirectMl, Self::Cpu],
            Device::Auto if cfg!(target_os = "macos") => &[Self::Cpu],
            Device::Auto | Device::Cuda => &[Self::Cuda, Self::Cpu],
            Device::DirectMl => &[Self::DirectMl, Self::Cpu],
            Device::Cpu | Device::BuiltIn => &[Self::Cpu],
        }
    }

    /// Adds the provider to a session that is being built.
    fn register(self, builder: &mut SessionBuilder) -> Result<(), String> {
        let registered = match self {
            // The exhaustive search, ONNX Runtime's default, costs seconds for each new size of picture.
            Self::Cuda => CUDA::default()
                .with_conv_algorithm_search(ConvAlgorithmSearch::Heuristic)
                .register(builder),
            Self::DirectMl => DirectML::default().register(builder),
            Self::Cpu => Ok(()),
        };
        registered.map_err(|error| error.to_string())
    }
}

/// How many threads work on a run, the one that asks for it among them: one a core, as ONNX Runtime would choose. But when
/// it chooses, it ties its threads to the cores as well, and whoever asks is often put on the core of one of them: both then
/// wait for each other. (On two cores, a picture of 200x200 took 25 ms so, in place of 11.)
fn threads() -> usize {
    num_cpus::get_physical().min(num_cpus::get())
}

fn builder(environment: &Environment, provider: Provider) -> Result<SessionBuilder, String> {
    let words = |error: ort::Error<SessionBuilder>| error.to_string();
    let mut builder = Session::builder(environment).map_err(|error| error.to_string())?;
    builder = builder
        .with_deterministic_compute(true)
        .map_err(words)?
        // Its threads wait for more work at full speed, for a while. After a run ours want the processor.
        .with_config_entry("session.force_spinning_stop", "1")
        .map_err(words)?
        .with_intra_threads(threads())
        .map_err(words)?;
    if provider == Provider::DirectMl {
        // It demands both.
        builder = builder
            .with_memory_pattern(false)
            .map_err(words)?
            .with_parallel_execution(false)
            .map_err(words)?;
    }
    provider.register(&mut builder)?;
    Ok(builder)
}

/// A model in ONNX Runtime.
#[derive(Debug)]
pub(super) struct OnnxRuntime {
    /// A session runs one thing at a time.
    session: Mutex<Session>,
    inputs: Vec<Port>,
    outputs: Vec<Port>,
}

/// Loads a model with the best provider that works. What better ones failed for is added to `why_not_better`.
pub(super) fn load(
    path: &Path,
    device: Device,
    why_not_better: &mut Vec<String>,
) -> Result<(OnnxRuntime, RuntimeReport), String> {
    let loaded = loaded()?;
    let mut last = String::new();
    for &provider in Provider::for_device(device) {
        let session = guarded(|| {
            builder(&loaded.environment, provider)?
                .commit_from_file(path)
                .map_err(|error| error.to_string())
        });
        match session {
            Ok(session) => {
                let ports = |outlets: &[Outlet]| outlets.iter().map(port).collect();
                let (inputs, outputs) = (ports(session.inputs()), ports(session.outputs()));
                let report = RuntimeReport {
                    runtime: NAME.into(),
                    provider: provider.name().into(),
                    version: loaded.version.clone(),
                    why_not_better: Vec::new(),
                };
                return Ok((
                    OnnxRuntime {
                        session: Mutex::new(session),
                        inputs,
                        outputs,
                    },
                    report,
                ));
            }
            Err(why) if provider == Provider::Cpu => last = why,
            Err(why) => why_not_better.push(format!("{}: {}", provider.name(), first_line(&why))),
        }
    }
    Err(last)
}

/// Errors of providers go on for pages.
fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default().trim()
}

fn port(outlet: &Outlet) -> Port {
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
    Port {
        name: outlet.name().into(),
        element,
        shape,
    }
}

impl Runtime for OnnxRuntime {
    fn inputs(&self) -> &[Port] {
        &self.inputs
    }

    fn outputs(&self) -> &[Port] {
        &self.outputs
    }

    fn run(&self, inputs: Inputs, output: &str, stop: &Stop) -> Result<Tensor, String> {
        guarded(|| {
            let options = Arc::new(RunOptions::new().map_err(|error| error.to_string())?);
            let bell = Arc::clone(&options);
            stop.on_stop(move || {
                // If it cannot be told to end, it runs to its end.
                let _ = bell.terminate();
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
pub(crate) fn survey() -> Vec<Available> {
    let row = |provider: Provider, version: &str, status| Available {
        runtime: NAME.into(),
        provider: provider.name().into(),
        version: version.into(),
        status,
    };
    let loaded = match loaded() {
        Ok(loaded) => loaded,
        Err(why) => return vec![row(Provider::Cpu, "", Err(why))],
    };
    let try_out = |provider: Provider| {
        let tried = guarded(|| builder(&loaded.environment, provider).map(drop));
        let status = tried
            .map(|()| loaded.path.display().to_string())
            .map_err(|why| first_line(&why).to_string());
        row(provider, &loaded.version, status)
    };
    [Provider::Cuda, Provider::DirectMl, Provider::Cpu]
        .map(try_out)
        .into()
}
