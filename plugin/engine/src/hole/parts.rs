//! Connected parts of a hole.

use super::{Hole, Run, bounds_of};
use crate::picture::Rect;

/// Some runs of a hole that are filled together.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Part {
    /// By row, then by column.
    pub runs: Vec<Run>,
    /// The smallest rectangle round them.
    pub bounds: Rect,
}

impl Part {
    pub fn new(runs: Vec<Run>) -> Self {
        Self {
            bounds: bounds_of(&runs),
            runs,
        }
    }

    /// All runs of several parts.
    pub fn join(parts: &[Self]) -> Self {
        let mut runs: Vec<_> = parts.iter().flat_map(|part| &part.runs).copied().collect();
        runs.sort_unstable_by_key(|run| (run.y, run.x));
        Self::new(runs)
    }

    #[cfg(test)]
    pub fn pixels(&self) -> usize {
        self.runs.iter().map(|run| run.len).sum()
    }

    /// Marks the part's pixels inside `window` in a mask of the window's size.
    pub fn mark(&self, window: &Rect, mask: &mut [bool]) {
        let from = self.runs.partition_point(|run| run.y < window.y);
        let rows = self.runs[from..]
            .iter()
            .take_while(|run| run.y < window.bottom());
        for run in rows.filter_map(|run| run.clipped(window.x..window.right())) {
            let start = (run.y - window.y) * window.width + (run.x - window.x);
            mask[start..start + run.len].fill(true);
        }
    }

    /// Cuts across the longer side, near the middle, where the least hole is cut through.
    pub fn halves(&self) -> (Self, Self) {
        let across_columns = self.bounds.width >= self.bounds.height;
        let cut = self.thinnest_place(across_columns);
        let (mut first, mut second) = (Vec::new(), Vec::new());
        for run in &self.runs {
            if across_columns {
                first.extend(run.clipped(0..cut));
                second.extend(run.clipped(cut..usize::MAX));
            } else if run.y < cut {
                first.push(*run);
            } else {
                second.push(*run);
            }
        }
        (Self::new(first), Self::new(second))
    }

    /// The column or row in the middle quarter, with at least one on each side, that has the fewest hole pixels.
    fn thinnest_place(&self, across_columns: bool) -> usize {
        let (start, len) = match across_columns {
            true => (self.bounds.x, self.bounds.width),
            false => (self.bounds.y, self.bounds.height),
        };
        let middle = len / 2;
        let (low, high) = (
            (middle - len / 8).max(1),
            (middle + len / 8).min(len - 1).max(1),
        );
        let mut counts = vec![0usize; high - low + 1];
        for run in &self.runs {
            let (from, to) = match across_columns {
                true => (run.x - start, run.right() - start),
                false => (run.y - start, run.y - start + 1),
            };
            let weight = if across_columns { 1 } else { run.len };
            for place in from.max(low)..to.min(high + 1) {
                counts[place - low] += weight;
            }
        }
        let place = (low..=high)
            .min_by_key(|place| (counts[place - low], place.abs_diff(middle)))
            .unwrap_or(middle);
        start + place
    }
}

impl Hole {
    /// The connected parts, by their topmost row; pixels that touch at a corner are connected.
    pub(crate) fn parts(&self) -> Vec<Part> {
        let mut sets = Sets::new(self.runs.len());
        let mut row = 0..0;
        while row.end < self.runs.len() {
            let y = self.runs[row.end].y;
            let end = row.end + self.runs[row.end..].partition_point(|run| run.y == y);
            let is_next = !row.is_empty() && self.runs[row.start].y + 1 == y;
            let above = if is_next {
                row.clone()
            } else {
                row.end..row.end
            };
            row = row.end..end;
            let mut left = above.start;
            for index in row.clone() {
                let run = &self.runs[index];
                // Runs above that end before this one begins cannot touch the next one either.
                while left < above.end && self.runs[left].right() < run.x {
                    left += 1;
                }
                let touching = self.runs[left..above.end]
                    .iter()
                    .take_while(|other| other.x <= run.right());
                for other in left..left + touching.count() {
                    sets.join(index, other);
                }
            }
        }
        self.gather(&mut sets)
    }

    /// All of the hole that lies in a rectangle. Costs what lies there.
    pub(crate) fn part_within(&self, rect: &Rect) -> Part {
        let mut runs = Vec::new();
        for y in rect.y..rect.bottom() {
            let first = self
                .runs
                .partition_point(|run| (run.y, run.right()) <= (y, rect.x));
            let row = self.runs[first..]
                .iter()
                .take_while(|run| run.y == y && run.x < rect.right());
            runs.extend(row.filter_map(|run| run.clipped(rect.x..rect.right())));
        }
        Part::new(runs)
    }

    fn gather(&self, sets: &mut Sets) -> Vec<Part> {
        let mut number = vec![usize::MAX; self.runs.len()];
        let mut parts: Vec<Vec<Run>> = Vec::new();
        for (index, run) in self.runs.iter().enumerate() {
            let root = sets.root(index);
            if number[root] == usize::MAX {
                number[root] = parts.len();
                parts.push(Vec::new());
            }
            parts[number[root]].push(*run);
        }
        parts.into_iter().map(Part::new).collect()
    }
}

/// Disjoint sets of runs (union-find).
struct Sets {
    parent: Vec<usize>,
}

impl Sets {
    fn new(len: usize) -> Self {
        Self {
            parent: (0..len).collect(),
        }
    }

    fn root(&mut self, mut index: usize) -> usize {
        while self.parent[index] != index {
            self.parent[index] = self.parent[self.parent[index]];
            index = self.parent[index];
        }
        index
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        // The earlier run stays the root: parts come out in reading order, always.
        self.parent[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hole::FULL;
    use crate::hole::tests::drawn;

    #[test]
    fn corners_connect_and_gaps_do_not() {
        let hole = drawn(&["#..#.", ".#...", "....#", "..##."]);
        let sizes: Vec<_> = hole
            .parts()
            .iter()
            .map(|part| (part.bounds, part.pixels()))
            .collect();
        assert_eq!(
            sizes,
            [
                (Rect::new(0, 0, 2, 2), 2),
                (Rect::new(3, 0, 1, 1), 1),
                (Rect::new(2, 2, 3, 2), 3)
            ]
        );
    }

    #[test]
    fn a_horseshoe_is_one_part_and_what_it_holds_another() {
        let hole = drawn(&["#...#", "#.#.#", "#...#", "#####"]);
        assert_eq!(
            hole.parts().iter().map(Part::pixels).collect::<Vec<_>>(),
            [11, 1]
        );
    }

    #[test]
    fn halves_share_all_pixels_and_cut_the_thin_place() {
        let hole = drawn(&[
            "########.#######",
            "########.#######",
            "################",
            "########.#######",
        ]);
        let part = &hole.parts()[0];
        let (left, right) = part.halves();
        assert_eq!(left.pixels() + right.pixels(), hole.pixels());
        assert_eq!(left.bounds.right(), 8);
        assert!(right.bounds.x >= 8);
    }

    #[test]
    fn what_lies_in_a_rectangle_is_clipped_to_it() {
        let hole = drawn(&["##.#.", "#####", "....#", "##..."]);
        let part = hole.part_within(&Rect::new(1, 0, 3, 3));
        let runs: Vec<_> = part
            .runs
            .iter()
            .map(|run| (run.y, run.x, run.len))
            .collect();
        assert_eq!(runs, [(0, 1, 1), (0, 3, 1), (1, 1, 3)]);
        assert!(part.runs.iter().all(|run| hole.coverage_of(run)[0] == FULL));
    }

    #[test]
    fn marking_is_clipped_to_the_window() {
        let hole = drawn(&["....", "####", "####", "...."]);
        let mut mask = [false; 4];
        hole.parts()[0].mark(&Rect::new(3, 2, 2, 2), &mut mask);
        assert_eq!(mask, [true, false, false, false]);
    }
}
