//! A frame that shows what is behind the hole of another one.

use super::motion::Plane;
use super::sampling::sample;
use crate::codec::Pixel;
use crate::{Error, Hole, Picture, Rect, Transfer, View, codec};

/// Pixels nearer than this to the hole of a source frame are not taken: masks are seldom exact.
const MARGIN: usize = 2;

/// A frame of which pixels are taken.
pub struct SourceFrame<'a> {
    view: View<'a>,
    /// Column and row of its left top pixel, as all frames of the shot count them: to the right and downwards.
    corner: (i64, i64),
    /// What it does not show either.
    hidden: Option<Hole>,
    /// A part that was filled, and its pixels with the fill, which are of the same depth and channels as the frame's.
    filled: Option<(Rect, &'a Picture)>,
}

impl<'a> SourceFrame<'a> {
    /// A frame that shows all but its hole, which is `grow` pixels wider than it says.
    ///
    /// # Errors
    /// [`Error::OutOfMemory`].
    pub fn with_hole(
        view: View<'a>,
        corner: (i64, i64),
        hole: &Hole,
        grow: usize,
    ) -> Result<Self, Error> {
        Ok(Self::hidden_by(view, corner, hole.grow(grow + MARGIN)?))
    }

    /// A frame that shows all but what exactly this hole covers.
    pub(super) fn hidden_by(view: View<'a>, corner: (i64, i64), hole: Hole) -> Self {
        Self {
            view,
            corner,
            hidden: Some(hole),
            filled: None,
        }
    }

    /// A frame that is held: it shows all of itself, over it the fill of a part where it had a hole. Where no motion from it
    /// to another frame is found, as before a plain wall, there is taken to be none.
    pub fn filled(view: View<'a>, corner: (i64, i64), filled: Option<(Rect, &'a Picture)>) -> Self {
        Self {
            view,
            corner,
            hidden: None,
            filled,
        }
    }

    /// How far to the right and below of a pixel's place here its place is in a frame with this corner, turned round: what
    /// is to be added to a place there.
    pub(super) fn offset_from(&self, corner: (i64, i64)) -> (i64, i64) {
        (corner.0 - self.corner.0, corner.1 - self.corner.1)
    }

    /// The bytes of a pixel. `None` where the frame does not show it.
    fn pixel(&self, x: i64, y: i64) -> Option<&[u8]> {
        let (x, y) = (usize::try_from(x).ok()?, usize::try_from(y).ok()?);
        if x >= self.view.width() || y >= self.view.height() {
            return None;
        }
        let hidden = self.hidden.as_ref();
        if hidden.is_some_and(|hole| hole.coverage(x, y) > 0.0) {
            return None;
        }
        let bytes = self.view.format().pixel_bytes();
        let (row, x) = match self.filled.filter(|(part, _)| part.contains(x, y)) {
            Some((part, picture)) => {
                let width = picture.width() * bytes;
                (
                    &picture.bytes()[(y - part.y) * width..][..width],
                    x - part.x,
                )
            }
            None => (self.view.row(y), x),
        };
        Some(&row[x * bytes..][..bytes])
    }

    /// The straight colour of a pixel and its alpha. `None` where the frame does not show it, or shows nothing: a pixel that
    /// is transparent or no number.
    fn colour(&self, x: i64, y: i64) -> Option<Pixel> {
        let mut pixel = [Pixel::default()];
        codec::decode(self.view.format(), self.pixel(x, y)?, &mut pixel);
        let [red, green, blue, alpha] = pixel[0];
        let is_sound = [red, green, blue].iter().all(|c| c.is_finite()) && alpha > 0.0;
        is_sound.then_some(pixel[0])
    }

    /// The straight colour of a pixel and its alpha, between pixels too. `None` where the frame does not show it.
    pub(super) fn sample(&self, x: f64, y: f64) -> Option<Pixel> {
        sample(&|x, y| self.colour(x, y), x, y)
    }

    /// Whether all of it is shown, its hole by its fill: it is the frame that is held.
    pub(super) fn is_held(&self) -> bool {
        self.hidden.is_none()
    }

    /// How bright a pixel is to the eye, about 0 to 1. `None` where the frame does not show it.
    fn grey(&self, x: i64, y: i64) -> Option<f32> {
        let format = self.view.format();
        let [red, green, blue, _] = self.colour(x, y)?;
        let grey = match format.channels.colours() {
            1 => red,
            _ => codec::luma([red, green, blue]),
        };
        // Even steps to the eye, and no highlight that outshines the rest.
        Some(match format.transfer {
            Transfer::Linear => grey.clamp(0.0, 2.0).sqrt(),
            Transfer::Srgb => grey.clamp(0.0, 1.5),
        })
    }

    /// What motion sees of the frame, on the pixels of another one of this size and corner, `shrink` times smaller.
    pub(super) fn plane(
        &self,
        (width, height): (usize, usize),
        corner: (i64, i64),
        shrink: usize,
    ) -> Plane {
        let (right, down) = self.offset_from(corner);
        // Every pixel of a block where blocks are small, four of it where they are large.
        let within: Vec<usize> = if shrink <= 2 {
            (0..shrink).collect()
        } else {
            vec![shrink / 4, shrink * 3 / 4]
        };
        Plane::new((width / shrink).max(1), (height / shrink).max(1), |x, y| {
            let mut sum = 0.0;
            for dy in &within {
                for dx in &within {
                    sum += self.grey(
                        (x * shrink + dx) as i64 + right,
                        (y * shrink + dy) as i64 + down,
                    )?;
                }
            }
            Some(sum / (within.len() * within.len()) as f32)
        })
    }
}
