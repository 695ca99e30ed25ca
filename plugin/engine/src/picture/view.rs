//! Pixels that somebody else owns.

use std::ops::Range;

use super::format::Format;
use super::rect::Rect;
use super::rows::{Rows, describe};
use crate::error::Error;

/// A picture that somebody else owns, to look at.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    bytes: &'a [u8],
    rows: Rows,
}

impl<'a> View<'a> {
    pub(super) fn of_rows(bytes: &'a [u8], rows: Rows) -> Self {
        Self { bytes, rows }
    }

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
    pub(super) fn of_rows(bytes: &'a mut [u8], rows: Rows) -> Self {
        Self { bytes, rows }
    }

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::{Channels, Depth, Picture};
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
