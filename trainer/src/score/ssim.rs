//! Structural similarity (Wang et al., "Image Quality Assessment", 2004), with 7x7 windows of equal weight and the
//! unbiased covariance: the numbers that scikit-image gives by default.

use image::RgbImage;

const WINDOW: usize = 7;
const C1: f64 = (0.01 * 255.0) * (0.01 * 255.0);
const C2: f64 = (0.03 * 255.0) * (0.03 * 255.0);

/// 1 for equal pictures; pictures smaller than a window give 1 where equal and 0 elsewhere.
pub fn ssim(a: &RgbImage, b: &RgbImage) -> f64 {
    let (width, height) = (a.width() as usize, a.height() as usize);
    if width < WINDOW || height < WINDOW {
        return if a == b { 1.0 } else { 0.0 };
    }
    (0..3)
        .map(|channel| ssim_of_channel(a, b, channel))
        .sum::<f64>()
        / 3.0
}

fn ssim_of_channel(a: &RgbImage, b: &RgbImage, channel: usize) -> f64 {
    let (width, height) = (a.width() as usize, a.height() as usize);
    let values = |i: &RgbImage| {
        i.as_raw()
            .iter()
            .skip(channel)
            .step_by(3)
            .map(|&v| f64::from(v))
            .collect::<Vec<f64>>()
    };
    let (x, y) = (values(a), values(b));
    let product = |p: &[f64], q: &[f64]| Sums::new(p.iter().zip(q).map(|(p, q)| p * q), width);
    let (sx, sy) = (
        Sums::new(x.iter().copied(), width),
        Sums::new(y.iter().copied(), width),
    );
    let (sxx, syy, sxy) = (product(&x, &x), product(&y, &y), product(&x, &y));

    let n = (WINDOW * WINDOW) as f64;
    let (rows, columns) = (height - WINDOW + 1, width - WINDOW + 1);
    let mut total = 0.0;
    for row in 0..rows {
        for column in 0..columns {
            let mean = |s: &Sums| s.window(row, column) / n;
            let (mx, my) = (mean(&sx), mean(&sy));
            let covariance = |s: &Sums, p: f64, q: f64| (mean(s) - p * q) * n / (n - 1.0);
            let (vx, vy, vxy) = (
                covariance(&sxx, mx, mx),
                covariance(&syy, my, my),
                covariance(&sxy, mx, my),
            );
            total += (2.0 * mx * my + C1) * (2.0 * vxy + C2)
                / ((mx * mx + my * my + C1) * (vx + vy + C2));
        }
    }
    total / (rows * columns) as f64
}

/// Sums over rectangles from the top left corner.
struct Sums {
    sums: Vec<f64>,
    stride: usize,
}

impl Sums {
    fn new(values: impl Iterator<Item = f64>, width: usize) -> Self {
        let stride = width + 1;
        let mut sums = vec![0.0; stride];
        let mut row = 0.0;
        for (i, value) in values.enumerate() {
            if i % width == 0 {
                row = 0.0;
                sums.push(0.0);
            }
            row += value;
            sums.push(row + sums[sums.len() - stride]);
        }
        Sums { sums, stride }
    }

    fn window(&self, row: usize, column: usize) -> f64 {
        let at = |row: usize, column: usize| self.sums[row * self.stride + column];
        at(row + WINDOW, column + WINDOW) - at(row, column + WINDOW) - at(row + WINDOW, column)
            + at(row, column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(offset: u8) -> RgbImage {
        RgbImage::from_fn(24, 17, |x, y| {
            let v = ((x * 7 + y * 13) % 50) as u8;
            image::Rgb([v, 2 * v, v.wrapping_mul(3)].map(|v| v.saturating_add(offset)))
        })
    }

    #[test]
    fn equal_pictures_score_1() {
        assert!((ssim(&pattern(0), &pattern(0)) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn the_value_is_that_of_scikit_image() {
        // skimage.metrics.structural_similarity(a, b, channel_axis=2, data_range=255) on the same two patterns.
        assert!(
            (ssim(&pattern(0), &pattern(40)) - SCIKIT_IMAGE).abs() < 1e-6,
            "{}",
            ssim(&pattern(0), &pattern(40))
        );
    }

    const SCIKIT_IMAGE: f64 = 0.807238059;
}
