//! What the computer is that a training will run on.

use crate::device::computes_in_bf16;
use std::fmt;
use tch::Device;

/// What matters of a computer.
pub struct Machine {
    /// Where it will compute.
    pub device: Device,
    /// Whether that computes in bf16.
    pub bf16: bool,
    /// Memory that is free, in GiB, where the system says it.
    pub free: Option<f64>,
    cores: usize,
}

impl Machine {
    /// This one.
    pub fn this(device: Device) -> Self {
        Machine {
            device,
            bf16: computes_in_bf16(device),
            free: free_memory(),
            cores: std::thread::available_parallelism().map_or(1, usize::from),
        }
    }
}

impl fmt::Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let device = match self.device {
            Device::Cpu => "no CUDA: the processor will train",
            _ => "a CUDA card will train",
        };
        let bf16 = match self.bf16 {
            true => "it computes in bf16",
            false => "it does not compute in bf16, which would be slower than f32",
        };
        write!(f, "{} cores; {device}; {bf16}", self.cores)?;
        match self.free {
            Some(gib) => write!(f, "; {gib:.1} GiB of memory are free"),
            None => Ok(()),
        }
    }
}

/// GiB, from the kernel's own account.
fn free_memory() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kib: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib / f64::from(1 << 20))
}
