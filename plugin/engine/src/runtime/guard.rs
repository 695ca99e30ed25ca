//! A panic in a library of another's making is that library's error.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Does the work. What it was changing is given up by the caller when it fails, hence the assertion of unwind safety.
///
/// # Errors
/// Those of the work, and what a panic said.
pub(crate) fn guarded<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| Err(broke_down(panic.as_ref())))
}

/// A panic, in words.
pub(super) fn broke_down(panic: &(dyn Any + Send)) -> String {
    let owned = panic.downcast_ref::<String>().map(String::as_str);
    let text = owned.or_else(|| panic.downcast_ref::<&str>().copied());
    format!(
        "the runtime broke down ({})",
        text.unwrap_or("no reason given")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_panic_says_is_in_the_error() {
        assert_eq!(guarded(|| Ok(7)), Ok(7));
        assert_eq!(guarded::<u8>(|| Err("no".into())), Err("no".into()));
        let said = |panic: fn() -> u8| guarded(|| Ok(panic())).unwrap_err();
        assert!(said(|| panic!("axis {}", 9)).contains("(axis 9)"));
        assert!(said(|| panic!("no such operator")).contains("(no such operator)"));
        assert!(said(|| std::panic::panic_any(7)).contains("(no reason given)"));
    }
}
