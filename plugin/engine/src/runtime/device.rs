//! Where a network can run on this machine, and why not elsewhere.

use std::fmt;

use super::adapters::Adapter;
use crate::choices;

choices! {
    /// Where a network should run.
    pub enum Device {
        Auto = ("auto", "Best available", "A graphics card where one works and is faster, else the processor."),
        Cpu = ("cpu", "Processor", "The processor."),
        Cuda = ("cuda", "NVIDIA card (CUDA)", "An NVIDIA graphics card, through CUDA."),
        DirectMl = (
            "directml",
            "Graphics card (DirectML)",
            "Any graphics card on Windows, through DirectML."
        ),
        BuiltIn = (
            "built-in",
            "Built-in runtime",
            "The processor, without ONNX Runtime: slower, and always there."
        ),
        // Last, because hosts keep the position of a choice in their files.
        WebGpu = (
            "webgpu",
            "Graphics card (WebGPU)",
            "Any graphics card, through Vulkan, Direct3D 12 or Metal."
        ),
    }
}

impl fmt::Display for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::CHOICES[*self as usize].id)
    }
}

/// Which runtime and provider answered, and why not a better one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuntimeReport {
    /// `ONNX Runtime` or `built-in`.
    pub runtime: String,
    /// `CUDA`, `DirectML`, `WebGPU` or `CPU`.
    pub provider: String,
    /// Version of the runtime.
    pub version: String,
    /// For each better provider or runtime that was wanted: why it did not answer. Empty when the best did.
    pub why_not_better: Vec<String>,
    /// Where the choice was measured: how long the card that answered takes with this model, and how long the processor.
    pub measured: Option<String>,
}

impl fmt::Display for RuntimeReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} ({})", self.runtime, self.version, self.provider)
    }
}

/// One way to run a network on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Available {
    /// `ONNX Runtime` or `built-in`.
    pub runtime: String,
    /// `CUDA`, `DirectML`, `WebGPU` or `CPU`.
    pub provider: String,
    /// Version of the runtime, where it could be asked.
    pub version: String,
    /// `Ok` with where it was found, or why it cannot be had.
    pub status: Result<String, String>,
    /// The graphics cards that it can use, as far as their drivers tell of them.
    pub cards: Vec<Adapter>,
}
