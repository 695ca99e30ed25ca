//! What another's library says and does when something breaks, in one line.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What a library of another's making may do to us at worst, short of ending the process: panic on the way.
pub(super) fn guarded<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
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

/// Errors of providers go on for pages.
pub(super) fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default().trim()
}
