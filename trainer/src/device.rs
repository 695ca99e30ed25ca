//! Where a training computes, and in which precision.

use crate::recipe::Precision;
use anyhow::{Result, ensure};
use std::time::{Duration, Instant};
use tch::{Cuda, Device, Kind, Tensor};

/// What a user asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum DeviceChoice {
    /// CUDA where it is to be had, the CPU elsewhere
    #[default]
    Auto,
    /// The CPU
    Cpu,
    /// An NVIDIA card
    Cuda,
}

impl DeviceChoice {
    /// The device.
    ///
    /// # Errors
    /// CUDA was asked for and is not to be had.
    pub fn device(self) -> Result<Device> {
        match self {
            DeviceChoice::Auto => Ok(Device::cuda_if_available()),
            DeviceChoice::Cpu => Ok(Device::Cpu),
            DeviceChoice::Cuda => {
                ensure!(
                    Cuda::is_available(),
                    "there is no CUDA here: either no NVIDIA card with its driver, or this program was built with a libtorch for the CPU (`nvidia-smi` tells which); --device cpu trains on the processor"
                );
                Ok(Device::Cuda(0))
            }
        }
    }
}

/// What convolutions compute in.
pub fn compute_kind(precision: Precision, device: Device) -> Kind {
    match precision {
        Precision::F32 => Kind::Float,
        Precision::Bf16 => Kind::BFloat16,
        Precision::Auto if computes_in_bf16(device) => Kind::BFloat16,
        Precision::Auto => Kind::Float,
    }
}

/// Whether bf16 is what the hardware multiplies, and not an imitation that is slower than f32.
pub fn computes_in_bf16(device: Device) -> bool {
    match device {
        Device::Cpu => cpu_has_bf16(),
        // libtorch does not tell which card it is: the card is asked by the clock.
        device => {
            convolution_time(Kind::BFloat16, device) * 5 < convolution_time(Kind::Float, device) * 4
        }
    }
}

#[cfg(target_arch = "x86_64")]
fn cpu_has_bf16() -> bool {
    // Each processor with AMX for bf16 has this, too.
    std::arch::is_x86_feature_detected!("avx512bf16")
}

#[cfg(target_arch = "aarch64")]
fn cpu_has_bf16() -> bool {
    std::arch::is_aarch64_feature_detected!("bf16")
}

#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
fn cpu_has_bf16() -> bool {
    false
}

/// The shortest of some runs of a convolution of the size that networks have.
fn convolution_time(kind: Kind, device: Device) -> Duration {
    let random = |shape: &[i64]| Tensor::randn(shape, (Kind::Float, device)).to_kind(kind);
    let (picture, weight) = (random(&[8, 128, 64, 64]), random(&[128, 128, 3, 3]));
    let run = || {
        let began = Instant::now();
        let sum = picture
            .conv2d::<Tensor>(&weight, None, [1, 1], [1, 1], [1, 1], 1)
            .sum(Kind::Float);
        // Reading the sum waits for the device.
        let _ = sum.double_value(&[]);
        began.elapsed()
    };
    (0..6).map(|_| run()).min().unwrap_or_default()
}
