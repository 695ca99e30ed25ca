//! Staying loaded.
//!
//! A fill starts threads that end with the process and not before: the pools of the engine and of the runtimes. Hosts close
//! a plug-in's library when they have seen enough of it; without its code, the next of these threads to wake would end the
//! host.

use std::sync::Once;

/// Keeps this library in memory until the process ends, however often it is closed. Called by each frontend before the
/// first thread can start: who only looks at the library may still be rid of it.
pub(crate) fn stay_loaded() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        if !pin() {
            tracing::warn!("the library cannot be kept in memory: closing it may end the process");
        }
    });
}

#[cfg(unix)]
fn pin() -> bool {
    let mut info = std::mem::MaybeUninit::<libc::Dl_info>::zeroed();
    // SAFETY: dladdr takes any address and fills in the struct when it returns non-zero. The name belongs to the loader and
    // stays as long as this code is loaded. dlopen runs nothing, because the library is loaded already; its handle is never
    // closed, and RTLD_NODELETE holds even if it were.
    unsafe {
        libc::dladdr(pin as *const () as *const libc::c_void, info.as_mut_ptr()) != 0
            && !libc::dlopen(
                info.assume_init().dli_fname,
                libc::RTLD_LAZY | libc::RTLD_NOLOAD | libc::RTLD_NODELETE,
            )
            .is_null()
    }
}

#[cfg(windows)]
fn pin() -> bool {
    use windows_sys::Win32::System::LibraryLoader::{
        GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, GET_MODULE_HANDLE_EX_FLAG_PIN, GetModuleHandleExW,
    };

    let flags = GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_PIN;
    let mut module = std::ptr::null_mut();
    // SAFETY: with these flags the name is any address within the module, and nothing has to be given back.
    unsafe { GetModuleHandleExW(flags, pin as *const () as *const u16, &mut module) != 0 }
}

#[cfg(not(any(unix, windows)))]
fn pin() -> bool {
    false
}
