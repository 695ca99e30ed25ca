//! `ofxProperty.h`: reading and writing property sets. Required of every host.

use crate::{OfxPropertySetHandle, OfxStatus};
use std::ffi::{c_char, c_double, c_int, c_void};

type Set<T> =
    Option<unsafe extern "C" fn(OfxPropertySetHandle, *const c_char, index: c_int, T) -> OfxStatus>;
type SetN<T> = Option<
    unsafe extern "C" fn(OfxPropertySetHandle, *const c_char, count: c_int, *const T) -> OfxStatus,
>;
type Get<T> = Option<
    unsafe extern "C" fn(OfxPropertySetHandle, *const c_char, index: c_int, *mut T) -> OfxStatus,
>;
type GetN<T> = Option<
    unsafe extern "C" fn(OfxPropertySetHandle, *const c_char, count: c_int, *mut T) -> OfxStatus,
>;

/// `kOfxPropertySuite`, version 1. Strings that it gives belong to the host and live until the property changes.
#[repr(C)]
#[allow(missing_docs)]
pub struct OfxPropertySuiteV1 {
    pub propSetPointer: Set<*mut c_void>,
    pub propSetString: Set<*const c_char>,
    pub propSetDouble: Set<c_double>,
    pub propSetInt: Set<c_int>,
    pub propSetPointerN: SetN<*mut c_void>,
    pub propSetStringN: SetN<*const c_char>,
    pub propSetDoubleN: SetN<c_double>,
    pub propSetIntN: SetN<c_int>,
    pub propGetPointer: Get<*mut c_void>,
    pub propGetString: Get<*mut c_char>,
    pub propGetDouble: Get<c_double>,
    pub propGetInt: Get<c_int>,
    pub propGetPointerN: GetN<*mut c_void>,
    pub propGetStringN: GetN<*mut c_char>,
    pub propGetDoubleN: GetN<c_double>,
    pub propGetIntN: GetN<c_int>,
    pub propReset: Option<unsafe extern "C" fn(OfxPropertySetHandle, *const c_char) -> OfxStatus>,
    pub propGetDimension: Option<
        unsafe extern "C" fn(OfxPropertySetHandle, *const c_char, count: *mut c_int) -> OfxStatus,
    >,
}
