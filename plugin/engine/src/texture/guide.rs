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

/// What blurs for texture: three boxes of five pixels, one after another, which is nearly a bell. The sum of weights times
/// a byte fits into 16 bits.
const BELL: [u16; 13] = [1, 3, 6, 10, 15, 18, 19, 18, 15, 10, 6, 3, 1];
/// What blurs for patches, two boxes of nine: with the other one LPIPS of wide holes is a hundredth higher.
const WIDE: [u16; 17] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 8, 7, 6, 5, 4, 3, 2, 1];
/// Rows that one core looks after before it takes more.
const ROWS: usize = 16;

/// The guide of each pixel for texture synthesis: the picture blurred down its columns and along its rows; beyond the
/// border it goes on as it ends.
pub(crate) fn of(pixels: &[Pixel], width: usize, height: usize) -> Result<Vec<Guide>, Error> {
    blurred(pixels, width, height, &BELL)
}

/// The same for patches, blurred wider.
pub(crate) fn wide(pixels: &[Pixel], width: usize, height: usize) -> Result<Vec<Guide>, Error> {
    blurred(pixels, width, height, &WIDE)
}

fn blurred(
    pixels: &[Pixel],
    width: usize,
    height: usize,
    kernel: &[u16],
) -> Result<Vec<Guide>, Error> {
    let reach = kernel.len() / 2;
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
        let mut sums = vec![0; 3 * width];
        // The row blurred down the columns, going on beyond both ends.
        let mut between = vec![Guide::default(); width + 2 * reach];
        for (y, blurred) in (block * ROWS..).zip(blurred.chunks_mut(width)) {
            let row = |tap: usize| {
                let y = (y + tap).saturating_sub(reach).min(height - 1);
                sharp[y * width..][..width].as_flattened()
            };
            let middle = &mut between[reach..reach + width];
            blur(kernel, row, &mut sums, middle.as_flattened_mut());
            let (first, last) = (middle[0], middle[width - 1]);
            between[..reach].fill(first);
            between[reach + width..].fill(last);
            let shifted = |tap: usize| between[tap..][..width].as_flattened();
            blur(kernel, shifted, &mut sums, blurred.as_flattened_mut());
        }
    });
    Ok(blurred)
}

/// The weighted mean of lines of bytes, one for each weight of the kernel.
fn blur<'a>(kernel: &[u16], line: impl Fn(usize) -> &'a [u8], sums: &mut [u16], means: &mut [u8]) {
    let whole: u16 = kernel.iter().sum();
    sums.fill(whole / 2);
    for (tap, share) in kernel.iter().enumerate() {
        add(sums, line(tap), *share);
    }
    divide(sums, reciprocal(whole), means);
}

/// What a sum is multiplied by to be divided, in so many-ths. No processor divides many numbers at once, and for our
/// kernels nothing is lost.
const SHIFT: u32 = 22;

fn reciprocal(whole: u16) -> u32 {
    (1u32 << SHIFT).div_ceil(u32::from(whole))
}

#[multiversion(targets("x86_64+avx2"))]
fn add(sums: &mut [u16], line: &[u8], share: u16) {
    for (sum, value) in sums.iter_mut().zip(line) {
        *sum += share * u16::from(*value);
    }
}

#[multiversion(targets("x86_64+avx2"))]
fn divide(sums: &[u16], reciprocal: u32, means: &mut [u8]) {
    for (mean, sum) in means.iter_mut().zip(sums) {
        *mean = ((u32::from(*sum) * reciprocal) >> SHIFT) as u8;
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
        for kernel in [&BELL[..], &WIDE] {
            let whole = f32::from(kernel.iter().sum::<u16>());
            let share = |distance: usize| match kernel.get(kernel.len() / 2 + distance) {
                Some(count) => f32::from(*count) / whole,
                None => 0.0,
            };
            let guides = blurred(&pixels, 31, 17, kernel).unwrap();
            for (index, guide) in guides.iter().enumerate() {
                let (dx, dy) = ((index % 31).abs_diff(15), (index / 31).abs_diff(8));
                let wanted = step(share(dx) * share(dy) * WEIGHT);
                assert!(
                    guide[0].abs_diff(wanted) <= 1,
                    "{dx}, {dy}: {guide:?} {wanted}"
                );
                assert_eq!(guide[1], step(0.5 * WEIGHT), "the border darkens");
                assert_eq!(guide[2], 0);
            }
        }
    }

    #[test]
    fn every_sum_is_divided_as_by_hand() {
        for kernel in [&BELL[..], &WIDE] {
            let whole: u16 = kernel.iter().sum();
            let sums: Vec<u16> = (0..=whole * 255 + whole / 2).collect();
            let mut means = vec![0; sums.len()];
            divide(&sums, reciprocal(whole), &mut means);
            let by_hand = sums.iter().map(|sum| (sum / whole) as u8);
            assert!(by_hand.eq(means), "{whole}");
        }
    }

    #[test]
    fn the_brightest_does_not_overflow() {
        for blurred in [of, wide] {
            let brightest = blurred(&[[2.0; 4]; 20 * 20], 20, 20).unwrap();
            assert!(brightest.iter().all(|guide| *guide == [255; 3]));
        }
    }

    #[test]
    fn pictures_smaller_than_the_bell() {
        for (width, height) in [(1, 1), (2, 9), (5, 1)] {
            let pixels = vec![[0.5; 4]; width * height];
            for blurred in [of, wide] {
                for guide in blurred(&pixels, width, height).unwrap() {
                    assert_eq!(guide, [step(0.5 * WEIGHT); 3]);
                }
            }
        }
    }
}
