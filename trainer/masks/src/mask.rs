//! The mask itself, and what can be drawn on it.

/// Where a picture has holes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mask {
    /// Columns.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// 1 = hole, 0 = known; `width * height` values, row by row.
    pub hole: Vec<u8>,
}

impl Mask {
    /// A mask without holes.
    pub fn new(width: usize, height: usize) -> Self {
        Mask {
            width,
            height,
            hole: vec![0; width * height],
        }
    }

    /// The share of the picture that is hole, 0 to 1.
    pub fn share(&self) -> f32 {
        let count: usize = self.hole.iter().map(|&h| usize::from(h)).sum();
        (count as f64 / self.hole.len().max(1) as f64) as f32
    }

    /// Whether any hole lies within `border` pixels of the picture's edge.
    pub fn touches(&self, border: usize) -> bool {
        let inner_columns = border..self.width.saturating_sub(border);
        let inner_rows = border..self.height.saturating_sub(border);
        let mut rows = self.hole.chunks(self.width.max(1)).enumerate();
        rows.any(|(y, row)| {
            let within = |x| inner_rows.contains(&y) && inner_columns.contains(&x);
            row.iter().enumerate().any(|(x, &h)| h == 1 && !within(x))
        })
    }

    /// Takes away every hole within `border` pixels of the picture's edge.
    pub fn clear_border(&mut self, border: usize) {
        let (width, height) = (self.width, self.height);
        let side = border.min(width);
        for (y, row) in self.hole.chunks_mut(width.max(1)).enumerate() {
            if y < border || y >= height.saturating_sub(border) {
                row.fill(0);
            } else {
                row[..side].fill(0);
                row[width - side..].fill(0);
            }
        }
    }

    /// Adds every pixel whose centre is within `radius` of the segment from `a` to `b` (x, y), in pixels.
    pub fn draw_line(&mut self, a: (f32, f32), b: (f32, f32), radius: f32) {
        let columns = span(a.0.min(b.0) - radius, a.0.max(b.0) + radius, self.width);
        let rows = span(a.1.min(b.1) - radius, a.1.max(b.1) + radius, self.height);
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        let length = (dx * dx + dy * dy).max(1e-12);
        for y in rows {
            for x in columns.clone() {
                let (px, py) = (x as f32 - a.0, y as f32 - a.1);
                let along = ((px * dx + py * dy) / length).clamp(0.0, 1.0);
                let (ox, oy) = (px - along * dx, py - along * dy);
                if ox * ox + oy * oy <= radius * radius {
                    self.hole[y * self.width + x] = 1;
                }
            }
        }
    }

    /// Adds the box with its top left at `(x, y)`, cut at the picture's edge.
    pub fn draw_box(&mut self, x: usize, y: usize, width: usize, height: usize) {
        let columns = x.min(self.width)..(x + width).min(self.width);
        for row in y.min(self.height)..(y + height).min(self.height) {
            self.hole[row * self.width..][columns.clone()].fill(1);
        }
    }

    /// Adds every pixel whose centre lies inside the closed polygon of `corners` (x, y), by the rule of even and odd.
    pub fn draw_polygon(&mut self, corners: &[(f32, f32)]) {
        let mut crossings = Vec::new();
        for y in 0..self.height {
            let level = y as f32;
            crossings.clear();
            for (i, &a) in corners.iter().enumerate() {
                let b = corners[(i + 1) % corners.len()];
                // Half open, so that a corner on the row is crossed once.
                if (a.1 <= level) != (b.1 <= level) {
                    crossings.push(a.0 + (level - a.1) / (b.1 - a.1) * (b.0 - a.0));
                }
            }
            crossings.sort_by(f32::total_cmp);
            for inside in crossings.chunks_exact(2) {
                let first = (inside[0].ceil().max(0.0) as usize).min(self.width);
                let end = ((inside[1].floor() + 1.0).max(0.0) as usize).min(self.width);
                if first < end {
                    self.hole[y * self.width..][first..end].fill(1);
                }
            }
        }
    }

    /// Adds the holes of another mask, its top left at `(x, y)`, cut at the picture's edge.
    pub fn add(&mut self, other: &Mask, x: isize, y: isize) {
        let columns = overlap(x, other.width, self.width);
        for row in overlap(y, other.height, self.height) {
            let from = (row as isize - y) as usize * other.width;
            for column in columns.clone() {
                let h = other.hole[from + (column as isize - x) as usize];
                self.hole[row * self.width + column] |= h;
            }
        }
    }

    /// The mask in another size, by the nearest pixel.
    pub fn resized(&self, width: usize, height: usize) -> Mask {
        let mut resized = Mask::new(width, height);
        for y in 0..height {
            let row = &self.hole[y * self.height / height * self.width..][..self.width];
            for x in 0..width {
                resized.hole[y * width + x] = row[x * self.width / width];
            }
        }
        resized
    }

    /// The mask as in a mirror: left is right.
    pub fn mirrored(mut self) -> Mask {
        for row in self.hole.chunks_mut(self.width.max(1)) {
            row.reverse();
        }
        self
    }
}

/// The whole numbers from `low` to `high` that lie in `0..end`.
fn span(low: f32, high: f32, end: usize) -> std::ops::Range<usize> {
    let low = low.floor().max(0.0) as usize;
    let high = (high.ceil() + 1.0).max(0.0) as usize;
    low.min(end)..high.min(end)
}

/// The part of `0..end` that something of `length` covers which begins at `start`.
fn overlap(start: isize, length: usize, end: usize) -> std::ops::Range<usize> {
    let last = (start + length as isize).clamp(0, end as isize) as usize;
    (start.clamp(0, end as isize) as usize).min(last)..last
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_square_polygon_is_a_box() {
        let (mut polygon, mut boxed) = (Mask::new(12, 10), Mask::new(12, 10));
        polygon.draw_polygon(&[(2.0, 2.5), (6.0, 2.5), (6.0, 7.5), (2.0, 7.5)]);
        boxed.draw_box(2, 3, 5, 5);
        assert_eq!(polygon, boxed);
    }

    #[test]
    fn the_border_is_as_wide_as_it_is_said_to_be() {
        let mut mask = Mask::new(20, 20);
        mask.draw_box(5, 5, 10, 10);
        assert!(!mask.touches(5));
        assert!(mask.touches(6));
        mask.draw_box(19, 10, 1, 1);
        assert!(mask.touches(1));
        assert!(!Mask::new(20, 20).touches(20));
        mask.clear_border(6);
        assert!(!mask.touches(6) && mask.touches(7));
        mask.clear_border(30);
        assert_eq!(mask, Mask::new(20, 20));
    }

    proptest! {
        #[test]
        fn a_line_covers_its_own_ends(x in 0usize..64, y in 0usize..64, u in 0usize..64, v in 0usize..64) {
            let mut mask = Mask::new(64, 64);
            mask.draw_line((x as f32, y as f32), (u as f32, v as f32), 0.5);
            prop_assert_eq!(mask.hole[y * 64 + x], 1);
            prop_assert_eq!(mask.hole[v * 64 + u], 1);
        }

        #[test]
        fn what_is_added_is_cut_at_the_edge(x in -40isize..40, y in -40isize..40, w in 1usize..30, h in 1usize..30) {
            let (mut added, mut expected) = (Mask::new(24, 18), Mask::new(24, 18));
            let full = Mask { width: w, height: h, hole: vec![1; w * h] };
            added.add(&full, x, y);
            for (i, pixel) in expected.hole.iter_mut().enumerate() {
                let (px, py) = ((i % 24) as isize - x, (i / 24) as isize - y);
                *pixel = u8::from((0..w as isize).contains(&px) && (0..h as isize).contains(&py));
            }
            prop_assert_eq!(added, expected);
        }

        #[test]
        fn a_polygon_of_any_corners_is_drawn(corners in prop::collection::vec((-90f32..90.0, -90f32..90.0), 0..9)) {
            let mut mask = Mask::new(40, 30);
            mask.draw_polygon(&corners);
            // It lies within the box round its corners.
            let within = |low: f32, high: f32, at: usize| low <= at as f32 && at as f32 <= high;
            let (xs, ys): (Vec<f32>, Vec<f32>) = corners.into_iter().unzip();
            let low = |all: &[f32]| all.iter().copied().fold(f32::INFINITY, f32::min) - 1e-3;
            let high = |all: &[f32]| all.iter().copied().fold(f32::NEG_INFINITY, f32::max) + 1e-3;
            for (i, _) in mask.hole.iter().enumerate().filter(|(_, h)| **h == 1) {
                prop_assert!(within(low(&xs), high(&xs), i % 40) && within(low(&ys), high(&ys), i / 40));
            }
        }
    }
}
