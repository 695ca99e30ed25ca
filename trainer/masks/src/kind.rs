//! A kind of mask as a recipe describes it: what is drawn, and how often.

use crate::{Boxes, Mask, Strokes};
use rand::Rng;
use serde::Deserialize;

/// A kind of mask: strokes, boxes, or both on one mask.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MaskKind {
    /// How often it is drawn, relative to the others.
    pub odds: f32,
    /// Strokes of a brush.
    pub strokes: Option<Strokes>,
    /// Boxes.
    pub boxes: Option<Boxes>,
}

impl MaskKind {
    /// A mask of this kind, `width` x `height` pixels.
    pub fn draw(&self, width: usize, height: usize, rng: &mut impl Rng) -> Mask {
        let mut mask = Mask::new(width, height);
        if let Some(strokes) = self.strokes {
            strokes.draw(&mut mask, rng);
        }
        if let Some(boxes) = self.boxes {
            boxes.draw(&mut mask, rng);
        }
        mask
    }

    /// A mask of one of `kinds`, drawn by their odds; an empty mask where there is no kind.
    pub fn draw_one_of(
        kinds: &[MaskKind],
        width: usize,
        height: usize,
        rng: &mut impl Rng,
    ) -> Mask {
        let total: f32 = kinds.iter().map(|kind| kind.odds).sum();
        let mut pick = rng.random_range(0.0..total.max(f32::MIN_POSITIVE));
        for (i, kind) in kinds.iter().enumerate() {
            pick -= kind.odds;
            if pick < 0.0 || i + 1 == kinds.len() {
                return kind.draw(width, height, rng);
            }
        }
        Mask::new(width, height)
    }

    /// Says what is wrong with a description, before anything is drawn by it.
    ///
    /// # Errors
    /// A range that ends before it begins, odds that are no number, or nothing to draw.
    pub fn check(&self) -> Result<(), String> {
        fn range<T: PartialOrd + std::fmt::Display>(
            what: &str,
            (low, high): (T, T),
        ) -> Result<(), String> {
            if low <= high {
                Ok(())
            } else {
                Err(format!("{what} = [{low}, {high}] must not fall"))
            }
        }
        if !(self.odds >= 0.0 && self.odds.is_finite()) {
            return Err(format!("odds = {} must be 0 or more", self.odds));
        }
        if self.strokes.is_none() && self.boxes.is_none() {
            return Err("a kind of mask needs strokes, boxes or both".into());
        }
        if let Some(strokes) = self.strokes {
            range("strokes.count", strokes.count)?;
            range("strokes.points", strokes.points)?;
            range("strokes.width", strokes.width)?;
        }
        if let Some(boxes) = self.boxes {
            range("boxes.count", boxes.count)?;
            range("boxes.side", boxes.side)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    const BOX: Boxes = Boxes {
        count: (1, 1),
        side: (4, 4),
    };

    fn kind(odds: f32, boxes: Option<Boxes>) -> MaskKind {
        MaskKind {
            odds,
            strokes: None,
            boxes,
        }
    }

    #[test]
    fn kinds_are_drawn_by_their_odds() {
        let none = Boxes {
            count: (0, 0),
            ..BOX
        };
        let kinds = [kind(1.0, Some(none)), kind(3.0, Some(BOX))];
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let holes = (0..1000)
            .filter(|_| MaskKind::draw_one_of(&kinds, 16, 16, &mut rng).share() > 0.0)
            .count();
        assert!((700..800).contains(&holes), "{holes}");
    }

    #[test]
    fn a_wrong_description_is_refused_with_its_reason() {
        let falling = Boxes {
            side: (9, 4),
            ..BOX
        };
        assert_eq!(
            kind(1.0, Some(falling)).check(),
            Err("boxes.side = [9, 4] must not fall".into())
        );
        assert!(kind(1.0, None).check().is_err());
        assert!(kind(f32::NAN, Some(BOX)).check().is_err());
        assert_eq!(kind(0.0, Some(BOX)).check(), Ok(()));
    }
}
