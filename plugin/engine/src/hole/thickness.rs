//! How thick a part of a hole is.

use super::{Part, Run};

/// Thickness is measured in cells of so many pixels.
const CELL: usize = 4;

impl Part {
    /// How thick it is: about the side of the largest square in it, in steps of [`CELL`].
    pub fn thickness(&self) -> usize {
        // Cells that are hole all over, and the largest square of such cells that ends at each (a well-known recurrence).
        let columns = self.bounds.width / CELL;
        if columns.min(self.bounds.height / CELL) == 0 {
            return 0;
        }
        let (mut row, mut squares) = (usize::MAX, vec![0; columns]);
        let mut largest = 0;
        let cell_row = |run: &Run| (run.y - self.bounds.y) / CELL;
        for runs in self.runs.chunk_by(|a, b| cell_row(a) == cell_row(b)) {
            let mut counts = vec![0; columns];
            for run in runs {
                let (from, to) = (run.x - self.bounds.x, run.right() - self.bounds.x);
                let cells = from / CELL..to.div_ceil(CELL).min(columns);
                for (cell, count) in cells.clone().zip(&mut counts[cells]) {
                    *count += to.min((cell + 1) * CELL) - from.max(cell * CELL);
                }
            }
            if row.checked_add(1) != Some(cell_row(&runs[0])) {
                squares.fill(0);
            }
            row = cell_row(&runs[0]);
            let (mut left, mut above_left) = (0, 0);
            for (square, count) in squares.iter_mut().zip(counts) {
                let above = *square;
                *square = match count == CELL * CELL {
                    true => 1 + above.min(left).min(above_left),
                    false => 0,
                };
                (left, above_left) = (*square, above);
                largest = largest.max(*square);
            }
        }
        largest * CELL
    }
}

#[cfg(test)]
mod tests {
    use crate::hole::Hole;
    use crate::picture::{Channels, Depth, Format, Picture};

    fn thickness(is_hole: impl Fn(i32, i32) -> bool) -> usize {
        const SIDE: i32 = 200;
        let bytes = (0..SIDE * SIDE)
            .map(|i| u8::from(is_hole(i % SIDE, i / SIDE)) * 255)
            .collect();
        let format = Format::srgb(Depth::U8, Channels::Grey);
        let mask = Picture::from_bytes(bytes, SIDE as usize, SIDE as usize, format).unwrap();
        let parts = Hole::from_mask(mask.view()).unwrap().parts();
        assert_eq!(parts.len(), 1);
        parts[0].thickness()
    }

    #[test]
    fn of_squares_discs_and_wires() {
        assert_eq!(thickness(|x, y| x.max(y) < 100), 100);
        assert_eq!(thickness(|x, y| x == 7 && y == 9), 0);
        assert_eq!(thickness(|_, y| (30..38).contains(&y)), 8);
        let disc = thickness(|x, y| (x - 90).pow(2) + (y - 90).pow(2) < 60 * 60);
        assert!((72..=84).contains(&disc), "{disc}");
        let wire = thickness(|x, y| (x - y).abs() < 6);
        assert!(wire <= 12, "{wire}");
    }

    #[test]
    fn two_squares_that_touch_are_as_thick_as_one() {
        let both = |x: i32, y: i32| x.max(y) < 40 || (x.min(y) >= 40 && x.max(y) < 80);
        assert_eq!(thickness(both), 40);
    }
}
