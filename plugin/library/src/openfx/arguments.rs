//! What comes with an action.

use super::properties::Properties;
use super::status::Result;
use super::suites::Suites;
use reweave_openfx_sys as ofx;
use std::marker::PhantomData;

/// What the host tells with an action, and where it expects the answer. Either may be missing.
pub struct Arguments<'a> {
    suites: Suites,
    input: ofx::OfxPropertySetHandle,
    output: ofx::OfxPropertySetHandle,
    action: PhantomData<&'a ()>,
}

impl<'a> Arguments<'a> {
    /// The property sets that came with an action; they belong to the host and end with it.
    pub fn new(
        suites: Suites,
        input: ofx::OfxPropertySetHandle,
        output: ofx::OfxPropertySetHandle,
    ) -> Self {
        Self {
            suites,
            input,
            output,
            action: PhantomData,
        }
    }

    /// What the host tells.
    pub fn input(&self) -> Result<Properties<'a>> {
        Properties::new(self.suites, self.input)
    }

    /// Where the answer goes.
    pub fn output(&self) -> Result<Properties<'a>> {
        Properties::new(self.suites, self.output)
    }
}
