//! Providers: what ONNX Runtime computes with. One can be compiled in and still not work (no driver, a library missing),
//! so each is registered on its own, and its reason kept when that fails.

use ort::ep::{CUDA, DirectML, ExecutionProvider, cuda::ConvAlgorithmSearch};
use ort::session::Session;
use ort::session::builder::SessionBuilder;

use super::library::Loaded;
use super::webgpu;
use crate::runtime::device::Device;

/// A provider of ONNX Runtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Provider {
    Cuda,
    DirectMl,
    WebGpu,
    Cpu,
}

impl Provider {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cuda => "CUDA",
            Self::DirectMl => "DirectML",
            Self::WebGpu => "WebGPU",
            Self::Cpu => "CPU",
        }
    }

    /// What ONNX Runtime calls it.
    pub const fn name_in_runtime(self) -> &'static str {
        match self {
            Self::Cuda => "CUDAExecutionProvider",
            Self::DirectMl => "DmlExecutionProvider",
            Self::WebGpu => webgpu::PROVIDER,
            Self::Cpu => "CPUExecutionProvider",
        }
    }

    /// Providers for a device, best first. The processor is always the last resort; where nobody asked for a card by its
    /// name, one has to be faster than it, too ([`super::trust`]).
    pub fn for_device(device: Device) -> &'static [Self] {
        match device {
            Device::Auto if cfg!(windows) => &[Self::Cuda, Self::DirectMl, Self::WebGpu, Self::Cpu],
            Device::Auto if cfg!(target_os = "macos") => &[Self::WebGpu, Self::Cpu],
            Device::Auto => &[Self::Cuda, Self::WebGpu, Self::Cpu],
            Device::Cuda => &[Self::Cuda, Self::Cpu],
            Device::DirectMl => &[Self::DirectMl, Self::Cpu],
            Device::WebGpu => &[Self::WebGpu, Self::Cpu],
            Device::Cpu | Device::BuiltIn => &[Self::Cpu],
        }
    }

    /// Whether it is worth a word that it cannot be had, where nobody asked for it: not if it is an addition that was never
    /// installed.
    pub fn is_expected(self, loaded: &Loaded) -> bool {
        self != Self::WebGpu || webgpu::is_installed(loaded)
    }

    /// Adds the provider to a session that is being built.
    fn add(self, loaded: &Loaded, mut builder: SessionBuilder) -> Result<SessionBuilder, String> {
        let registered = match self {
            // The exhaustive search, ONNX Runtime's default, costs seconds for each new size of picture.
            Self::Cuda => CUDA::default()
                .with_conv_algorithm_search(ConvAlgorithmSearch::Heuristic)
                .register(&mut builder),
            Self::DirectMl => DirectML::default().register(&mut builder),
            Self::WebGpu => return webgpu::add(loaded, builder),
            Self::Cpu => Ok(()),
        };
        registered.map_err(|error| error.to_string())?;
        Ok(builder)
    }
}

/// How many threads work on a run, the one that asks for it among them: one a core, as ONNX Runtime would choose. But when
/// it chooses, it ties its threads to the cores as well, and whoever asks is often put on the core of one of them: both then
/// wait for each other. (On two cores, a picture of 200x200 took 25 ms so, in place of 11.)
pub(super) fn threads() -> usize {
    num_cpus::get_physical().min(num_cpus::get())
}

/// A session that is being built, on this provider.
pub(super) fn builder(loaded: &Loaded, provider: Provider) -> Result<SessionBuilder, String> {
    let words = |error: ort::Error<SessionBuilder>| error.to_string();
    let mut builder = Session::builder(&loaded.environment).map_err(|error| error.to_string())?;
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
    provider.add(loaded, builder)
}
