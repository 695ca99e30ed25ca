//! `ofxParam.h`: parameters. Required of every host.

use crate::{
    OfxParamHandle, OfxParamSetHandle, OfxPropertySetHandle, OfxRangeD, OfxStatus, OfxTime,
};
use std::ffi::{c_char, c_int, c_uint};

/// `kOfxParameterSuite`, version 1.
///
/// The functions with `...` take or give as many values as the parameter's type has: `double *` for a double, `int *`
/// for an integer, boolean or choice, `char **` for a string.
#[repr(C)]
#[allow(missing_docs)]
pub struct OfxParameterSuiteV1 {
    pub paramDefine: Option<
        unsafe extern "C" fn(
            OfxParamSetHandle,
            paramType: *const c_char,
            name: *const c_char,
            propertySet: *mut OfxPropertySetHandle,
        ) -> OfxStatus,
    >,
    pub paramGetHandle: Option<
        unsafe extern "C" fn(
            OfxParamSetHandle,
            name: *const c_char,
            param: *mut OfxParamHandle,
            propertySet: *mut OfxPropertySetHandle,
        ) -> OfxStatus,
    >,
    pub paramSetGetPropertySet: Option<
        unsafe extern "C" fn(OfxParamSetHandle, propHandle: *mut OfxPropertySetHandle) -> OfxStatus,
    >,
    pub paramGetPropertySet: Option<
        unsafe extern "C" fn(OfxParamHandle, propHandle: *mut OfxPropertySetHandle) -> OfxStatus,
    >,
    pub paramGetValue: Option<unsafe extern "C" fn(OfxParamHandle, ...) -> OfxStatus>,
    pub paramGetValueAtTime:
        Option<unsafe extern "C" fn(OfxParamHandle, OfxTime, ...) -> OfxStatus>,
    pub paramGetDerivative: Option<unsafe extern "C" fn(OfxParamHandle, OfxTime, ...) -> OfxStatus>,
    pub paramGetIntegral: Option<
        unsafe extern "C" fn(OfxParamHandle, time1: OfxTime, time2: OfxTime, ...) -> OfxStatus,
    >,
    pub paramSetValue: Option<unsafe extern "C" fn(OfxParamHandle, ...) -> OfxStatus>,
    pub paramSetValueAtTime:
        Option<unsafe extern "C" fn(OfxParamHandle, OfxTime, ...) -> OfxStatus>,
    pub paramGetNumKeys:
        Option<unsafe extern "C" fn(OfxParamHandle, numberOfKeys: *mut c_uint) -> OfxStatus>,
    pub paramGetKeyTime: Option<
        unsafe extern "C" fn(OfxParamHandle, nthKey: c_uint, time: *mut OfxTime) -> OfxStatus,
    >,
    pub paramGetKeyIndex: Option<
        unsafe extern "C" fn(
            OfxParamHandle,
            OfxTime,
            direction: c_int,
            index: *mut c_int,
        ) -> OfxStatus,
    >,
    pub paramDeleteKey: Option<unsafe extern "C" fn(OfxParamHandle, OfxTime) -> OfxStatus>,
    pub paramDeleteAllKeys: Option<unsafe extern "C" fn(OfxParamHandle) -> OfxStatus>,
    pub paramCopy: Option<
        unsafe extern "C" fn(
            paramTo: OfxParamHandle,
            paramFrom: OfxParamHandle,
            dstOffset: OfxTime,
            frameRange: *const OfxRangeD,
        ) -> OfxStatus,
    >,
    pub paramEditBegin:
        Option<unsafe extern "C" fn(OfxParamSetHandle, name: *const c_char) -> OfxStatus>,
    pub paramEditEnd: Option<unsafe extern "C" fn(OfxParamSetHandle) -> OfxStatus>,
}
