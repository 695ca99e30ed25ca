//! Boxes at random places.

use crate::{LARGEST, MOST, Mask, check_range};
use rand::Rng;
use serde::{Deserialize, Serialize};

/// Boxes at random places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Boxes {
    /// Fewest and most boxes.
    pub count: (usize, usize),
    /// Shortest and longest side, in pixels.
    pub side: (usize, usize),
    /// Pixels that they stay away from the picture's edge, where there is room.
    #[serde(default)]
    pub margin: usize,
}

impl Boxes {
    /// Adds boxes to a mask.
    pub fn draw(&self, mask: &mut Mask, rng: &mut impl Rng) {
        for _ in 0..rng.random_range(self.count.0..=self.count.1) {
            let width = rng.random_range(self.side.0..=self.side.1).min(mask.width);
            let height = rng.random_range(self.side.0..=self.side.1).min(mask.height);
            let mut start = |room: usize| {
                let margin = self.margin.min(room / 2);
                rng.random_range(margin..=room - margin)
            };
            let x = start(mask.width - width);
            let y = start(mask.height - height);
            mask.draw_box(x, y, width, height);
        }
    }

    pub(crate) fn check(&self) -> Result<(), String> {
        check_range("boxes.count", self.count, MOST)?;
        check_range("boxes.side", self.side, LARGEST)?;
        check_range("boxes.margin", (0, self.margin), LARGEST)
    }

    /// The same boxes in a picture `factor` times as large.
    pub(crate) fn scaled(self, factor: f32) -> Self {
        let scale = |pixels: usize| (pixels as f32 * factor).round() as usize;
        Boxes {
            side: (scale(self.side.0), scale(self.side.1)),
            margin: scale(self.margin),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    #[test]
    fn boxes_keep_their_margin_where_there_is_room() {
        let boxes = Boxes {
            count: (3, 3),
            side: (4, 10),
            margin: 5,
        };
        let mut rng = ChaCha8Rng::seed_from_u64(0);
        for _ in 0..50 {
            let mut mask = Mask::new(40, 20);
            boxes.draw(&mut mask, &mut rng);
            assert!(!mask.touches(5));
            let mut small = Mask::new(3, 3);
            boxes.draw(&mut small, &mut rng);
            assert_eq!(small.share(), 1.0);
        }
    }
}
