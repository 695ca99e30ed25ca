//! Free-form strokes: the brush of DeepFill v2 (Yu et al., ICCV 2019, section 3.4 and algorithm 1).

use crate::numbers::{normal, polar};
use crate::{LARGEST, MOST, Mask, check_range};
use rand::Rng;
use serde::{Deserialize, Serialize};
use std::f32::consts::PI;

/// Strokes of a brush that turns back and forth, as someone paints over a thing that should go.
///
/// The paper's own: 1 to 3 strokes of 5 to 12 points, 12 to 40 pixels wide at 256x256.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Strokes {
    /// Fewest and most strokes.
    pub count: (usize, usize),
    /// Fewest and most points a stroke.
    pub points: (usize, usize),
    /// Thinnest and thickest brush, in pixels.
    pub width: (f32, f32),
    /// Which way the strokes of a mask go.
    #[serde(default)]
    pub heading: Heading,
}

/// Which way strokes go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Heading {
    /// Each in a direction of its own.
    #[default]
    Free,
    /// As in the paper: all zigzag up and down on their way to the right, and the mask is mirrored across and upside
    /// down, each half of the time. (The authors' code mirrors it and throws the result away.)
    Mirrored,
}

impl Strokes {
    /// Adds strokes to a mask.
    pub fn draw(&self, mask: &mut Mask, rng: &mut impl Rng) {
        let (w, h) = (mask.width as f32, mask.height as f32);
        let reach = (w * w + h * h).sqrt() / 8.0;
        let mirror = match self.heading {
            Heading::Free => (1.0, 1.0),
            Heading::Mirrored => (sign(rng), sign(rng)),
        };
        for _ in 0..rng.random_range(self.count.0..=self.count.1) {
            // The mean turn is 72 degrees, every second one back the other way: the stroke zigzags.
            let spread = rng.random_range(0.0..=2.0 * PI / 15.0);
            let (low, high) = (
                2.0 * PI / 5.0 - spread,
                2.0 * PI / 5.0 + rng.random_range(0.0..=2.0 * PI / 15.0),
            );
            let radius = rng.random_range(self.width.0..=self.width.1) / 2.0;
            let turned = match self.heading {
                Heading::Free => rng.random_range(0.0..2.0 * PI),
                Heading::Mirrored => 0.0,
            };
            let mut at = (rng.random_range(0.0..w), rng.random_range(0.0..h));
            for i in 0..rng
                .random_range(self.points.0..=self.points.1)
                .saturating_sub(1)
            {
                let angle = rng.random_range(low..=high);
                let angle = turned + if i % 2 == 0 { 2.0 * PI - angle } else { angle };
                let length = (reach + reach / 2.0 * normal(rng)).clamp(0.0, 2.0 * reach);
                let (dx, dy) = polar(length, angle);
                let next = (
                    (at.0 + mirror.0 * dx).clamp(0.0, w),
                    (at.1 + mirror.1 * dy).clamp(0.0, h),
                );
                mask.draw_line(at, next, radius);
                at = next;
            }
        }
    }

    pub(crate) fn check(&self) -> Result<(), String> {
        check_range("strokes.count", self.count, MOST)?;
        check_range("strokes.points", self.points, MOST)?;
        check_range("strokes.width", self.width, LARGEST)
    }

    /// The same strokes in a picture `factor` times as large.
    pub(crate) fn scaled(self, factor: f32) -> Self {
        Strokes {
            width: (self.width.0 * factor, self.width.1 * factor),
            ..self
        }
    }
}

fn sign(rng: &mut impl Rng) -> f32 {
    if rng.random_bool(0.5) { 1.0 } else { -1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    const PAPER: Strokes = Strokes {
        count: (1, 3),
        points: (5, 12),
        width: (12.0, 40.0),
        heading: Heading::Mirrored,
    };

    #[test]
    fn the_papers_strokes_cover_about_a_fifth() {
        let mut rng = ChaCha8Rng::seed_from_u64(0);
        let shares = (0..200).map(|_| {
            let mut mask = Mask::new(256, 256);
            PAPER.draw(&mut mask, &mut rng);
            mask.share()
        });
        let mean = shares.sum::<f32>() / 200.0;
        assert!((0.1..0.35).contains(&mean), "{mean}");
    }

    /// Without mirroring, the holes of many masks would lie to the right.
    #[test]
    fn mirrored_masks_lean_neither_way() {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let (mut left, mut right, mut top, mut bottom) = (0, 0, 0, 0);
        for _ in 0..400 {
            let mut mask = Mask::new(64, 64);
            let strokes = Strokes {
                width: (2.0, 6.0),
                ..PAPER
            };
            strokes.draw(&mut mask, &mut rng);
            for (i, &h) in mask.hole.iter().enumerate() {
                let (x, y, h) = (i % 64, i / 64, u32::from(h));
                *(if x < 32 { &mut left } else { &mut right }) += h;
                *(if y < 32 { &mut top } else { &mut bottom }) += h;
            }
        }
        for (a, b) in [(left, right), (top, bottom)] {
            let ratio = f64::from(a) / f64::from(b);
            assert!((0.85..1.18).contains(&ratio), "{a} {b}");
        }
    }

    /// In a picture four times as wide as high, strokes start all along it.
    #[test]
    fn strokes_reach_both_ends_of_an_oblong_picture() {
        let mut rng = ChaCha8Rng::seed_from_u64(2);
        let mut all = Mask::new(256, 64);
        for _ in 0..100 {
            PAPER.scaled(0.25).draw(&mut all, &mut rng);
        }
        assert!(all.hole[..64].contains(&1) && all.hole[64 * 256 - 64..].contains(&1));
        let ends = |x: usize| (0..64).any(|y| all.hole[y * 256 + x] == 1);
        assert!(ends(0) && ends(255));
    }
}
