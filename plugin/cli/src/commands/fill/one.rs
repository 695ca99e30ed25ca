//! One picture: read it, cut the hole, fill, write.

use reweave::zoo::Chosen;
use reweave::{Progress, Report, Settings};
use reweave_formats::WriteOptions;

use super::destination::Destination;
use super::error::FillError;
use super::propagate::Propagation;
use super::reader::Reader;
use super::reading::warning;
use super::sketch;
use crate::interrupt;
use crate::jobs::Job;

/// What the command line says about every result.
#[derive(Debug)]
pub struct Options {
    /// Whether results that are there are written over.
    pub overwrite: bool,
    /// For JPEG and WebP.
    pub quality: Option<u8>,
}

/// What became of a picture.
#[derive(Debug)]
pub enum Outcome {
    /// It was filled and written.
    Filled(Box<Filled>),
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
    /// Pixels that were taken from other frames of the shot.
    pub taken: usize,
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

/// Fills pictures one after another, and keeps what the next one can use: the mask, the model, and other frames.
#[derive(Debug)]
pub struct Filler {
    settings: Settings,
    model: Chosen,
    options: Options,
    reader: Reader,
    propagation: Option<Propagation>,
}

impl Filler {
    pub fn new(
        settings: Settings,
        model: Chosen,
        options: Options,
        reader: Reader,
        propagation: Option<Propagation>,
    ) -> Self {
        Self {
            settings,
            model,
            options,
            reader,
            propagation,
        }
    }

    /// Does one job. Everything that can be known to fail is tried before the network runs.
    pub fn fill(&mut self, job: &Job, progress: &mut dyn Progress) -> Result<Outcome, FillError> {
        let destination = Destination::of(&job.output)?;
        if destination.is_there() && !self.options.overwrite {
            return Ok(Outcome::Skipped);
        }
        let mut document = self.reader.picture(&job.picture)?;
        let kind = destination.kind(document.kind)?;
        let hole = self
            .reader
            .hole(&job.picture, job.mask.as_deref(), &document)?;
        let sketch = job.sketch.as_deref().map(|path| {
            let inputs = &mut self.reader.inputs;
            sketch::read(path, &job.picture, &document, inputs)
        });
        let sketch = sketch.transpose()?;
        let mut notes = Notes {
            warnings: warning(&job.picture, &document).into_iter().collect(),
            remarks: std::mem::take(&mut document.notes),
        };
        if job.mask.is_some() {
            notes.warnings.extend(self.reader.mask_warning());
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
                destination.copy(&mut self.reader.inputs.open(&job.picture)?)?;
            }
            // All of it is kept, so nothing is to be said of what is not.
            notes.remarks.clear();
            return Ok(Outcome::Unchanged(notes));
        }
        let model = self
            .model
            .open(self.settings.device)
            .map_err(FillError::Model)?;
        let size = (document.picture.width(), document.picture.height());
        if hole.pixels() == size.0 * size.1 {
            notes.remarks.push(format!(
                "{} covers the whole picture: the network has nothing of it to go by, and makes up all of \
                 it; --invert fills what is black instead",
                job.mask.as_deref().unwrap_or(&job.picture).display()
            ));
        }
        let (hole, settings, taken) = match (&mut self.propagation, job.frame) {
            (Some(propagation), Some(frame)) => {
                let how = (&*model, &self.settings);
                let left = propagation.apply(
                    frame,
                    &mut document,
                    hole,
                    how,
                    &mut self.reader,
                    progress,
                )?;
                notes.warnings.extend(left.warnings);
                (left.hole, left.settings, left.taken)
            }
            _ => (hole, self.settings.clone(), 0),
        };
        let mut view = document.picture.view_mut();
        let report = match &sketch {
            Some(sketch) => {
                reweave::fill_guided(&mut view, &hole, sketch, &model, &settings, progress)
            }
            None => reweave::fill(&mut view, &hole, &model, &settings, progress),
        }?;
        stop_if_asked()?;
        notes
            .remarks
            .extend(destination.write(kind, document, write)?);
        Ok(Outcome::Filled(Box::new(Filled {
            report,
            taken,
            size,
            notes,
        })))
    }
}

fn stop_if_asked() -> Result<(), FillError> {
    if interrupt::asked() {
        Err(FillError::Cancelled)
    } else {
        Ok(())
    }
}
