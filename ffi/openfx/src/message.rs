//! `ofxMessage.h`: telling the user something. Optional, and its functions may be null.

use crate::OfxStatus;
use std::ffi::{c_char, c_void};

/// A message in `printf` style: handle, kind, id, format and its values.
pub type OfxMessage = unsafe extern "C" fn(
    handle: *mut c_void,
    kind: *const c_char,
    id: *const c_char,
    format: *const c_char,
    ...
) -> OfxStatus;

/// `kOfxMessageSuite`, version 1.
#[repr(C)]
#[allow(missing_docs)]
pub struct OfxMessageSuiteV1 {
    pub message: Option<OfxMessage>,
}

/// Takes the messages of [`OfxMessageSuiteV2::setPersistentMessage`] away again.
pub type OfxClearMessage = unsafe extern "C" fn(handle: *mut c_void) -> OfxStatus;

/// `kOfxMessageSuite`, version 2, which begins with version 1.
#[repr(C)]
#[allow(missing_docs)]
pub struct OfxMessageSuiteV2 {
    pub message: Option<OfxMessage>,
    pub setPersistentMessage: Option<OfxMessage>,
    pub clearPersistentMessage: Option<OfxClearMessage>,
}
