//! The graphics cards of this machine, as their drivers tell of them.

#[cfg(target_os = "linux")]
mod nvidia;
#[cfg(target_os = "linux")]
mod vulkan;

use std::fmt;

use once_cell::sync::Lazy;

/// What sort of graphics card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AdapterKind {
    /// A card with memory of its own.
    Discrete,
    /// A part of the processor.
    Integrated,
    /// A part of a real card, in a virtual machine.
    Virtual,
    /// No card: the processor computes what a card would.
    Software,
    /// The driver does not say.
    Unknown,
}

impl fmt::Display for AdapterKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Discrete => "discrete",
            Self::Integrated => "integrated",
            Self::Virtual => "virtual",
            Self::Software => "software",
            Self::Unknown => "unknown",
        })
    }
}

/// A graphics card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adapter {
    /// Who made it.
    pub maker: String,
    /// What sort of card it is.
    pub kind: AdapterKind,
    /// What its driver calls it.
    pub name: String,
    /// The driver's version, where it is told.
    pub driver: String,
}

impl fmt::Display for Adapter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}, {}", self.maker, self.name, self.kind)?;
        if !self.driver.is_empty() {
            write!(f, ", driver {}", self.driver)?;
        }
        Ok(())
    }
}

/// Those that Vulkan's drivers serve, on Linux. Asking loads these drivers: to be done where a card is to be used or to be
/// told of.
pub(super) fn of_vulkan() -> &'static [Adapter] {
    static FOUND: Lazy<Vec<Adapter>> = Lazy::new(|| {
        #[cfg(target_os = "linux")]
        return vulkan::adapters().unwrap_or_else(|why| {
            tracing::debug!(why, "Vulkan tells of no graphics cards");
            Vec::new()
        });
        #[cfg(not(target_os = "linux"))]
        Vec::new()
    });
    &FOUND
}

/// Whether this system has Vulkan's loader, on Linux.
pub(super) fn has_vulkan() -> bool {
    #[cfg(target_os = "linux")]
    return vulkan::loader().is_some();
    #[cfg(not(target_os = "linux"))]
    false
}

/// Those that NVIDIA's own driver serves, on Linux.
pub(super) fn of_nvidia() -> Vec<Adapter> {
    #[cfg(target_os = "linux")]
    return nvidia::adapters(std::path::Path::new("/"));
    #[cfg(not(target_os = "linux"))]
    Vec::new()
}

/// Who made a card, by the number under which makers are registered.
#[cfg_attr(
    not(target_os = "linux"),
    allow(dead_code, reason = "Vulkan is asked on Linux")
)]
fn maker(vendor: u32) -> String {
    match vendor {
        0x10de => "NVIDIA".into(),
        0x1002 | 0x1022 => "AMD".into(),
        0x8086 => "Intel".into(),
        0x106b => "Apple".into(),
        0x13b5 => "Arm".into(),
        0x5143 => "Qualcomm".into(),
        0x1414 => "Microsoft".into(),
        0x10005 => "Mesa".into(),
        other => format!("maker {other:#06x}"),
    }
}
