//! Wide strokes: the irregular masks of LaMa (Suvorov et al., WACV 2022, appendix C), in any width.

use crate::numbers::polar;
use crate::{LARGEST, MOST, Mask, check_range};
use rand::Rng;
use serde::{Deserialize, Serialize};
use std::f32::consts::PI;

/// Strokes of a few segments, each with a width of its own, that turn anywhere.
///
/// LaMa's at 256x256: 1 to 5 strokes of 1 to 5 segments, 10 to 209 pixels long and 5 to 104 wide.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct WideStrokes {
    /// Fewest and most strokes.
    pub count: (usize, usize),
    /// Fewest and most segments a stroke.
    pub segments: (usize, usize),
    /// Shortest and longest segment, in pixels.
    pub length: (f32, f32),
    /// Thinnest and thickest segment, in pixels.
    pub width: (f32, f32),
}

impl WideStrokes {
    /// Adds strokes to a mask.
    pub fn draw(&self, mask: &mut Mask, rng: &mut impl Rng) {
        let (w, h) = (mask.width as f32, mask.height as f32);
        for _ in 0..rng.random_range(self.count.0..=self.count.1) {
            let mut at = (rng.random_range(0.0..w), rng.random_range(0.0..h));
            for _ in 0..rng.random_range(self.segments.0..=self.segments.1) {
                // LaMa takes one of four angles and their mirror images; in all directions, none is favoured.
                let angle = rng.random_range(0.0..2.0 * PI);
                let (dx, dy) = polar(rng.random_range(self.length.0..=self.length.1), angle);
                let radius = rng.random_range(self.width.0..=self.width.1) / 2.0;
                let next = ((at.0 + dx).clamp(0.0, w), (at.1 + dy).clamp(0.0, h));
                mask.draw_line(at, next, radius);
                at = next;
            }
        }
    }

    pub(crate) fn check(&self) -> Result<(), String> {
        check_range("wide_strokes.count", self.count, MOST)?;
        check_range("wide_strokes.segments", self.segments, MOST)?;
        check_range("wide_strokes.length", self.length, LARGEST)?;
        check_range("wide_strokes.width", self.width, LARGEST)
    }

    /// The same strokes in a picture `factor` times as large.
    pub(crate) fn scaled(self, factor: f32) -> Self {
        let scale = |(low, high): (f32, f32)| (low * factor, high * factor);
        WideStrokes {
            length: scale(self.length),
            width: scale(self.width),
            ..self
        }
    }
}
