//! Test-time augmentation: several passes over the same hole, flipped each time another way; what most of them agree on
//! is cleaner than any one of them. People know it as the setting "passes".

use super::input::NetworkInput;
use super::predict::Network;
use crate::error::Error;
use crate::progress::SubProgress;
use crate::seed::scramble;

/// How an input is flipped before the network sees it. Each flip undoes itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Flip {
    left_right: bool,
    upside_down: bool,
}

impl Flip {
    /// The flip of a pass; another seed begins with another one.
    fn of(pass: usize, seed: u32) -> Self {
        let number = pass as u32 ^ if seed == 0 { 0 } else { scramble(seed) >> 7 };
        Self {
            left_right: number & 1 != 0,
            upside_down: number & 2 != 0,
        }
    }

    fn apply<T>(self, plane: &mut [T], width: usize) {
        if self.left_right {
            plane.chunks_exact_mut(width).for_each(<[T]>::reverse);
        }
        if self.upside_down {
            let height = plane.len() / width;
            for y in 0..height / 2 {
                let (upper, lower) = plane.split_at_mut((height - 1 - y) * width);
                upper[y * width..(y + 1) * width].swap_with_slice(&mut lower[..width]);
            }
        }
    }
}

/// What the network predicts in so many passes: the median of each value. Known pixels come back as they were shown.
pub(crate) fn predict(
    network: &dyn Network,
    input: &NetworkInput,
    passes: usize,
    seed: u32,
    progress: &mut SubProgress<'_>,
) -> Result<Vec<f32>, Error> {
    let mut predictions = Vec::new();
    for pass in 0..passes {
        let flip = Flip::of(pass, seed);
        let mut progress = progress.nth(pass, passes);
        predictions.push(predict_flipped(network, input, flip, &mut progress)?);
    }
    let mut predicted = predictions.swap_remove(0);
    if !predictions.is_empty() {
        for (index, value) in predicted.iter_mut().enumerate() {
            let mut values: Vec<f32> = predictions.iter().map(|other| other[index]).collect();
            values.push(*value);
            *value = median(&mut values);
        }
    }
    Ok(predicted)
}

fn predict_flipped(
    network: &dyn Network,
    input: &NetworkInput,
    flip: Flip,
    progress: &mut SubProgress<'_>,
) -> Result<Vec<f32>, Error> {
    if flip
        == (Flip {
            left_right: false,
            upside_down: false,
        })
    {
        return network.predict(input, progress);
    }
    let mut flipped = input.clone();
    flip.apply(&mut flipped.hole, input.width);
    flip.apply(&mut flipped.lines, input.width);
    flipped
        .rgb
        .chunks_exact_mut(input.len())
        .for_each(|plane| flip.apply(plane, input.width));
    let mut predicted = network.predict(&flipped, progress)?;
    predicted
        .chunks_exact_mut(input.len())
        .for_each(|plane| flip.apply(plane, input.width));
    Ok(predicted)
}

/// The middle value, or the mean of the two in the middle.
fn median(values: &mut [f32]) -> f32 {
    values.sort_unstable_by(f32::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 {
        values[middle]
    } else {
        (values[middle - 1] + values[middle]) / 2.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_undo_themselves() {
        let plane: Vec<_> = (0..15).collect();
        for number in 0..4 {
            let flip = Flip::of(number, 0);
            let mut flipped = plane.clone();
            flip.apply(&mut flipped, 5);
            assert_eq!(flipped == plane, number == 0);
            flip.apply(&mut flipped, 5);
            assert_eq!(flipped, plane);
        }
        let mut flipped = plane;
        Flip {
            left_right: false,
            upside_down: true,
        }
        .apply(&mut flipped, 5);
        assert_eq!(flipped[..5], [10, 11, 12, 13, 14]);
    }

    #[test]
    fn all_four_turns_are_used_whatever_the_seed() {
        for seed in [0, 1, 77] {
            let mut flips: Vec<_> = (0..4).map(|pass| Flip::of(pass, seed)).collect();
            flips.sort_by_key(|flip| (flip.left_right, flip.upside_down));
            flips.dedup();
            assert_eq!(flips.len(), 4);
        }
    }

    #[test]
    fn medians() {
        assert_eq!(median(&mut [3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(&mut [4.0, 1.0, 2.0, 3.0]), 2.5);
    }
}
