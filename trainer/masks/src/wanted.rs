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
    /// Least and most of the picture that is hole, 0 to 1; the most is not reached.
    pub share: (f32, f32),
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
    /// A mask with this share of hole. Shapes are added until there is enough; one with which there is too much is taken
    /// away again. Shares are spread evenly over the range.
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
        let (low, high) = self.share;
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
                        return Ok(mask);
                    }
                    break;
                }
            }
        }
        Err(MaskError::NotFound(self.to_string()))
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
        let (low, high) = self.share;
        write!(f, "{} to {} % of hole", 100.0 * low, 100.0 * high)?;
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
                let wanted = Wanted { share, border };
                for _ in 0..5 {
                    let mask = wanted.draw(&maker, 128, 128, &mut rng).unwrap();
                    assert!((share.0..share.1).contains(&mask.share()), "{wanted}");
                    assert!(wanted.is_met_at_the_border(&mask), "{wanted}");
                }
            }
        }
    }

    #[test]
    fn what_cannot_be_is_said() {
        let kinds = presets::kinds(Preset::Boxes, 64);
        let maker = MaskMaker::new(&kinds, Path::new("")).unwrap();
        let wanted = Wanted {
            share: (0.8, 0.9),
            border: Border::Free(20),
        };
        let mut rng = ChaCha8Rng::seed_from_u64(0);
        let error = wanted.draw(&maker, 64, 64, &mut rng).unwrap_err();
        assert!(error.to_string().contains("80 to 90 % of hole"), "{error}");
    }
}
