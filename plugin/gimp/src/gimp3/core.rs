//! GIMP's libraries, opened once and for good.

use crate::gegl;
use reweave_gimp_sys::OpenError;
use reweave_gimp_sys::gimp3::{Core, Window, types as c};
use std::ffi::{CStr, CString, c_char};
use std::sync::OnceLock;

static CORE: OnceLock<Core> = OnceLock::new();
static WINDOW: OnceLock<Window> = OnceLock::new();

/// Opens what every run needs.
pub fn open() -> Result<(), OpenError> {
    gegl::open()?;
    let _ = CORE.set(Core::open()?);
    Ok(())
}

/// What every run needs; [`open`] is the first thing that the program does.
pub fn core() -> &'static Core {
    CORE.get()
        .unwrap_or_else(|| unreachable!("main opens the libraries before anything else"))
}

/// What a dialog needs: opened when the first one is shown.
pub fn window() -> Result<&'static Window, OpenError> {
    if WINDOW.get().is_none() {
        let _ = WINDOW.set(Window::open()?);
    }
    Ok(WINDOW.get().unwrap_or_else(|| unreachable!("set just now")))
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

/// A copy of text that GIMP gave away, which is freed.
///
/// # Safety
/// As for [`from_c`]; nobody else uses the text.
pub unsafe fn take_c(pointer: *mut c_char) -> String {
    // SAFETY: the caller's promise.
    let text = unsafe { from_c(pointer) };
    // SAFETY: as above; g_free takes null.
    unsafe { core().glib.g_free(pointer.cast()) };
    text
}

/// A yes or no of GLib's.
pub fn yes(answer: c::gboolean) -> bool {
    answer != 0
}

/// Looks a sentence up in this plug-in's catalogue.
pub fn translate(english: &str) -> String {
    let text = to_c(english);
    // SAFETY: both texts end with a zero byte; the answer is `text` or lives as long as the catalogue.
    unsafe { from_c(core().glib.g_dgettext(c"reweave".as_ptr(), text.as_ptr())) }
}
