//! Versions and the last error.

use super::guard;
use std::ffi::c_char;

/// See `reweave.h`.
#[unsafe(no_mangle)]
pub extern "C" fn reweave_abi_version() -> u32 {
    reweave_abi::ABI_VERSION
}

/// See `reweave.h`.
#[unsafe(no_mangle)]
pub extern "C" fn reweave_version() -> *const c_char {
    concat!(env!("CARGO_PKG_VERSION"), "\0").as_ptr().cast()
}

/// See `reweave.h`.
#[unsafe(no_mangle)]
pub extern "C" fn reweave_last_error() -> *const c_char {
    guard::last_error()
}
