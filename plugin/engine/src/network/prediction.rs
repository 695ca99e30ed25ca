//! What was predicted for a region, at the size at which it was predicted, and how it becomes larger.

use rayon::prelude::*;

use super::input::NetworkInput;
use super::shrink::{is_known, shrink};
use super::tone::Tone;
use crate::error::{Error, try_vec};
use crate::picture::codec::Pixel;
use crate::picture::{View, catmull_rom};
use crate::plan::Region;

/// A region in the network's tones: in the hole what was predicted, elsewhere what is known.
#[derive(Clone)]
pub(crate) struct Prediction {
    pub width: usize,
    pub height: usize,
    /// Row by row: red, green and blue from 0 to 1, and an alpha of 1.
    pub pixels: Vec<Pixel>,
    /// Whether a pixel is hole.
    pub hole: Vec<bool>,
}

impl Prediction {
    /// Puts what was predicted, three planes, into the hole of what the network was shown. With what is known round it, it
    /// meets the picture at the hole's edge when it is enlarged.
    pub fn of(input: NetworkInput, predicted: &[f32]) -> Result<Self, Error> {
        let len = input.len();
        let mut pixels = try_vec(Pixel::default(), len, "a region")?;
        let rows = pixels
            .par_chunks_mut(input.width)
            .zip(input.hole.par_chunks(input.width))
            .enumerate();
        rows.for_each(|(y, (pixels, holes))| {
            for (index, (pixel, hole)) in (y * input.width..).zip(pixels.iter_mut().zip(holes)) {
                let planes = if *hole { predicted } else { &input.rgb };
                *pixel = [
                    planes[index],
                    planes[len + index],
                    planes[2 * len + index],
                    1.0,
                ];
            }
        });
        Ok(Self {
            width: input.width,
            height: input.height,
            pixels,
            hole: input.hole,
        })
    }

    /// The same region in finer detail and the same tone, with the prediction enlarged into its hole. `unfilled` are
    /// the parts of the hole, other than the region's own, that nobody has filled yet.
    pub fn closer(
        &self,
        picture: &View<'_>,
        region: &Region,
        size: (usize, usize),
        unfilled: &[Region],
        tone: &Tone,
    ) -> Result<Self, Error> {
        let (width, height) = size;
        let mut pixels = shrink(picture, region, size, unfilled)?;
        let mut hole = try_vec(false, pixels.len(), "a region")?;
        let enlarger = Enlarger::new(self, size);
        let rows = pixels
            .par_chunks_mut(width)
            .zip(hole.par_chunks_mut(width))
            .enumerate();
        rows.try_for_each_init(Vec::new, |line, (y, (pixels, hole))| {
            for (hole, pixel) in hole.iter_mut().zip(&*pixels) {
                *hole = !is_known(pixel);
            }
            if hole.contains(&true) {
                enlarger.lay(y, line)?;
            }
            for (x, (pixel, hole)) in pixels.iter_mut().zip(hole).enumerate() {
                let [known @ .., _] = *pixel;
                let [red, green, blue] = if *hole {
                    enlarger.at(x, line)
                } else {
                    known.map(|value| tone.encode(value))
                };
                *pixel = [red, green, blue, 1.0];
            }
            Ok::<(), Error>(())
        })?;
        Ok(Self {
            width,
            height,
            pixels,
            hole,
        })
    }
}

/// Enlarges a prediction by cubic interpolation (Catmull-Rom); where it has the wanted size already, hands out its values.
pub(crate) struct Enlarger<'a> {
    prediction: &'a Prediction,
    enlarging: Option<Enlarging>,
}

/// What enlarging needs to know beforehand.
struct Enlarging {
    /// Height of a pixel of the larger picture, in pixels of the prediction.
    step_y: f64,
    /// For each column of the larger picture.
    columns: Vec<Taps>,
}

impl<'a> Enlarger<'a> {
    pub fn new(prediction: &'a Prediction, (width, height): (usize, usize)) -> Self {
        let enlarging = ((prediction.width, prediction.height) != (width, height)).then(|| {
            let step_x = prediction.width as f64 / width as f64;
            Enlarging {
                step_y: prediction.height as f64 / height as f64,
                columns: (0..width)
                    .map(|x| Taps::new(x, step_x, prediction.width))
                    .collect(),
            }
        });
        Self {
            prediction,
            enlarging,
        }
    }

    /// Interpolates between rows, for row `y` of the larger picture.
    pub fn lay(&self, y: usize, line: &mut Vec<Pixel>) -> Result<(), Error> {
        let Prediction {
            width,
            height,
            ref pixels,
            ..
        } = *self.prediction;
        if line.is_empty() {
            *line = try_vec(Pixel::default(), width, "a row of a region")?;
        }
        let row = |y: usize| &pixels[y * width..(y + 1) * width];
        let Some(enlarging) = &self.enlarging else {
            line.copy_from_slice(row(y));
            return Ok(());
        };
        let taps = Taps::new(y, enlarging.step_y, height);
        let rows = taps.places.map(row);
        for (x, pixel) in line.iter_mut().enumerate() {
            *pixel = taps.mean(|tap| rows[tap][x]);
        }
        Ok(())
    }

    /// The colour at column `x` of the larger picture, from a line that was laid.
    pub fn at(&self, x: usize, line: &[Pixel]) -> [f32; 3] {
        let pixel = match &self.enlarging {
            None => line[x],
            Some(Enlarging { columns, .. }) => {
                let taps = &columns[x];
                taps.mean(|tap| line[taps.places[tap]])
            }
        };
        let [colour @ .., _] = pixel;
        colour
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

    /// The weighted mean of the neighbours.
    fn mean(&self, neighbour: impl Fn(usize) -> Pixel) -> Pixel {
        let mut mean = Pixel::default();
        for (tap, weight) in self.weights.iter().enumerate() {
            for (mean, value) in mean.iter_mut().zip(neighbour(tap)) {
                *mean += value * weight;
            }
        }
        mean
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hole::Part;
    use crate::hole::tests::drawn;
    use crate::picture::{Channels, Depth, Format, Picture, Rect, Transfer};

    #[test]
    fn the_cubic_hits_the_pixels() {
        // Enlarged three times, each third pixel is a pixel of the prediction.
        let taps = Taps::new(4, 1.0 / 3.0, 9);
        assert_eq!(taps.places[1], 1);
        assert!((taps.weights[1] - 1.0).abs() < 1e-5);
    }

    /// From 0 to 0.5, left to right.
    fn ramp() -> Prediction {
        Prediction {
            width: 6,
            height: 2,
            pixels: (0..12)
                .map(|i| {
                    let value = (i % 6) as f32 / 10.0;
                    [value, value, value, 1.0]
                })
                .collect(),
            hole: vec![true; 12],
        }
    }

    #[test]
    fn a_ramp_enlarges_to_a_ramp() {
        let ramp = ramp();
        let enlarger = Enlarger::new(&ramp, (24, 8));
        let mut line = Vec::new();
        enlarger.lay(3, &mut line).unwrap();
        for x in 6..18 {
            let want = ((x as f32 + 0.5) / 4.0 - 0.5) / 10.0;
            assert!((enlarger.at(x, &line)[1] - want).abs() < 1e-5);
        }
    }

    #[test]
    fn in_a_closer_look_only_the_hole_is_predicted() {
        let format = Format::srgb(Depth::F32, Channels::Grey);
        let bytes = 0.9f32.to_ne_bytes().repeat(24 * 8);
        let picture = Picture::from_bytes(bytes, 24, 8, format).unwrap();
        let row = "..........#########.....";
        let rows = [&".".repeat(24)[..], row, row, row, row, row, row, row];
        let region = Region {
            rect: Rect::new(0, 0, 24, 8),
            input_size: (6, 2),
            part: Part::join(&drawn(&rows).parts()),
        };
        let tone = Tone::new(Transfer::Srgb, 0.9, || 0.9);
        let closer = ramp()
            .closer(&picture.view(), &region, (24, 8), &[], &tone)
            .unwrap();
        assert_eq!((closer.width, closer.height), (24, 8));
        for (i, (pixel, hole)) in closer.pixels.iter().zip(&closer.hole).enumerate() {
            assert_eq!(*hole, i / 24 > 0 && (10..19).contains(&(i % 24)));
            assert_eq!(pixel[0] == 0.9, !hole);
            assert_eq!(pixel[3], 1.0);
        }
    }

    #[test]
    fn of_a_sight_keeps_what_is_known() {
        let input = NetworkInput {
            width: 2,
            height: 1,
            rgb: vec![0.1, 0.2, 0.3, 0.4, 0.5, 0.6],
            hole: vec![true, false],
            lines: Vec::new(),
        };
        let prediction = Prediction::of(input, &[0.7, 0.0, 0.8, 0.0, 0.9, 0.0]).unwrap();
        assert_eq!(
            prediction.pixels,
            [[0.7, 0.8, 0.9, 1.0], [0.2, 0.4, 0.6, 1.0]]
        );
        assert_eq!(prediction.hole, [true, false]);
    }
}
