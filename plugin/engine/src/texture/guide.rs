//! The guide: what the prediction is like in the large.

use multiversion::multiversion;

use crate::cores;
use crate::error::{Error, try_vec};
use crate::picture::codec::Pixel;

/// Red, green and blue of the blurred prediction, as features want them.
pub(crate) type Guide = [u8; 3];

/// How much a difference of the guide counts against one of colour. With less, fills of narrow holes lose more of what
/// the network knew than they gain in texture.
const WEIGHT: f32 = 2.0;
/// Steps from black to white. Twice as many, and the weighted guide would not fit into a byte.
const STEPS: f32 = 127.0;

/// What blurs: three boxes of five pixels, one after another, which is nearly a bell.
const BELL: [u16; 13] = [1, 3, 6, 10, 15, 18, 19, 18, 15, 10, 6, 3, 1];
/// All of it. So many times a byte still fits into 16 bits.
const WHOLE: u16 = 125;
const REACH: usize = BELL.len() / 2;
/// Rows that one core looks after before it takes more.
const ROWS: usize = 16;

/// The guide of each pixel: the picture blurred down its columns and along its rows; beyond the border it goes on as it
/// ends.
pub(crate) fn of(pixels: &[Pixel], width: usize, height: usize) -> Result<Vec<Guide>, Error> {
    let mut sharp = try_vec(Guide::default(), pixels.len(), "texture")?;
    let rows = sharp.chunks_mut(width).zip(pixels.chunks(width));
    cores::for_each(rows, |(sharp, pixels)| {
        for (sharp, pixel) in sharp.iter_mut().zip(pixels) {
            *sharp = std::array::from_fn(|channel| step(pixel[channel] * WEIGHT));
        }
    });
    let mut blurred = try_vec(Guide::default(), pixels.len(), "texture")?;
    let rows = blurred.chunks_mut(ROWS * width).enumerate();
    cores::for_each(rows, |(block, blurred)| {
        let mut lines = Lines::default();
        for (y, blurred) in (block * ROWS..).zip(blurred.chunks_mut(width)) {
            let row = |tap: usize| {
                let y = (y + tap).saturating_sub(REACH).min(height - 1);
                &sharp[y * width..][..width]
            };
            lines.blur(std::array::from_fn(row), blurred);
        }
    });
    Ok(blurred)
}

/// What blurring a row takes.
#[derive(Default)]
struct Lines {
    sums: Vec<u16>,
    /// The row blurred down the columns, going on beyond both ends.
    between: Vec<Guide>,
}

impl Lines {
    /// Blurs a row, given the rows round it.
    fn blur(&mut self, rows: [&[Guide]; BELL.len()], blurred: &mut [Guide]) {
        let width = blurred.len();
        self.sums.resize(3 * width, 0);
        self.between.resize(width + 2 * REACH, Guide::default());
        let middle = &mut self.between[REACH..REACH + width];
        blur(
            rows.map(<[Guide]>::as_flattened),
            &mut self.sums,
            middle.as_flattened_mut(),
        );
        let (first, last) = (middle[0], middle[width - 1]);
        self.between[..REACH].fill(first);
        self.between[REACH + width..].fill(last);
        let shifted = std::array::from_fn(|tap| self.between[tap..][..width].as_flattened());
        blur(shifted, &mut self.sums, blurred.as_flattened_mut());
    }
}

/// The weighted mean of lines of bytes.
#[multiversion(targets("x86_64+avx2"))]
fn blur(lines: [&[u8]; BELL.len()], sums: &mut [u16], means: &mut [u8]) {
    sums.fill(WHOLE / 2);
    for (line, share) in lines.into_iter().zip(BELL) {
        for (sum, value) in sums.iter_mut().zip(line) {
            *sum += share * u16::from(*value);
        }
    }
    for (mean, sum) in means.iter_mut().zip(sums) {
        *mean = (*sum / WHOLE) as u8;
    }
}

/// A value from 0 (to 2, saturating) as the byte that features hold.
pub(super) fn step(value: f32) -> u8 {
    (value * STEPS + 0.5) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dot_becomes_a_bell_and_flat_stays_flat() {
        let mut pixels = vec![[0.0, 0.5, 0.0, 1.0]; 31 * 17];
        pixels[8 * 31 + 15][0] = 1.0;
        for (index, guide) in of(&pixels, 31, 17).unwrap().iter().enumerate() {
            let (dx, dy) = ((index % 31).abs_diff(15), (index / 31).abs_diff(8));
            let share = |distance: usize| match BELL.get(REACH + distance) {
                Some(count) => f32::from(*count) / f32::from(WHOLE),
                None => 0.0,
            };
            let wanted = step(share(dx) * share(dy) * WEIGHT);
            assert!(
                guide[0].abs_diff(wanted) <= 1,
                "{dx}, {dy}: {guide:?} {wanted}"
            );
            assert_eq!(guide[1], step(0.5 * WEIGHT), "the border darkens");
            assert_eq!(guide[2], 0);
        }
    }

    #[test]
    fn the_brightest_does_not_overflow() {
        let brightest = of(&[[2.0; 4]; 20 * 20], 20, 20).unwrap();
        assert!(brightest.iter().all(|guide| *guide == [255; 3]));
    }

    #[test]
    fn pictures_smaller_than_the_bell() {
        for (width, height) in [(1, 1), (2, 9), (5, 1)] {
            let pixels = vec![[0.5; 4]; width * height];
            for guide in of(&pixels, width, height).unwrap() {
                assert_eq!(guide, [step(0.5 * WEIGHT); 3]);
            }
        }
    }
}
