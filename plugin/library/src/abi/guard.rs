//! What stands between C and the rest: no panic gets out, and every failure becomes a status and a text.

use crate::{pin, quiet};
use reweave::Error;
use reweave_abi::{ReweaveStatus, status};
use std::any::Any;
use std::cell::RefCell;
use std::ffi::{CString, c_char};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Why a call did not do what it was asked.
#[derive(Debug)]
pub(crate) struct AbiError {
    pub(crate) status: ReweaveStatus,
    pub(crate) text: String,
}

impl AbiError {
    pub(crate) fn argument(text: impl Into<String>) -> Self {
        Self {
            status: status::BAD_ARGUMENT,
            text: text.into(),
        }
    }

    pub(crate) fn model(text: impl Into<String>) -> Self {
        Self {
            status: status::BAD_MODEL,
            text: text.into(),
        }
    }
}

impl From<Error> for AbiError {
    fn from(error: Error) -> Self {
        let status = match error {
            Error::Cancelled => status::CANCELLED,
            Error::Buffer { .. }
            | Error::SizeMismatch { .. }
            | Error::SketchSize { .. }
            | Error::NoGuide { .. }
            | Error::NoAlpha => status::BAD_ARGUMENT,
            Error::Setting { .. } => status::BAD_SETTING,
            Error::Model { .. } | Error::Card(_) | Error::CardMismatch { .. } => status::BAD_MODEL,
            Error::Network { .. } => status::RUNTIME_FAILED,
            Error::OutOfMemory { .. } => status::OUT_OF_MEMORY,
            _ => status::FAILED,
        };
        Self {
            status,
            text: error.to_string(),
        }
    }
}

thread_local! {
    static LAST_ERROR: RefCell<CString> = RefCell::default();
}

/// The text of this thread's last failure; lives until the next call in this thread.
pub(super) fn last_error() -> *const c_char {
    // While a thread ends its texts may be gone already; there is no error to tell then.
    LAST_ERROR
        .try_with(|text| text.borrow().as_ptr())
        .unwrap_or(c"".as_ptr())
}

fn remember(text: String) {
    let _ = LAST_ERROR.try_with(|last| *last.borrow_mut() = to_c(text));
}

/// Runs the body of a function of the interface and gives its status to C.
pub(super) fn guard(body: impl FnOnce() -> Result<(), AbiError>) -> ReweaveStatus {
    match caught(body) {
        Ok(()) => {
            remember(String::new());
            status::OK
        }
        Err(failure) => {
            remember(failure.text);
            failure.status
        }
    }
}

/// Runs the body of a function that gives a value, and `fallback` when it fails.
pub(super) fn guard_value<T>(fallback: T, body: impl FnOnce() -> Result<T, AbiError>) -> T {
    match caught(body) {
        Ok(value) => {
            remember(String::new());
            value
        }
        Err(failure) => {
            remember(failure.text);
            fallback
        }
    }
}

/// Turns a panic into a failure. What the body was changing is dropped or thrown away by the caller: no broken state is
/// ever looked at again, hence the assertion of unwind safety.
fn caught<T>(body: impl FnOnce() -> Result<T, AbiError>) -> Result<T, AbiError> {
    let guarded = || {
        pin::stay_loaded();
        quiet::keep_quiet();
        body()
    };
    catch_unwind(AssertUnwindSafe(guarded)).unwrap_or_else(|panic| {
        Err(AbiError {
            status: status::PANICKED,
            text: format!(
                "a mistake in Reweave, please report it: {}",
                panic_text(panic)
            ),
        })
    })
}

/// What a panic said, and where. The payload itself is leaked if it is of a strange type, because dropping it might panic again.
pub(crate) fn panic_text(panic: Box<dyn Any + Send>) -> String {
    let text = panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned());
    let text = text.unwrap_or_else(|| {
        std::mem::forget(panic);
        "no reason given".into()
    });
    match quiet::place() {
        Some(place) => format!("{text}, in {place}"),
        None => text,
    }
}

/// Text for C: what follows a zero byte would be lost, so zero bytes are left out.
pub(crate) fn to_c(text: impl Into<String>) -> CString {
    let mut text = text.into();
    text.retain(|c| c != '\0');
    CString::new(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ffi::CStr;

    fn error() -> String {
        // SAFETY: the text was stored by this thread and nothing is called between the two.
        unsafe { CStr::from_ptr(last_error()) }
            .to_str()
            .unwrap()
            .to_owned()
    }

    #[test]
    fn a_failure_is_remembered_until_the_next_call() {
        assert_eq!(
            guard(|| Err(AbiError::model("no such\0 model"))),
            status::BAD_MODEL
        );
        assert_eq!(error(), "no such model");
        assert_eq!(guard(|| Ok(())), status::OK);
        assert_eq!(error(), "");
    }

    #[test]
    fn a_panic_is_a_status() {
        assert_eq!(guard(|| panic!("seven {}", 7)), status::PANICKED);
        assert!(error().contains("seven 7"));
        assert_eq!(guard(|| std::panic::panic_any(7)), status::PANICKED);
        assert_eq!(guard_value(3, || panic!()), 3);
    }

    #[test]
    fn threads_keep_their_own_errors() {
        guard(|| Err(AbiError::argument("mine")));
        std::thread::spawn(|| assert_eq!(error(), ""))
            .join()
            .unwrap();
        assert_eq!(error(), "mine");
    }
}
