//! One picture: read it, cut the hole, fill, write.

use std::path::{Path, PathBuf};

use reweave::{Format, Hole, Model, Picture, Progress, Report, Settings, Transfer};
use reweave_formats::{Document, FileError, Limits, Problem, WriteOptions};

use super::destination::Destination;
use super::failure::Failure;
use super::hole::{HoleFrom, Masks, of_picture};
use super::inputs::Inputs;
use crate::interrupt;
use crate::jobs::Job;

/// What the command line says about every picture.
#[derive(Debug)]
pub struct Options {
    /// Whether results that are there are written over.
    pub overwrite: bool,
    /// For JPEG and WebP.
    pub quality: Option<u8>,
    /// How numbers relate to light, where the user knows better than the file.
    pub transfer: Option<Transfer>,
    /// How large a picture may be.
    pub limits: Limits,
    /// Where the hole comes from when there is no mask.
    pub hole: Option<HoleFrom>,
    /// How far a colour may be from that of the hole, 0 to 1.
    pub tolerance: f32,
    /// Whether black in the mask is the hole.
    pub invert: bool,
}

/// What became of a picture.
#[derive(Debug)]
pub enum Outcome {
    /// It was filled and written.
    Filled(Filled),
    /// Its hole was empty: it was copied as it is. With notes.
    Unchanged(Vec<String>),
    /// The result was there already.
    Skipped,
}

/// A picture that was filled.
#[derive(Debug)]
pub struct Filled {
    /// What the engine did.
    pub report: Report,
    /// Width and height in pixels.
    pub size: (usize, usize),
    /// What its owner should know.
    pub notes: Vec<String>,
}

/// Fills pictures one after another, and keeps what the next one can use: the mask and the model.
#[derive(Debug)]
pub struct Filler {
    settings: Settings,
    model: PathBuf,
    options: Options,
    inputs: Inputs,
    masks: Masks,
}

impl Filler {
    pub fn new(settings: Settings, model: PathBuf, options: Options) -> Self {
        Self {
            settings,
            model,
            inputs: Inputs::new(options.limits),
            options,
            masks: Masks::default(),
        }
    }

    /// Does one job. Everything that can be known to fail is tried before the network runs.
    pub fn fill(&mut self, job: &Job, progress: &mut dyn Progress) -> Result<Outcome, Failure> {
        let destination = Destination::of(&job.output)?;
        if destination.is_there() && !self.options.overwrite {
            return Ok(Outcome::Skipped);
        }
        let own_kind = self.inputs.kind(&job.picture)?;
        let kind = destination.kind(own_kind)?;
        let mut document = self.inputs.read(&job.picture)?;
        if let Some(transfer) = self.options.transfer {
            document.picture = with_transfer(document.picture, transfer, &job.picture)?;
        }
        let hole = self.hole(job, &document)?;
        destination.check()?;
        stop_if_asked()?;
        let write = WriteOptions {
            quality: self.options.quality,
        };
        if hole.is_empty() {
            // In the same format the file itself is copied, so that not even a JPEG changes.
            if own_kind != Some(kind) || write.quality.is_some() {
                return Ok(Outcome::Unchanged(
                    destination.write(kind, document, write)?,
                ));
            }
            if !destination.is(&job.picture) {
                destination.copy(&mut self.inputs.open(&job.picture)?)?;
            }
            return Ok(Outcome::Unchanged(Vec::new()));
        }
        let model = Model::open(&self.model, self.settings.device).map_err(Failure::Model)?;
        let report = reweave::fill(
            &mut document.picture.view_mut(),
            &hole,
            &model,
            &self.settings,
            progress,
        )?;
        let size = (document.picture.width(), document.picture.height());
        let mut notes = std::mem::take(&mut document.notes);
        stop_if_asked()?;
        notes.extend(destination.write(kind, document, write)?);
        Ok(Outcome::Filled(Filled {
            report,
            size,
            notes,
        }))
    }

    fn hole(&mut self, job: &Job, document: &Document) -> Result<Hole, Failure> {
        let Options {
            invert,
            tolerance,
            hole,
            ..
        } = &self.options;
        match (&job.mask, hole) {
            (Some(mask), _) => {
                self.masks
                    .hole(mask, &job.picture, document, &mut self.inputs, *invert)
            }
            (None, Some(from)) => {
                let hole = of_picture(from, *tolerance, &job.picture, document)?;
                Ok(if *invert { hole.inverted()? } else { hole })
            }
            (None, None) => unreachable!("the command line asks for a mask or a hole"),
        }
    }
}

fn stop_if_asked() -> Result<(), Failure> {
    if interrupt::asked() {
        Err(Failure::Cancelled)
    } else {
        Ok(())
    }
}

/// The same bytes, understood otherwise.
fn with_transfer(picture: Picture, transfer: Transfer, path: &Path) -> Result<Picture, FileError> {
    let (width, height) = (picture.width(), picture.height());
    let format = Format {
        transfer,
        ..picture.format()
    };
    Picture::from_bytes(picture.into_bytes(), width, height, format)
        .map_err(|error| Problem::damaged("pixels", error).of(path))
}
