//! The painting goes into the picture: inside the hole only, as far as the hole covers each pixel.
//!
//! Blending happens in the picture's own numbers, so that a pixel that is hole by half lies half way between what was
//! there and what was painted. Pixels without coverage are not touched, not even to write the same value again.

use rayon::prelude::*;

use crate::error::{Error, try_vec};
use crate::hole::{Hole, Origin, Run, as_unit};
use crate::picture::{Format, ViewMut};
use crate::pixels::{Pixel, decode, encode};
use crate::plan::Region;
use crate::settings::AlphaInHole;
use crate::tone::Tone;

/// Whether the alpha channel stays as it is inside this hole.
pub(crate) fn keeps_alpha(setting: AlphaInHole, origin: Origin) -> bool {
    match setting {
        AlphaInHole::Keep => true,
        AlphaInHole::Opaque => false,
        AlphaInHole::Auto => origin != Origin::Alpha,
    }
}

/// Writes the region's part of the hole. `painted` are three planes of the size at which the region was seen, with the
/// known pixels composited in.
pub(crate) fn into(
    picture: &mut ViewMut<'_>,
    hole: &Hole,
    region: &Region,
    painted: &[f32],
    tone: &Tone,
    keep_alpha: bool,
) -> Result<(), Error> {
    let format = picture.format();
    let enlarger = Enlarger::new(region, painted);
    let runs: Vec<&[Run]> = region.part.runs.chunk_by(|a, b| a.y == b.y).collect();
    let bounds = region.part.bounds;
    let mut rows: Vec<Option<&mut [u8]>> = picture
        .rows_mut(bounds.y..bounds.bottom())
        .map(Some)
        .collect();
    // A part has runs in every row between its first and last only if it is connected, so rows are picked one by one.
    let rows: Vec<_> = runs
        .iter()
        .filter_map(|runs| Some((*runs, rows[runs[0].y - bounds.y].take()?)))
        .collect();
    rows.into_par_iter()
        .try_for_each_init(Vec::new, |line: &mut Vec<f32>, (runs, row)| {
            if line.is_empty() {
                *line = try_vec(0.0, enlarger.line_len(), "a row of a region")?;
            }
            enlarger.lay(runs[0].y, line);
            for run in runs {
                for (x, &coverage) in (run.x..).zip(hole.coverage_of(run)) {
                    let colour = enlarger.at(x, line).map(|value| tone.decode(value));
                    let bytes = &mut row[x * format.pixel_bytes()..(x + 1) * format.pixel_bytes()];
                    blend(format, bytes, colour, as_unit(coverage), keep_alpha);
                }
            }
            Ok(())
        })
}

/// Blends one colour into one pixel.
fn blend(format: Format, bytes: &mut [u8], painted: [f32; 3], coverage: f32, keep_alpha: bool) {
    let mut pixel: [Pixel; 1] = Default::default();
    decode(format, bytes, &mut pixel);
    let [known @ .., alpha] = pixel[0];
    // NaN and infinity are mended rather than mixed, and so is an alpha that is no number.
    let is_sound = known.iter().chain([&alpha]).all(|value| value.is_finite());
    let alpha = if alpha.is_finite() {
        alpha.clamp(0.0, 1.0)
    } else {
        1.0
    };
    let (share, opacity) = match (is_sound, keep_alpha) {
        (false, true) => (0.0, alpha),
        (false, false) => (0.0, 1.0),
        (true, true) => (1.0 - coverage, alpha),
        (true, false) => {
            // What is known shows as far as it is there and uncovered; the painting lies under it.
            let opacity = (alpha + coverage).min(1.0);
            (alpha.min(1.0 - coverage) / opacity, opacity)
        }
    };
    let mut mixed = [0.0, 0.0, 0.0, opacity];
    for channel in 0..3 {
        mixed[channel] = if share > 0.0 {
            painted[channel] + (known[channel] - painted[channel]) * share
        } else {
            painted[channel]
        };
    }
    encode(format, mixed, keep_alpha, bytes);
}

/// Enlarges a painting to the size of its region, by cubic interpolation (Catmull-Rom); where it has that size already,
/// hands out its values.
struct Enlarger<'a> {
    painted: &'a [f32],
    seen: (usize, usize),
    origin: (usize, usize),
    enlarging: Option<Enlarging>,
}

/// What enlarging needs to know beforehand.
struct Enlarging {
    /// Height of a pixel of the picture, in pixels of the painting.
    step_y: f64,
    /// For each column of the region.
    columns: Vec<Taps>,
}

impl<'a> Enlarger<'a> {
    fn new(region: &Region, painted: &'a [f32]) -> Self {
        let (rect, seen) = (region.rect, region.seen);
        let enlarging = (seen != (rect.width, rect.height)).then(|| {
            let step_x = seen.0 as f64 / rect.width as f64;
            Enlarging {
                step_y: seen.1 as f64 / rect.height as f64,
                columns: (0..rect.width)
                    .map(|x| Taps::new(x, step_x, seen.0))
                    .collect(),
            }
        });
        Self {
            painted,
            seen,
            origin: (rect.x, rect.y),
            enlarging,
        }
    }

    /// Values in a line: one row of each of the three planes.
    fn line_len(&self) -> usize {
        3 * self.seen.0
    }

    /// Interpolates between rows, for row `y` of the picture.
    fn lay(&self, y: usize, line: &mut [f32]) {
        let (width, height) = self.seen;
        let y = y - self.origin.1;
        let taps = self
            .enlarging
            .as_ref()
            .map(|enlarging| Taps::new(y, enlarging.step_y, height));
        for (plane, line) in self
            .painted
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
    }

    /// The colour at column `x` of the picture, from a line that was laid.
    fn at(&self, x: usize, line: &[f32]) -> [f32; 3] {
        let width = self.seen.0;
        let x = x - self.origin.0;
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
            weights: [
                t * (-0.5 + t * (1.0 - 0.5 * t)),
                1.0 + t * t * (1.5 * t - 2.5),
                t * (0.5 + t * (2.0 - 1.5 * t)),
                t * t * (0.5 * t - 0.5),
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hole::Part;
    use crate::picture::{Channels, Depth};
    use crate::rect::Rect;

    fn blended(format: Format, bytes: &[u8], coverage: f32, keep_alpha: bool) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        blend(format, &mut bytes, [1.0, 0.5, 0.0], coverage, keep_alpha);
        bytes
    }

    const RGBA8: Format = Format::srgb(Depth::U8, Channels::Rgba);

    #[test]
    fn half_coverage_lies_half_way_and_alpha_is_kept() {
        assert_eq!(blended(RGBA8, &[0, 0, 0, 77], 0.5, true), [128, 64, 0, 77]);
        assert_eq!(blended(RGBA8, &[9, 9, 9, 77], 1.0, true), [255, 128, 0, 77]);
    }

    #[test]
    fn a_hole_in_alpha_becomes_opaque_with_the_known_colour_on_top() {
        // A quarter there, three quarters hole: over.
        assert_eq!(
            blended(RGBA8, &[0, 0, 0, 51], 0.8, false),
            [204, 102, 0, 255]
        );
        assert_eq!(
            blended(RGBA8, &[200, 200, 200, 0], 1.0, false),
            [255, 128, 0, 255]
        );
        // Made opaque by a mask: what is fully known stays.
        assert_eq!(
            blended(RGBA8, &[0, 0, 0, 255], 0.5, false),
            [128, 64, 0, 255]
        );
    }

    #[test]
    fn premultiplied_pixels_stay_premultiplied() {
        let premultiplied = RGBA8.premultiplied();
        assert_eq!(
            blended(premultiplied, &[10, 10, 10, 51], 1.0, true),
            [51, 26, 0, 51]
        );
        assert_eq!(
            blended(premultiplied, &[10, 10, 10, 0], 1.0, true),
            [0, 0, 0, 0]
        );
        assert_eq!(
            blended(premultiplied, &[0, 0, 0, 0], 1.0, false),
            [255, 128, 0, 255]
        );
    }

    #[test]
    fn nan_is_mended_even_where_the_hole_is_soft() {
        let format = Format::linear(Depth::F32, Channels::Grey);
        let bytes = blended(format, &f32::NAN.to_ne_bytes(), 0.1, true);
        assert!(f32::from_ne_bytes(bytes.try_into().unwrap()).is_finite());
    }

    #[test]
    fn weights_of_the_cubic_add_up_and_hit_the_pixels() {
        for step in [0.1, 0.37, 0.9] {
            for index in 0..20 {
                let taps = Taps::new(index, step, 9);
                assert!((taps.weights.iter().sum::<f32>() - 1.0).abs() < 1e-5);
            }
        }
        // Enlarged three times, each third pixel is a pixel of the painting.
        let taps = Taps::new(4, 1.0 / 3.0, 9);
        assert_eq!(taps.places[1], 1);
        assert!((taps.weights[1] - 1.0).abs() < 1e-5);
    }

    #[test]
    fn a_ramp_enlarges_to_a_ramp() {
        let region = Region {
            rect: Rect::new(10, 20, 24, 8),
            seen: (6, 2),
            part: Part::new(Vec::new()),
        };
        let painted: Vec<f32> = (0..36).map(|i| (i % 6) as f32).collect();
        let enlarger = Enlarger::new(&region, &painted);
        let mut line = vec![0.0; enlarger.line_len()];
        enlarger.lay(23, &mut line);
        for x in 6..18 {
            let want = (x as f32 + 0.5) / 4.0 - 0.5;
            assert!((enlarger.at(10 + x, &line)[1] - want).abs() < 1e-4);
        }
    }
}
