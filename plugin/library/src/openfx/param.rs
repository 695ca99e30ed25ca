//! Parameters: defining them in a description, reading them in an instance.

use super::properties::Properties;
use super::status::{Result, Status};
use super::suites::{Suites, call};
use reweave_openfx_sys as ofx;
use std::ffi::{CStr, c_char, c_int};
use std::marker::PhantomData;
use std::ptr;

/// The parameters of a description or instance.
#[derive(Clone, Copy)]
pub struct ParamSet<'a> {
    suites: Suites,
    handle: ofx::OfxParamSetHandle,
    action: PhantomData<&'a ()>,
}

impl<'a> ParamSet<'a> {
    pub(super) fn new(suites: Suites, handle: ofx::OfxParamSetHandle) -> Result<Self> {
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

    /// Defines a parameter of a type such as `kOfxParamTypeDouble`; what it is like goes into its properties.
    pub fn define(&self, kind: &CStr, name: &CStr) -> Result<Properties<'a>> {
        let mut handle = ptr::null_mut();
        call!(
            self.suites.parameter.paramDefine,
            self.handle,
            kind.as_ptr(),
            name.as_ptr(),
            &mut handle
        )?;
        Properties::new(self.suites, handle)
    }

    /// A parameter of an instance.
    pub fn get(&self, name: &CStr) -> Result<Param<'a>> {
        let mut handle = ptr::null_mut();
        // The fourth argument may be null, and hosts are known to trip over one that is not.
        call!(
            self.suites.parameter.paramGetHandle,
            self.handle,
            name.as_ptr(),
            &mut handle,
            ptr::null_mut()
        )?;
        if handle.is_null() {
            return Err(Status::UNKNOWN);
        }
        Ok(Param {
            suites: self.suites,
            handle,
            action: PhantomData,
        })
    }
}

/// A parameter of an instance. Each getter is for parameters that were defined with its type.
pub struct Param<'a> {
    suites: Suites,
    handle: ofx::OfxParamHandle,
    action: PhantomData<&'a ()>,
}

impl Param<'_> {
    /// The value of a double.
    pub fn double(&self, time: f64) -> Result<f64> {
        let mut value = 0.0f64;
        call!(
            self.suites.parameter.paramGetValueAtTime,
            self.handle,
            time,
            &raw mut value
        )?;
        Ok(value)
    }

    /// The value of an integer, or the index of a choice.
    pub fn int(&self, time: f64) -> Result<i32> {
        let mut value: c_int = 0;
        call!(
            self.suites.parameter.paramGetValueAtTime,
            self.handle,
            time,
            &raw mut value
        )?;
        Ok(value)
    }

    /// The value of a boolean.
    pub fn bool(&self, time: f64) -> Result<bool> {
        Ok(self.int(time)? != 0)
    }

    /// The value of a string.
    pub fn string(&self, time: f64) -> Result<String> {
        let mut value: *mut c_char = ptr::null_mut();
        call!(
            self.suites.parameter.paramGetValueAtTime,
            self.handle,
            time,
            &raw mut value
        )?;
        if value.is_null() {
            return Err(Status::VALUE);
        }
        // SAFETY: the host's string ends with zero and lives until its parameter functions are called again.
        Ok(unsafe { CStr::from_ptr(value) }
            .to_string_lossy()
            .into_owned())
    }
}
