//! The known and the filled pixels round a pixel: what a place that is copied from has to agree with.

use super::level::{Colour, HOLE, Level};
use crate::texture::guide::Guide;

/// How many of the nearest ones count. With 16 edges that cross the hole are lost sooner; with 48 nothing is won, at twice
/// the time.
const NEIGHBOURS: usize = 24;
/// Columns and rows within which they are looked for.
const REACH: i32 = 6;
/// Beyond this difference, as a share of the whole range, one more step of it counts less and less: an edge that lies one
/// pixel off is no worse than another thing.
const SOFTNESS: f32 = 0.117;
/// How much a difference from what is expected in the large counts, against that of one neighbour.
const EXPECTED: u32 = 8;
/// What the largest difference of a colour counts.
const MOST: f32 = 4096.0;

/// What every pixel shares.
pub(super) struct Comparison {
    /// Columns and rows to all pixels within reach, the nearest first.
    offsets: Vec<(i32, i32)>,
    /// What a difference of so many steps counts.
    counts: [u16; 256],
}

impl Comparison {
    pub fn new() -> Self {
        let within = || -REACH..=REACH;
        let mut offsets: Vec<_> = within()
            .flat_map(|y| within().map(move |x| (x, y)))
            .collect();
        offsets.retain(|offset| *offset != (0, 0));
        offsets.sort_by_key(|(x, y)| (x * x + y * y, *y, *x));
        let share = |steps: usize| steps as f32 / (SOFTNESS * 255.0);
        let count = |steps: usize| (1.0 + share(steps) * share(steps)).ln();
        let counts = std::array::from_fn(|steps| (count(steps) / count(255) * MOST) as u16);
        Self { offsets, counts }
    }
}

/// What lies round one pixel.
pub(super) struct Surroundings<'a> {
    comparison: &'a Comparison,
    level: &'a Level,
    /// Column, row, and the distance in the level's memory; the nearest first.
    neighbours: [(i32, i32, i32); NEIGHBOURS],
    colours: [Colour; NEIGHBOURS],
    len: usize,
    /// What the pixel is to be like in the large, where somebody has predicted it.
    pub expected: Option<Guide>,
}

impl<'a> Surroundings<'a> {
    /// Of a pixel; `has_colour` says of each pixel whether it is known or was filled.
    pub fn of(
        comparison: &'a Comparison,
        level: &'a Level,
        has_colour: &[bool],
        pixel: u32,
    ) -> Self {
        let (width, height) = (level.width as i32, level.height as i32);
        let (x, y) = (pixel as i32 % width, pixel as i32 / width);
        let mut found = Self {
            comparison,
            level,
            neighbours: [(0, 0, 0); NEIGHBOURS],
            colours: [Colour::default(); NEIGHBOURS],
            len: 0,
            expected: level.expected.get(pixel as usize).copied(),
        };
        for &(dx, dy) in &comparison.offsets {
            let (to_x, to_y) = (x + dx, y + dy);
            if !(0..width).contains(&to_x) || !(0..height).contains(&to_y) {
                continue;
            }
            let at = (to_y * width + to_x) as usize;
            if has_colour[at] {
                found.neighbours[found.len] = (dx, dy, dy * width + dx);
                found.colours[found.len] = level.colours[at];
                found.len += 1;
                if found.len == NEIGHBOURS {
                    break;
                }
            }
        }
        found
    }

    /// Columns and rows to the neighbours, the nearest first.
    pub fn offsets(&self) -> impl Iterator<Item = (i32, i32)> + '_ {
        self.neighbours[..self.len].iter().map(|&(x, y, _)| (x, y))
    }

    /// How much a place differs from them, if that is less than `limit`.
    #[inline]
    pub fn difference(&self, place: u32, limit: u32) -> Option<u32> {
        let (width, height) = (self.level.width as i32, self.level.height as i32);
        let (x, y) = (place as i32 % width, place as i32 / width);
        let inside = (REACH..width - REACH).contains(&x) && (REACH..height - REACH).contains(&y);
        let mut sum = match &self.expected {
            Some(expected) => EXPECTED * self.count(expected, &self.level.expected[place as usize]),
            None => 0,
        };
        for (&(dx, dy, offset), colour) in self.neighbours[..self.len].iter().zip(&self.colours) {
            let is_there =
                inside || (0..width).contains(&(x + dx)) && (0..height).contains(&(y + dy));
            // What is not known, or not there, is like nothing.
            sum += match is_there.then(|| &self.level.colours[(place as i32 + offset) as usize]) {
                Some(there) if there[3] != HOLE => self.count(colour, there),
                _ => 3 * MOST as u32,
            };
            if sum >= limit {
                return None;
            }
        }
        Some(sum)
    }

    #[inline]
    fn count<const N: usize>(&self, a: &[u8; N], b: &[u8; N]) -> u32 {
        let count = |channel: usize| {
            u32::from(self.comparison.counts[usize::from(a[channel].abs_diff(b[channel]))])
        };
        count(0) + count(1) + count(2)
    }
}
