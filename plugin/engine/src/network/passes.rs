//! Several looks at the same hole, mirrored in turn: what most of them agree on is cleaner than any one of them.

use super::input::Sight;
use super::predict::Network;
use crate::error::Error;
use crate::progress::Stretch;
use crate::seed::scramble;

/// How a sight is turned before the network sees it. Each turn undoes itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Turn {
    left_right: bool,
    upside_down: bool,
}

impl Turn {
    /// The turn of a pass; another seed begins with another one.
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

/// What the network paints in so many passes: the median of each value. Known pixels come back as they were shown.
pub(crate) fn paint(
    network: &dyn Network,
    sight: &Sight,
    passes: usize,
    seed: u32,
    progress: &mut Stretch<'_>,
) -> Result<Vec<f32>, Error> {
    let mut paintings = Vec::new();
    for pass in 0..passes {
        let turn = Turn::of(pass, seed);
        let mut progress = progress.nth(pass, passes);
        paintings.push(paint_turned(network, sight, turn, &mut progress)?);
    }
    let mut painted = paintings.swap_remove(0);
    if !paintings.is_empty() {
        for (index, value) in painted.iter_mut().enumerate() {
            let mut values: Vec<f32> = paintings.iter().map(|other| other[index]).collect();
            values.push(*value);
            *value = median(&mut values);
        }
    }
    Ok(painted)
}

fn paint_turned(
    network: &dyn Network,
    sight: &Sight,
    turn: Turn,
    progress: &mut Stretch<'_>,
) -> Result<Vec<f32>, Error> {
    if turn
        == (Turn {
            left_right: false,
            upside_down: false,
        })
    {
        return network.paint(sight, progress);
    }
    let mut turned = sight.clone();
    turn.apply(&mut turned.hole, sight.width);
    turned
        .rgb
        .chunks_exact_mut(sight.len())
        .for_each(|plane| turn.apply(plane, sight.width));
    let mut painted = network.paint(&turned, progress)?;
    painted
        .chunks_exact_mut(sight.len())
        .for_each(|plane| turn.apply(plane, sight.width));
    Ok(painted)
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
            let turn = Turn::of(number, 0);
            let mut turned = plane.clone();
            turn.apply(&mut turned, 5);
            assert_eq!(turned == plane, number == 0);
            turn.apply(&mut turned, 5);
            assert_eq!(turned, plane);
        }
        let mut flipped = plane;
        Turn {
            left_right: false,
            upside_down: true,
        }
        .apply(&mut flipped, 5);
        assert_eq!(flipped[..5], [10, 11, 12, 13, 14]);
    }

    #[test]
    fn all_four_turns_are_used_whatever_the_seed() {
        for seed in [0, 1, 77] {
            let mut turns: Vec<_> = (0..4).map(|pass| Turn::of(pass, seed)).collect();
            turns.sort_by_key(|turn| (turn.left_right, turn.upside_down));
            turns.dedup();
            assert_eq!(turns.len(), 4);
        }
    }

    #[test]
    fn medians() {
        assert_eq!(median(&mut [3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(&mut [4.0, 1.0, 2.0, 3.0]), 2.5);
    }
}
