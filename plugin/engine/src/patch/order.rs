//! In which order the pixels of a hole are filled: from its rim inwards, because what lies nearest to known pixels is known
//! best. Pixels that are about as far away make a band, and have their turn at the same time.

use std::ops::Range;

use super::level::{Level, WHAT};
use crate::error::{Error, try_vec};
use crate::hole::distance;
use crate::seed::scramble;

/// Bands to a pixel of distance.
const FINENESS: f32 = 5.0;
/// Bands over which neighbours at the same distance are strewn, so that most of them see each other.
const STREWN: u32 = 8;

/// The pixels of a hole, band by band.
pub(super) struct Order {
    pixels: Vec<u32>,
    /// Where each band begins in `pixels`, and where the last one ends.
    starts: Vec<usize>,
}

impl Order {
    pub fn of(level: &Level, seed: u32) -> Result<Self, Error> {
        let mut known = try_vec(false, level.len(), WHAT)?;
        for (at, known) in known.iter_mut().enumerate() {
            *known = level.is_known(at);
        }
        let distances = distance::to_nearest(&known, level.width)?;
        let band = |pixel: u32| {
            // Distances in a hole end where the picture does, or nowhere if nothing is known.
            let far = (distances[pixel as usize] * FINENESS).min(1e6) as u32;
            far + scramble(seed ^ scramble(pixel)) % STREWN
        };
        let count = level.hole.iter().filter(|hole| **hole).count();
        let mut pixels = try_vec((0, 0), count, WHAT)?;
        let holes = (0..).zip(&level.hole).filter(|(_, hole)| **hole);
        for (place, (pixel, _)) in pixels.iter_mut().zip(holes) {
            *place = (band(pixel), pixel);
        }
        pixels.sort_unstable();
        let mut starts = vec![0];
        for (index, pair) in pixels.windows(2).enumerate() {
            if pair[0].0 != pair[1].0 {
                starts.push(index + 1);
            }
        }
        starts.push(count);
        Ok(Self {
            pixels: pixels.into_iter().map(|(_, pixel)| pixel).collect(),
            starts,
        })
    }

    /// All pixels, from the rim inwards.
    pub fn pixels(&self) -> &[u32] {
        &self.pixels
    }

    pub fn bands(&self) -> usize {
        self.starts.len() - 1
    }

    /// Some bands, counted from the rim.
    pub fn within(&self, bands: Range<usize>) -> &[u32] {
        &self.pixels[self.starts[bands.start]..self.starts[bands.end]]
    }
}

#[cfg(test)]
mod tests {
    use super::super::level::MARGIN;
    use super::*;

    #[test]
    fn all_of_the_hole_from_the_rim_inwards() {
        let (width, height) = (40, 30);
        let is_hole = |i: usize| (5..35).contains(&(i % width)) && (4..26).contains(&(i / width));
        let hole: Vec<_> = (0..width * height).map(is_hole).collect();
        let level = Level::of(&vec![0.5; 3 * hole.len()], &hole, &[], width).unwrap();
        let order = Order::of(&level, 3).unwrap();
        let mut pixels: Vec<u32> = (0..order.bands())
            .flat_map(|band| order.within(band..band + 1))
            .copied()
            .collect();
        assert_eq!(pixels, order.pixels());
        let inside = |pixel: u32| {
            let (x, y) = (
                pixel as usize % level.width - MARGIN,
                pixel as usize / level.width - MARGIN,
            );
            (x - 4).min(35 - x).min(y - 3).min(26 - y)
        };
        // No pixel waits for one that is two pixels farther in.
        let mut deepest = 0;
        for pixel in &pixels {
            assert!(inside(*pixel) + 3 > deepest);
            deepest = deepest.max(inside(*pixel));
        }
        pixels.sort_unstable();
        pixels.dedup();
        assert_eq!(pixels.len(), 30 * 22);
    }

    #[test]
    fn where_nothing_is_known_all_is_one_hole() {
        let level = Level::of(&[0.5; 3 * 12], &[true; 12], &[], 4).unwrap();
        assert_eq!(Order::of(&level, 0).unwrap().pixels().len(), 12);
    }
}
