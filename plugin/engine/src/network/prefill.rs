//! What is shown to a network inside the hole: the colours round it, carried smoothly inwards.
//!
//! Our own networks do not look there. Others do: some blend a little of what they are shown at the hole's edge into
//! what they paint, and whatever was to be removed, or a flat grey, would come back as an outline.
//!
//! Known pixels are averaged down a pyramid and pushed back up where nothing is known (Gortler et al., "The Lumigraph",
//! 1996).

use rayon::prelude::*;

use super::input::NetworkInput;
use crate::error::{Error, try_vec};

/// Fills the hole of an input. Where nothing at all is known, it stays as it is.
pub(crate) fn fill(input: &mut NetworkInput) -> Result<(), Error> {
    if !input.hole.contains(&true) || !input.hole.contains(&false) {
        return Ok(());
    }
    let weight: Vec<f32> = input
        .hole
        .iter()
        .map(|hole| if *hole { 0.0 } else { 1.0 })
        .collect();
    let finest = Level {
        width: input.width,
        height: input.height,
        weight,
        below: Vec::new(),
    };
    let mut levels = vec![finest];
    while let Some(last) = levels.last().filter(|last| last.weight.len() > 1) {
        let next = last.halved()?;
        levels.push(next);
    }
    let planes = input.rgb.par_chunks_exact_mut(input.width * input.height);
    planes.try_for_each(|plane| push_pull(plane, &levels))
}

/// How much is known at one size of the pyramid.
struct Level {
    width: usize,
    height: usize,
    /// 0 to 1 for each pixel.
    weight: Vec<f32>,
    /// The weights of the up to four pixels of the finer level that lie under each pixel, together.
    below: Vec<f32>,
}

impl Level {
    fn halved(&self) -> Result<Self, Error> {
        let (width, height) = (self.width.div_ceil(2), self.height.div_ceil(2));
        let mut below = try_vec(0.0, width * height, "a region")?;
        self.each_row(&mut below, width, |row, sums| {
            let weights = self.row(&self.weight, row);
            add_pairs(weights.len(), sums, |x| weights[x]);
        });
        let mut weight = try_vec(0.0, below.len(), "a region")?;
        for (weight, below) in weight.iter_mut().zip(&below) {
            *weight = below.min(1.0);
        }
        Ok(Self {
            width,
            height,
            weight,
            below,
        })
    }

    /// Calls with each row of this level and the row of the next level, `width` wide, that it adds to.
    fn each_row(&self, next: &mut [f32], width: usize, mut add: impl FnMut(usize, &mut [f32])) {
        for row in 0..self.height {
            add(row, &mut next[row / 2 * width..][..width]);
        }
    }

    fn row<'a>(&self, values: &'a [f32], row: usize) -> &'a [f32] {
        &values[row * self.width..][..self.width]
    }

    /// Means of the known values, for the next level.
    fn averaged(&self, values: &[f32], next: &Self) -> Result<Vec<f32>, Error> {
        let mut means = try_vec(0.0, next.weight.len(), "a region")?;
        self.each_row(&mut means, next.width, |row, sums| {
            let (values, weights) = (self.row(values, row), self.row(&self.weight, row));
            add_pairs(values.len(), sums, |x| values[x] * weights[x]);
        });
        let sums = means.iter_mut().zip(&next.below);
        for (sum, weight) in sums.filter(|(_, weight)| **weight > 0.0) {
            *sum /= weight;
        }
        Ok(means)
    }

    /// The value between pixels that lies over the middle of pixel `x`, `y` of the next finer level.
    fn between(&self, values: &[f32], x: usize, y: usize) -> f32 {
        // The nearer pixel counts three quarters on each axis, its neighbour one.
        let neighbour = |fine: usize, len: usize| {
            let near = fine / 2;
            let far = if fine % 2 == 1 {
                near + 1
            } else {
                near.saturating_sub(1)
            };
            (near, far.min(len - 1))
        };
        let ((x, far_x), (y, far_y)) = (neighbour(x, self.width), neighbour(y, self.height));
        let row =
            |y: usize| 0.75 * values[y * self.width + x] + 0.25 * values[y * self.width + far_x];
        0.75 * row(y) + 0.25 * row(far_y)
    }
}

/// Adds neighbours of a row of `len` values to their sum; the last value of an odd row is alone.
fn add_pairs(len: usize, sums: &mut [f32], value: impl Fn(usize) -> f32) {
    for (pair, sum) in sums.iter_mut().take(len / 2).enumerate() {
        *sum += value(2 * pair) + value(2 * pair + 1);
    }
    if len % 2 == 1 {
        sums[len / 2] += value(len - 1);
    }
}

fn push_pull(plane: &mut [f32], levels: &[Level]) -> Result<(), Error> {
    let [level, rest @ ..] = levels else {
        return Ok(());
    };
    let Some(next) = rest.first() else {
        return Ok(());
    };
    let mut coarse = level.averaged(plane, next)?;
    push_pull(&mut coarse, rest)?;
    for (y, row) in plane.chunks_exact_mut(level.width).enumerate() {
        let weights = level.row(&level.weight, y);
        for (x, (value, known)) in row.iter_mut().zip(weights).enumerate() {
            if *known < 1.0 {
                let around = next.between(&coarse, x, y);
                *value = *value * known + around * (1.0 - known);
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_hole_between_two_colours_takes_what_lies_between_them() {
        let (width, height) = (32, 9);
        let hole: Vec<_> = (0..width * height)
            .map(|i| (8..24).contains(&(i % width)))
            .collect();
        let value = |i: usize| if i % width < 8 { 0.2 } else { 0.8 };
        let rgb = (0..3 * width * height)
            .map(|i| {
                if hole[i % (width * height)] {
                    0.0
                } else {
                    value(i)
                }
            })
            .collect();
        let mut input = NetworkInput {
            width,
            height,
            rgb,
            hole,
            lines: Vec::new(),
        };
        fill(&mut input).unwrap();
        let row = &input.rgb[4 * width..5 * width];
        assert!(
            (row[8] - 0.2).abs() < 0.1 && (row[23] - 0.8).abs() < 0.1,
            "{row:?}"
        );
        assert!((row[15] - 0.5).abs() < 0.15 && row.is_sorted(), "{row:?}");
    }

    proptest! {
        /// Known pixels stay; the rest stays within what is known.
        #[test]
        fn nothing_is_invented(
            (width, height, hole) in (1usize..30, 1usize..30)
                .prop_flat_map(|(w, h)| (Just(w), Just(h), proptest::collection::vec(any::<bool>(), w * h))),
            low in 0.0f32..0.5, high in 0.5f32..1.0,
        ) {
            let known = |i: usize| if i.is_multiple_of(3) { low } else { high };
            let before: Vec<f32> = (0..3 * hole.len()).map(|i| if hole[i % hole.len()] { 0.5 } else { known(i) }).collect();
            let mut input = NetworkInput { width, height, rgb: before.clone(), hole, lines: Vec::new() };
            fill(&mut input).unwrap();
            for (i, (before, after)) in before.iter().zip(&input.rgb).enumerate() {
                if input.hole[i % input.hole.len()] {
                    prop_assert!((low - 1e-4..=high + 1e-4).contains(after));
                } else {
                    prop_assert_eq!(before, after);
                }
            }
        }
    }
}
