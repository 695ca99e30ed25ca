//! The picture at one size of the pyramid, as patches are compared in it.

use crate::cores;
use crate::error::{Error, try_vec};
use crate::texture::guide::Guide;

/// Red, green and blue in 255 steps; the fourth byte is [`HOLE`] where a pixel is hole, filled or not.
pub(super) type Colour = [u8; 4];
/// What tells of a colour that nobody knew it; of what is known, it is 0.
pub(super) const HOLE: u8 = 1;

/// A size of the picture.
pub(super) struct Level {
    pub width: usize,
    pub height: usize,
    /// Row by row. In the hole what was copied there so far.
    pub colours: Vec<Colour>,
    /// Whether a pixel is hole.
    pub hole: Vec<bool>,
    /// What the picture is to be like in the large, known and predicted; empty where nobody has predicted.
    pub expected: Vec<Guide>,
}

impl Level {
    /// The picture at its own size: three planes of values from 0 to 1.
    pub fn of(rgb: &[f32], hole: &[bool], width: usize) -> Result<Self, Error> {
        let len = hole.len();
        let mut colours = try_vec(Colour::default(), len, WHAT)?;
        for (index, colour) in colours.iter_mut().enumerate() {
            let step = |plane: usize| (rgb[plane * len + index] * 255.0 + 0.5) as u8;
            *colour = [step(0), step(1), step(2), u8::from(hole[index]) * HOLE];
        }
        let mut known = try_vec(false, len, WHAT)?;
        known.copy_from_slice(hole);
        Ok(Self {
            width,
            height: len / width.max(1),
            colours,
            hole: known,
            expected: Vec::new(),
        })
    }

    /// The picture at half its size. A pixel is hole only if all that lies under it is: thin holes would be thick otherwise,
    /// and what is known along their sides, which says most, would be lost.
    pub fn halved(&self) -> Result<Self, Error> {
        let (width, height) = (self.width.div_ceil(2), self.height.div_ceil(2));
        let mut colours = try_vec(Colour::default(), width * height, WHAT)?;
        let mut hole = try_vec(false, width * height, WHAT)?;
        let rows = colours.chunks_mut(width).zip(hole.chunks_mut(width));
        cores::for_each(rows.enumerate(), |(y, (colours, holes))| {
            for (x, (colour, hole)) in colours.iter_mut().zip(holes).enumerate() {
                let (mut sum, mut count) = ([0u16; 3], 0);
                for y in 2 * y..(2 * y + 2).min(self.height) {
                    for x in 2 * x..(2 * x + 2).min(self.width) {
                        let index = y * self.width + x;
                        if !self.hole[index] {
                            count += 1;
                            for (sum, value) in sum.iter_mut().zip(self.colours[index]) {
                                *sum += u16::from(value);
                            }
                        }
                    }
                }
                *hole = count == 0;
                colour[3] = u8::from(*hole) * HOLE;
                if count > 0 {
                    let [red, green, blue] = sum.map(|sum| ((sum + count / 2) / count) as u8);
                    *colour = [red, green, blue, 0];
                }
            }
        });
        let mut expected = Vec::new();
        if !self.expected.is_empty() {
            // It is so smooth that every second value tells as much.
            expected = try_vec(Guide::default(), hole.len(), WHAT)?;
            for (index, expected) in expected.iter_mut().enumerate() {
                *expected = self.expected[index / width * 2 * self.width + index % width * 2];
            }
        }
        Ok(Self {
            width,
            height,
            colours,
            hole,
            expected,
        })
    }

    /// Gives a pixel of the hole the colour of a known one.
    pub fn copy(&mut self, pixel: usize, from: usize) {
        let [red, green, blue, _] = self.colours[from];
        self.colours[pixel] = [red, green, blue, HOLE];
    }

    pub fn len(&self) -> usize {
        self.hole.len()
    }
}

/// What memory is asked for.
pub(super) const WHAT: &str = "patches";
