//! Property sets: dictionaries that host and plug-in read and write.

use super::status::{Result, Status};
use super::suites::{Suites, call};
use reweave_openfx_sys as ofx;
use std::ffi::{CStr, c_int, c_void};
use std::marker::PhantomData;
use std::ptr;

/// A property set of the host, for as long as the action `'a` lasts.
#[derive(Clone, Copy)]
pub struct Properties<'a> {
    pub(super) suites: Suites,
    pub(super) handle: ofx::OfxPropertySetHandle,
    action: PhantomData<&'a ()>,
}

impl<'a> Properties<'a> {
    pub(super) fn new(suites: Suites, handle: ofx::OfxPropertySetHandle) -> Result<Self> {
        if handle.is_null() {
            Err(Status::UNKNOWN)
        } else {
            Ok(Self {
                suites,
                handle,
                action: PhantomData,
            })
        }
    }

    /// A whole number.
    pub fn int(&self, name: &CStr, index: usize) -> Result<i32> {
        let mut value: c_int = 0;
        call!(
            self.suites.property.propGetInt,
            self.handle,
            name.as_ptr(),
            index as c_int,
            &mut value
        )?;
        Ok(value)
    }

    /// A number.
    pub fn double(&self, name: &CStr, index: usize) -> Result<f64> {
        let mut value = 0.0;
        call!(
            self.suites.property.propGetDouble,
            self.handle,
            name.as_ptr(),
            index as c_int,
            &mut value
        )?;
        Ok(value)
    }

    /// A text. Anything that is no UTF-8 is replaced.
    pub fn string(&self, name: &CStr, index: usize) -> Result<String> {
        let mut value = ptr::null_mut();
        call!(
            self.suites.property.propGetString,
            self.handle,
            name.as_ptr(),
            index as c_int,
            &mut value
        )?;
        if value.is_null() {
            return Err(Status::VALUE);
        }
        // SAFETY: the host's string ends with zero and lives until the property changes, which no one does meanwhile.
        Ok(unsafe { CStr::from_ptr(value) }
            .to_string_lossy()
            .into_owned())
    }

    /// A pointer, possibly null.
    pub fn pointer(&self, name: &CStr) -> Result<*mut c_void> {
        let mut value = ptr::null_mut();
        call!(
            self.suites.property.propGetPointer,
            self.handle,
            name.as_ptr(),
            0,
            &mut value
        )?;
        Ok(value)
    }

    /// Four whole numbers: a rectangle in pixels.
    pub fn rect(&self, name: &CStr) -> Result<ofx::OfxRectI> {
        let int = |index| self.int(name, index);
        Ok(ofx::OfxRectI {
            x1: int(0)?,
            y1: int(1)?,
            x2: int(2)?,
            y2: int(3)?,
        })
    }

    /// Writes a whole number.
    pub fn set_int(&self, name: &CStr, index: usize, value: i32) -> Result {
        call!(
            self.suites.property.propSetInt,
            self.handle,
            name.as_ptr(),
            index as c_int,
            value
        )
    }

    /// Writes a number.
    pub fn set_double(&self, name: &CStr, index: usize, value: f64) -> Result {
        call!(
            self.suites.property.propSetDouble,
            self.handle,
            name.as_ptr(),
            index as c_int,
            value
        )
    }

    /// Writes a text; the host copies it.
    pub fn set_string(&self, name: &CStr, index: usize, value: &CStr) -> Result {
        call!(
            self.suites.property.propSetString,
            self.handle,
            name.as_ptr(),
            index as c_int,
            value.as_ptr()
        )
    }

    /// Writes several texts, from index 0 on.
    pub fn set_strings(&self, name: &CStr, values: &[&CStr]) -> Result {
        values
            .iter()
            .enumerate()
            .try_for_each(|(index, value)| self.set_string(name, index, value))
    }

    /// Writes a rectangle in canonical coordinates.
    pub fn set_rect(&self, name: &CStr, rect: ofx::OfxRectD) -> Result {
        let values = [rect.x1, rect.y1, rect.x2, rect.y2];
        values
            .iter()
            .enumerate()
            .try_for_each(|(index, value)| self.set_double(name, index, *value))
    }
}

/// Forgets that a property could not be written. Hosts differ in what they know; where a property only makes the node
/// nicer (a hint, a label, a digit), a host without it is no reason to give up.
pub fn if_known(written: Result) {
    let _ = written;
}
