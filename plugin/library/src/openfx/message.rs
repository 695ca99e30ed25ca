//! Telling the user something, by whichever message suite the host can be trusted with.

use crate::abi::guard::to_c;
use reweave_openfx_sys::{self as ofx, names::*};
use std::sync::{Mutex, PoisonError};

/// How the host shows messages.
#[derive(Clone, Copy)]
pub(super) enum Messages {
    /// Not at all.
    Unable,
    /// Version 1: at once, as a dialog or a line in a log.
    Transient(ofx::OfxMessage),
    /// Version 2: at the node, until it is taken away.
    Persistent {
        set: ofx::OfxMessage,
        clear: ofx::OfxClearMessage,
    },
}

/// The last sentence that went out by version 1. A dialog for each frame of a shot would be in the way of whoever wants to
/// mend what it tells, so a sentence is not repeated before a frame has succeeded.
static SAID: Mutex<Option<String>> = Mutex::new(None);

impl Messages {
    /// The best that the host has. Resolve 14 gives a table for version 2 whose second function is null and whose third is
    /// whatever lies behind it in memory, so nothing of such a table is used unless all of it is there.
    pub fn of(v1: Option<&ofx::OfxMessageSuiteV1>, v2: Option<&ofx::OfxMessageSuiteV2>) -> Self {
        let whole = v2.and_then(|suite| {
            suite.message?;
            Some(Self::Persistent {
                set: suite.setPersistentMessage?,
                clear: suite.clearPersistentMessage?,
            })
        });
        let first = || Some(Self::Transient(v1?.message?));
        whole.or_else(first).unwrap_or(Self::Unable)
    }

    /// Shows an error at the effect with this handle.
    ///
    /// # Safety
    /// The handle is that of the action that is going on, and the suite's host is there.
    pub unsafe fn show(self, handle: ofx::OfxImageEffectHandle, text: &str) {
        let show = match self {
            Self::Unable => return,
            Self::Persistent { set, .. } => set,
            Self::Transient(message) => {
                let mut said = SAID.lock().unwrap_or_else(PoisonError::into_inner);
                if said.as_deref() == Some(text) {
                    return;
                }
                *said = Some(text.to_owned());
                message
            }
        };
        let text = to_c(text);
        // SAFETY: the format takes one string, which outlives the call; the handle is the caller's promise. The text goes
        // in as a value because in the format itself a `%` would be read as one.
        let _ = unsafe {
            show(
                handle,
                kOfxMessageError.as_ptr(),
                c"reweave".as_ptr(),
                c"%s".as_ptr(),
                text.as_ptr(),
            )
        };
    }

    /// Takes an earlier error away.
    ///
    /// # Safety
    /// As for [`Self::show`].
    pub unsafe fn clear(self, handle: ofx::OfxImageEffectHandle) {
        match self {
            Self::Unable => {}
            Self::Transient(_) => *SAID.lock().unwrap_or_else(PoisonError::into_inner) = None,
            Self::Persistent { clear, .. } => {
                // SAFETY: the caller's promise.
                let _ = unsafe { clear(handle) };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ffi::{c_char, c_void};

    unsafe extern "C" fn clear(_: *mut c_void) -> ofx::OfxStatus {
        ofx::kOfxStatOK
    }

    type Said = unsafe extern "C" fn(
        *mut c_void,
        *const c_char,
        *const c_char,
        *const c_char,
    ) -> ofx::OfxStatus;

    unsafe extern "C" fn said(
        _: *mut c_void,
        _: *const c_char,
        _: *const c_char,
        _: *const c_char,
    ) -> ofx::OfxStatus {
        ofx::kOfxStatOK
    }

    #[test]
    fn only_a_whole_table_is_trusted() {
        // SAFETY: it is compared with null, and never called.
        let message = Some(unsafe { std::mem::transmute::<Said, ofx::OfxMessage>(said) });
        let v1 = ofx::OfxMessageSuiteV1 { message };
        let v2 = |message, set, clear| ofx::OfxMessageSuiteV2 {
            message,
            setPersistentMessage: set,
            clearPersistentMessage: clear,
        };
        let whole = v2(message, message, Some(clear));
        let found = Messages::of(Some(&v1), Some(&whole));
        assert!(matches!(found, Messages::Persistent { .. }));
        for broken in [
            v2(message, None, Some(clear)),
            v2(message, message, None),
            v2(None, message, Some(clear)),
        ] {
            let found = Messages::of(Some(&v1), Some(&broken));
            assert!(matches!(found, Messages::Transient(_)));
            let found = Messages::of(None, Some(&broken));
            assert!(matches!(found, Messages::Unable));
        }
        let empty = ofx::OfxMessageSuiteV1 { message: None };
        assert!(matches!(Messages::of(Some(&empty), None), Messages::Unable));
        assert!(matches!(Messages::of(None, None), Messages::Unable));
    }
}
