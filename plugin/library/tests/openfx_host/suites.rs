//! The suites that are about effects and parameters, and which suites there are.

use super::effect::{Clip, Effect, Param};
use super::messages::{
    MESSAGE, MESSAGE_V1, NULL_MESSAGE, NULL_PROGRESS, PROGRESS, RESOLVE_MESSAGE,
};
use super::properties::{self, PropertySet, Value};
use super::{Quirks, mistake, world};
use reweave_openfx_sys::{self as ofx, names::*};
use std::ffi::{CStr, c_char, c_int, c_void};
use std::ptr;
use std::sync::atomic::Ordering;
use std::time::Instant;

/// The suite with this name and version.
pub fn find(name: &CStr, version: c_int, quirks: &Quirks) -> *const c_void {
    match (name, version) {
        (name, 1) if name == kOfxPropertySuite => (&raw const properties::SUITE).cast(),
        (name, 1) if name == kOfxImageEffectSuite => (&raw const EFFECT).cast(),
        (name, 1) if name == kOfxParameterSuite => (&raw const PARAMETER).cast(),
        _ if quirks.required_suites_only => ptr::null(),
        (name, 1 | 2) if name == kOfxMessageSuite && quirks.null_suite_functions => {
            (&raw const NULL_MESSAGE).cast()
        }
        (name, 1) if name == kOfxMessageSuite => (&raw const MESSAGE_V1).cast(),
        (name, 2) if name == kOfxMessageSuite && quirks.message_v1_only => ptr::null(),
        (name, 2) if name == kOfxMessageSuite && quirks.resolve_message_suite_v2_null => {
            (&raw const RESOLVE_MESSAGE).cast()
        }
        (name, 2) if name == kOfxMessageSuite => (&raw const MESSAGE).cast(),
        (name, 1) if name == kOfxProgressSuite && quirks.null_suite_functions => {
            (&raw const NULL_PROGRESS).cast()
        }
        (name, 1) if name == kOfxProgressSuite => (&raw const PROGRESS).cast(),
        _ => ptr::null(),
    }
}

/// The effect behind a handle.
unsafe fn effect<'a>(handle: *mut c_void) -> &'a Effect {
    // SAFETY: all effect handles of this host are of this type, and live while the plug-in may use them.
    unsafe { &*handle.cast::<Effect>() }
}

pub fn name_of<'a>(name: *const c_char) -> &'a CStr {
    // SAFETY: the plug-in gives names that end with zero.
    unsafe { CStr::from_ptr(name) }
}

/// Gives an answer to the plug-in, which may not want it.
unsafe fn answer<T>(out: *mut T, value: T) {
    if !out.is_null() {
        // SAFETY: the plug-in gave a place for the answer.
        unsafe { out.write(value) };
    }
}

unsafe extern "C" fn effect_properties(handle: *mut c_void, out: *mut *mut c_void) -> c_int {
    // SAFETY: passed on.
    unsafe {
        answer(
            out,
            ptr::from_ref(&effect(handle).properties).cast_mut().cast(),
        )
    };
    ofx::kOfxStatOK
}

unsafe extern "C" fn param_set(handle: *mut c_void, out: *mut *mut c_void) -> c_int {
    // SAFETY: the set of parameters has the effect's own handle.
    unsafe { answer(out, handle) };
    ofx::kOfxStatOK
}

unsafe extern "C" fn clip_define(
    handle: *mut c_void,
    name: *const c_char,
    out: *mut *mut c_void,
) -> c_int {
    // SAFETY: passed on.
    unsafe {
        let clip = effect(handle).define_clip(name_of(name));
        answer(out, ptr::from_ref(&clip.properties).cast_mut().cast());
    }
    ofx::kOfxStatOK
}

unsafe extern "C" fn clip_handle(
    handle: *mut c_void,
    name: *const c_char,
    clip: *mut *mut c_void,
    properties: *mut *mut c_void,
) -> c_int {
    // SAFETY: passed on.
    unsafe {
        let Some(found) = effect(handle).clip(name_of(name)) else {
            return ofx::kOfxStatErrUnknown;
        };
        answer(clip, ptr::from_ref(found).cast_mut().cast());
        answer(
            properties,
            ptr::from_ref(&found.properties).cast_mut().cast(),
        );
    }
    ofx::kOfxStatOK
}

unsafe fn clip<'a>(handle: *mut c_void) -> &'a Clip {
    // SAFETY: all clip handles of this host are of this type, and live while the plug-in may use them.
    unsafe { &*handle.cast::<Clip>() }
}

unsafe extern "C" fn clip_properties(handle: *mut c_void, out: *mut *mut c_void) -> c_int {
    // SAFETY: passed on.
    unsafe {
        answer(
            out,
            ptr::from_ref(&clip(handle).properties).cast_mut().cast(),
        )
    };
    ofx::kOfxStatOK
}

unsafe extern "C" fn get_image(
    handle: *mut c_void,
    time: f64,
    _region: *const ofx::OfxRectD,
    out: *mut *mut c_void,
) -> c_int {
    // SAFETY: passed on.
    let clip = unsafe { clip(handle) };
    let world = world();
    let Some(set) = clip.image(time, &world.quirks) else {
        return ofx::kOfxStatFailed;
    };
    world.record.images.fetch_add(1, Ordering::SeqCst);
    world.record.images_out.fetch_add(1, Ordering::SeqCst);
    // SAFETY: passed on; `release_image` takes the box back.
    unsafe { answer(out, Box::into_raw(Box::new(set)).cast()) };
    ofx::kOfxStatOK
}

unsafe extern "C" fn release_image(handle: *mut c_void) -> c_int {
    // SAFETY: made by `get_image`.
    drop(unsafe { Box::from_raw(handle.cast::<PropertySet>()) });
    world().record.images_out.fetch_sub(1, Ordering::SeqCst);
    ofx::kOfxStatOK
}

unsafe extern "C" fn region_of_definition(
    handle: *mut c_void,
    _time: f64,
    out: *mut ofx::OfxRectD,
) -> c_int {
    // SAFETY: passed on.
    match unsafe { clip(handle) }.region() {
        Some(region) => {
            // SAFETY: passed on.
            unsafe { answer(out, region) };
            ofx::kOfxStatOK
        }
        None => ofx::kOfxStatFailed,
    }
}

unsafe extern "C" fn abort(_handle: *mut c_void) -> c_int {
    let world = world();
    world.record.asked.lock().unwrap().push(Instant::now());
    let call = world.record.aborts.fetch_add(1, Ordering::SeqCst) + 1;
    c_int::from(world.quirks.abort_at.is_some_and(|at| call >= at))
}

static EFFECT: ofx::OfxImageEffectSuiteV1 = ofx::OfxImageEffectSuiteV1 {
    getPropertySet: Some(effect_properties),
    getParamSet: Some(param_set),
    clipDefine: Some(clip_define),
    clipGetHandle: Some(clip_handle),
    clipGetPropertySet: Some(clip_properties),
    clipGetImage: Some(get_image),
    clipReleaseImage: Some(release_image),
    clipGetRegionOfDefinition: Some(region_of_definition),
    abort: Some(abort),
    imageMemoryAlloc: None,
    imageMemoryFree: None,
    imageMemoryLock: None,
    imageMemoryUnlock: None,
};

unsafe extern "C" fn param_define(
    handle: *mut c_void,
    kind: *const c_char,
    name: *const c_char,
    out: *mut *mut c_void,
) -> c_int {
    // SAFETY: passed on.
    unsafe {
        let param = effect(handle).define_param(name_of(kind), name_of(name));
        answer(out, ptr::from_ref(&param.properties).cast_mut().cast());
    }
    ofx::kOfxStatOK
}

unsafe extern "C" fn param_handle(
    handle: *mut c_void,
    name: *const c_char,
    param: *mut *mut c_void,
    properties: *mut *mut c_void,
) -> c_int {
    // SAFETY: passed on.
    unsafe {
        let Some(found) = effect(handle).param(name_of(name)) else {
            mistake(format!("asked for parameter {:?}", name_of(name)));
            return ofx::kOfxStatErrUnknown;
        };
        answer(param, ptr::from_ref(found).cast_mut().cast());
        answer(
            properties,
            ptr::from_ref(&found.properties).cast_mut().cast(),
        );
    }
    ofx::kOfxStatOK
}

/// Rust cannot define a function with `...`, but one with as many arguments as are given has the same calling
/// convention on the systems where these tests run.
unsafe extern "C" fn value_at_time(handle: *mut c_void, _time: f64, out: *mut c_void) -> c_int {
    // SAFETY: all parameter handles of this host are of this type.
    let param = unsafe { &*handle.cast::<Param>() };
    let value = param.value.lock().unwrap();
    // SAFETY: the plug-in gave a place that fits the parameter's type.
    unsafe {
        match &*value {
            Value::Int(value) => out.cast::<c_int>().write(*value),
            Value::Double(value) => out.cast::<f64>().write(*value),
            Value::Text(value) => out.cast::<*const c_char>().write(value.as_ptr()),
            Value::Pointer(_) => return ofx::kOfxStatErrValue,
        }
    }
    ofx::kOfxStatOK
}

type ValueAtTime = unsafe extern "C" fn(*mut c_void, f64, ...) -> c_int;

static PARAMETER: ofx::OfxParameterSuiteV1 = ofx::OfxParameterSuiteV1 {
    paramDefine: Some(param_define),
    paramGetHandle: Some(param_handle),
    paramSetGetPropertySet: None,
    paramGetPropertySet: None,
    paramGetValue: None,
    // SAFETY: see `value_at_time`.
    paramGetValueAtTime: Some(unsafe {
        std::mem::transmute::<
            unsafe extern "C" fn(*mut c_void, f64, *mut c_void) -> c_int,
            ValueAtTime,
        >(value_at_time)
    }),
    paramGetDerivative: None,
    paramGetIntegral: None,
    paramSetValue: None,
    paramSetValueAtTime: None,
    paramGetNumKeys: None,
    paramGetKeyTime: None,
    paramGetKeyIndex: None,
    paramDeleteKey: None,
    paramDeleteAllKeys: None,
    paramCopy: None,
    paramEditBegin: None,
    paramEditEnd: None,
};
