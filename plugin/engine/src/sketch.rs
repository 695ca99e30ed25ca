//! Sketches: lines that a user draws where things shall go on inside a hole (Yu et al., "Free-Form Image Inpainting with
//! Gated Convolution", ICCV 2019, section 3.4). Networks with a guide input follow them.

use rayon::prelude::*;

use crate::error::{Error, try_vec};
use crate::hole::{self, Hole, Origin, as_unit, from_unit};
use crate::picture::codec::{decode, luma};
use crate::picture::{Rect, View};
use crate::progress::Silent;

/// The lines of a sketch, of the size of its picture. It costs what is drawn, not what the picture costs.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Sketch {
    /// Kept as a hole is: runs of pixels, how dark each is drawn in place of coverage.
    lines: Hole,
}

impl Sketch {
    /// The lines in a drawing: what is not transparent, of whatever colour. In a drawing that is opaque throughout, white lines
    /// on black, or dark ones where most of it is light.
    ///
    /// # Errors
    /// [`Error::OutOfMemory`].
    pub fn from_drawing(drawing: View<'_>) -> Result<Self, Error> {
        let format = drawing.format();
        let background = Background::of(drawing)?;
        let lines = hole::scan(drawing, Origin::Mask, &mut Silent, |row, pixels, lines| {
            decode(format, row, pixels);
            for (line, &[red, green, blue, alpha]) in lines.iter_mut().zip(&*pixels) {
                let light = || format.transfer.to_srgb(luma([red, green, blue]));
                *line = from_unit(match background {
                    Background::Transparent => alpha,
                    Background::Dark => light(),
                    Background::Light => 1.0 - light(),
                });
            }
        })?;
        Ok(Self { lines })
    }

    /// The same lines moved right and down, as they fall on a picture of this size.
    ///
    /// # Errors
    /// [`Error::OutOfMemory`].
    pub fn moved(&self, x: isize, y: isize, width: usize, height: usize) -> Result<Self, Error> {
        let lines = self.lines.moved(x, y, width, height)?;
        Ok(Self { lines })
    }

    /// Whether nothing is drawn.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Width of the picture it belongs to, in pixels.
    pub fn width(&self) -> usize {
        self.lines.width()
    }

    /// Height of the picture it belongs to, in pixels.
    pub fn height(&self) -> usize {
        self.lines.height()
    }

    /// The lines in `rect` at another size, not larger: 1 on lines, 0 elsewhere. A line stays as dark as it is however thin it
    /// becomes.
    pub(crate) fn within(
        &self,
        rect: Rect,
        (width, height): (usize, usize),
    ) -> Result<Vec<f32>, Error> {
        let mut shown = try_vec(0.0f32, width * height, "a sketch")?;
        let runs = self.lines.runs();
        let from = runs.partition_point(|run| run.y < rect.y);
        let inside = runs[from..].iter().take_while(|run| run.y < rect.bottom());
        for run in inside.filter_map(|run| run.clipped(rect.x..rect.right())) {
            let row = (run.y - rect.y) * height / rect.height * width;
            for (x, &line) in (run.x - rect.x..).zip(self.lines.coverage_of(&run)) {
                let at = &mut shown[row + x * width / rect.width];
                *at = at.max(as_unit(line));
            }
        }
        Ok(shown)
    }
}

/// What is not drawn on.
#[derive(Clone, Copy)]
enum Background {
    Transparent,
    Dark,
    Light,
}

impl Background {
    fn of(drawing: View<'_>) -> Result<Self, Error> {
        let format = drawing.format();
        let rows = (0..drawing.height()).into_par_iter().map(|y| {
            let mut pixels = try_vec([0.0; 4], drawing.width(), "a row of the sketch")?;
            decode(format, drawing.row(y), &mut pixels);
            let is_opaque = |&[.., alpha]: &[f32; 4]| alpha >= 1.0;
            let light = pixels
                .iter()
                .map(|&[red, green, blue, _]| format.transfer.to_srgb(luma([red, green, blue])));
            let is_light = light.map(|light| usize::from(light > 0.5));
            let is_light: usize = is_light.sum();
            Ok::<_, Error>((pixels.iter().all(is_opaque), is_light))
        });
        let (opaque, light) = rows.try_reduce(
            || (true, 0),
            |(opaque, light), (row_opaque, row_light)| {
                Ok((opaque && row_opaque, light + row_light))
            },
        )?;
        Ok(match opaque {
            false => Background::Transparent,
            true if 2 * light > drawing.width() * drawing.height() => Background::Light,
            true => Background::Dark,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::{Channels, Depth, Format, Picture};

    fn sketch(channels: Channels, bytes: &[u8], width: usize) -> Sketch {
        let format = Format::srgb(Depth::U8, channels);
        let height = bytes.len() / width / format.pixel_bytes();
        let drawing = Picture::from_bytes(bytes.to_vec(), width, height, format).unwrap();
        Sketch::from_drawing(drawing.view()).unwrap()
    }

    fn all(sketch: &Sketch) -> Vec<f32> {
        let size = (sketch.width(), sketch.height());
        sketch
            .within(Rect::new(0, 0, size.0, size.1), size)
            .unwrap()
    }

    #[test]
    fn lines_are_found_on_every_background() {
        let on_black = sketch(Channels::Grey, &[0, 0, 255, 0], 2);
        let on_white = sketch(Channels::Grey, &[255, 255, 0, 255], 2);
        // Black on nothing, and white on nothing.
        let black = sketch(Channels::GreyAlpha, &[9, 0, 9, 0, 0, 255, 9, 0], 2);
        let white = sketch(Channels::GreyAlpha, &[9, 0, 9, 0, 255, 255, 9, 0], 2);
        for found in [on_black, on_white, black, white] {
            assert_eq!(all(&found), [0.0, 0.0, 1.0, 0.0]);
        }
    }

    #[test]
    fn an_empty_drawing_has_no_lines() {
        for (channels, bytes) in [
            (Channels::Grey, vec![0; 6]),
            (Channels::Grey, vec![255; 6]),
            (Channels::Rgba, vec![0; 24]),
        ] {
            assert!(sketch(channels, &bytes, 3).is_empty());
        }
    }

    #[test]
    fn a_thin_line_is_not_lost_when_it_is_made_smaller() {
        let mut bytes = vec![0; 90 * 60];
        bytes.iter_mut().skip(41).step_by(90).for_each(|b| *b = 255);
        let lines = sketch(Channels::Grey, &bytes, 90);
        let shown = lines.within(Rect::new(30, 15, 45, 30), (15, 10)).unwrap();
        for row in shown.chunks(15) {
            let drawn: Vec<usize> = (0..15).filter(|&x| row[x] > 0.0).collect();
            assert_eq!(drawn, [(41 - 30) / 3]);
            assert_eq!(row[drawn[0]], 1.0);
        }
    }
}
