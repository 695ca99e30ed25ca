//! What was painted for a region, at the size at which it was painted, and how it becomes larger.

use rayon::prelude::*;

use super::input::Sight;
use crate::error::{Error, try_vec};
use crate::picture::catmull_rom;

/// A painted region: in the hole what was painted, elsewhere what is known.
pub(crate) struct Painting {
    pub width: usize,
    pub height: usize,
    /// Three planes (red, green, blue) of `width * height` values from 0 to 1, as in a [`Sight`].
    pub planes: Vec<f32>,
}

impl Painting {
    /// Puts what the sight knows round what was painted for it. Enlarged, it then meets the picture at the hole's edge.
    pub fn of(sight: &Sight, mut painted: Vec<f32>) -> Self {
        for (painted, shown) in painted
            .chunks_exact_mut(sight.len())
            .zip(sight.rgb.chunks_exact(sight.len()))
        {
            for ((painted, shown), hole) in painted.iter_mut().zip(shown).zip(&sight.hole) {
                // Written always, so that it can be done to many at once.
                *painted = if *hole { *painted } else { *shown };
            }
        }
        Self {
            width: sight.width,
            height: sight.height,
            planes: painted,
        }
    }

    /// The painting at the size of a closer look at the same region: enlarged in the hole, elsewhere what is known.
    pub fn enlarged_into(&self, sight: &Sight) -> Result<Self, Error> {
        let (width, height) = (sight.width, sight.height);
        let enlarger = Enlarger::new(self, (width, height));
        let mut planes = try_vec(0.0, sight.rgb.len(), "an enlarged region")?;
        planes.copy_from_slice(&sight.rgb);
        let (red, rest) = planes.split_at_mut(sight.len());
        let (green, blue) = rest.split_at_mut(sight.len());
        let rows = red
            .par_chunks_mut(width)
            .zip(green.par_chunks_mut(width))
            .zip(blue.par_chunks_mut(width))
            .zip(sight.hole.par_chunks(width))
            .enumerate()
            .filter(|(_, (_, hole))| hole.contains(&true));
        rows.try_for_each_init(Vec::new, |line, (y, (((red, green), blue), hole))| {
            enlarger.lay(y, line)?;
            for x in (0..width).filter(|x| hole[*x]) {
                [red[x], green[x], blue[x]] = enlarger.at(x, line);
            }
            Ok::<(), Error>(())
        })?;
        Ok(Self {
            width,
            height,
            planes,
        })
    }
}

/// Enlarges a painting by cubic interpolation (Catmull-Rom); where it has the wanted size already, hands out its values.
pub(crate) struct Enlarger<'a> {
    painting: &'a Painting,
    enlarging: Option<Enlarging>,
}

/// What enlarging needs to know beforehand.
struct Enlarging {
    /// Height of a pixel of the larger picture, in pixels of the painting.
    step_y: f64,
    /// For each column of the larger picture.
    columns: Vec<Taps>,
}

impl<'a> Enlarger<'a> {
    pub fn new(painting: &'a Painting, (width, height): (usize, usize)) -> Self {
        let enlarging = ((painting.width, painting.height) != (width, height)).then(|| {
            let step_x = painting.width as f64 / width as f64;
            Enlarging {
                step_y: painting.height as f64 / height as f64,
                columns: (0..width)
                    .map(|x| Taps::new(x, step_x, painting.width))
                    .collect(),
            }
        });
        Self {
            painting,
            enlarging,
        }
    }

    /// Interpolates between rows, for row `y` of the larger picture. A line is one row of each of the three planes.
    pub fn lay(&self, y: usize, line: &mut Vec<f32>) -> Result<(), Error> {
        let Painting {
            width,
            height,
            ref planes,
        } = *self.painting;
        if line.is_empty() {
            *line = try_vec(0.0, 3 * width, "a row of a region")?;
        }
        let taps = self
            .enlarging
            .as_ref()
            .map(|enlarging| Taps::new(y, enlarging.step_y, height));
        for (plane, line) in planes
            .chunks_exact(width * height)
            .zip(line.chunks_exact_mut(width))
        {
            let row = |y: usize| &plane[y * width..(y + 1) * width];
            let Some(taps) = &taps else {
                line.copy_from_slice(row(y));
                continue;
            };
            let rows = taps.places.map(row);
            for (x, value) in line.iter_mut().enumerate() {
                *value = (0..4).map(|tap| rows[tap][x] * taps.weights[tap]).sum();
            }
        }
        Ok(())
    }

    /// The colour at column `x` of the larger picture, from a line that was laid.
    pub fn at(&self, x: usize, line: &[f32]) -> [f32; 3] {
        let width = self.painting.width;
        let Some(Enlarging { columns, .. }) = &self.enlarging else {
            return [line[x], line[width + x], line[2 * width + x]];
        };
        let taps = &columns[x];
        [0, 1, 2].map(|channel| {
            let line = &line[channel * width..(channel + 1) * width];
            (0..4)
                .map(|tap| line[taps.places[tap]] * taps.weights[tap])
                .sum()
        })
    }
}

/// Four neighbours on one axis and their weights.
struct Taps {
    places: [usize; 4],
    weights: [f32; 4],
}

impl Taps {
    fn new(index: usize, step: f64, len: usize) -> Self {
        // Centres of pixels lie at halves.
        let at = (index as f64 + 0.5) * step - 0.5;
        let t = (at - at.floor()) as f32;
        let place = |offset: f64| (at.floor() + offset).clamp(0.0, (len - 1) as f64) as usize;
        Self {
            places: [place(-1.0), place(0.0), place(1.0), place(2.0)],
            weights: catmull_rom(t),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cubic_hits_the_pixels() {
        // Enlarged three times, each third pixel is a pixel of the painting.
        let taps = Taps::new(4, 1.0 / 3.0, 9);
        assert_eq!(taps.places[1], 1);
        assert!((taps.weights[1] - 1.0).abs() < 1e-5);
    }

    fn ramp() -> Painting {
        Painting {
            width: 6,
            height: 2,
            planes: (0..36).map(|i| (i % 6) as f32).collect(),
        }
    }

    #[test]
    fn a_ramp_enlarges_to_a_ramp() {
        let ramp = ramp();
        let enlarger = Enlarger::new(&ramp, (24, 8));
        let mut line = Vec::new();
        enlarger.lay(3, &mut line).unwrap();
        for x in 6..18 {
            let want = (x as f32 + 0.5) / 4.0 - 0.5;
            assert!((enlarger.at(x, &line)[1] - want).abs() < 1e-4);
        }
    }

    #[test]
    fn enlarged_into_a_closer_look_only_the_hole_is_painted() {
        let hole: Vec<bool> = (0..24 * 8).map(|i| i % 24 > 10 && i / 24 > 3).collect();
        let sight = Sight {
            width: 24,
            height: 8,
            rgb: vec![9.0; 3 * 24 * 8],
            hole: hole.clone(),
        };
        let enlarged = ramp().enlarged_into(&sight).unwrap();
        assert_eq!((enlarged.width, enlarged.height), (24, 8));
        for (value, hole) in enlarged.planes.iter().zip(hole.iter().cycle()) {
            assert_eq!(*value == 9.0, !hole);
        }
    }

    #[test]
    fn of_a_sight_keeps_what_is_known() {
        let sight = Sight {
            width: 2,
            height: 1,
            rgb: vec![0.1; 6],
            hole: vec![true, false],
        };
        let painting = Painting::of(&sight, vec![0.7; 6]);
        assert_eq!(painting.planes, [0.7, 0.1, 0.7, 0.1, 0.7, 0.1]);
    }
}
