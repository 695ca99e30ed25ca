//! An effect: its description while the host asks what the node is, or an instance while it renders.

use super::clip::Clip;
use super::param::{Param, ParamSet};
use super::properties::Properties;
use super::status::{Result, Status};
use super::suites::{Suites, call};
use reweave_openfx_sys as ofx;
use std::ffi::CStr;
use std::marker::PhantomData;
use std::ptr;

/// A description or instance, for as long as the action `'a` lasts.
#[derive(Clone, Copy)]
pub struct Effect<'a> {
    pub(super) suites: Suites,
    pub(super) handle: ofx::OfxImageEffectHandle,
    action: PhantomData<&'a ()>,
}

impl<'a> Effect<'a> {
    pub(super) fn new(suites: Suites, handle: ofx::OfxImageEffectHandle) -> Result<Self> {
        if handle.is_null() {
            return Err(Status(ofx::kOfxStatErrBadHandle));
        }
        Ok(Self {
            suites,
            handle,
            action: PhantomData,
        })
    }

    /// What host and plug-in say about it.
    pub fn properties(&self) -> Result<Properties<'a>> {
        let mut handle = ptr::null_mut();
        call!(self.suites.effect.getPropertySet, self.handle, &mut handle)?;
        Properties::new(self.suites, handle)
    }

    /// What the host says about itself.
    pub fn host(&self) -> Result<Properties<'a>> {
        Properties::new(self.suites, self.suites.host)
    }

    /// Says that there is an input or output of this name.
    pub fn define_clip(&self, name: &CStr) -> Result<Properties<'a>> {
        let mut handle = ptr::null_mut();
        call!(
            self.suites.effect.clipDefine,
            self.handle,
            name.as_ptr(),
            &mut handle
        )?;
        Properties::new(self.suites, handle)
    }

    /// An input or output of an instance.
    pub fn clip(&self, name: &CStr) -> Result<Clip<'a>> {
        let (mut clip, mut properties) = (ptr::null_mut(), ptr::null_mut());
        call!(
            self.suites.effect.clipGetHandle,
            self.handle,
            name.as_ptr(),
            &mut clip,
            &mut properties
        )?;
        Clip::new(self.suites, clip)
    }

    /// The parameters, to define them.
    pub fn params(&self) -> Result<ParamSet<'a>> {
        let mut handle = ptr::null_mut();
        call!(self.suites.effect.getParamSet, self.handle, &mut handle)?;
        ParamSet::new(self.suites, handle)
    }

    /// A parameter of an instance.
    pub fn param(&self, name: &CStr) -> Result<Param<'a>> {
        self.params()?.get(name)
    }

    /// Whether the host no longer wants the result of this render.
    pub fn aborted(&self) -> bool {
        match self.suites.effect.abort {
            // SAFETY: the handle is the one that the host gave for this action.
            Some(abort) => (unsafe { abort(self.handle) }) != 0,
            None => false,
        }
    }

    /// Tells the user what is wrong, at the node until [`Self::clear_message`] where the host can do that.
    pub fn show_error(&self, text: &str) {
        // SAFETY: the handle is the action's.
        unsafe { self.suites.message.show(self.handle, text) };
    }

    /// Takes an earlier sentence away.
    pub fn clear_message(&self) {
        // SAFETY: the handle is the action's.
        unsafe { self.suites.message.clear(self.handle) };
    }
}
