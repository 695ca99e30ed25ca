//! Where a pixel of one frame lies in another.

/// A plane seen by a camera that moved: a 3 x 3 matrix, row by row, the last number 1. Coordinates are pixels, with the
/// centre of the top left one at 0, 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Homography(pub(crate) [f64; 9]);

impl Homography {
    /// Nothing moved.
    pub(crate) const IDENTITY: Self = Self([1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0]);

    /// Everything moved by the same way.
    pub(crate) fn translation(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, x, 0.0, 1.0, y, 0.0, 0.0, 1.0])
    }

    /// Where a pixel lies in the other frame.
    pub(crate) fn apply(&self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f, g, h, i] = self.0;
        let depth = g * x + h * y + i;
        ((a * x + b * y + c) / depth, (d * x + e * y + f) / depth)
    }

    /// First `other`, then this.
    pub(crate) fn after(&self, other: &Self) -> Self {
        let mut product = [0.0; 9];
        for (index, value) in product.iter_mut().enumerate() {
            let (row, column) = (index / 3, index % 3);
            *value = (0..3)
                .map(|k| self.0[3 * row + k] * other.0[3 * k + column])
                .sum();
        }
        let last = product[8];
        Self(product.map(|value| value / last))
    }

    /// The same motion where a pixel of the new coordinates is `scale` pixels of the old ones: 2 from a plane of half the
    /// size to the whole one takes 0.5.
    pub(crate) fn rescaled(&self, scale: f64) -> Self {
        // The centre of the first pixel is at 0, its corner at -0.5.
        let to_old = Self([
            scale,
            0.0,
            (scale - 1.0) / 2.0,
            0.0,
            scale,
            (scale - 1.0) / 2.0,
            0.0,
            0.0,
            1.0,
        ]);
        let back = 1.0 / scale;
        let to_new = Self([
            back,
            0.0,
            (back - 1.0) / 2.0,
            0.0,
            back,
            (back - 1.0) / 2.0,
            0.0,
            0.0,
            1.0,
        ]);
        to_new.after(&self.after(&to_old))
    }

    /// Whether a camera does such a thing from one frame to another nearby: nothing is turned over, no side of the
    /// picture becomes less than half or more than twice as long.
    pub(crate) fn is_plausible(&self, width: usize, height: usize) -> bool {
        let (width, height) = (width as f64, height as f64);
        let corners = [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)];
        let moved = corners.map(|(x, y)| self.apply(x, y));
        (0..4).all(|here| {
            let (next, last) = ((here + 1) % 4, (here + 3) % 4);
            let side = |points: &[(f64, f64); 4]| {
                let ((ax, ay), (bx, by)) = (points[here], points[next]);
                (ax - bx).hypot(ay - by)
            };
            let ((ax, ay), (bx, by), (cx, cy)) = (moved[last], moved[here], moved[next]);
            let turn = (bx - ax) * (cy - by) - (by - ay) * (cx - bx);
            let stretch = side(&moved) / side(&corners);
            turn > 0.0 && (0.5..=2.0).contains(&stretch)
        })
    }

    /// The farthest that a corner of a picture lies from where another motion takes it, in pixels.
    pub(crate) fn farthest_from(&self, other: &Self, width: usize, height: usize) -> f64 {
        let (right, bottom) = (
            width.saturating_sub(1) as f64,
            height.saturating_sub(1) as f64,
        );
        let corners = [(0.0, 0.0), (right, 0.0), (0.0, bottom), (right, bottom)];
        let distances = corners.map(|(x, y)| {
            let ((ax, ay), (bx, by)) = (self.apply(x, y), other.apply(x, y));
            (ax - bx).hypot(ay - by)
        });
        distances.into_iter().fold(0.0, f64::max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_what_no_camera_does() {
        assert!(Homography::translation(-30.0, 5.0).is_plausible(100, 80));
        let mirrored = Homography([-1.0, 0.0, 100.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0]);
        let shrunk = Homography([0.3, 0.0, 0.0, 0.0, 0.3, 0.0, 0.0, 0.0, 1.0]);
        let folded = Homography([1.0, 0.0, 0.0, 0.0, 1.0, 0.0, -0.02, 0.0, 1.0]);
        for wrong in [mirrored, shrunk, folded] {
            assert!(!wrong.is_plausible(100, 80), "{wrong:?}");
        }
    }

    #[test]
    fn composes_and_rescales() {
        let move_right = Homography::translation(3.0, -1.0);
        let twice = move_right.after(&move_right);
        assert_eq!(twice.apply(1.0, 1.0), (7.0, -1.0));
        // From a plane of half the size to the whole one, ways are twice as long.
        let whole = move_right.rescaled(0.5);
        assert!(whole.farthest_from(&Homography::translation(6.0, -2.0), 100, 100) < 1e-9);
        let zoom = Homography([1.1, 0.0, 0.0, 0.0, 1.1, 0.0, 0.0, 0.0, 1.0]);
        let there_and_back = zoom.rescaled(0.5).rescaled(2.0);
        assert!(there_and_back.farthest_from(&zoom, 50, 50) < 1e-9);
    }
}
