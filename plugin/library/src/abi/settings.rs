//! Values for the settings: `reweave_settings_…`.

use super::guard::{AbiError, guard, guard_value, to_c};
use super::handle::{self, Handle};
use super::text;
use reweave::Settings;
use reweave_abi::{ReweaveSettings, ReweaveStatus};
use std::ffi::{CString, c_char};
use std::ptr;

/// Settings, and the text that was last asked for.
#[derive(Default)]
pub(super) struct Kept {
    pub(super) settings: Settings,
    answer: CString,
}

impl Handle for ReweaveSettings {
    type Inner = Kept;
}

/// The settings that C gave, or all at their defaults.
///
/// # Safety
/// The pointer is NULL or came from `reweave_settings_new` and was not freed.
pub(super) unsafe fn or_default(settings: *const ReweaveSettings) -> Settings {
    // SAFETY: the caller's promise.
    unsafe { handle::borrow(settings, "settings") }
        .map_or_else(|_| Settings::new(), |kept| kept.settings.clone())
}

/// See `reweave.h`.
///
/// # Safety
/// As the header asks: pointers are NULL or point to what their types say.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn reweave_settings_new(
    settings: *mut *mut ReweaveSettings,
) -> ReweaveStatus {
    guard(|| {
        // SAFETY: the caller's promise.
        let settings = unsafe { handle::output(settings, "settings") }?;
        *settings = handle::give(Kept::default());
        Ok(())
    })
}

/// See `reweave.h`.
///
/// # Safety
/// As the header asks: pointers are NULL or point to what their types say.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn reweave_settings_set(
    settings: *mut ReweaveSettings,
    id: *const c_char,
    value: *const c_char,
) -> ReweaveStatus {
    guard(|| {
        // SAFETY: the caller's promise, for each pointer.
        let (kept, id, value) = unsafe {
            (
                handle::borrow_mut(settings, "settings")?,
                text::required(id, "id")?,
                text::required(value, "value")?,
            )
        };
        Ok(kept.settings.set(id, value)?)
    })
}

/// See `reweave.h`.
///
/// # Safety
/// As the header asks: pointers are NULL or point to what their types say.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn reweave_settings_get(
    settings: *mut ReweaveSettings,
    id: *const c_char,
) -> *const c_char {
    guard_value(ptr::null(), || {
        // SAFETY: the caller's promise, for each pointer.
        let (kept, id) = unsafe {
            (
                handle::borrow_mut(settings, "settings")?,
                text::required(id, "id")?,
            )
        };
        kept.answer = to_c(kept.settings.get(id).map_err(AbiError::from)?);
        Ok(kept.answer.as_ptr())
    })
}

/// See `reweave.h`.
///
/// # Safety
/// NULL or settings that were not freed yet.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn reweave_settings_free(settings: *mut ReweaveSettings) {
    // SAFETY: the caller's promise.
    guard_value((), || unsafe { handle::take(settings) });
}
