//! `ofxImageEffect.h`: effects, clips and images. Required of every host.

use crate::{
    OfxImageClipHandle, OfxImageEffectHandle, OfxImageMemoryHandle, OfxParamSetHandle,
    OfxPropertySetHandle, OfxRectD, OfxStatus, OfxTime,
};
use std::ffi::{c_char, c_int, c_void};

/// `kOfxImageEffectSuite`, version 1.
#[repr(C)]
#[allow(missing_docs)]
pub struct OfxImageEffectSuiteV1 {
    pub getPropertySet: Option<
        unsafe extern "C" fn(
            OfxImageEffectHandle,
            propHandle: *mut OfxPropertySetHandle,
        ) -> OfxStatus,
    >,
    pub getParamSet: Option<
        unsafe extern "C" fn(OfxImageEffectHandle, paramSet: *mut OfxParamSetHandle) -> OfxStatus,
    >,
    pub clipDefine: Option<
        unsafe extern "C" fn(
            OfxImageEffectHandle,
            name: *const c_char,
            propertySet: *mut OfxPropertySetHandle,
        ) -> OfxStatus,
    >,
    pub clipGetHandle: Option<
        unsafe extern "C" fn(
            OfxImageEffectHandle,
            name: *const c_char,
            clip: *mut OfxImageClipHandle,
            propertySet: *mut OfxPropertySetHandle,
        ) -> OfxStatus,
    >,
    pub clipGetPropertySet: Option<
        unsafe extern "C" fn(
            OfxImageClipHandle,
            propHandle: *mut OfxPropertySetHandle,
        ) -> OfxStatus,
    >,
    pub clipGetImage: Option<
        unsafe extern "C" fn(
            OfxImageClipHandle,
            OfxTime,
            region: *const OfxRectD,
            imageHandle: *mut OfxPropertySetHandle,
        ) -> OfxStatus,
    >,
    pub clipReleaseImage:
        Option<unsafe extern "C" fn(imageHandle: OfxPropertySetHandle) -> OfxStatus>,
    pub clipGetRegionOfDefinition: Option<
        unsafe extern "C" fn(OfxImageClipHandle, OfxTime, bounds: *mut OfxRectD) -> OfxStatus,
    >,
    pub abort: Option<unsafe extern "C" fn(OfxImageEffectHandle) -> c_int>,
    pub imageMemoryAlloc: Option<
        unsafe extern "C" fn(
            OfxImageEffectHandle,
            nBytes: usize,
            memoryHandle: *mut OfxImageMemoryHandle,
        ) -> OfxStatus,
    >,
    pub imageMemoryFree: Option<unsafe extern "C" fn(OfxImageMemoryHandle) -> OfxStatus>,
    pub imageMemoryLock: Option<
        unsafe extern "C" fn(OfxImageMemoryHandle, returnedPtr: *mut *mut c_void) -> OfxStatus,
    >,
    pub imageMemoryUnlock: Option<unsafe extern "C" fn(OfxImageMemoryHandle) -> OfxStatus>,
}
