//! Edges of a picture as lines one pixel wide (Canny, "A Computational Approach to Edge Detection", PAMI 1986): the gradient
//! of the smoothed picture, its crests, and of those the ones that are strong or hang together with a strong one.

use std::f32::consts::PI;

/// A plane of numbers.
pub struct Plane {
    /// Row by row.
    pub values: Vec<f32>,
    /// Numbers of a row.
    pub width: usize,
}

impl Plane {
    fn height(&self) -> usize {
        self.values.len() / self.width
    }

    /// The value there, or the nearest one where that is outside.
    fn at(&self, x: isize, y: isize) -> f32 {
        let within = |i: isize, length: usize| i.clamp(0, length as isize - 1) as usize;
        self.values[within(y, self.height()) * self.width + within(x, self.width)]
    }

    fn mapped(&self, value: impl Fn(isize, isize) -> f32) -> Self {
        let width = self.width as isize;
        let values = (0..self.values.len() as isize).map(|i| value(i % width, i / width));
        Plane {
            values: values.collect(),
            width: self.width,
        }
    }

    /// Smoothed by a Gaussian of this deviation, in pixels.
    fn smoothed(&self, deviation: f32) -> Self {
        let radius = (3.0 * deviation).ceil() as isize;
        let weight = |i: isize| (-0.5 * (i as f32 / deviation).powi(2)).exp();
        let sum: f32 = (-radius..=radius).map(weight).sum();
        let taps: Vec<(isize, f32)> = (-radius..=radius).map(|i| (i, weight(i) / sum)).collect();
        let rows = self.mapped(|x, y| taps.iter().map(|(i, w)| w * self.at(x + i, y)).sum());
        rows.mapped(|x, y| taps.iter().map(|(i, w)| w * rows.at(x, y + i)).sum())
    }
}

/// The edges of `grey` (0 to 255), smoothed by `deviation` first: the indices of each connected line's pixels. A line has a
/// pixel whose gradient, by Sobel's kernels, is `strong` at least, and none under `weak`.
pub fn lines(grey: &Plane, deviation: f32, weak: f32, strong: f32) -> Vec<Vec<usize>> {
    let smooth = grey.smoothed(deviation);
    let across = |x, y| {
        let column = |x| smooth.at(x, y - 1) + 2.0 * smooth.at(x, y) + smooth.at(x, y + 1);
        column(x + 1) - column(x - 1)
    };
    let down = |x, y| {
        let row = |y| smooth.at(x - 1, y) + 2.0 * smooth.at(x, y) + smooth.at(x + 1, y);
        row(y + 1) - row(y - 1)
    };
    let gradient = smooth.mapped(|x, y| across(x, y).hypot(down(x, y)));
    // A crest is not lower than its neighbours uphill and downhill.
    let crest = gradient.mapped(|x, y| {
        let own = gradient.at(x, y);
        let eighth = (down(x, y).atan2(across(x, y)) / (PI / 4.0)).round() as i32;
        let (dx, dy) = [(1, 0), (1, 1), (0, 1), (-1, 1)][eighth.rem_euclid(4) as usize];
        let is_crest = own > gradient.at(x - dx, y - dy) && own >= gradient.at(x + dx, y + dy);
        if is_crest { own } else { 0.0 }
    });
    connected(&crest, weak)
        .into_iter()
        .filter(|line| line.iter().any(|&i| crest.values[i] >= strong))
        .collect()
}

/// The pixels of at least this value, by the groups in which they touch, be it at a corner.
fn connected(plane: &Plane, least: f32) -> Vec<Vec<usize>> {
    let (width, height) = (plane.width as isize, plane.height() as isize);
    let mut waiting: Vec<bool> = plane.values.iter().map(|v| *v >= least).collect();
    let mut groups = Vec::new();
    for start in 0..waiting.len() {
        if !std::mem::take(&mut waiting[start]) {
            continue;
        }
        let mut group = vec![start];
        let mut next = 0;
        while let Some(&i) = group.get(next) {
            next += 1;
            let (x, y) = (i as isize % width, i as isize / width);
            for (dx, dy) in (0..9).map(|n| (n % 3 - 1, n / 3 - 1)) {
                let (x, y) = (x + dx, y + dy);
                if (0..width).contains(&x) && (0..height).contains(&y) {
                    let neighbour = (y * width + x) as usize;
                    if std::mem::take(&mut waiting[neighbour]) {
                        group.push(neighbour);
                    }
                }
            }
        }
        groups.push(group);
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIDE: usize = 40;

    fn plane(value: impl Fn(usize, usize) -> f32) -> Plane {
        let values = (0..SIDE * SIDE).map(|i| value(i % SIDE, i / SIDE));
        Plane {
            values: values.collect(),
            width: SIDE,
        }
    }

    #[test]
    fn a_step_is_one_line_one_pixel_wide() {
        let step = plane(|x, _| if x < 17 { 20.0 } else { 220.0 });
        let found = lines(&step, 1.4, 50.0, 100.0);
        assert_eq!(found.len(), 1);
        let columns: Vec<usize> = found[0].iter().map(|i| i % SIDE).collect();
        assert_eq!(columns.len(), SIDE);
        assert!(columns.iter().all(|x| (16..=17).contains(x)), "{columns:?}");
    }

    #[test]
    fn what_is_weak_counts_beside_what_is_strong() {
        // A step that fades along the picture, and a faint one by itself.
        let fading = |y: usize| y as f32;
        let picture = plane(|x, y| match x {
            0..10 => 0.0,
            10..30 => fading(y),
            _ => fading(y) + 12.0,
        });
        let strong = |least: f32| lines(&picture, 1.0, 20.0, least);
        assert_eq!(strong(20.0).len(), 2);
        let only = strong(60.0);
        assert_eq!(only.len(), 1);
        assert!(only[0].iter().all(|i| (8..12).contains(&(i % SIDE))));
        assert!(strong(2000.0).is_empty());
    }

    #[test]
    fn a_flat_picture_has_none() {
        assert!(lines(&plane(|_, _| 90.0), 1.4, 1.0, 2.0).is_empty());
    }
}
