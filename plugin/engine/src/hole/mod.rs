//! The hole: which pixels are to be filled, and how much of each.
//!
//! A hole is kept as runs of pixels, so that a small hole in a large picture is a small thing: everything that is done
//! with it costs what the hole costs. Only the first look at the mask has to pass over the whole picture.

pub(crate) mod distance;
mod parts;
mod scan;
mod shape;
mod shaped;
mod thickness;

use std::ops::Range;

pub(crate) use parts::Part;
pub(crate) use scan::scan;
pub use shaped::reach;

use crate::picture::Rect;
use crate::settings::AlphaInHole;

/// Coverage of 1, as it is stored.
pub(crate) const FULL: u16 = u16::MAX;

/// Where a hole was taken from; decides what becomes of alpha unless the settings say otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// A mask or a selection.
    Mask,
    /// The picture's own alpha channel.
    Alpha,
    /// A colour in the picture.
    Colour,
}

/// Pixels of one row that follow one another and all have some coverage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Run {
    pub y: usize,
    pub x: usize,
    pub len: usize,
    /// Where the coverage of its first pixel stands in [`Hole::coverage`].
    pub start: usize,
}

impl Run {
    /// The first column right of the run.
    pub const fn right(&self) -> usize {
        self.x + self.len
    }

    /// The part of the run with columns in `columns`, if any.
    pub fn clipped(&self, columns: Range<usize>) -> Option<Self> {
        let x = self.x.max(columns.start);
        let right = self.right().min(columns.end);
        (x < right).then(|| Self {
            x,
            len: right - x,
            start: self.start + (x - self.x),
            ..*self
        })
    }
}

/// Soft coverage of the pixels to fill: 0 is known, 1 is hole, between them the fill is blended in.
///
/// A network takes every pixel with coverage above 0 for hole.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Hole {
    width: usize,
    height: usize,
    origin: Origin,
    /// By row, then by column; neither touching nor overlapping.
    runs: Vec<Run>,
    /// Coverage of every pixel of every run, in order; [`FULL`] is 1.
    coverage: Vec<u16>,
    bounds: Rect,
}

impl Hole {
    fn new(
        width: usize,
        height: usize,
        origin: Origin,
        runs: Vec<Run>,
        coverage: Vec<u16>,
    ) -> Self {
        let bounds = bounds_of(&runs);
        Self {
            width,
            height,
            origin,
            runs,
            coverage,
            bounds,
        }
    }

    /// Whether there is nothing to fill.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// The smallest rectangle round the hole; empty when there is none.
    pub fn bounds(&self) -> Rect {
        self.bounds
    }

    /// Pixels with coverage above 0.
    pub fn pixels(&self) -> usize {
        self.coverage.len()
    }

    /// Width of the picture it belongs to, in pixels.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Height of the picture it belongs to, in pixels.
    pub fn height(&self) -> usize {
        self.height
    }

    /// Where it was taken from.
    pub fn origin(&self) -> Origin {
        self.origin
    }

    /// Whether the picture's alpha channel stays as it is inside this hole, where the settings say this.
    pub fn keeps_alpha(&self, setting: AlphaInHole) -> bool {
        match setting {
            AlphaInHole::Keep => true,
            AlphaInHole::Opaque => false,
            AlphaInHole::Auto => self.origin != Origin::Alpha,
        }
    }

    /// Coverage of one pixel, 0 to 1; 0 outside the picture.
    pub fn coverage(&self, x: usize, y: usize) -> f32 {
        let after = self.runs.partition_point(|run| (run.y, run.x) <= (y, x));
        match after.checked_sub(1).map(|index| self.runs[index]) {
            Some(run) if run.y == y && x < run.right() => {
                as_unit(self.coverage[run.start + (x - run.x)])
            }
            _ => 0.0,
        }
    }

    /// All runs, by row, then by column; their coverage is stored in the same order.
    pub(crate) fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// Coverage of the pixels of a run.
    pub(crate) fn coverage_of(&self, run: &Run) -> &[u16] {
        &self.coverage[run.start..run.start + run.len]
    }
}

/// Stored coverage as a number from 0 to 1.
pub(crate) fn as_unit(coverage: u16) -> f32 {
    f32::from(coverage) / f32::from(FULL)
}

/// A number as stored coverage; NaN is 0.
pub(crate) fn from_unit(coverage: f32) -> u16 {
    (coverage * f32::from(FULL)).round() as u16
}

/// The smallest rectangle round runs that are sorted by row.
pub(crate) fn bounds_of(runs: &[Run]) -> Rect {
    let (Some(first), Some(last)) = (runs.first(), runs.last()) else {
        return Rect::default();
    };
    let (mut left, mut right) = (usize::MAX, 0);
    for run in runs {
        left = left.min(run.x);
        right = right.max(run.right());
    }
    Rect::new(left, first.y, right - left, last.y + 1 - first.y)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::picture::{Channels, Depth, Format, Picture};

    /// A hole drawn with characters: `.` is known, `#` is hole, digits are tenths.
    pub fn drawn(rows: &[&str]) -> Hole {
        let pixel = |c: char| {
            c.to_digit(10)
                .map_or(if c == '#' { FULL } else { 0 }, |tenth| {
                    from_unit(tenth as f32 / 10.0)
                })
        };
        let bytes = rows
            .iter()
            .flat_map(|row| row.chars())
            .flat_map(|c| pixel(c).to_ne_bytes())
            .collect();
        let format = Format::srgb(Depth::U16, Channels::Grey);
        let mask = Picture::from_bytes(bytes, rows[0].len(), rows.len(), format).unwrap();
        Hole::from_mask(mask.view()).unwrap()
    }

    /// The opposite of [`drawn`].
    pub fn shown(hole: &Hole) -> Vec<String> {
        let pixel = |x, y| match (hole.coverage(x, y) * 10.0).round() as u32 {
            0 => '.',
            10 => '#',
            tenth => char::from_digit(tenth, 10).unwrap(),
        };
        (0..hole.height())
            .map(|y| (0..hole.width()).map(|x| pixel(x, y)).collect())
            .collect()
    }
}
