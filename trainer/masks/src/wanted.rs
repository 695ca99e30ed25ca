//! Masks with a wanted share of hole, near the picture's edge or away from it.

use crate::{Mask, MaskError, MaskMaker};
use rand::Rng;
use serde::Serialize;

/// Masks begun anew before it is said that there is none.
const ATTEMPTS: usize = 200;
/// Shapes tried on one mask before it is begun anew.
const LAYERS: usize = 80;

/// What is wanted of a mask.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Wanted {
    /// Least and most of the picture that is hole, 0 to 1, the least below the most; the most is not reached. Without it,
    /// as it happens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<(f32, f32)>,
    /// Holes and the picture's edge.
    pub border: Border,
}

/// Whether holes come near the picture's edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Border {
    /// As it happens.
    Any,
    /// At least one within so many pixels of the edge.
    Touching(usize),
    /// None within so many pixels of the edge.
    Free(usize),
}

impl Wanted {
    /// A mask as it is wanted.
    ///
    /// # Errors
    /// No such mask came of many trials.
    pub fn draw(
        &self,
        maker: &MaskMaker,
        width: usize,
        height: usize,
        rng: &mut impl Rng,
    ) -> Result<Mask, MaskError> {
        let found = match self.share {
            Some(share) => self.of_share(share, maker, (width, height), rng),
            None => self.of_any_share(|| maker.draw(width, height, rng)),
        };
        found.ok_or_else(|| MaskError::NotFound(self.to_string()))
    }

    /// The first mask that is right at the border; where none of many is free of it, one that is cut.
    fn of_any_share(&self, mut draw: impl FnMut() -> Mask) -> Option<Mask> {
        for _ in 0..ATTEMPTS {
            let mask = draw();
            if self.is_met_at_the_border(&mask) {
                return Some(mask);
            }
        }
        let Border::Free(border) = self.border else {
            return None;
        };
        let mut cut = (0..ATTEMPTS).map(|_| {
            let mut mask = draw();
            mask.clear_border(border);
            mask
        });
        cut.find(|mask| mask.share() > 0.0)
    }

    /// A mask with this share of hole. Shapes are added until there is enough; one with which there is too much is taken
    /// away again. Shares are spread evenly over the range.
    fn of_share(
        &self,
        (low, high): (f32, f32),
        maker: &MaskMaker,
        (width, height): (usize, usize),
        rng: &mut impl Rng,
    ) -> Option<Mask> {
        for _ in 0..ATTEMPTS {
            // Near this, so that shares do not crowd at the least.
            let aim = rng.random_range(low..high);
            let near = (high - low) / 8.0;
            let mut mask = Mask::new(width, height);
            for tried in 0..LAYERS {
                let mut layer = maker.draw(width, height, rng);
                if let Border::Free(border) = self.border
                    && layer.touches(border)
                {
                    // Cut holes have straight edges: taken only where whole ones do not suffice.
                    if tried < LAYERS / 2 {
                        continue;
                    }
                    layer.clear_border(border);
                }
                let mut grown = mask.clone();
                grown.add(&layer, 0, 0);
                let share = grown.share();
                if share > aim + near || share >= high {
                    continue;
                }
                mask = grown;
                if share >= low && share >= aim - near {
                    if self.is_met_at_the_border(&mask) {
                        return Some(mask);
                    }
                    break;
                }
            }
        }
        None
    }

    fn is_met_at_the_border(&self, mask: &Mask) -> bool {
        match self.border {
            Border::Any => true,
            Border::Touching(border) => mask.touches(border),
            Border::Free(border) => !mask.touches(border),
        }
    }
}

impl std::fmt::Display for Wanted {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self.share {
            Some((low, high)) => write!(f, "{} to {} % of hole", 100.0 * low, 100.0 * high)?,
            None => f.write_str("hole")?,
        }
        match self.border {
            Border::Any => Ok(()),
            Border::Touching(border) => write!(f, " within {border} pixels of the edge"),
            Border::Free(border) => write!(f, " and none within {border} pixels of the edge"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::presets::{self, Preset};
    use crate::{Boxes, MaskKind};
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;
    use std::path::Path;

    #[test]
    fn masks_are_what_was_wanted() {
        let kinds = presets::kinds(Preset::Mixed, 128);
        let maker = MaskMaker::new(&kinds, Path::new("")).unwrap();
        let mut rng = ChaCha8Rng::seed_from_u64(0);
        for share in [(0.01, 0.1), (0.2, 0.3), (0.5, 0.6)] {
            for border in [Border::Any, Border::Touching(12), Border::Free(12)] {
                let wanted = Wanted {
                    share: Some(share),
                    border,
                };
                for _ in 0..5 {
                    let mask = wanted.draw(&maker, 128, 128, &mut rng).unwrap();
                    assert!((share.0..share.1).contains(&mask.share()), "{wanted}");
                    assert!(wanted.is_met_at_the_border(&mask), "{wanted}");
                }
            }
        }
    }

    /// Where only the border is asked for, a mask is one drawing of one kind.
    #[test]
    fn without_a_share_masks_are_as_their_kind_is() {
        let kind = MaskKind {
            odds: 1.0,
            boxes: Some(Boxes {
                count: (1, 1),
                side: (8, 8),
                margin: 0,
            }),
            ..MaskKind::default()
        };
        let maker = MaskMaker::new(&[kind], Path::new("")).unwrap();
        let mut rng = ChaCha8Rng::seed_from_u64(0);
        for border in [Border::Touching(6), Border::Free(6)] {
            let wanted = Wanted {
                share: None,
                border,
            };
            for _ in 0..20 {
                let mask = wanted.draw(&maker, 32, 32, &mut rng).unwrap();
                assert_eq!(mask.share(), 64.0 / 1024.0, "{wanted}");
                assert!(wanted.is_met_at_the_border(&mask), "{wanted}");
            }
        }
        // No box of 8 pixels is free of a border of 14: four pixels are left of it at the most.
        let wanted = Wanted {
            share: None,
            border: Border::Free(14),
        };
        let mask = wanted.draw(&maker, 32, 32, &mut rng).unwrap();
        assert!(mask.share() > 0.0 && !mask.touches(14));
    }

    #[test]
    fn what_cannot_be_is_said() {
        let kinds = presets::kinds(Preset::Boxes, 64);
        let maker = MaskMaker::new(&kinds, Path::new("")).unwrap();
        let wanted = Wanted {
            share: Some((0.8, 0.9)),
            border: Border::Free(20),
        };
        let mut rng = ChaCha8Rng::seed_from_u64(0);
        let error = wanted.draw(&maker, 64, 64, &mut rng).unwrap_err();
        assert!(error.to_string().contains("80 to 90 % of hole"), "{error}");
    }
}
