//! Patches that a prediction has chosen, in its place.

use super::level::{Level, WHAT};
use super::{copied, lay};
use crate::error::{Error, try_vec};
use crate::network::input::NetworkInput;
use crate::picture::codec::Pixel;
use crate::progress::SubProgress;
use crate::texture::guide;

/// How much of the patches is in the mixture. The prediction is nearer to the truth on average, and soft.
const COPIED: f32 = 0.6;

/// The say of a prediction that follows lines which somebody has drawn: what patches would rather go on with has to end there.
const SAY_OF_LINES: u32 = 24;

/// Lays patches over the hole of a prediction (three planes of the input's size) that are like it in the large.
///
/// # Errors
/// [`Error::Cancelled`], [`Error::OutOfMemory`].
pub(crate) fn mix(
    predicted: &mut [f32],
    input: &NetworkInput,
    seed: u32,
    progress: &mut SubProgress<'_>,
) -> Result<(), Error> {
    let expected = expected(predicted, input)?;
    let mut level = Level::of(&input.rgb, &input.hole, &expected, input.width)?;
    if has_lines(input) {
        level.say = SAY_OF_LINES;
    }
    let copied = copied(level, seed, progress)?;
    lay(&copied, input, COPIED, predicted);
    Ok(())
}

/// What is known, and what is predicted where nothing is, in the large.
fn expected(predicted: &[f32], input: &NetworkInput) -> Result<Vec<guide::Guide>, Error> {
    let len = input.len();
    let mut pixels = try_vec(Pixel::default(), len, WHAT)?;
    for (index, pixel) in pixels.iter_mut().enumerate() {
        let from = if input.hole[index] {
            predicted
        } else {
            &input.rgb
        };
        for (channel, value) in pixel[..3].iter_mut().enumerate() {
            *value = from[channel * len + index];
        }
    }
    let height = len / input.width.max(1);
    if has_lines(input) {
        // Drawn lines are where they are.
        guide::of(&pixels, input.width, height)
    } else {
        guide::wide(&pixels, input.width, height)
    }
}

/// Whether any line runs here; a sketch may lie over another hole of the picture alone.
fn has_lines(input: &NetworkInput) -> bool {
    input.lines.iter().any(|line| *line > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::Silent;
    use proptest::prelude::*;

    fn mixed(predicted: &[f32], input: &NetworkInput) -> Vec<f32> {
        let mut mixed = predicted.to_vec();
        let mut progress = SubProgress {
            whole: &mut Silent,
            from: 0.0,
            to: 1.0,
        };
        mix(&mut mixed, input, 0, &mut progress).unwrap();
        mixed
    }

    /// Dots on white at the left, stripes on grey at the right, and a hole across the border of both.
    fn two_textures(side: usize) -> (Vec<f32>, Vec<bool>) {
        let value = |x: usize, y: usize| match x < side / 2 {
            true if x % 6 < 2 && y % 6 < 2 => 0.6,
            true => 0.95,
            false if y % 4 < 2 => 0.2,
            false => 0.4,
        };
        let truth = (0..side * side).map(|i| value(i % side, i / side));
        let near = |at: usize| at.abs_diff(side / 2) < side / 8;
        let hole = (0..side * side).map(|i| near(i % side) && near(i / side));
        (truth.collect(), hole.collect())
    }

    /// The prediction knows where the border runs, to a few pixels, and nothing of dots and stripes.
    #[test]
    fn patches_bring_texture_where_the_prediction_wants_it() {
        let side = 96;
        let (truth, hole) = two_textures(side);
        let shown = truth.iter().zip(&hole);
        let shown: Vec<f32> = shown
            .map(|(v, hole)| if *hole { 0.5 } else { *v })
            .collect();
        let input = NetworkInput {
            width: side,
            height: side,
            rgb: shown.repeat(3),
            hole,
            lines: Vec::new(),
        };
        // The whole border is moved: what alone goes on from the rim would be straight.
        let border = side / 2 + 5;
        let soft = |i: usize| if i % side < border { 0.91 } else { 0.3 };
        let predicted: Vec<f32> = (0..side * side).map(soft).collect();
        let mixed = mixed(&predicted.repeat(3), &input);
        let (mut wrong, mut contrast, mut count) = (0, 0.0, 0);
        for i in (0..side * side).filter(|i| input.hole[*i]) {
            let (x, value) = (i % side, mixed[i]);
            if x.abs_diff(border) > 6 {
                count += 1;
                wrong += usize::from((value > 0.5) != (x < border));
                contrast += (value - predicted[i]).abs();
            }
        }
        assert!(
            wrong * 20 < count,
            "{wrong} of {count} are the other texture"
        );
        assert!(contrast / count as f32 > 0.02, "{contrast} over {count}");
    }

    proptest! {
        /// Whatever is predicted, NaN too: what is known is as it was predicted, and a hole in nothing known as well.
        #[test]
        fn known_pixels_and_what_nobody_knows_stay(
            (width, hole) in (1usize..20, 1usize..20).prop_flat_map(|(width, height)| {
                (Just(width), proptest::collection::vec(proptest::bool::weighted(0.3), width * height))
            }),
            value in prop_oneof![3 => 0.0f32..1.0, 1 => Just(f32::NAN), 1 => -9.0f32..9.0],
        ) {
            let len = hole.len();
            let rgb = (0..3 * len).map(|i| (i * 31 % 97) as f32 / 97.0).collect();
            let input = NetworkInput { width, height: len / width, rgb, hole, lines: Vec::new() };
            let predicted = vec![value; 3 * len];
            let mixed = mixed(&predicted, &input);
            let nothing_known = !input.hole.contains(&false);
            for (i, mixed) in mixed.iter().enumerate() {
                if !input.hole[i % len] || nothing_known {
                    prop_assert_eq!(mixed.to_bits(), value.to_bits());
                }
            }
        }
    }
}
