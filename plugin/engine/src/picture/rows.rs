//! Where the rows of a picture lie in memory, checked once so that nothing reaches outside later.

use super::format::Format;
use crate::error::Error;

/// Where the rows of a picture lie in a slice of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rows {
    pub first: usize,
    pub stride: isize,
    pub width: usize,
    pub height: usize,
    pub format: Format,
}

impl Rows {
    /// Checks that every row lies inside `len` bytes and that rows do not overlap.
    pub fn new(
        len: usize,
        first: usize,
        stride: isize,
        width: usize,
        height: usize,
        format: Format,
    ) -> Result<Self, Error> {
        if width == 0 || height == 0 {
            return Err(Error::buffer(format!(
                "a picture of {width}x{height} pixels has no pixels"
            )));
        }
        let too_large = || {
            Error::buffer(format!(
                "a picture of {width}x{height} pixels is larger than memory"
            ))
        };
        let row = width
            .checked_mul(format.pixel_bytes())
            .ok_or_else(too_large)?;
        if height > 1 && stride.unsigned_abs() < row {
            return Err(Error::buffer(format!(
                "a stride of {stride} bytes is shorter than a row of {row} bytes"
            )));
        }
        let last = isize::try_from(height - 1)
            .ok()
            .and_then(|rows| rows.checked_mul(stride))
            .and_then(|span| first.checked_add_signed(span))
            .ok_or_else(|| {
                Error::buffer("rows reach outside the buffer: check first row and stride")
            })?;
        let end = first.max(last).checked_add(row).ok_or_else(too_large)?;
        if end > len {
            return Err(Error::buffer(format!(
                "{width}x{height} pixels with a stride of {stride} bytes need {end} bytes, the buffer has {len}"
            )));
        }
        Ok(Self {
            first,
            stride,
            width,
            height,
            format,
        })
    }

    /// Rows that follow one another without padding, top row first.
    pub fn tight(len: usize, width: usize, height: usize, format: Format) -> Result<Self, Error> {
        let row = width
            .checked_mul(format.pixel_bytes())
            .and_then(|row| isize::try_from(row).ok());
        let row = row.ok_or_else(|| {
            Error::buffer(format!("a row of {width} pixels is larger than memory"))
        })?;
        Self::new(len, 0, row, width, height, format)
    }

    /// Bytes of a row, without padding.
    pub const fn row_bytes(&self) -> usize {
        self.width * self.format.pixel_bytes()
    }

    /// Offset of the first byte of row `y`; `y` has to lie inside the picture.
    pub fn offset(&self, y: usize) -> usize {
        assert!(y < self.height, "row {y} of {}", self.height);
        self.first.wrapping_add_signed(y as isize * self.stride)
    }
}

/// Tells of the size and format of what has `rows`.
macro_rules! describe {
    () => {
        /// Width in pixels.
        pub const fn width(&self) -> usize {
            self.rows.width
        }

        /// Height in pixels.
        pub const fn height(&self) -> usize {
            self.rows.height
        }

        /// What a pixel is made of.
        pub const fn format(&self) -> Format {
            self.rows.format
        }

        /// The whole picture as a rectangle.
        pub const fn bounds(&self) -> Rect {
            Rect::new(0, 0, self.rows.width, self.rows.height)
        }
    };
}
pub(super) use describe;
