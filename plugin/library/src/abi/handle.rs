//! Handles: engine values that C holds behind pointers to types it cannot look into.

use super::guard::AbiError;

/// An opaque type of the header, and what is really behind a pointer to it.
pub(super) trait Handle: Sized {
    type Inner;
}

/// Gives a value to C.
pub(super) fn give<H: Handle>(value: H::Inner) -> *mut H {
    Box::into_raw(Box::new(value)).cast()
}

/// Looks at what C holds.
///
/// # Safety
/// The pointer is NULL or came from [`give`] and was not taken back; nobody changes the value meanwhile.
pub(super) unsafe fn borrow<'a, H: Handle + 'a>(
    handle: *const H,
    name: &str,
) -> Result<&'a H::Inner, AbiError> {
    // SAFETY: the caller's promise.
    unsafe { handle.cast::<H::Inner>().as_ref() }.ok_or_else(|| null(name))
}

/// Changes what C holds.
///
/// # Safety
/// The pointer is NULL or came from [`give`] and was not taken back; nobody else uses the value meanwhile.
pub(super) unsafe fn borrow_mut<'a, H: Handle + 'a>(
    handle: *mut H,
    name: &str,
) -> Result<&'a mut H::Inner, AbiError> {
    // SAFETY: the caller's promise.
    unsafe { handle.cast::<H::Inner>().as_mut() }.ok_or_else(|| null(name))
}

/// Takes a value back from C and drops it. NULL is allowed.
///
/// # Safety
/// The pointer is NULL or came from [`give`], was not taken back before, and is not used again.
pub(super) unsafe fn take<H: Handle>(handle: *mut H) -> Result<(), AbiError> {
    if !handle.is_null() {
        // SAFETY: the caller's promise: this is the box that `give` made.
        drop(unsafe { Box::from_raw(handle.cast::<H::Inner>()) });
    }
    Ok(())
}

/// A struct that C gives.
///
/// # Safety
/// The pointer is NULL or points to a value that nobody changes meanwhile.
pub(super) unsafe fn input<'a, T>(pointer: *const T, name: &str) -> Result<&'a T, AbiError> {
    // SAFETY: the caller's promise.
    unsafe { pointer.as_ref() }.ok_or_else(|| null(name))
}

/// A place for an answer.
///
/// # Safety
/// The pointer is NULL or points to a value that nobody else uses meanwhile.
pub(super) unsafe fn output<'a, T>(pointer: *mut T, name: &str) -> Result<&'a mut T, AbiError> {
    // SAFETY: the caller's promise.
    unsafe { pointer.as_mut() }.ok_or_else(|| null(name))
}

fn null(name: &str) -> AbiError {
    AbiError::argument(format!("{name} is NULL"))
}
