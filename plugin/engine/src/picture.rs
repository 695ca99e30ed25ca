//! Pictures: pixels in memory and what their numbers mean.
//!
//! A [`View`] borrows pixels that somebody else owns, as every host does; a [`Picture`] owns them. Rows may be padded
//! and may run upwards (negative stride), as OpenFX hosts and bitmaps have them. Pixels are interleaved, in the byte
//! order of the machine, and need not be aligned.

use std::ops::Range;

use crate::error::{Error, try_vec};
use crate::rect::Rect;

/// Type of one channel of one pixel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Depth {
    /// 8-bit unsigned integer, 0 to 255.
    U8,
    /// 16-bit unsigned integer, 0 to 65535.
    U16,
    /// Half float (IEEE 754 binary16), nominally 0 to 1.
    F16,
    /// Float (IEEE 754 binary32), nominally 0 to 1.
    F32,
}

impl Depth {
    /// Bytes of one channel.
    pub const fn bytes(self) -> usize {
        match self {
            Self::U8 => 1,
            Self::U16 | Self::F16 => 2,
            Self::F32 => 4,
        }
    }

    /// Whether values above 1, infinities and NaN are possible.
    pub const fn is_float(self) -> bool {
        matches!(self, Self::F16 | Self::F32)
    }
}

/// Channels of one pixel, in memory order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Channels {
    /// One channel.
    Grey,
    /// Grey, alpha.
    GreyAlpha,
    /// Red, green, blue.
    Rgb,
    /// Red, green, blue, alpha.
    Rgba,
}

impl Channels {
    /// Number of channels, alpha included.
    pub const fn count(self) -> usize {
        match self {
            Self::Grey => 1,
            Self::GreyAlpha => 2,
            Self::Rgb => 3,
            Self::Rgba => 4,
        }
    }

    /// Number of channels that carry colour: 1 or 3.
    pub const fn colours(self) -> usize {
        match self {
            Self::Grey | Self::GreyAlpha => 1,
            Self::Rgb | Self::Rgba => 3,
        }
    }

    /// Whether the last channel is alpha.
    pub const fn has_alpha(self) -> bool {
        matches!(self, Self::GreyAlpha | Self::Rgba)
    }
}

/// How the numbers of a picture relate to light. Alpha is always linear.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Transfer {
    /// Encoded with the sRGB curve, or another perceptual one near it.
    #[default]
    Srgb,
    /// Proportional to light.
    Linear,
}

/// Whether colours are multiplied by alpha.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Alpha {
    /// Colours are as they are; alpha is told apart.
    #[default]
    Straight,
    /// Colours are multiplied by alpha.
    Premultiplied,
}

/// What one pixel is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Format {
    /// Type of a channel.
    pub depth: Depth,
    /// Which channels there are.
    pub channels: Channels,
    /// How the numbers relate to light.
    pub transfer: Transfer,
    /// Whether colours are multiplied by alpha; of no meaning without an alpha channel.
    pub alpha: Alpha,
}

impl Format {
    /// An sRGB-encoded format with straight alpha.
    pub const fn srgb(depth: Depth, channels: Channels) -> Self {
        Self {
            depth,
            channels,
            transfer: Transfer::Srgb,
            alpha: Alpha::Straight,
        }
    }

    /// A linear-light format with straight alpha.
    pub const fn linear(depth: Depth, channels: Channels) -> Self {
        Self {
            depth,
            channels,
            transfer: Transfer::Linear,
            alpha: Alpha::Straight,
        }
    }

    /// The same format with colours multiplied by alpha.
    pub const fn premultiplied(self) -> Self {
        Self {
            alpha: Alpha::Premultiplied,
            ..self
        }
    }

    /// Bytes of one pixel.
    pub const fn pixel_bytes(self) -> usize {
        self.depth.bytes() * self.channels.count()
    }

    /// Whether colours have to be divided by alpha before they mean anything.
    pub const fn is_premultiplied(self) -> bool {
        self.channels.has_alpha() && matches!(self.alpha, Alpha::Premultiplied)
    }
}

/// Where the rows of a picture lie in a slice of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Rows {
    first: usize,
    stride: isize,
    width: usize,
    height: usize,
    format: Format,
}

impl Rows {
    /// Checks that every row lies inside `len` bytes and that rows do not overlap.
    fn new(
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

    fn tight(len: usize, width: usize, height: usize, format: Format) -> Result<Self, Error> {
        let row = width
            .checked_mul(format.pixel_bytes())
            .and_then(|row| isize::try_from(row).ok());
        let row = row.ok_or_else(|| {
            Error::buffer(format!("a row of {width} pixels is larger than memory"))
        })?;
        Self::new(len, 0, row, width, height, format)
    }

    const fn row_bytes(&self) -> usize {
        self.width * self.format.pixel_bytes()
    }

    /// Offset of the first byte of row `y`; `y` has to lie inside the picture.
    fn offset(&self, y: usize) -> usize {
        assert!(y < self.height, "row {y} of {}", self.height);
        self.first.wrapping_add_signed(y as isize * self.stride)
    }
}

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

/// A picture that somebody else owns, to look at.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    bytes: &'a [u8],
    rows: Rows,
}

impl<'a> View<'a> {
    /// A view of tightly packed rows, top row first.
    ///
    /// # Errors
    /// [`Error::Buffer`] when the picture has no pixels or the bytes do not suffice.
    pub fn new(
        bytes: &'a [u8],
        width: usize,
        height: usize,
        format: Format,
    ) -> Result<Self, Error> {
        Ok(Self {
            rows: Rows::tight(bytes.len(), width, height, format)?,
            bytes,
        })
    }

    /// A view of rows that lie `stride` bytes apart, the top one at byte `first`. A negative stride means that the rows
    /// run upwards: `first` is then the last row in memory. The last row needs no padding.
    ///
    /// # Errors
    /// [`Error::Buffer`] when a row would reach outside `bytes` or into the next row.
    pub fn with_stride(
        bytes: &'a [u8],
        first: usize,
        stride: isize,
        width: usize,
        height: usize,
        format: Format,
    ) -> Result<Self, Error> {
        Ok(Self {
            rows: Rows::new(bytes.len(), first, stride, width, height, format)?,
            bytes,
        })
    }

    describe!();

    /// The bytes of row `y`, without padding.
    ///
    /// # Panics
    /// When `y` is not below the height.
    pub fn row(&self, y: usize) -> &'a [u8] {
        let offset = self.rows.offset(y);
        &self.bytes[offset..offset + self.rows.row_bytes()]
    }
}

/// A picture that somebody else owns, to change.
#[derive(Debug)]
pub struct ViewMut<'a> {
    bytes: &'a mut [u8],
    rows: Rows,
}

impl<'a> ViewMut<'a> {
    /// Like [`View::new`].
    ///
    /// # Errors
    /// [`Error::Buffer`] when the picture has no pixels or the bytes do not suffice.
    pub fn new(
        bytes: &'a mut [u8],
        width: usize,
        height: usize,
        format: Format,
    ) -> Result<Self, Error> {
        Ok(Self {
            rows: Rows::tight(bytes.len(), width, height, format)?,
            bytes,
        })
    }

    /// Like [`View::with_stride`].
    ///
    /// # Errors
    /// [`Error::Buffer`] when a row would reach outside `bytes` or into the next row.
    pub fn with_stride(
        bytes: &'a mut [u8],
        first: usize,
        stride: isize,
        width: usize,
        height: usize,
        format: Format,
    ) -> Result<Self, Error> {
        Ok(Self {
            rows: Rows::new(bytes.len(), first, stride, width, height, format)?,
            bytes,
        })
    }

    describe!();

    /// The same pixels, to look at.
    pub fn view(&self) -> View<'_> {
        View {
            bytes: self.bytes,
            rows: self.rows,
        }
    }

    /// The bytes of some rows, without padding, from the top down.
    ///
    /// # Panics
    /// When a row is not below the height.
    pub(crate) fn rows_mut(&mut self, rows: Range<usize>) -> impl Iterator<Item = &mut [u8]> {
        let Rows {
            stride,
            format,
            width,
            ..
        } = self.rows;
        let row_bytes = width * format.pixel_bytes();
        let ends = [rows.start, rows.end.saturating_sub(1)].map(|y| self.rows.offset(y));
        let (low, high) = (ends[0].min(ends[1]), ends[0].max(ends[1]));
        let bytes = if rows.is_empty() {
            &mut [][..]
        } else {
            &mut self.bytes[low..high + row_bytes]
        };
        // Rows that run upwards in memory come out of the chunks last row first.
        let mut chunks = bytes.chunks_mut(stride.unsigned_abs().max(row_bytes));
        std::iter::from_fn(move || {
            if stride < 0 {
                chunks.next_back()
            } else {
                chunks.next()
            }
        })
        .map(move |chunk| &mut chunk[..row_bytes])
    }

    /// The bytes of row `y`, without padding.
    ///
    /// # Panics
    /// When `y` is not below the height.
    pub fn row_mut(&mut self, y: usize) -> &mut [u8] {
        let offset = self.rows.offset(y);
        &mut self.bytes[offset..offset + self.rows.row_bytes()]
    }
}

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
        View {
            bytes: &self.bytes,
            rows: self.rows,
        }
    }

    /// The pixels, to change.
    pub fn view_mut(&mut self) -> ViewMut<'_> {
        ViewMut {
            bytes: &mut self.bytes,
            rows: self.rows,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const RGB8: Format = Format::srgb(Depth::U8, Channels::Rgb);

    #[test]
    fn negative_strides_turn_rows_over() {
        let bytes: Vec<u8> = (0..24).collect();
        let upright = View::new(&bytes, 2, 4, RGB8).unwrap();
        let turned = View::with_stride(&bytes, 18, -6, 2, 4, RGB8).unwrap();
        for y in 0..4 {
            assert_eq!(upright.row(y), turned.row(3 - y));
        }
    }

    #[test]
    fn rows_to_change_come_from_the_top_whatever_the_stride() {
        for (first, stride) in [(0, 7), (7 * 3, -7)] {
            let mut bytes = [0; 7 * 3 + 6];
            let mut view = ViewMut::with_stride(&mut bytes, first, stride, 2, 4, RGB8).unwrap();
            for (y, row) in (1..3).zip(view.rows_mut(1..3)) {
                row.fill(y);
            }
            for y in 0..4 {
                let want = if (1..3).contains(&y) { y as u8 } else { 0 };
                assert_eq!(view.view().row(y), [want; 6]);
            }
        }
        let mut bytes = [0; 6];
        let mut single = ViewMut::with_stride(&mut bytes, 0, 0, 2, 1, RGB8).unwrap();
        assert_eq!(single.rows_mut(0..1).count(), 1);
    }

    #[test]
    fn the_last_row_needs_no_padding() {
        let bytes = [0; 8 + 6];
        assert!(View::with_stride(&bytes, 0, 8, 2, 2, RGB8).is_ok());
        assert!(View::with_stride(&bytes[..13], 0, 8, 2, 2, RGB8).is_err());
    }

    #[test]
    fn no_pixels_is_an_error() {
        assert!(View::new(&[], 0, 3, RGB8).is_err());
        assert!(Picture::new(3, 0, RGB8).is_err());
        assert!(Picture::new(usize::MAX, usize::MAX, RGB8).is_err());
    }

    proptest! {
        /// Whatever numbers a host hands over: an error, or rows that can all be read and do not overlap.
        #[test]
        fn accepted_rows_are_inside_and_apart(
            len in 0usize..2000, first in 0usize..2500, stride in -200isize..200, width in 0usize..40, height in 0usize..40,
        ) {
            let bytes = vec![0; len];
            if let Ok(view) = View::with_stride(&bytes, first, stride, width, height, RGB8) {
                let mut rows: Vec<_> = (0..height).map(|y| view.row(y).as_ptr() as usize).collect();
                rows.sort_unstable();
                prop_assert!(rows.windows(2).all(|pair| pair[1] - pair[0] >= width * 3));
            }
        }

        #[test]
        fn absurd_numbers_never_panic(
            first in any::<usize>(), stride in any::<isize>(), width in any::<usize>(), height in any::<usize>(),
        ) {
            let _ = View::with_stride(&[0; 64], first, stride, width, height, RGB8);
        }
    }
}
