//! GIMP's library, opened once and for good.

use crate::gegl;
use reweave_gimp_sys::OpenError;
use reweave_gimp_sys::gimp2::{Core, types as c};
use std::ffi::{CStr, CString, c_char};
use std::sync::OnceLock;

static CORE: OnceLock<Core> = OnceLock::new();

/// Opens it.
pub fn open() -> Result<(), OpenError> {
    gegl::open()?;
    let _ = CORE.set(Core::open()?);
    Ok(())
}

/// GIMP's functions; [`open`] is the first thing that the program does.
pub fn core() -> &'static Core {
    CORE.get()
        .unwrap_or_else(|| unreachable!("main opens the libraries before anything else"))
}

/// Text for GIMP.
pub fn to_c(text: &str) -> CString {
    CString::new(text.replace('\0', "")).unwrap_or_default()
}

/// A copy of GIMP's text.
///
/// # Safety
/// The pointer is null or points to text that ends with a zero byte.
pub unsafe fn from_c(pointer: *const c_char) -> String {
    if pointer.is_null() {
        return String::new();
    }
    // SAFETY: the caller's promise.
    unsafe { CStr::from_ptr(pointer) }
        .to_string_lossy()
        .into_owned()
}

/// A yes or no of GLib's.
pub fn yes(answer: c::gboolean) -> bool {
    answer != 0
}
