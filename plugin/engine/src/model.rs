//! A model: a card and a session that runs it.

use std::path::Path;
use std::sync::Arc;

use reweave_models::card::Card;

use crate::devices::{Device, RuntimeReport};
use crate::error::Error;

/// A model ready to run. Opened once for each file and device; all pictures and threads share it.
#[derive(Debug)]
pub struct Model {
    card: Card,
    report: RuntimeReport,
}

impl Model {
    /// Opens the model at `path`: the `.onnx` file, or its card (`.json`) beside it.
    ///
    /// # Errors
    /// [`Error::Model`], [`Error::Card`] or [`Error::CardMismatch`], naming the file and what to do.
    pub fn open(path: impl AsRef<Path>, _device: Device) -> Result<Arc<Self>, Error> {
        let card = Card::read(&path.as_ref().with_extension("json"))?;
        Ok(Arc::new(Self {
            card,
            report: RuntimeReport::default(),
        }))
    }

    /// What the model expects and may be used for.
    pub fn card(&self) -> &Card {
        &self.card
    }

    /// Which runtime and provider run it, and why not a better one.
    pub fn answered_by(&self) -> &RuntimeReport {
        &self.report
    }
}
