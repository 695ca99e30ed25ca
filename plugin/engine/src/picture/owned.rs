//! A picture that owns its pixels.

use super::format::Format;
use super::rect::Rect;
use super::rows::{Rows, describe};
use super::view::{View, ViewMut};
use crate::error::{Error, try_vec};

/// A picture that owns its pixels: tightly packed rows, top row first.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    bytes: Vec<u8>,
    rows: Rows,
}

impl Picture {
    /// A picture of zeros.
    ///
    /// # Errors
    /// [`Error::Buffer`] when it would have no pixels, [`Error::OutOfMemory`] when it does not fit into memory.
    pub fn new(width: usize, height: usize, format: Format) -> Result<Self, Error> {
        let rows = Rows::tight(usize::MAX, width, height, format)?;
        let bytes = try_vec(0, rows.row_bytes() * height, "a picture")?;
        Ok(Self { bytes, rows })
    }

    /// A picture made of tightly packed bytes, top row first.
    ///
    /// # Errors
    /// [`Error::Buffer`] when the number of bytes is not that of the picture.
    pub fn from_bytes(
        bytes: Vec<u8>,
        width: usize,
        height: usize,
        format: Format,
    ) -> Result<Self, Error> {
        let rows = Rows::tight(bytes.len(), width, height, format)?;
        if rows.row_bytes() * height != bytes.len() {
            let need = rows.row_bytes() * height;
            return Err(Error::buffer(format!(
                "{width}x{height} pixels need {need} bytes, the buffer has {}",
                bytes.len()
            )));
        }
        Ok(Self { bytes, rows })
    }

    describe!();

    /// All bytes, row after row.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// All bytes, row after row, to change.
    pub fn bytes_mut(&mut self) -> &mut [u8] {
        &mut self.bytes
    }

    /// Gives the bytes away.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// The pixels, to look at.
    pub fn view(&self) -> View<'_> {
        View::of_rows(&self.bytes, self.rows)
    }

    /// The pixels, to change.
    pub fn view_mut(&mut self) -> ViewMut<'_> {
        ViewMut::of_rows(&mut self.bytes, self.rows)
    }
}
