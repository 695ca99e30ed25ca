//! The functions that a host finds in the library, and the way of an action to the node.

use super::arguments::Arguments;
use super::effect::Effect;
use super::node;
use super::status::{Result, Status};
use super::suites;
use crate::abi::guard::panic_text;
use crate::{pin, quiet};
use reweave_openfx_sys::{self as ofx, names::*};
use std::ffi::{CStr, c_char, c_int, c_uint, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

/// A struct of constants and functions, which threads may share although it has pointers.
struct Plugin(ofx::OfxPlugin);

// SAFETY: nothing in it ever changes, and its pointers lead to constants.
unsafe impl Sync for Plugin {}

static PLUGIN: Plugin = Plugin(ofx::OfxPlugin {
    pluginApi: kOfxImageEffectPluginApi.as_ptr(),
    apiVersion: 1,
    pluginIdentifier: node::IDENTIFIER.as_ptr(),
    pluginVersionMajor: node::VERSION.0 as c_uint,
    pluginVersionMinor: node::VERSION.1 as c_uint,
    setHost: Some(set_host),
    mainEntry: Some(main_entry),
});

/// How many plug-ins the library has: one.
#[unsafe(no_mangle)]
#[allow(non_snake_case)]
pub extern "C" fn OfxGetNumberOfPlugins() -> c_int {
    1
}

/// The plug-in at an index, null past the end.
#[unsafe(no_mangle)]
#[allow(non_snake_case)]
pub extern "C" fn OfxGetPlugin(index: c_int) -> *mut ofx::OfxPlugin {
    // Hosts only read it; that the pointer is not const is how the standard has it.
    if index == 0 {
        (&raw const PLUGIN.0).cast_mut()
    } else {
        ptr::null_mut()
    }
}

/// Called by newer hosts before they look at the plug-ins. The plug-in gets its host again later.
///
/// # Safety
/// The host's struct lives as long as the library is used.
#[unsafe(no_mangle)]
#[allow(non_snake_case)]
pub unsafe extern "C" fn OfxSetHost(host: *const ofx::OfxHost) -> c_int {
    suites::set_host(host.cast_mut());
    ofx::kOfxStatOK
}

unsafe extern "C" fn set_host(host: *mut ofx::OfxHost) {
    suites::set_host(host);
}

/// Every action arrives here.
unsafe extern "C" fn main_entry(
    action: *const c_char,
    handle: *const c_void,
    in_args: ofx::OfxPropertySetHandle,
    out_args: ofx::OfxPropertySetHandle,
) -> ofx::OfxStatus {
    if action.is_null() {
        return ofx::kOfxStatErrValue;
    }
    // SAFETY: the host names the action by a string that ends with zero.
    let action = unsafe { CStr::from_ptr(action) };
    // A panic leaves nothing half done that is looked at again: what an action works on is dropped with it.
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        dispatch(action, handle.cast_mut(), in_args, out_args)
    }));
    let status = match outcome {
        Ok(Ok(status) | Err(status)) => status,
        Err(panic) => {
            let text = format!(
                "a mistake in Reweave, please report it: {}",
                panic_text(panic)
            );
            // Even telling it must not end the host.
            let told = catch_unwind(AssertUnwindSafe(|| {
                if let Ok(effect) =
                    suites::suites().and_then(|suites| Effect::new(suites, handle.cast_mut()))
                {
                    effect.show_error(&text);
                }
            }));
            drop(told);
            Status::FAILED
        }
    };
    status.0
}

fn dispatch(
    action: &CStr,
    handle: ofx::OfxImageEffectHandle,
    input: ofx::OfxPropertySetHandle,
    output: ofx::OfxPropertySetHandle,
) -> Result<Status> {
    let is = |name: &CStr| action == name;
    if is(kOfxActionLoad) {
        pin::stay_loaded();
        quiet::keep_quiet();
        return suites::load().map(|()| Status::OK);
    }
    if is(kOfxActionUnload) {
        return Ok(Status::OK);
    }
    let suites = suites::suites()?;
    let effect = || Effect::new(suites, handle);
    let arguments = Arguments::new(suites, input, output);
    if is(kOfxActionDescribe) {
        node::describe(&effect()?)
    } else if is(kOfxImageEffectActionDescribeInContext) {
        node::describe_in_context(&effect()?, &arguments)
    } else if is(kOfxActionCreateInstance) || is(kOfxActionDestroyInstance) {
        // An instance has no state of its own, but some hosts hide the controls of a node that does not answer.
        Ok(Status::OK)
    } else if is(kOfxImageEffectActionIsIdentity) {
        node::is_identity(&effect()?, &arguments)
    } else if is(kOfxImageEffectActionGetRegionsOfInterest) {
        node::regions_of_interest(&effect()?, &arguments)
    } else if is(kOfxImageEffectActionGetFramesNeeded) {
        node::frames_needed(&effect()?, &arguments)
    } else if is(kOfxImageEffectActionGetClipPreferences) {
        node::clip_preferences(&effect()?, &arguments)
    } else if is(kOfxImageEffectActionRender) {
        node::render(&effect()?, &arguments)
    } else if is(kOfxActionPurgeCaches) {
        node::purge_caches();
        Ok(Status::OK)
    } else {
        Ok(Status::REPLY_DEFAULT)
    }
}
