//! Small systems of linear equations.

/// How many unknowns motion has at most: eight of a homography, gain and offset of the brightness.
pub(super) const MOST: usize = 10;

/// Sums of a least squares problem: the normal equations.
#[derive(Clone)]
pub(super) struct Normal {
    size: usize,
    matrix: [[f64; MOST]; MOST],
    right: [f64; MOST],
}

impl Normal {
    pub(super) fn new(size: usize) -> Self {
        Self {
            size,
            matrix: [[0.0; MOST]; MOST],
            right: [0.0; MOST],
        }
    }

    /// Adds an observation: `row` times the unknowns should be `value`.
    pub(super) fn add(&mut self, row: &[f64], value: f64, weight: f64) {
        for i in 0..self.size {
            let weighted = weight * row[i];
            self.right[i] += weighted * value;
            for (sum, value) in self.matrix[i].iter_mut().zip(&row[..=i]) {
                *sum += weighted * value;
            }
        }
    }

    /// The unknowns, by Cholesky's method. `None` if the observations do not decide about all of them.
    pub(super) fn solve(mut self) -> Option<[f64; MOST]> {
        for i in 0..self.size {
            for j in 0..=i {
                let sum: f64 = (0..j).map(|k| self.matrix[i][k] * self.matrix[j][k]).sum();
                let rest = self.matrix[i][j] - sum;
                if i == j {
                    // What is left of the diagonal says how much is known of this unknown by itself.
                    if rest <= 1e-9 * self.matrix[i][i].max(1e-9) {
                        return None;
                    }
                    self.matrix[i][i] = rest.sqrt();
                } else {
                    self.matrix[i][j] = rest / self.matrix[j][j];
                }
            }
        }
        let mut unknowns = [0.0; MOST];
        for i in 0..self.size {
            let sum: f64 = (0..i).map(|k| self.matrix[i][k] * unknowns[k]).sum();
            unknowns[i] = (self.right[i] - sum) / self.matrix[i][i];
        }
        for i in (0..self.size).rev() {
            let sum: f64 = (i + 1..self.size)
                .map(|k| self.matrix[k][i] * unknowns[k])
                .sum();
            unknowns[i] = (unknowns[i] - sum) / self.matrix[i][i];
        }
        unknowns
            .iter()
            .all(|value| value.is_finite())
            .then_some(unknowns)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_a_plane_through_points() {
        let mut normal = Normal::new(3);
        for (x, y) in [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (2.0, 3.0), (-1.0, 4.0)] {
            normal.add(&[x, y, 1.0], 2.0 * x - 3.0 * y + 0.5, 1.0);
        }
        let found = normal.solve().unwrap();
        for (found, true_value) in found.iter().zip([2.0, -3.0, 0.5]) {
            assert!((found - true_value).abs() < 1e-9);
        }
        let mut flat = Normal::new(2);
        flat.add(&[1.0, 1.0], 1.0, 1.0);
        flat.add(&[2.0, 2.0], 2.0, 1.0);
        assert!(flat.solve().is_none());
    }
}
