//! The blur that makes a guide of a painting.

use rayon::prelude::*;

use crate::error::{Error, try_vec};
use crate::pixels::Pixel;

/// Three boxes of five pixels, one after another: nearly a bell.
const BELL: [f32; 13] = {
    let counts = [1, 3, 6, 10, 15, 18, 19, 18, 15, 10, 6, 3, 1];
    let mut bell = [0.0; 13];
    let mut tap = 0;
    while tap < bell.len() {
        bell[tap] = counts[tap] as f32 / 125.0;
        tap += 1;
    }
    bell
};
const REACH: usize = BELL.len() / 2;

/// The picture blurred along rows and then along columns; beyond the border it goes on as it ends.
pub(super) fn blurred(pixels: &[Pixel], width: usize, height: usize) -> Result<Vec<Pixel>, Error> {
    let mut across = try_vec(Pixel::default(), pixels.len(), "texture")?;
    let rows = across
        .par_chunks_mut(width)
        .zip(pixels.par_chunks(width))
        .map_init(Vec::new, |line, (to, from)| {
            line.clear();
            line.resize(REACH, from[0]);
            line.extend_from_slice(from);
            line.resize(width + 2 * REACH, from[width - 1]);
            for (tap, share) in BELL.into_iter().enumerate() {
                add_row(to, &line[tap..tap + width], share);
            }
        });
    rows.for_each(drop);
    let mut blurred = try_vec(Pixel::default(), pixels.len(), "texture")?;
    let rows = blurred.par_chunks_mut(width).enumerate();
    rows.for_each(|(y, to)| {
        for (tap, share) in BELL.into_iter().enumerate() {
            let from = (y + tap).saturating_sub(REACH).min(height - 1);
            add_row(to, &across[from * width..][..width], share);
        }
    });
    Ok(blurred)
}

fn add_row(sums: &mut [Pixel], row: &[Pixel], share: f32) {
    let values = sums.as_flattened_mut().iter_mut().zip(row.as_flattened());
    values.for_each(|(sum, value)| *sum += value * share);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dot_becomes_a_bell_and_flat_stays_flat() {
        let mut pixels = vec![[0.0, 0.0, 0.0, 1.0]; 31 * 17];
        pixels[8 * 31 + 15][0] = 1.0;
        let blurred = blurred(&pixels, 31, 17).unwrap();
        for (index, pixel) in blurred.iter().enumerate() {
            let (dx, dy) = ((index % 31).abs_diff(15), (index / 31).abs_diff(8));
            let share = |distance: usize| BELL.get(REACH + distance).copied().unwrap_or(0.0);
            assert!((pixel[0] - share(dx) * share(dy)).abs() < 1e-6);
            assert_eq!(pixel[1], 0.0);
            assert!((pixel[3] - 1.0).abs() < 1e-5, "the border darkens");
        }
    }

    #[test]
    fn pictures_smaller_than_the_bell() {
        for (width, height) in [(1, 1), (2, 9), (5, 1)] {
            let pixels = vec![[0.5; 4]; width * height];
            for pixel in blurred(&pixels, width, height).unwrap() {
                assert!((pixel[2] - 0.5).abs() < 1e-6);
            }
        }
    }
}
