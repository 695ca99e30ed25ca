//! Providers that broke down while they ran: for the rest of the process they are left alone.

use std::sync::Mutex;

use super::guard::first_line;
use super::provider::Provider;

static FAULTS: Mutex<Vec<(Provider, String)>> = Mutex::new(Vec::new());

/// Why a provider is left alone, if it is.
pub(super) fn of(provider: Provider) -> Option<String> {
    let faults = FAULTS
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner());
    let fault = faults.iter().find(|(faulty, _)| *faulty == provider)?;
    Some(fault.1.clone())
}

/// Keeps that a provider broke down, and gives back the words for it.
pub(super) fn remember(provider: Provider, why: &str) -> String {
    let fault = format!(
        "it broke down while it ran ({}), and is not tried again by this process",
        first_line(why)
    );
    let mut faults = FAULTS
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner());
    faults.push((provider, fault.clone()));
    fault
}
