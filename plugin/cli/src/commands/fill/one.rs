//! One picture: read it, cut the hole, fill, write.

use std::path::{Path, PathBuf};

use reweave::{Format, Hole, Model, Picture, Progress, Report, Settings, Transfer};
use reweave_formats::{Document, FileError, Problem, WriteOptions};

use super::destination::Destination;
use super::error::FillError;
use super::hole::{HoleFrom, Masks, of_picture};
use super::inputs::Inputs;
use super::reading::{Reading, warning};
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
    /// How files are read.
    pub reading: Reading,
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
    /// Its hole was empty: it was copied as it is.
    Unchanged(Notes),
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
    pub notes: Notes,
}

/// What is to be said about a picture that has a result.
#[derive(Debug, Default)]
pub struct Notes {
    /// What was wrong with its files.
    pub warnings: Vec<String>,
    /// What could not be kept, and what else its owner should know.
    pub remarks: Vec<String>,
}

impl Notes {
    /// All of it, the worst first.
    pub fn all(&self) -> Vec<String> {
        [self.warnings.as_slice(), &self.remarks].concat()
    }
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
            inputs: Inputs::new(options.reading),
            options,
            masks: Masks::default(),
        }
    }

    /// Does one job. Everything that can be known to fail is tried before the network runs.
    pub fn fill(&mut self, job: &Job, progress: &mut dyn Progress) -> Result<Outcome, FillError> {
        let destination = Destination::of(&job.output)?;
        if destination.is_there() && !self.options.overwrite {
            return Ok(Outcome::Skipped);
        }
        let mut document = self.inputs.read(&job.picture)?;
        let kind = destination.kind(document.kind)?;
        if let Some(transfer) = self.options.transfer {
            document.picture = with_transfer(document.picture, transfer, &job.picture)?;
        }
        let hole = self.hole(job, &document)?;
        let mut notes = Notes {
            warnings: warning(&job.picture, &document).into_iter().collect(),
            remarks: std::mem::take(&mut document.notes),
        };
        if job.mask.is_some() {
            notes.warnings.extend(self.masks.warning());
        }
        destination.check()?;
        stop_if_asked()?;
        let write = WriteOptions {
            quality: self.options.quality,
        };
        if hole.is_empty() {
            // In the same format the file itself is copied, so that not even a JPEG changes.
            if document.kind != Some(kind) || write.quality.is_some() {
                let losses = destination.write(kind, document, write)?;
                notes.remarks.extend(losses);
                return Ok(Outcome::Unchanged(notes));
            }
            if !destination.is(&job.picture) {
                destination.copy(&mut self.inputs.open(&job.picture)?)?;
            }
            // All of it is kept, so nothing is to be said of what is not.
            notes.remarks.clear();
            return Ok(Outcome::Unchanged(notes));
        }
        let model = Model::open(&self.model, self.settings.device).map_err(FillError::Model)?;
        let report = reweave::fill(
            &mut document.picture.view_mut(),
            &hole,
            &model,
            &self.settings,
            progress,
        )?;
        let size = (document.picture.width(), document.picture.height());
        if report.pixels == size.0 * size.1 {
            notes.remarks.push(format!(
                "{} covers the whole picture: the network has nothing of it to go by, and makes up all of \
                 it; --invert fills what is black instead",
                job.mask.as_deref().unwrap_or(&job.picture).display()
            ));
        }
        stop_if_asked()?;
        notes
            .remarks
            .extend(destination.write(kind, document, write)?);
        Ok(Outcome::Filled(Filled {
            report,
            size,
            notes,
        }))
    }

    fn hole(&mut self, job: &Job, document: &Document) -> Result<Hole, FillError> {
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

fn stop_if_asked() -> Result<(), FillError> {
    if interrupt::asked() {
        Err(FillError::Cancelled)
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
