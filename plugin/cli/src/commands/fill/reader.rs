//! Reading a picture and the hole that belongs to it, as the command line asks for it.

use std::path::Path;

use reweave::{Format, Hole, Picture, Transfer};
use reweave_formats::{Document, FileError, Problem};

use super::error::FillError;
use super::hole::{HoleFrom, Masks, of_picture};
use super::inputs::Inputs;
use super::reading::Reading;

/// What the command line says about reading.
#[derive(Debug)]
pub struct Options {
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

/// Reads pictures and holes, and keeps the last mask, because one often serves a whole batch.
#[derive(Debug)]
pub struct Reader {
    /// The pictures that the command line names.
    pub inputs: Inputs,
    options: Options,
    masks: Masks,
}

impl Reader {
    pub fn new(options: Options) -> Self {
        Self {
            inputs: Inputs::new(options.reading),
            options,
            masks: Masks::default(),
        }
    }

    /// Reads a picture.
    ///
    /// # Errors
    /// As [`Inputs::read`].
    pub fn picture(&mut self, path: &Path) -> Result<Document, FileError> {
        let mut document = self.inputs.read(path)?;
        if let Some(transfer) = self.options.transfer {
            document.picture = with_transfer(document.picture, transfer, path)?;
        }
        Ok(document)
    }

    /// The hole of the picture that was read from `path`: that of its mask, or else what the picture shows itself.
    ///
    /// # Errors
    /// Where the mask cannot be read or does not fit.
    pub fn hole(
        &mut self,
        path: &Path,
        mask: Option<&Path>,
        document: &Document,
    ) -> Result<Hole, FillError> {
        let Options {
            invert,
            tolerance,
            hole,
            ..
        } = &self.options;
        match (mask, hole) {
            (Some(mask), _) => self
                .masks
                .hole(mask, path, document, &mut self.inputs, *invert),
            (None, Some(from)) => {
                let hole = of_picture(from, *tolerance, path, document)?;
                Ok(if *invert { hole.inverted()? } else { hole })
            }
            (None, None) => unreachable!("the command line asks for a mask or a hole"),
        }
    }

    /// What is wrong with the mask that was read last.
    pub fn mask_warning(&self) -> Option<String> {
        self.masks.warning()
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
