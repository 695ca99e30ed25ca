//! Texts that C gives.

use super::guard::AbiError;
use std::ffi::{CStr, c_char};

/// A text that may be left out.
///
/// # Errors
/// When it is not UTF-8.
///
/// # Safety
/// The pointer is NULL or points to a text that ends with zero and is not changed meanwhile.
pub(super) unsafe fn optional<'a>(
    text: *const c_char,
    name: &str,
) -> Result<Option<&'a str>, AbiError> {
    if text.is_null() {
        return Ok(None);
    }
    // SAFETY: the caller's promise.
    let text = unsafe { CStr::from_ptr(text) };
    text.to_str()
        .map(Some)
        .map_err(|_| AbiError::argument(format!("{name} is not UTF-8")))
}

/// A text that has to be there.
///
/// # Errors
/// When it is NULL or not UTF-8.
///
/// # Safety
/// As for [`optional`].
pub(super) unsafe fn required<'a>(text: *const c_char, name: &str) -> Result<&'a str, AbiError> {
    // SAFETY: the caller's promise.
    unsafe { optional(text, name) }?.ok_or_else(|| AbiError::argument(format!("{name} is NULL")))
}
