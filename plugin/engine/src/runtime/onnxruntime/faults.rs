//! Providers that broke down while they ran: for the rest of the process they are left alone.

use std::sync::{Mutex, PoisonError};

use super::first_line;
use super::provider::Provider;

/// Providers that broke down, each with the words for it.
#[derive(Debug)]
pub(super) struct Faults(Mutex<Vec<(Provider, String)>>);

/// Those of this process.
pub(super) static FAULTS: Faults = Faults::none();

impl Faults {
    const fn none() -> Self {
        Self(Mutex::new(Vec::new()))
    }

    /// Why a provider is left alone, if it is.
    pub fn of(&self, provider: Provider) -> Option<String> {
        let faults = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fault = faults.iter().find(|(faulty, _)| *faulty == provider)?;
        Some(fault.1.clone())
    }

    /// Keeps that a provider broke down, and gives back the words for it: those of the first time.
    pub fn remember(&self, provider: Provider, why: &str) -> String {
        let mut faults = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, fault)) = faults.iter().find(|(faulty, _)| *faulty == provider) {
            return fault.clone();
        }
        let fault = format!(
            "it broke down while it ran ({}), and is not tried again by this process",
            first_line(why)
        );
        faults.push((provider, fault.clone()));
        fault
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_has_one_fault_and_others_have_none() {
        let faults = Faults::none();
        assert_eq!(faults.of(Provider::Cuda), None);
        let first = faults.remember(Provider::Cuda, "device lost\nand pages more");
        assert!(first.contains("(device lost)"), "{first}");
        assert_eq!(faults.remember(Provider::Cuda, "out of memory"), first);
        assert_eq!(faults.of(Provider::Cuda), Some(first));
        assert_eq!(faults.of(Provider::WebGpu), None);
    }
}
