//! What lies round a pixel, and how much another place differs from it.

use super::level::{Colour, Level, MARGIN};
use crate::texture::guide::Guide;

/// Columns and rows of the surroundings to each side of their pixel.
const REACH: usize = 3;
/// Rows of the surroundings.
const ROWS: usize = 2 * REACH + 1;
/// Their rows from the middle outwards: what lies nearest tells soonest that a place is none.
const OUTWARDS: [usize; ROWS] = [3, 2, 4, 1, 5, 0, 6];
/// Rows that are compared before it is asked whether the place is still in the running.
const AT_ONCE: usize = 3;
/// Pixels of a row, of which the first one does not count: so many bytes are compared at once.
const COLUMNS: usize = 8;
const BYTES: usize = COLUMNS * size_of::<Colour>();
/// From this difference of a channel on, in 255 steps, one more counts as much as the last one, not more than that.
const BEND: u8 = 24;
/// From this one on it counts nothing: an edge that lies one pixel off is no worse than another thing.
const MOST: u8 = 127;
/// Where nobody knows what is there, it differs by as much as three channels can.
const BEND_OF_STATE: u8 = 3 * BEND;

/// One row of what lies round a pixel.
type Row = [u8; BYTES];
/// What is looked at of a colour: all but its state.
const ALL_BUT_STATE: u32 = u32::from_ne_bytes([255, 255, 255, 0]);

/// Which pixels are a pixel's surroundings.
pub(super) struct Shape {
    /// Columns and rows to them, the nearest first.
    pub offsets: Vec<(isize, isize)>,
    /// 255 for each of their bytes, row by row.
    counts: [[u32; COLUMNS]; ROWS],
    /// Rows in which any of them lie, the first of [`OUTWARDS`].
    rows: usize,
}

impl Shape {
    /// All that are at most the root of `apart` away.
    pub fn within(apart: isize) -> Self {
        let reach = REACH as isize;
        let square = (-reach..=reach).flat_map(|y| (-reach..=reach).map(move |x| (x, y)));
        let mut offsets: Vec<_> = square
            .filter(|(x, y)| (x, y) != (&0, &0) && x * x + y * y <= apart)
            .collect();
        offsets.sort_by_key(|(x, y)| (x * x + y * y, *y, *x));
        let mut counts = [[0; COLUMNS]; ROWS];
        for (x, y) in &offsets {
            counts[(y + reach) as usize][(x + reach + 1) as usize] = u32::MAX;
        }
        let is_empty = |row: &&usize| counts[**row].iter().all(|counts| *counts == 0);
        let rows = ROWS - OUTWARDS.iter().filter(is_empty).count();
        Self {
            offsets,
            counts,
            rows,
        }
    }
}

/// What lies round one pixel.
pub(super) struct Surroundings {
    /// Colours, their fourth byte as if they were known.
    colours: [Row; ROWS],
    /// 255 for each byte that counts, which are those of pixels that have a colour.
    counts: [Row; ROWS],
    /// Rows that are compared, the first of [`OUTWARDS`].
    rows: usize,
    /// What the pixel is to be like in the large, where somebody has predicted it.
    pub expected: Option<Guide>,
}

impl Surroundings {
    /// Of a pixel; `has_colour` is 255 in each byte of what is known or was filled.
    #[inline(always)]
    pub fn of(level: &Level, shape: &Shape, has_colour: &[Colour], pixel: usize) -> Self {
        let mut found = Self {
            colours: [[0; BYTES]; ROWS],
            counts: [[0; BYTES]; ROWS],
            rows: shape.rows,
            expected: level.expected.get(pixel).copied(),
        };
        for row in 0..ROWS {
            let words =
                |plane| -> [u32; COLUMNS] { bytemuck::cast(*at(plane, level.width, pixel, row)) };
            let colours = words(&level.colours).map(|colour| colour & ALL_BUT_STATE);
            let has_colour = words(has_colour);
            let shape = shape.counts[row];
            let counts: [u32; COLUMNS] =
                std::array::from_fn(|column| has_colour[column] & shape[column]);
            (found.colours[row], found.counts[row]) =
                (bytemuck::cast(colours), bytemuck::cast(counts));
        }
        found
    }

    /// How much a place differs from them; where that is more than `limit`, something above it.
    #[inline(always)]
    pub fn difference(&self, level: &Level, place: u32, limit: u32) -> u32 {
        let mut sum = self.difference_in_the_large(level, place);
        for rows in OUTWARDS[..self.rows].chunks(AT_ONCE) {
            for row in rows {
                let there = at(&level.colours, level.width, place as usize, *row).as_flattened();
                let pairs = self.colours[*row].iter().zip(there).zip(&self.counts[*row]);
                let bends = [BEND, BEND, BEND, BEND_OF_STATE].into_iter().cycle();
                sum += pairs
                    .zip(bends)
                    .map(|(((own, there), counts), bend)| {
                        count(own.abs_diff(*there) & counts, bend)
                    })
                    .sum::<u32>();
            }
            if sum > limit {
                break;
            }
        }
        sum
    }

    /// The same, by wider instructions.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    #[inline]
    pub fn difference_avx2(&self, level: &Level, place: u32, limit: u32) -> u32 {
        use std::arch::x86_64::*;
        let bend = [BEND, BEND, BEND, BEND_OF_STATE];
        let bend = _mm256_set1_epi32(i32::from_ne_bytes(bend));
        let most = _mm256_set1_epi8(MOST as i8);
        let mut sum = self.difference_in_the_large(level, place);
        for rows in OUTWARDS[..self.rows].chunks(AT_ONCE) {
            let mut sums = _mm256_setzero_si256();
            for row in rows {
                let there = at(&level.colours, level.width, place as usize, *row);
                let (own, there) = (bytemuck::cast(self.colours[*row]), bytemuck::cast(*there));
                let apart =
                    _mm256_or_si256(_mm256_subs_epu8(own, there), _mm256_subs_epu8(there, own));
                let apart = _mm256_and_si256(apart, bytemuck::cast(self.counts[*row]));
                let (most, bent) = (_mm256_min_epu8(apart, most), _mm256_min_epu8(apart, bend));
                // The products of two neighbours together, in 16 bits.
                sums = _mm256_add_epi16(sums, _mm256_maddubs_epi16(most, bent));
            }
            let sums: [u16; 16] = bytemuck::cast(sums);
            sum += sums.iter().map(|sum| u32::from(*sum)).sum::<u32>();
            if sum > limit {
                break;
            }
        }
        sum
    }

    #[inline(always)]
    fn difference_in_the_large(&self, level: &Level, place: u32) -> u32 {
        match &self.expected {
            Some(expected) => {
                let pairs = expected.iter().zip(&level.expected[place as usize]);
                level.say * pairs.map(|(a, b)| count(a.abs_diff(*b), BEND)).sum::<u32>()
            }
            None => 0,
        }
    }
}

// No row leaves the margin, and the products of the rows that are compared at once fit into 16 bits, those of one pixel
// into 15.
const _: () = {
    assert!(REACH < MARGIN);
    let most = MOST as usize * (BEND as usize + BEND_OF_STATE as usize);
    assert!(most <= i16::MAX as usize && AT_ONCE * most <= u16::MAX as usize);
};

/// A row of what lies round a pixel.
#[inline(always)]
fn at(plane: &[Colour], width: usize, pixel: usize, row: usize) -> &[Colour; COLUMNS] {
    let start = pixel + row * width - REACH * width - (REACH + 1);
    plane[start..].first_chunk().unwrap_or(&BEYOND)
}

/// What would lie beyond the last row of the margin, where no pixel is so near.
const BEYOND: [Colour; COLUMNS] = [[0; 4]; COLUMNS];

/// What a difference of so many steps counts: its square, from the bend on in proportion, and in the end nothing more.
#[inline(always)]
fn count(apart: u8, bend: u8) -> u32 {
    u32::from(apart.min(MOST)) * u32::from(apart.min(bend))
}

#[cfg(test)]
mod tests {
    use multiversion::multiversion;
    use multiversion::target::match_target;
    use proptest::prelude::*;

    use super::super::level::UNKNOWN;
    use super::*;

    /// The widest that this processor has.
    #[multiversion(targets("x86_64+avx2"))]
    fn widest(own: &Surroundings, level: &Level, place: u32, limit: u32) -> u32 {
        match_target! {
            "x86_64+avx2" => own.difference_avx2(level, place, limit),
            _ => own.difference(level, place, limit),
        }
    }

    proptest! {
        #[test]
        fn differences_are_sums_over_neighbours_that_have_a_colour(
            (width, pixels) in (1usize..9, 1usize..9).prop_flat_map(|(width, height)| {
                let pixel = (any::<[f32; 3]>(), any::<bool>(), any::<[u8; 3]>());
                (Just(width), proptest::collection::vec(pixel, width * height))
            }),
            (apart, is_expected) in (1isize..20, any::<bool>()),
            (own, other) in (any::<prop::sample::Index>(), any::<prop::sample::Index>()),
        ) {
            let hole: Vec<bool> = pixels.iter().map(|(_, hole, _)| *hole).collect();
            let rgb: Vec<f32> = (0..3).flat_map(|c| pixels.iter().map(move |(rgb, ..)| rgb[c].fract().abs())).collect();
            let expected: Vec<Guide> = pixels.iter().filter(|_| is_expected).map(|(.., guide)| *guide).collect();
            let level = Level::of(&rgb, &hole, &expected, width).unwrap();
            let has_colour: Vec<Colour> = (0..level.len()).map(|i| [u8::from(level.is_known(i)) * 255; 4]).collect();
            let place = |index: usize| level.at(index % width, index / width);
            let (own, other) = (place(own.index(pixels.len())), place(other.index(pixels.len())));
            let shape = Shape::within(apart);
            let surroundings = Surroundings::of(&level, &shape, &has_colour, own);
            let channels = |a: [u8; 3], b: [u8; 3]| -> u32 { a.iter().zip(b).map(|(a, b)| count(a.abs_diff(b), BEND)).sum() };
            let rgb = |at: usize| -> [u8; 3] { std::array::from_fn(|c| level.colours[at][c]) };
            let mut sum = match is_expected {
                true => level.say * channels(level.expected[own], level.expected[other]),
                false => 0,
            };
            for (x, y) in &shape.offsets {
                let beside = |at: usize| (at as isize + y * level.width as isize + x) as usize;
                if level.is_known(beside(own)) {
                    sum += channels(rgb(beside(own)), rgb(beside(other)));
                    let state = if level.is_known(beside(other)) { 0 } else { UNKNOWN };
                    sum += count(state, BEND_OF_STATE);
                }
            }
            prop_assert_eq!(surroundings.difference(&level, other as u32, u32::MAX), sum);
            prop_assert_eq!(widest(&surroundings, &level, other as u32, u32::MAX), sum);
            for limit in [0, sum / 2, sum] {
                let difference = widest(&surroundings, &level, other as u32, limit);
                prop_assert_eq!(surroundings.difference(&level, other as u32, limit), difference);
                prop_assert_eq!(difference > limit, sum > limit);
            }
        }
    }
}
