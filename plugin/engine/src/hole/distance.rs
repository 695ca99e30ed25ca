//! Distance of every pixel to the nearest one of a set, exact and in linear time.
//!
//! The lower envelope of parabolas, one axis after the other: Felzenszwalb and Huttenlocher, "Distance Transforms of
//! Sampled Functions", 2012.

use crate::error::{Error, try_vec};

/// Stands for "nowhere": farther than any picture is large, and its square small enough to reckon with in f32.
const FAR: f32 = 1e9;

/// Euclidean distances in pixels, row by row, to the nearest `true` of `set` (of `width` columns). Pixels are a large
/// number apart from an empty set.
pub(crate) fn to_nearest(set: &[bool], width: usize) -> Result<Vec<f32>, Error> {
    let mut distances = try_vec(FAR, set.len(), "feathering the hole")?;
    for (distance, _) in distances.iter_mut().zip(set).filter(|(_, is_in)| **is_in) {
        *distance = 0.0;
    }
    // Along the columns, which are all gone down and up together.
    let next = |row: &mut [f32], before: &[f32]| {
        for (distance, before) in row.iter_mut().zip(before) {
            *distance = distance.min(before + 1.0);
        }
    };
    let height = set.len() / width.max(1);
    for y in 1..height {
        let (above, rest) = distances.split_at_mut(y * width);
        next(&mut rest[..width], &above[(y - 1) * width..]);
    }
    for y in (1..height).rev() {
        let (rest, below) = distances.split_at_mut(y * width);
        next(&mut rest[(y - 1) * width..], &below[..width]);
    }
    let mut envelope = Envelope::new(width)?;
    for row in distances.chunks_mut(width.max(1)) {
        envelope.transform(row);
    }
    Ok(distances)
}

/// Room for the lower envelope of one line.
struct Envelope {
    line: Vec<f32>,
    /// Where the parabolas of the envelope have their lowest points.
    lowest: Vec<usize>,
    /// From where on each of them is the lowest of all.
    from: Vec<f32>,
}

impl Envelope {
    fn new(longest: usize) -> Result<Self, Error> {
        let what = "feathering the hole";
        Ok(Self {
            line: try_vec(0.0, longest, what)?,
            lowest: try_vec(0, longest, what)?,
            from: try_vec(0.0, longest, what)?,
        })
    }

    /// Makes distances along the columns of a row's pixels those along the row too.
    fn transform(&mut self, row: &mut [f32]) {
        if row.iter().all(|distance| *distance == 0.0) {
            return;
        }
        for (value, distance) in self.line.iter_mut().zip(&*row) {
            *value = distance * distance;
        }
        let len = row.len();
        let line = &self.line[..len];
        let mut last = 0;
        self.lowest[0] = 0;
        self.from[0] = f32::NEG_INFINITY;
        for index in 1..len {
            let height = |at: usize| line[at] + (at * at) as f32;
            let cross =
                |other: usize| (height(index) - height(other)) / (2 * (index - other)) as f32;
            while last > 0 && cross(self.lowest[last]) <= self.from[last] {
                last -= 1;
            }
            let meets = cross(self.lowest[last]);
            // The very first parabola starts at minus infinity, so that it never needs to be taken away.
            last += 1;
            self.lowest[last] = index;
            self.from[last] = meets;
        }
        let mut at = 0;
        for (index, distance) in row.iter_mut().enumerate() {
            while at < last && self.from[at + 1] < index as f32 {
                at += 1;
            }
            let lowest = self.lowest[at];
            let apart = index.abs_diff(lowest);
            *distance = (line[lowest] + (apart * apart) as f32).sqrt();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_looking_at_every_pair(
            (width, set) in (1usize..24, 1usize..24)
                .prop_flat_map(|(w, h)| (Just(w), proptest::collection::vec(prop::bool::weighted(0.1), w * h))),
        ) {
            let got = to_nearest(&set, width).unwrap();
            let places: Vec<_> = set.iter().enumerate().filter(|(_, is_in)| **is_in).map(|(i, _)| i).collect();
            for (index, got) in got.into_iter().enumerate() {
                let apart = |other: usize| {
                    let dx = (index % width).abs_diff(other % width) as f32;
                    dx.hypot((index / width).abs_diff(other / width) as f32)
                };
                match places.iter().map(|&other| apart(other)).reduce(f32::min) {
                    Some(want) => prop_assert!((got - want).abs() < 1e-3, "{got} {want}"),
                    None => prop_assert!(got > 1e6),
                }
            }
        }
    }
}
