//! The picture at one size of the pyramid, as patches are compared in it.

use super::synthesis::NONE;
use crate::cores;
use crate::error::{Error, try_vec};
use crate::texture::guide::Guide;

/// Red, green and blue in 255 steps; the fourth byte is [`UNKNOWN`] where nobody knew the pixel, filled or not.
pub(super) type Colour = [u8; 4];
/// What tells of a colour that nobody knew it; of what is known, it is 0.
pub(super) const UNKNOWN: u8 = 255;
/// Pixels of nothing round the picture, so that what lies round a pixel can be looked at without a question.
pub(super) const MARGIN: usize = 4;

/// A size of the picture, with nothing round it.
pub(super) struct Level {
    /// With the margins.
    pub width: usize,
    pub height: usize,
    /// Row by row. In the hole what was copied there so far.
    pub colours: Vec<Colour>,
    /// Whether a pixel is hole.
    pub hole: Vec<bool>,
    /// What the picture is to be like in the large, known and predicted; empty where nobody has predicted.
    pub expected: Vec<Guide>,
    /// How much a difference from that counts, against that of one neighbour.
    pub say: u32,
}

/// The say of what is expected, unless somebody has drawn lines.
const SAY: u32 = 3;

impl Level {
    /// The picture at its own size: three planes of values from 0 to 1, and what it is to be like in the large or nothing,
    /// all `width` pixels wide.
    pub fn of(rgb: &[f32], hole: &[bool], expected: &[Guide], width: usize) -> Result<Self, Error> {
        let len = hole.len();
        let mut level = Self::empty(width, len / width.max(1), !expected.is_empty())?;
        for index in 0..len {
            let step = |plane: usize| (rgb[plane * len + index] * 255.0 + 0.5) as u8;
            let at = level.at(index % width, index / width);
            let state = u8::from(hole[index]) * UNKNOWN;
            level.colours[at] = [step(0), step(1), step(2), state];
            level.hole[at] = hole[index];
            if let Some(expected) = expected.get(index) {
                level.expected[at] = *expected;
            }
        }
        Ok(level)
    }

    /// Nothing, so many pixels inside the margins.
    fn empty(width: usize, height: usize, is_expected: bool) -> Result<Self, Error> {
        let (width, height) = (width + 2 * MARGIN, height + 2 * MARGIN);
        let len = width * height;
        let guides = if is_expected { len } else { 0 };
        Ok(Self {
            width,
            height,
            colours: try_vec([0, 0, 0, UNKNOWN], len, WHAT)?,
            hole: try_vec(false, len, WHAT)?,
            expected: try_vec(Guide::default(), guides, WHAT)?,
            say: SAY,
        })
    }

    /// The picture at half its size. A pixel is hole only if all that lies under it is: thin holes would be thick otherwise,
    /// and what is known along their sides, which says most, would be lost.
    pub fn halved(&self) -> Result<Self, Error> {
        let (width, height) = self.inside();
        let (columns, rows) = (width.div_ceil(2), height.div_ceil(2));
        let mut half = Self::empty(columns, rows, !self.expected.is_empty())?;
        half.say = self.say;
        let stride = half.width;
        let lines = half
            .colours
            .chunks_mut(stride)
            .zip(half.hole.chunks_mut(stride));
        let lines = lines.skip(MARGIN).take(rows);
        cores::for_each(lines.enumerate(), |(y, (colours, holes))| {
            let inner = MARGIN..MARGIN + columns;
            let pixels = colours[inner.clone()].iter_mut().zip(&mut holes[inner]);
            for (x, (colour, hole)) in pixels.enumerate() {
                let (mut sum, mut count) = ([0u16; 3], 0);
                for y in 2 * y..(2 * y + 2).min(height) {
                    for x in 2 * x..(2 * x + 2).min(width) {
                        let at = self.at(x, y);
                        if self.is_known(at) {
                            count += 1;
                            for (sum, value) in sum.iter_mut().zip(self.colours[at]) {
                                *sum += u16::from(value);
                            }
                        }
                    }
                }
                *hole = count == 0;
                if count > 0 {
                    let [red, green, blue] = sum.map(|sum| ((sum + count / 2) / count) as u8);
                    *colour = [red, green, blue, 0];
                }
            }
        });
        if !self.expected.is_empty() {
            // It is so smooth that every second value tells as much.
            for (x, y) in (0..rows).flat_map(|y| (0..columns).map(move |x| (x, y))) {
                let at = half.at(x, y);
                half.expected[at] = self.expected[self.at(2 * x, 2 * y)];
            }
        }
        Ok(half)
    }

    /// The pixels of the picture alone, and in place of each place its number among them.
    pub fn without_margins(&self, copied: &[u32]) -> Result<Vec<u32>, Error> {
        let (width, height) = self.inside();
        let mut inside = try_vec(NONE, width * height, WHAT)?;
        for (index, inside) in inside.iter_mut().enumerate() {
            let from = copied[self.at(index % width, index / width)];
            if from != NONE {
                let from = from as usize;
                let (x, y) = (from % self.width - MARGIN, from / self.width - MARGIN);
                *inside = (y * width + x) as u32;
            }
        }
        Ok(inside)
    }

    /// Columns and rows without the margins.
    pub fn inside(&self) -> (usize, usize) {
        (self.width - 2 * MARGIN, self.height - 2 * MARGIN)
    }

    /// Where a pixel of the picture lies.
    pub fn at(&self, x: usize, y: usize) -> usize {
        (y + MARGIN) * self.width + x + MARGIN
    }

    /// Whether a pixel is known: neither hole nor margin.
    pub fn is_known(&self, at: usize) -> bool {
        self.colours[at][3] != UNKNOWN
    }

    /// Gives a pixel of the hole the colour of a known one.
    pub fn copy(&mut self, pixel: usize, from: usize) {
        let [red, green, blue, _] = self.colours[from];
        self.colours[pixel] = [red, green, blue, UNKNOWN];
    }

    pub fn len(&self) -> usize {
        self.hole.len()
    }
}

/// What memory is asked for.
pub(super) const WHAT: &str = "patches";
