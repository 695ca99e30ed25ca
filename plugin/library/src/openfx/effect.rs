//! An effect: its description while the host asks what the node is, or an instance while it renders.

use super::clip::Clip;
use super::param::{Param, ParamSet};
use super::properties::Properties;
use super::status::{Result, Status};
use super::suites::{Suites, call};
use crate::abi::guard::to_c;
use reweave_openfx_sys::{self as ofx, names::*};
use std::ffi::CStr;
use std::marker::PhantomData;
use std::ptr;

/// A description or instance, for as long as the action `'a` lasts.
#[derive(Clone, Copy)]
pub struct Effect<'a> {
    pub(super) suites: Suites,
    handle: ofx::OfxImageEffectHandle,
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

    /// Shows a sentence at the node until [`Self::clear_message`]. Does nothing where the host cannot.
    pub fn show_error(&self, text: &str) {
        let Some(suite) = self.suites.message else {
            return;
        };
        let text = to_c(text);
        // The text goes in as a value: in the format itself a `%` would be read as one.
        if let Some(show) = suite.setPersistentMessage.or(suite.message) {
            // SAFETY: the format takes one string, which outlives the call; the handle is the action's.
            let _ = unsafe {
                show(
                    self.handle,
                    kOfxMessageError.as_ptr(),
                    c"reweave".as_ptr(),
                    c"%s".as_ptr(),
                    text.as_ptr(),
                )
            };
        }
    }

    /// Takes an earlier sentence away.
    pub fn clear_message(&self) {
        if let Some(clear) = self
            .suites
            .message
            .and_then(|suite| suite.clearPersistentMessage)
        {
            // SAFETY: the handle is the action's.
            let _ = unsafe { clear(self.handle) };
        }
    }

    /// Opens the host's progress bar, if it has one; it closes when the value is dropped.
    pub fn progress(&self, label: &CStr) -> ProgressBar<'a> {
        let suite = self.suites.progress;
        let open = suite
            .and_then(|suite| suite.progressStart)
            .is_some_and(|start| {
                // SAFETY: the handle is the action's and the label outlives the call.
                (unsafe { start(self.handle, label.as_ptr()) }) == ofx::kOfxStatOK
            });
        ProgressBar {
            effect: *self,
            open,
        }
    }
}

/// The host's progress bar.
pub struct ProgressBar<'a> {
    effect: Effect<'a>,
    open: bool,
}

impl ProgressBar<'_> {
    /// Shows how much is done, from 0 to 1. Says whether to go on.
    pub fn update(&self, done: f32) -> bool {
        let update = self
            .effect
            .suites
            .progress
            .and_then(|suite| suite.progressUpdate);
        let Some(update) = update.filter(|_| self.open) else {
            return true;
        };
        // SAFETY: the handle is that of the action which opened the bar.
        let status = unsafe { update(self.effect.handle, f64::from(done)) };
        status != ofx::kOfxStatReplyNo
    }
}

impl Drop for ProgressBar<'_> {
    fn drop(&mut self) {
        let end = self
            .effect
            .suites
            .progress
            .and_then(|suite| suite.progressEnd);
        if let Some(end) = end.filter(|_| self.open) {
            // SAFETY: as in `update`.
            let _ = unsafe { end(self.effect.handle) };
        }
    }
}
