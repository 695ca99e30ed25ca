//! The host's progress bar.

use super::effect::Effect;
use reweave_openfx_sys as ofx;
use std::ffi::CStr;

/// A progress bar, closed when dropped. Where the host has none, it shows nothing and never wants to stop.
pub struct ProgressBar<'a> {
    effect: Effect<'a>,
    open: bool,
    /// Whether the host has said "yes" to an update.
    agreed: bool,
}

impl<'a> ProgressBar<'a> {
    /// Opens a bar.
    pub fn open(effect: &Effect<'a>, label: &CStr) -> Self {
        let start = effect.suites.progress.and_then(|suite| suite.progressStart);
        let open = start.is_some_and(|start| {
            // SAFETY: the handle is the action's and the label outlives the call.
            (unsafe { start(effect.handle, label.as_ptr()) }) == ofx::kOfxStatOK
        });
        Self {
            effect: *effect,
            open,
            agreed: false,
        }
    }

    /// Shows how much is done, from 0 to 1. Says whether to go on.
    ///
    /// Natron answers "no" from threads other than its first until its dialog exists, so a "no" means something only after
    /// a "yes". Whoever wants to stop before that can say so by `abort`.
    pub fn update(&mut self, done: f32) -> bool {
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
        self.agreed |= matches!(status, ofx::kOfxStatOK | ofx::kOfxStatReplyYes);
        status != ofx::kOfxStatReplyNo || !self.agreed
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
