//! Colour correction: some networks paint everything a little off. What they paint next to the hole, where the right
//! answer is known, tells how far.

use crate::network::input::NetworkInput;

/// How far from the hole, in pixels of the network, known pixels count.
const RING: usize = 12;

/// Shifts each colour of a prediction by its mean error in a ring of known pixels round the hole.
pub(crate) fn correct(predicted: &mut [f32], input: &NetworkInput) {
    let ring = ring(input);
    let count = ring.iter().filter(|in_ring| **in_ring).count();
    if count == 0 {
        return;
    }
    for (predicted, shown) in predicted
        .chunks_exact_mut(input.len())
        .zip(input.rgb.chunks_exact(input.len()))
    {
        let errors = predicted
            .iter()
            .zip(shown)
            .zip(&ring)
            .filter(|(_, in_ring)| **in_ring);
        let sum: f64 = errors
            .map(|((predicted, shown), _)| f64::from(shown - predicted))
            .sum();
        let shift = (sum / count as f64) as f32;
        predicted
            .iter_mut()
            .for_each(|value| *value = (*value + shift).clamp(0.0, 1.0));
    }
}

/// Known pixels within a square of [`RING`] pixels round a hole pixel.
fn ring(input: &NetworkInput) -> Vec<bool> {
    let across = widened(&input.hole, input.width, 1, input.width);
    let mut near = widened(&across, input.height, input.width, input.width);
    near.iter_mut()
        .zip(&input.hole)
        .for_each(|(near, hole)| *near &= !hole);
    near
}

/// Widens a mask along lines of `len` pixels that lie `step` apart.
fn widened(mask: &[bool], len: usize, step: usize, width: usize) -> Vec<bool> {
    let mut wide = vec![false; mask.len()];
    for line in 0..mask.len() / len {
        let start = if step == 1 { line * width } else { line };
        let mut last = None;
        // Once along the line and once back: each pixel asks how long ago the mask was seen.
        for index in (0..len).chain((0..len).rev()).enumerate() {
            let (time, index) = index;
            if time == len {
                last = None;
            }
            let at = start + index * step;
            if mask[at] {
                last = Some(time);
            }
            wide[at] |= last.is_some_and(|last| time - last <= RING);
        }
    }
    wide
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constant_drift_is_taken_out() {
        let (width, height) = (60, 40);
        let hole: Vec<_> = (0..width * height)
            .map(|i| (20..30).contains(&(i % width)) && i / width > 25)
            .collect();
        let rgb: Vec<f32> = (0..3 * width * height)
            .map(|i| 0.3 + (i % 7) as f32 / 50.0)
            .collect();
        let mut predicted: Vec<f32> = rgb.iter().map(|value| value + 0.05).collect();
        let input = NetworkInput {
            width,
            height,
            rgb,
            hole,
            lines: Vec::new(),
        };
        correct(&mut predicted, &input);
        assert!(
            predicted
                .iter()
                .zip(&input.rgb)
                .all(|(predicted, right)| (predicted - right).abs() < 1e-5)
        );
    }

    #[test]
    fn the_ring_is_known_and_near() {
        let (width, height) = (50, 50);
        let mut hole = vec![false; width * height];
        hole[25 * width + 25] = true;
        let ring = ring(&NetworkInput {
            width,
            height,
            rgb: vec![0.0; 3 * width * height],
            hole,
            lines: Vec::new(),
        });
        assert_eq!(
            ring.iter().filter(|in_ring| **in_ring).count(),
            (2 * RING + 1) * (2 * RING + 1) - 1
        );
        assert!(
            !ring[25 * width + 25] && ring[25 * width + 25 + RING] && !ring[25 * width + 26 + RING]
        );
    }

    #[test]
    fn nothing_known_means_nothing_corrected() {
        let input = NetworkInput {
            width: 2,
            height: 1,
            rgb: vec![0.5; 6],
            hole: vec![true; 2],
            lines: Vec::new(),
        };
        let mut predicted = vec![0.25; 6];
        correct(&mut predicted, &input);
        assert_eq!(predicted, vec![0.25; 6]);
    }
}
