//! What the host offers: its suites, fetched when the plug-in is loaded.

use super::message::Messages;
use super::status::{Result, Status};
use reweave_openfx_sys::{self as ofx, names::*};
use std::ffi::{CStr, c_int};
use std::ptr;
use std::sync::RwLock;
use std::sync::atomic::{AtomicPtr, Ordering};

/// The tables of functions that a host gives. The first three it must have.
#[derive(Clone, Copy)]
pub struct Suites {
    pub(super) host: ofx::OfxPropertySetHandle,
    pub(super) property: &'static ofx::OfxPropertySuiteV1,
    pub(super) effect: &'static ofx::OfxImageEffectSuiteV1,
    pub(super) parameter: &'static ofx::OfxParameterSuiteV1,
    pub(super) message: Messages,
    pub(super) progress: Option<&'static ofx::OfxProgressSuiteV1>,
}

// SAFETY: the standard lets a plug-in call its host from any thread in which the host called the plug-in, and the
// tables do not change while the plug-in is loaded.
unsafe impl Send for Suites {}
// SAFETY: as above.
unsafe impl Sync for Suites {}

static HOST: AtomicPtr<ofx::OfxHost> = AtomicPtr::new(ptr::null_mut());
static SUITES: RwLock<Option<Suites>> = RwLock::new(None);

/// Remembers the host. The standard forbids to call it here.
pub(super) fn set_host(host: *mut ofx::OfxHost) {
    HOST.store(host, Ordering::Release);
}

/// Fetches the suites. Hosts are known to load a plug-in several times without unloading it: the last one counts.
pub(super) fn load() -> Result {
    let host = HOST.load(Ordering::Acquire);
    // SAFETY: the host keeps its struct alive while the plug-in is loaded.
    let host = unsafe { host.as_ref() }.ok_or(Status::MISSING_HOST_FEATURE)?;
    let fetch = host.fetchSuite.ok_or(Status::MISSING_HOST_FEATURE)?;
    let suite = |name: &CStr, version: c_int| {
        // SAFETY: the host's own function with its own handle and a string that outlives the call.
        unsafe { fetch(host.host, name.as_ptr(), version) }
    };
    let required = |name, version| {
        let found = suite(name, version);
        if found.is_null() {
            Err(Status::MISSING_HOST_FEATURE)
        } else {
            Ok(found)
        }
    };
    // SAFETY: a suite of this name and version has this layout, and lives as long as the plug-in is loaded.
    let suites = unsafe {
        Suites {
            host: host.host,
            property: &*required(kOfxPropertySuite, 1)?.cast(),
            effect: &*required(kOfxImageEffectSuite, 1)?.cast(),
            parameter: &*required(kOfxParameterSuite, 1)?.cast(),
            message: Messages::of(
                suite(kOfxMessageSuite, 1)
                    .cast::<ofx::OfxMessageSuiteV1>()
                    .as_ref(),
                suite(kOfxMessageSuite, 2)
                    .cast::<ofx::OfxMessageSuiteV2>()
                    .as_ref(),
            ),
            progress: suite(kOfxProgressSuite, 1)
                .cast::<ofx::OfxProgressSuiteV1>()
                .as_ref(),
        }
    };
    *SUITES
        .write()
        .unwrap_or_else(|poisoned| poisoned.into_inner()) = Some(suites);
    Ok(())
}

/// The suites, if the plug-in is loaded.
pub(super) fn suites() -> Result<Suites> {
    (*SUITES
        .read()
        .unwrap_or_else(|poisoned| poisoned.into_inner()))
    .ok_or(Status::FAILED)
}

/// Calls a function of a suite. Gives its [`Status`] as a `Result`; a null function is a missing host feature.
macro_rules! call {
    ($function:expr $(, $argument:expr)* $(,)?) => {
        match $function {
            // SAFETY: the host's function gets handles that the host gave for the action that is going on (the safe
            // types of this layer do not outlive it), strings that end with zero, and pointers to live values.
            Some(function) => $crate::openfx::status::Status(unsafe { function($($argument),*) }).ok(),
            None => Err($crate::openfx::status::Status::MISSING_HOST_FEATURE),
        }
    };
}
pub(super) use call;
