//! Free-form masks: the brush of DeepFill v2 (Yu et al., ICCV 2019, section 3.4 and algorithm 1), and boxes.

use crate::Mask;
use rand::Rng;
use serde::Deserialize;
use std::f32::consts::PI;

/// Strokes of a brush that turns back and forth, as someone paints over a thing that should go.
///
/// The paper's own: 1 to 3 strokes of 5 to 12 points, 12 to 40 pixels wide at 256x256.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Strokes {
    /// Fewest and most strokes.
    pub count: (usize, usize),
    /// Fewest and most points a stroke.
    pub points: (usize, usize),
    /// Thinnest and thickest brush, in pixels.
    pub width: (f32, f32),
}

impl Strokes {
    /// Adds strokes to a mask.
    pub fn draw(&self, mask: &mut Mask, rng: &mut impl Rng) {
        let (w, h) = (mask.width as f32, mask.height as f32);
        let reach = (w * w + h * h).sqrt() / 8.0;
        for _ in 0..rng.random_range(self.count.0..=self.count.1) {
            // The mean turn is 72 degrees, every second one back the other way: the stroke zigzags.
            let spread = rng.random_range(0.0..=2.0 * PI / 15.0);
            let (low, high) = (
                2.0 * PI / 5.0 - spread,
                2.0 * PI / 5.0 + rng.random_range(0.0..=2.0 * PI / 15.0),
            );
            let radius = rng.random_range(self.width.0..=self.width.1) / 2.0;
            // The first direction is free, so that the strokes of a mask do not all lie the same way.
            let turned = rng.random_range(0.0..2.0 * PI);
            let mut at = (rng.random_range(0.0..w), rng.random_range(0.0..h));
            for i in 0..rng
                .random_range(self.points.0..=self.points.1)
                .saturating_sub(1)
            {
                let angle = rng.random_range(low..=high);
                let angle = turned + if i % 2 == 0 { 2.0 * PI - angle } else { angle };
                let length = (reach + reach / 2.0 * normal(rng)).clamp(0.0, 2.0 * reach);
                let next = (
                    (at.0 + length * angle.cos()).clamp(0.0, w),
                    (at.1 + length * angle.sin()).clamp(0.0, h),
                );
                mask.draw_line(at, next, radius);
                at = next;
            }
        }
    }
}

/// Boxes at random places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Boxes {
    /// Fewest and most boxes.
    pub count: (usize, usize),
    /// Shortest and longest side, in pixels.
    pub side: (usize, usize),
}

impl Boxes {
    /// Adds boxes to a mask.
    pub fn draw(&self, mask: &mut Mask, rng: &mut impl Rng) {
        for _ in 0..rng.random_range(self.count.0..=self.count.1) {
            let width = rng.random_range(self.side.0..=self.side.1).min(mask.width);
            let height = rng.random_range(self.side.0..=self.side.1).min(mask.height);
            let x = rng.random_range(0..=mask.width - width);
            let y = rng.random_range(0..=mask.height - height);
            mask.draw_box(x, y, width, height);
        }
    }
}

/// A standard normal number (Box and Muller).
fn normal(rng: &mut impl Rng) -> f32 {
    let (u, v): (f32, f32) = (1.0 - rng.random::<f32>(), rng.random());
    (-2.0 * u.ln()).sqrt() * (2.0 * PI * v).cos()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    const PAPER: Strokes = Strokes {
        count: (1, 3),
        points: (5, 12),
        width: (12.0, 40.0),
    };

    #[test]
    fn the_same_seed_gives_the_same_mask() {
        let draw = |seed| {
            let mut mask = Mask::new(256, 256);
            PAPER.draw(&mut mask, &mut ChaCha8Rng::seed_from_u64(seed));
            mask
        };
        assert_eq!(draw(3), draw(3));
        assert_ne!(draw(3), draw(4));
    }

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

    proptest! {
        #[test]
        fn any_size_of_picture_serves(width in 1usize..300, height in 1usize..300, seed: u64) {
            let mut rng = ChaCha8Rng::seed_from_u64(seed);
            let mut mask = Mask::new(width, height);
            PAPER.draw(&mut mask, &mut rng);
            Boxes { count: (1, 2), side: (1, 400) }.draw(&mut mask, &mut rng);
            prop_assert!(mask.share() > 0.0);
            prop_assert!(mask.hole.iter().all(|&h| h <= 1));
        }

        #[test]
        fn a_line_covers_its_own_ends(x in 0usize..64, y in 0usize..64, u in 0usize..64, v in 0usize..64) {
            let mut mask = Mask::new(64, 64);
            mask.draw_line((x as f32, y as f32), (u as f32, v as f32), 0.5);
            prop_assert_eq!(mask.hole[y * 64 + x], 1);
            prop_assert_eq!(mask.hole[v * 64 + u], 1);
        }
    }
}
