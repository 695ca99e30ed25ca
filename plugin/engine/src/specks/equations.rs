//! Least squares for a few unknowns.

/// What is left of a row, at least, for it to say anything.
const LEAST: f64 = 1e-10;

/// The normal equations of least squares, three right sides at once.
pub(super) struct Equations {
    len: usize,
    matrix: Vec<f64>,
    right: Vec<[f64; 3]>,
}

impl Equations {
    pub fn new(len: usize) -> Self {
        Self {
            len,
            matrix: vec![0.0; len * len],
            right: vec![[0.0; 3]; len],
        }
    }

    /// A sum of unknowns, each with a factor, and of something known wants to be 0.
    pub fn add(&mut self, terms: &[(usize, f64)], known: [f64; 3]) {
        for &(row, factor) in terms {
            for &(column, other) in terms {
                self.matrix[row * self.len + column] += factor * other;
            }
            for (right, known) in self.right[row].iter_mut().zip(known) {
                *right -= factor * known;
            }
        }
    }

    /// By Cholesky's factorisation; None where the equations leave something open.
    pub fn solve(mut self) -> Option<Vec<[f64; 3]>> {
        let len = self.len;
        for row in 0..len {
            for column in 0..=row {
                let (above, from) = (row * len, column * len);
                let product = (0..column).map(|k| self.matrix[above + k] * self.matrix[from + k]);
                let rest = self.matrix[above + column] - product.sum::<f64>();
                self.matrix[above + column] = if row > column {
                    rest / self.matrix[from + column]
                } else if rest > LEAST {
                    rest.sqrt()
                } else {
                    return None;
                };
            }
        }
        let factor = |row: usize, column: usize| self.matrix[row * len + column];
        let solution = &mut self.right;
        for row in 0..len {
            for k in 0..row {
                let before = solution[k];
                subtract(&mut solution[row], factor(row, k), before);
            }
            solution[row] = solution[row].map(|value| value / factor(row, row));
        }
        for row in (0..len).rev() {
            for k in row + 1..len {
                let after = solution[k];
                subtract(&mut solution[row], factor(k, row), after);
            }
            solution[row] = solution[row].map(|value| value / factor(row, row));
        }
        Some(self.right)
    }
}

fn subtract(from: &mut [f64; 3], factor: f64, values: [f64; 3]) {
    for (from, value) in from.iter_mut().zip(values) {
        *from -= factor * value;
    }
}
