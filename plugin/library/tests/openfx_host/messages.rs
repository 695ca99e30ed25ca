//! The suites that are about messages and progress.

use super::suites::name_of;
use super::{mistake, world};
use reweave_openfx_sys as ofx;
use std::ffi::{c_char, c_int, c_void};
use std::sync::atomic::Ordering;

/// The text of a message, whose format has to ask for nothing else.
fn told(format: *const c_char, text: *const c_char) -> String {
    if name_of(format) != c"%s" {
        mistake(format!("a message with the format {:?}", name_of(format)));
    }
    name_of(text).to_str().unwrap().to_owned()
}

/// As `value_at_time`: the one value that the plug-in's format asks for.
unsafe extern "C" fn show(
    _handle: *mut c_void,
    _kind: *const c_char,
    _id: *const c_char,
    format: *const c_char,
    text: *const c_char,
) -> c_int {
    *world().record.message.lock().unwrap() = Some(told(format, text));
    ofx::kOfxStatOK
}

/// The same, for a dialog.
unsafe extern "C" fn show_at_once(
    _handle: *mut c_void,
    _kind: *const c_char,
    _id: *const c_char,
    format: *const c_char,
    text: *const c_char,
) -> c_int {
    let world = world();
    world
        .record
        .dialogs
        .lock()
        .unwrap()
        .push(told(format, text));
    ofx::kOfxStatOK
}

unsafe extern "C" fn clear(_handle: *mut c_void) -> c_int {
    *world().record.message.lock().unwrap() = None;
    ofx::kOfxStatOK
}

/// Stands where Resolve 14 has no function at all: calling it there ends the host.
unsafe extern "C" fn garbage(_handle: *mut c_void) -> c_int {
    mistake("called what is no function");
    ofx::kOfxStatFailed
}

type Show = unsafe extern "C" fn(
    *mut c_void,
    *const c_char,
    *const c_char,
    *const c_char,
    *const c_char,
) -> c_int;

// SAFETY: see `show`.
const SHOW: ofx::OfxMessage = unsafe { std::mem::transmute::<Show, ofx::OfxMessage>(show) };
// SAFETY: see `show`.
const SHOW_AT_ONCE: ofx::OfxMessage =
    unsafe { std::mem::transmute::<Show, ofx::OfxMessage>(show_at_once) };

pub static MESSAGE_V1: ofx::OfxMessageSuiteV1 = ofx::OfxMessageSuiteV1 {
    message: Some(SHOW_AT_ONCE),
};

pub static MESSAGE: ofx::OfxMessageSuiteV2 = ofx::OfxMessageSuiteV2 {
    message: Some(SHOW_AT_ONCE),
    setPersistentMessage: Some(SHOW),
    clearPersistentMessage: Some(clear),
};

pub static RESOLVE_MESSAGE: ofx::OfxMessageSuiteV2 = ofx::OfxMessageSuiteV2 {
    message: Some(SHOW_AT_ONCE),
    setPersistentMessage: None,
    clearPersistentMessage: Some(garbage),
};

pub static NULL_MESSAGE: ofx::OfxMessageSuiteV2 = ofx::OfxMessageSuiteV2 {
    message: None,
    setPersistentMessage: None,
    clearPersistentMessage: None,
};

unsafe extern "C" fn start(_handle: *mut c_void, _label: *const c_char) -> c_int {
    let world = world();
    world.record.bars_open.fetch_add(1, Ordering::SeqCst);
    world.record.progress_in_bar.store(0, Ordering::SeqCst);
    ofx::kOfxStatOK
}

/// How often Natron says "no" before its dialog is there.
const NATRON_REFUSES: usize = 3;

unsafe extern "C" fn update(_handle: *mut c_void, done: f64) -> c_int {
    if !(0.0..=1.0).contains(&done) {
        mistake(format!("progress of {done}"));
    }
    let world = world();
    if world.record.progress.fetch_add(1, Ordering::SeqCst) == 0 {
        let aborts = world.record.aborts.load(Ordering::SeqCst);
        world
            .record
            .aborts_before_progress
            .store(aborts, Ordering::SeqCst);
    }
    let call = world.record.progress_in_bar.fetch_add(1, Ordering::SeqCst) + 1;
    let refused = world.quirks.natron_progress_off_main_thread && call <= NATRON_REFUSES;
    if refused || world.quirks.cancel_at.is_some_and(|at| call >= at) {
        return ofx::kOfxStatReplyNo;
    }
    ofx::kOfxStatOK
}

unsafe extern "C" fn end(_handle: *mut c_void) -> c_int {
    world().record.bars_open.fetch_sub(1, Ordering::SeqCst);
    ofx::kOfxStatOK
}

pub static PROGRESS: ofx::OfxProgressSuiteV1 = ofx::OfxProgressSuiteV1 {
    progressStart: Some(start),
    progressUpdate: Some(update),
    progressEnd: Some(end),
};

pub static NULL_PROGRESS: ofx::OfxProgressSuiteV1 = ofx::OfxProgressSuiteV1 {
    progressStart: None,
    progressUpdate: None,
    progressEnd: None,
};
