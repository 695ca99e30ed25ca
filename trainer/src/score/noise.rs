//! Noise that a fill puts where the truth is smooth, which LPIPS hardly sees: patterns in skies, walls, grounds out of focus.

use image::{GrayImage, RgbImage};

/// This far inside the hole's rim, counted in steps along rows and columns.
const INSIDE: u32 = 8;
/// The truth is smooth where the surroundings of this side deviate by less than this, of 255.
const SURROUNDINGS: usize = 13;
const SMOOTH: f64 = 2.5;
/// Fine detail is what is left when the mean over this side is taken away.
const DETAIL: usize = 5;
/// Fewer smooth pixels say nothing.
const FEWEST: usize = 500;

/// The median amount of fine detail (of 255) where the truth is smooth, or `None` where it hardly is.
pub fn noise(filled: &RgbImage, truth: &RgbImage, hole: &GrayImage) -> Option<f64> {
    let (width, height) = (truth.width() as usize, truth.height() as usize);
    let (filled, truth) = (grey(filled), grey(truth));
    let mean = |values: &[f64], side| box_mean(values, width, height, side);
    let squares: Vec<f64> = truth.iter().map(|v| v * v).collect();
    let squares = mean(&squares, SURROUNDINGS);
    let means = mean(&truth, SURROUNDINGS);
    let depth = depth(hole);
    let is_smooth = |i: usize| {
        let variance = (squares[i] - means[i] * means[i]).max(0.0);
        depth[i] > INSIDE && variance.sqrt() < SMOOTH
    };
    let coarse = mean(&filled, DETAIL);
    let detail = (0..width * height).filter(|&i| is_smooth(i));
    let mut detail: Vec<f64> = detail.map(|i| (filled[i] - coarse[i]).abs()).collect();
    if detail.len() < FEWEST {
        return None;
    }
    detail.sort_unstable_by(f64::total_cmp);
    let middle = detail.len() / 2;
    Some(match detail.len().is_multiple_of(2) {
        true => (detail[middle - 1] + detail[middle]) / 2.0,
        false => detail[middle],
    })
}

/// Rec. 601 luma, in whole steps.
fn grey(picture: &RgbImage) -> Vec<f64> {
    let luma = |[r, g, b]: [u8; 3]| {
        (19595 * u32::from(r) + 38470 * u32::from(g) + 7471 * u32::from(b) + 0x8000) >> 16
    };
    picture.pixels().map(|p| f64::from(luma(p.0))).collect()
}

/// Steps along rows and columns out of the hole, or out of the picture; 0 outside.
fn depth(hole: &GrayImage) -> Vec<u32> {
    let (width, height) = (hole.width() as usize, hole.height() as usize);
    let mut depth: Vec<u32> = hole
        .pixels()
        .map(|p| if p[0] > 127 { u32::MAX } else { 0 })
        .collect();
    let relax = |depth: &mut [u32], i: usize, neighbour: Option<usize>| {
        let from = neighbour.map_or(0, |neighbour| depth[neighbour]);
        depth[i] = depth[i].min(from.saturating_add(1)).min(u32::MAX - 1);
    };
    let is_hole = |depth: &[u32], i: usize| depth[i] > 0;
    for y in 0..height {
        for x in 0..width {
            let i = y * width + x;
            if is_hole(&depth, i) {
                relax(&mut depth, i, (x > 0).then(|| i - 1));
                relax(&mut depth, i, (y > 0).then(|| i - width));
            }
        }
    }
    for y in (0..height).rev() {
        for x in (0..width).rev() {
            let i = y * width + x;
            if is_hole(&depth, i) {
                relax(&mut depth, i, (x + 1 < width).then_some(i + 1));
                relax(&mut depth, i, (y + 1 < height).then_some(i + width));
            }
        }
    }
    depth
}

/// The mean over a square of an odd side round each value; the plane is mirrored at its edges.
fn box_mean(values: &[f64], width: usize, height: usize, side: usize) -> Vec<f64> {
    let rows = along(values, width, 1, width, height, side);
    along(&rows, height, width, 1, width, side)
}

/// Running means of `count` lines of `length` values `step` apart; `next` from a line to the next.
fn along(
    values: &[f64],
    length: usize,
    step: usize,
    next: usize,
    count: usize,
    side: usize,
) -> Vec<f64> {
    let half = (side / 2) as isize;
    let mirrored = |i: isize| {
        let last = length as isize - 1;
        let mut i = i;
        while i < 0 || i > last {
            i = if i < 0 { -1 - i } else { 2 * last + 1 - i };
        }
        i as usize
    };
    let mut means = vec![0.0; values.len()];
    for line in 0..count {
        let at = |i: isize| values[line * next + mirrored(i) * step];
        for i in 0..length as isize {
            let sum: f64 = (i - half..=i + half).map(at).sum();
            means[line * next + i as usize * step] = sum / side as f64;
        }
    }
    means
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{Luma, Rgb};

    const SIDE: u32 = 80;

    fn picture(value: impl Fn(u32, u32) -> u8) -> RgbImage {
        RgbImage::from_fn(SIDE, SIDE, |x, y| Rgb([value(x, y); 3]))
    }

    fn hole() -> GrayImage {
        GrayImage::from_fn(SIDE, SIDE, |x, y| {
            let inside = (10..70).contains(&x) && (10..70).contains(&y);
            Luma([if inside { 255 } else { 0 }])
        })
    }

    #[test]
    fn a_pattern_in_a_sky_is_noise() {
        let sky = picture(|x, _| 100 + (x / 20) as u8);
        // 13 of the 25 pixels round a light one are light: 12/25 of the step away from their mean; and so for dark ones.
        let patterned = picture(|x, y| 100 + 10 * ((x + y) % 2) as u8);
        assert!(noise(&sky, &sky, &hole()).unwrap() < 0.5);
        let found = noise(&patterned, &sky, &hole()).unwrap();
        assert!((found - 4.8).abs() < 1e-9, "{found}");
    }

    #[test]
    fn a_busy_picture_has_no_smooth_place() {
        let busy = picture(|x, y| (97 * x * y % 251) as u8);
        assert_eq!(noise(&busy, &busy, &hole()), None);
    }
}
