//! `ofxProgress.h`: a progress bar of the host. Optional, and its functions may be null.

use crate::OfxStatus;
use std::ffi::{c_char, c_void};

/// `kOfxProgressSuite`, version 1.
#[repr(C)]
#[allow(missing_docs)]
pub struct OfxProgressSuiteV1 {
    pub progressStart: Option<
        unsafe extern "C" fn(effectInstance: *mut c_void, label: *const c_char) -> OfxStatus,
    >,
    /// `kOfxStatReplyNo` asks to stop.
    pub progressUpdate:
        Option<unsafe extern "C" fn(effectInstance: *mut c_void, progress: f64) -> OfxStatus>,
    pub progressEnd: Option<unsafe extern "C" fn(effectInstance: *mut c_void) -> OfxStatus>,
}
