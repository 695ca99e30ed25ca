//! Where a network can run on this machine, and why not elsewhere.

use std::fmt;

/// Where a network should run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Device {
    /// The best that works.
    #[default]
    Auto,
    /// The processor.
    Cpu,
    /// An NVIDIA card, through CUDA.
    Cuda,
    /// A graphics card on Windows, through DirectML.
    DirectMl,
    /// The processor, with the runtime that is built in.
    BuiltIn,
}

impl fmt::Display for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Auto => "auto",
            Self::Cpu => "cpu",
            Self::Cuda => "cuda",
            Self::DirectMl => "directml",
            Self::BuiltIn => "built-in",
        })
    }
}

/// Which runtime and provider answered, and why not a better one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuntimeReport {
    /// `ONNX Runtime` or `built-in`.
    pub runtime: String,
    /// `CUDA`, `DirectML` or `CPU`.
    pub provider: String,
    /// Version of the runtime.
    pub version: String,
    /// For each better provider or runtime that was wanted: why it did not answer. Empty when the best did.
    pub why_not_better: Vec<String>,
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
    /// `CUDA`, `DirectML` or `CPU`.
    pub provider: String,
    /// Version of the runtime, where it could be asked.
    pub version: String,
    /// `Ok` with where it was found, or why it cannot be had.
    pub status: Result<String, String>,
}
