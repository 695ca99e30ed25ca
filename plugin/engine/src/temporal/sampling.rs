//! Values between pixels, where not every pixel is there.

use crate::picture::catmull_rom;

/// A value between pixels by the sixteen round it, or by the four round it where more are not shown.
fn cubic(
    at: &impl Fn(i64, i64) -> Option<[f32; 4]>,
    left: i64,
    top: i64,
    [u, v]: [f32; 2],
) -> Option<[f32; 4]> {
    let sum = |columns: &[f32], rows: &[f32], offset: i64| {
        let mut sum = [0.0; 4];
        for (y, row) in rows.iter().enumerate() {
            for (x, column) in columns.iter().enumerate() {
                let value = at(left + x as i64 - offset, top + y as i64 - offset)?;
                (0..4).for_each(|channel| sum[channel] += row * column * value[channel]);
            }
        }
        Some(sum)
    };
    sum(&catmull_rom(u), &catmull_rom(v), 1).or_else(|| sum(&[1.0 - u, u], &[1.0 - v, v], 0))
}

/// The value at a place, between pixels too; `at` gives that of a pixel. As good as on a pixel, it is that pixel's.
pub(super) fn sample(
    at: &impl Fn(i64, i64) -> Option<[f32; 4]>,
    x: f64,
    y: f64,
) -> Option<[f32; 4]> {
    let (left, top) = (x.floor(), y.floor());
    let (u, v) = (x - left, y - top);
    let whole = |share: f64| !(0.02..=0.98).contains(&share);
    if whole(u) && whole(v) {
        return at(x.round() as i64, y.round() as i64);
    }
    cubic(at, left as i64, top as i64, [u as f32, v as f32])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_between_pixels_follow_a_slope() {
        let slope = |x: i64, y: i64| Some([x as f32 + 10.0 * y as f32, 0.0, 0.0, 1.0]);
        let found = cubic(&slope, 3, 4, [0.25, 0.5]).unwrap();
        assert!((found[0] - 48.25).abs() < 1e-4);
        // At the edge of what is shown, four pixels have to do; beyond it there is nothing.
        let edge = |x: i64, y: i64| slope(x, y).filter(|_| x <= 4);
        assert!((cubic(&edge, 3, 4, [0.25, 0.5]).unwrap()[0] - 48.25).abs() < 1e-4);
        assert_eq!(cubic(&edge, 4, 4, [0.25, 0.5]), None);
    }
}
