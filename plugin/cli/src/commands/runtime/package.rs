//! What can be fetched: packages of the Python Package Index, which are where ONNX Runtime's makers publish it. Nothing of
//! Python is used but the client.

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

/// Something that can be fetched and removed by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[value(rename_all = "lower")]
pub enum Package {
    /// ONNX Runtime for the processor
    Cpu,
    /// ONNX Runtime for NVIDIA cards, with the CUDA libraries that it needs
    Cuda,
    /// ONNX Runtime for any graphics card on Windows
    DirectMl,
    /// The addition to ONNX Runtime for any graphics card, through Vulkan, Direct3D 12 or Metal
    WebGpu,
}

/// A file to fetch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wheel {
    /// The name in the index, and the version: `==` where Reweave was tested with it, `~=` where its makers promise that
    /// later ones fit.
    pub requirement: &'static str,
    /// The folder below the runtime's that its libraries belong to; empty for the runtime's own.
    pub folder: &'static str,
}

const CPU: [Wheel; 1] = [beside("onnxruntime==1.31.1")];
const CUDA: [Wheel; 8] = [
    beside("onnxruntime-gpu==1.31.1"),
    cuda("nvidia-cuda-runtime~=13.0"),
    cuda("nvidia-nvjitlink~=13.0"),
    cuda("nvidia-cublas~=13.0"),
    cuda("nvidia-cuda-nvrtc~=13.0"),
    cuda("nvidia-cufft~=12.0"),
    cuda("nvidia-curand~=10.0"),
    cuda("nvidia-cudnn-cu13~=9.0"),
];
/// The newest one that there is.
const DIRECTML: [Wheel; 1] = [beside("onnxruntime-directml==1.24.4")];
const WEBGPU: [Wheel; 1] = [beside("onnxruntime-ep-webgpu==0.4.0")];

const fn beside(requirement: &'static str) -> Wheel {
    Wheel {
        requirement,
        folder: "",
    }
}

/// What the engine opens before the runtime, from the folder of this name.
const fn cuda(requirement: &'static str) -> Wheel {
    Wheel {
        requirement,
        folder: "cuda",
    }
}

impl Package {
    /// What it is called in commands.
    pub fn id(self) -> &'static str {
        match self {
            Self::Cpu => "cpu",
            Self::Cuda => "cuda",
            Self::DirectMl => "directml",
            Self::WebGpu => "webgpu",
        }
    }

    /// What it is, in words.
    pub fn title(self) -> &'static str {
        match self {
            Self::Cpu => "ONNX Runtime for the processor",
            Self::Cuda => "ONNX Runtime for NVIDIA cards, with CUDA 13 and cuDNN 9",
            Self::DirectMl => "ONNX Runtime for any graphics card on Windows (DirectML)",
            Self::WebGpu => "WebGPU for ONNX Runtime: any graphics card",
        }
    }

    /// Megabytes to fetch, and then on the disk where that was measured.
    pub fn megabytes(self) -> (u32, Option<u32>) {
        match self {
            Self::Cpu => (24, Some(30)),
            Self::Cuda => (1700, None),
            Self::DirectMl => (25, None),
            Self::WebGpu => (7, Some(17)),
        }
    }

    /// The files to fetch.
    pub fn wheels(self) -> &'static [Wheel] {
        match self {
            Self::Cpu => &CPU,
            Self::Cuda => &CUDA,
            Self::DirectMl => &DIRECTML,
            Self::WebGpu => &WEBGPU,
        }
    }

    /// Whether it is an ONNX Runtime itself, of which a folder holds one; the others are additions to any of them.
    pub fn is_runtime(self) -> bool {
        self != Self::WebGpu
    }

    /// Why it cannot be had on this system; `None` where it can.
    pub fn why_not_here(self) -> Option<&'static str> {
        match self {
            Self::DirectMl if !cfg!(windows) => Some("DirectML is a part of Windows"),
            Self::Cuda if cfg!(target_os = "macos") => Some("there is no CUDA for macOS"),
            _ => None,
        }
    }

    /// The package that a wheel belongs to, by its file's name.
    pub fn of_wheel(file_name: &str) -> Option<Self> {
        let name = file_name.split('-').next()?.to_ascii_lowercase();
        Self::value_variants().iter().copied().find(|package| {
            let requirement = package.wheels()[0].requirement;
            let own = requirement.split("==").next().unwrap_or(requirement);
            own.replace('-', "_") == name
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wheels_are_known_by_their_names() {
        for (file, package) in [
            (
                "onnxruntime-1.31.1-cp312-cp312-win_amd64.whl",
                Some(Package::Cpu),
            ),
            (
                "onnxruntime_gpu-1.31.1-cp312-cp312-win_amd64.whl",
                Some(Package::Cuda),
            ),
            (
                "onnxruntime_ep_webgpu-0.4.0-py3-none-any.whl",
                Some(Package::WebGpu),
            ),
            ("numpy-2.0-cp312-cp312-win_amd64.whl", None),
        ] {
            assert_eq!(Package::of_wheel(file), package, "{file}");
        }
    }

    /// The words of the commands are those of the list, and of what is kept on the disk.
    #[test]
    fn a_package_has_one_name() {
        for package in Package::value_variants() {
            let value = package.to_possible_value().unwrap();
            assert_eq!(value.get_name(), package.id());
            let kept = serde_json::to_value(package).unwrap();
            assert_eq!(kept, package.id());
        }
    }
}
