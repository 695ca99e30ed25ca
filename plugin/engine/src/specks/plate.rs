//! A thin plate through what is known round a speck: the surface that bends least.
//!
//! Bending is the sum of the squares of all second differences, as in thin-plate splines (Duchon, 1977). Those that would
//! take a pixel that nobody knows, or that lies outside, are left out: so at the picture's edge the plate is free.

use super::window::Window;

/// How much the plate is stretched as well, so that it lies in one way only even where too few pixels hold it.
const TENSION: f64 = 1e-2;

/// A difference: pixels of the patch as steps from one of them, and what each is multiplied with.
type Difference = &'static [(usize, usize, f64)];

const DIFFERENCES: [Difference; 5] = [
    &[(0, 0, 1.0), (1, 0, -2.0), (2, 0, 1.0)],
    &[(0, 0, 1.0), (0, 1, -2.0), (0, 2, 1.0)],
    // The mixed one counts twice.
    &[
        (0, 0, std::f64::consts::SQRT_2),
        (1, 0, -std::f64::consts::SQRT_2),
        (0, 1, -std::f64::consts::SQRT_2),
        (1, 1, std::f64::consts::SQRT_2),
    ],
    &[(0, 0, TENSION), (1, 0, -TENSION)],
    &[(0, 0, TENSION), (0, 1, -TENSION)],
];

/// Colours for the speck's pixels: those of `under` (three planes of the patch's size), lifted by a plate so that they meet
/// what is known. None where nothing known touches the speck.
pub(super) fn inside(window: &Window, under: &[Vec<f32>; 3]) -> Option<Vec<[f32; 3]>> {
    let patch = window.patch;
    let mut system = System::new(window.speck.len());
    let mut number = vec![None; patch.area()];
    for (index, (x, y)) in window.speck.iter().enumerate() {
        number[y * patch.width + x] = Some(index);
    }
    for difference in DIFFERENCES {
        for y in 0..patch.height {
            for x in 0..patch.width {
                let terms = difference
                    .iter()
                    .map(|(right, below, factor)| (x + right, y + below, *factor));
                let is_inside = |x: usize, y: usize| x < patch.width && y < patch.height;
                let is_usable = |(x, y, _): (usize, usize, f64)| {
                    is_inside(x, y)
                        && (number[y * patch.width + x].is_some() || window.is_known(x, y))
                };
                if !terms.clone().all(is_usable) {
                    continue;
                }
                let mut known = [0.0; 3];
                let mut own = [(0, 0.0); 4];
                let mut count = 0;
                for (x, y, factor) in terms {
                    let at = y * patch.width + x;
                    match number[at] {
                        Some(index) => {
                            own[count] = (index, factor);
                            count += 1;
                        }
                        None => {
                            for (channel, sum) in known.iter_mut().enumerate() {
                                let value = window.plane(channel)[window.in_window(x, y)];
                                *sum += factor * f64::from(value - under[channel][at]);
                            }
                        }
                    }
                }
                system.add(&own[..count], known);
            }
        }
    }
    let lift = system.solve()?;
    let colours = lift.into_iter().zip(&window.speck).map(|(lift, (x, y))| {
        let at = y * patch.width + x;
        [0, 1, 2].map(|channel| lift[channel] as f32 + under[channel][at])
    });
    Some(colours.collect())
}

/// The normal equations of least squares for a speck, three right sides at once.
struct System {
    len: usize,
    matrix: Vec<f64>,
    right: Vec<[f64; 3]>,
}

impl System {
    fn new(len: usize) -> Self {
        Self {
            len,
            matrix: vec![0.0; len * len],
            right: vec![[0.0; 3]; len],
        }
    }

    /// The sum of unknowns, each with a factor, and of something known wants to be 0.
    fn add(&mut self, terms: &[(usize, f64)], known: [f64; 3]) {
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
    fn solve(mut self) -> Option<Vec<[f64; 3]>> {
        let len = self.len;
        for row in 0..len {
            for column in 0..=row {
                let (above, from) = (row * len, column * len);
                let product = (0..column).map(|k| self.matrix[above + k] * self.matrix[from + k]);
                let rest = self.matrix[above + column] - product.sum::<f64>();
                self.matrix[above + column] = if row > column {
                    rest / self.matrix[from + column]
                } else if rest > TENSION * TENSION * 1e-6 {
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
