//! Changing a hole: turning it round, widening it, fading it out, moving it.

use super::scan::Runs;
use super::{FULL, Hole, Part, Run, as_unit, from_unit};
use crate::error::{Error, try_vec};
use crate::picture::Rect;

impl Hole {
    /// Known becomes hole and hole known.
    ///
    /// # Errors
    /// [`Error::OutOfMemory`].
    pub fn inverted(&self) -> Result<Self, Error> {
        let mut found = Runs::default();
        let mut row = try_vec(FULL, self.width, "a row of the hole")?;
        let mut runs = self.runs.iter().peekable();
        for y in 0..self.height {
            row.fill(FULL);
            while let Some(run) = runs.next_if(|run| run.y == y) {
                for (inverted, coverage) in row[run.x..run.right()]
                    .iter_mut()
                    .zip(self.coverage_of(run))
                {
                    *inverted = FULL - coverage;
                }
            }
            found.add_row(y, &row)?;
        }
        Ok(Self::new(
            self.width,
            self.height,
            self.origin,
            found.runs,
            found.coverage,
        ))
    }

    /// Widens the hole by `pixels` in every direction. Soft edges that are more known than hole stay as they are where
    /// the widened hole does not reach them.
    ///
    /// # Errors
    /// [`Error::OutOfMemory`].
    pub fn grow(&self, pixels: usize) -> Result<Self, Error> {
        if pixels == 0 {
            return Ok(self.clone());
        }
        // Half the width of a disc at each distance from its middle row.
        let half: Vec<usize> = (0..=pixels)
            .map(|dy| (pixels * pixels - dy * dy).isqrt())
            .collect();
        let mut rows: Vec<Vec<(usize, usize)>> = vec![Vec::new(); self.height];
        for (y, x, right) in self.runs.iter().flat_map(|run| self.solid(run)) {
            let top = y.saturating_sub(pixels);
            for (row, spans) in rows.iter_mut().enumerate().take(y + pixels + 1).skip(top) {
                let half = half[row.abs_diff(y)];
                spans.push((x.saturating_sub(half), (right + half).min(self.width)));
            }
        }
        let mut found = Runs::default();
        let mut line = try_vec(0, self.width, "a row of the hole")?;
        let mut soft = self.runs.iter().peekable();
        for (y, spans) in rows.iter_mut().enumerate() {
            let mut touched = false;
            while let Some(run) = soft.next_if(|run| run.y == y) {
                line[run.x..run.right()].copy_from_slice(self.coverage_of(run));
                touched = true;
            }
            spans.sort_unstable();
            let mut done = 0;
            for &(from, to) in &*spans {
                if to > done {
                    line[from.max(done)..to].fill(FULL);
                    done = to;
                }
            }
            if touched || done > 0 {
                found.add_row(y, &line)?;
                line.fill(0);
            }
        }
        Ok(Self::new(
            self.width,
            self.height,
            self.origin,
            found.runs,
            found.coverage,
        ))
    }

    /// The stretches of a run that are more hole than known: row, first column, first column after.
    fn solid(&self, run: &Run) -> impl Iterator<Item = (usize, usize, usize)> {
        let run = *run;
        let pieces = self
            .coverage_of(&run)
            .chunk_by(|a, b| is_solid(*a) == is_solid(*b));
        let placed = pieces.scan(run.x, move |x, piece| {
            let from = *x;
            *x += piece.len();
            Some((is_solid(piece[0]), (run.y, from, *x)))
        });
        placed
            .filter(|(solid, _)| *solid)
            .map(|(_, stretch)| stretch)
    }

    /// Fades the hole in from its edge over `pixels`, inside it. At the edge of the picture there is nothing to fade
    /// into.
    ///
    /// # Errors
    /// [`Error::OutOfMemory`].
    pub fn feather(&self, pixels: f32) -> Result<Self, Error> {
        if pixels.is_nan() || pixels <= 0.0 {
            return Ok(self.clone());
        }
        let mut feathered = self.clone();
        for part in self.parts() {
            feathered.fade(&part, pixels)?;
        }
        // What the fade has taken down to nothing is known again.
        let mut found = Runs::default();
        let mut line = try_vec(0, self.width, "a row of the hole")?;
        for row in feathered.runs.chunk_by(|a, b| a.y == b.y) {
            for run in row {
                line[run.x..run.right()].copy_from_slice(feathered.coverage_of(run));
            }
            found.add_row(row[0].y, &line)?;
            line.fill(0);
        }
        Ok(Self::new(
            self.width,
            self.height,
            self.origin,
            found.runs,
            found.coverage,
        ))
    }

    fn fade(&mut self, part: &Part, pixels: f32) -> Result<(), Error> {
        let window = rim(part.bounds, self.width, self.height);
        let mut inside = try_vec(false, window.area(), "feathering the hole")?;
        part.mark(&window, &mut inside);
        inside.iter_mut().for_each(|inside| *inside = !*inside);
        let distance = super::distance::to_nearest(&inside, window.width)?;
        for run in &part.runs {
            let start = (run.y - window.y) * window.width + (run.x - window.x);
            let distances = &distance[start..start + run.len];
            for (coverage, distance) in self.coverage[run.start..run.start + run.len]
                .iter_mut()
                .zip(distances)
            {
                let t = (distance / (pixels + 1.0)).min(1.0);
                *coverage = from_unit(as_unit(*coverage) * t * t * (3.0 - 2.0 * t));
            }
        }
        Ok(())
    }

    /// The same hole in a picture of another size, `x` pixels further right and `y` further down; what falls outside
    /// is lost. For masks that cover another part of the canvas than the picture does.
    ///
    /// # Errors
    /// [`Error::OutOfMemory`].
    pub fn moved(&self, x: isize, y: isize, width: usize, height: usize) -> Result<Self, Error> {
        let mut found = Runs::default();
        let mut line = try_vec(0, width, "a row of the hole")?;
        for row in self.runs.chunk_by(|a, b| a.y == b.y) {
            let Some(to) = row[0].y.checked_add_signed(y).filter(|to| *to < height) else {
                continue;
            };
            line.fill(0);
            for run in row {
                for (column, &coverage) in (run.x..).zip(self.coverage_of(run)) {
                    if let Some(pixel) =
                        column.checked_add_signed(x).and_then(|to| line.get_mut(to))
                    {
                        *pixel = coverage;
                    }
                }
            }
            found.add_row(to, &line)?;
        }
        Ok(Self::new(
            width,
            height,
            self.origin,
            found.runs,
            found.coverage,
        ))
    }
}

fn is_solid(coverage: u16) -> bool {
    coverage > FULL / 2
}

/// The rectangle with one pixel more on each side, as far as the picture goes.
fn rim(bounds: Rect, width: usize, height: usize) -> Rect {
    let (x, y) = (bounds.x.saturating_sub(1), bounds.y.saturating_sub(1));
    Rect::new(
        x,
        y,
        (bounds.right() + 1).min(width) - x,
        (bounds.bottom() + 1).min(height) - y,
    )
}

#[cfg(test)]
mod tests {
    use crate::hole::tests::{drawn, shown};

    #[test]
    fn inverting_twice_gives_the_hole_back() {
        let hole = drawn(&["..#.", "5###", "...."]);
        assert_eq!(shown(&hole.inverted().unwrap()), ["##.#", "5...", "####"]);
        assert_eq!(
            shown(&hole.inverted().unwrap().inverted().unwrap()),
            shown(&hole)
        );
    }

    #[test]
    fn growing_makes_a_disc_and_stays_in_the_picture() {
        let hole = drawn(&[".......", "...#...", ".......", "......."]);
        assert_eq!(
            shown(&hole.grow(2).unwrap()),
            ["..###..", ".#####.", "..###..", "...#..."]
        );
    }

    #[test]
    fn soft_edges_outside_the_grown_hole_stay() {
        let hole = drawn(&["#22222"]);
        assert_eq!(shown(&hole.grow(2).unwrap()), ["###222"]);
    }

    #[test]
    fn feathering_fades_inwards_but_not_at_the_picture_s_edge() {
        let hole = drawn(&["......", "######", "######", "######"]);
        let feathered = hole.feather(3.0).unwrap();
        let column: Vec<_> = (0..4).map(|y| feathered.coverage(3, y)).collect();
        assert_eq!(column[0], 0.0);
        assert!(
            column[1] > 0.0 && column[1] < column[2] && column[2] < column[3] && column[3] < 1.0,
            "{column:?}"
        );
        assert_eq!(feathered.coverage(0, 3), feathered.coverage(3, 3));
        assert_eq!(hole.feather(0.0).unwrap(), hole);
    }

    #[test]
    fn moving_loses_what_falls_outside() {
        let hole = drawn(&["#.5", ".#."]);
        assert_eq!(shown(&hole.moved(1, -1, 3, 2).unwrap()), ["..#", "..."]);
        assert_eq!(shown(&hole.moved(-1, 1, 2, 3).unwrap()), ["..", ".5", "#."]);
    }
}
