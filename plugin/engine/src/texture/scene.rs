//! The picture at one size: colours, hole and guide.

use rayon::prelude::*;

use super::guide::{self, Guide};
use super::patch::{AFTER, BEFORE, Patch, SIDE};
use crate::error::{Error, try_vec};
use crate::network::prediction::Prediction;
use crate::picture::Rect;
use crate::picture::codec::Pixel;

/// A picture whose hole is being filled.
pub(super) struct Scene {
    pub width: usize,
    pub height: usize,
    /// Row by row; in the hole the fill as it stands. All are opaque: their alpha of 1 makes the alpha of a weighted sum
    /// the sum of the weights.
    pub pixels: Vec<Pixel>,
    /// Whether a pixel is hole.
    hole: Vec<bool>,
    /// The pixels of the hole, in order.
    pub hole_pixels: Vec<u32>,
    /// Of the picture with its first fill: what the hole looks like in the large.
    pub guide: Vec<Guide>,
}

impl Scene {
    /// The picture with what was predicted into its hole.
    pub fn new(prediction: &Prediction) -> Result<Self, Error> {
        let mut pixels = try_vec(Pixel::default(), prediction.pixels.len(), "texture")?;
        pixels.copy_from_slice(&prediction.pixels);
        let mut hole = try_vec(false, prediction.hole.len(), "texture")?;
        hole.copy_from_slice(&prediction.hole);
        Self::guided(prediction.width, prediction.height, pixels, hole)
    }

    fn guided(
        width: usize,
        height: usize,
        pixels: Vec<Pixel>,
        hole: Vec<bool>,
    ) -> Result<Self, Error> {
        let count = hole.iter().filter(|hole| **hole).count();
        let mut hole_pixels = try_vec(0, count, "texture")?;
        let indices = (0..).zip(&hole).filter(|(_, hole)| **hole);
        for (place, (index, _)) in hole_pixels.iter_mut().zip(indices) {
            *place = index;
        }
        let guide = guide::of(&pixels, width, height)?;
        Ok(Self {
            width,
            height,
            pixels,
            hole,
            hole_pixels,
            guide,
        })
    }

    /// The scene at half its size; a pixel that is hole by any part is hole.
    pub fn halved(&self) -> Result<Self, Error> {
        let (width, height) = (self.width.div_ceil(2), self.height.div_ceil(2));
        // The four pixels under one of the smaller scene; where the border cuts them, the last ones twice.
        let under = |x: usize, y: usize| {
            let (left, top) = (2 * x, 2 * y * self.width);
            let right = (left + 1).min(self.width - 1);
            let below = (2 * y + 1).min(self.height - 1) * self.width;
            [top + left, top + right, below + left, below + right]
        };
        let mut pixels = try_vec(Pixel::default(), width * height, "texture")?;
        let mut hole = try_vec(false, width * height, "texture")?;
        let rows = pixels
            .par_chunks_mut(width)
            .zip(hole.par_chunks_mut(width))
            .enumerate();
        rows.for_each(|(y, (pixels, holes))| {
            for (x, (pixel, hole)) in pixels.iter_mut().zip(holes).enumerate() {
                for index in under(x, y) {
                    add(pixel, &self.pixels[index], 0.25);
                    *hole |= self.hole[index];
                }
            }
        });
        Self::guided(width, height, pixels, hole)
    }

    pub fn len(&self) -> usize {
        self.width * self.height
    }

    /// What the patch round each pixel is.
    pub fn patches(&self) -> Result<Vec<Patch>, Error> {
        // Holes in the rectangle above and left of each corner.
        let stride = self.width + 1;
        let mut sums: Vec<u32> = try_vec(0, stride * (self.height + 1), "texture")?;
        for y in 0..self.height {
            let mut row = 0;
            for x in 0..self.width {
                row += u32::from(self.hole[y * self.width + x]);
                sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1] + row;
            }
        }
        let mut patches = try_vec(Patch::Cut, self.len(), "texture")?;
        let inside = self.inside();
        for y in inside.y..inside.bottom() {
            for x in inside.x..inside.right() {
                let (left, top, right, bottom) =
                    (x - BEFORE, y - BEFORE, x + AFTER + 1, y + AFTER + 1);
                let holes = sums[bottom * stride + right] + sums[top * stride + left]
                    - sums[top * stride + right]
                    - sums[bottom * stride + left];
                patches[y * self.width + x] = match holes {
                    0 => Patch::Known,
                    _ => Patch::OfHole,
                };
            }
        }
        Ok(patches)
    }

    /// Where whole patches lie round each pixel.
    fn inside(&self) -> Rect {
        let side = |side: usize| side.saturating_sub(SIDE - 1);
        Rect::new(BEFORE, BEFORE, side(self.width), side(self.height))
    }
}

/// Adds a pixel to a sum, with a weight.
pub(super) fn add(sum: &mut Pixel, pixel: &Pixel, weight: f32) {
    for (sum, value) in sum.iter_mut().zip(pixel) {
        *sum += value * weight;
    }
}
