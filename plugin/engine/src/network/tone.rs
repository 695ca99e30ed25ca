//! Colours between a picture and a network: every network here was trained on sRGB-encoded values from 0 to 1.
//!
//! Linear light is encoded with the sRGB curve, which goes on above 1. Where a region holds values above 1 (HDR), the
//! highlights are compressed by a curve that can be inverted, so that what the network predicts can be as bright as what
//! is round it, and hardly brighter.

use crate::picture::Transfer;

/// From the picture's numbers to the network's and back, for one region.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Tone {
    transfer: Transfer,
    /// What encoded values are multiplied with: 1 but for regions that are bright throughout.
    exposure: f32,
    highlights: Option<Highlights>,
}

impl Tone {
    /// The tone of a region whose known pixels have these brightest and typical (median) values, in the picture's own
    /// numbers. The typical one is asked for only where it matters.
    pub fn new(transfer: Transfer, brightest: f32, typical: impl FnOnce() -> f32) -> Self {
        let brightest = transfer.to_srgb(brightest);
        // A hair above 1 is rounding, not light.
        if !brightest.is_finite() || brightest <= 1.001 {
            return Self {
                transfer,
                exposure: 1.0,
                highlights: None,
            };
        }
        let typical = transfer.to_srgb(typical());
        // A sky, say, that lies above 1 as a whole is no highlight: squeezed into one it would lose all contrast. It is
        // shown as a shorter exposure would have it.
        let exposure = if typical > 0.7 { 0.5 / typical } else { 1.0 };
        let brightest = brightest * exposure;
        let highlights = (brightest > 1.0).then(|| Highlights::up_to(brightest));
        Self {
            transfer,
            exposure,
            highlights,
        }
    }

    /// What the network sees, 0 to 1, of a value of the picture.
    pub fn encode(&self, value: f32) -> f32 {
        let exposed = self.transfer.to_srgb(value) * self.exposure;
        self.highlights
            .map_or(exposed, |highlights| highlights.compress(exposed))
            .clamp(0.0, 1.0)
    }

    /// The value of the picture for what the network predicted.
    pub fn decode(&self, predicted: f32) -> f32 {
        let predicted = predicted.clamp(0.0, 1.0);
        let exposed = self
            .highlights
            .map_or(predicted, |highlights| highlights.expand(predicted));
        self.transfer.of_srgb(exposed / self.exposure)
    }
}

/// A shoulder: the identity up to [`Highlights::KNEE`], then a hyperbola that begins with slope 1 and takes the
/// brightest value to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Highlights {
    brightest: f32,
    bend: f32,
}

impl Highlights {
    const KNEE: f32 = 0.8;

    /// `brightest` is above 1.
    fn up_to(brightest: f32) -> Self {
        Self {
            brightest,
            bend: 1.0 / (1.0 - Self::KNEE) - 1.0 / (brightest - Self::KNEE),
        }
    }

    fn compress(&self, value: f32) -> f32 {
        let above = value - Self::KNEE;
        if above <= 0.0 {
            value
        } else {
            Self::KNEE + above / (1.0 + above * self.bend)
        }
    }

    fn expand(&self, value: f32) -> f32 {
        let above = value - Self::KNEE;
        if above <= 0.0 {
            return value;
        }
        // At the very top the hyperbola is so steep that rounding may carry it to infinity and beyond.
        let steepness = (1.0 - above * self.bend).max(f32::MIN_POSITIVE);
        (Self::KNEE + above / steepness).min(self.brightest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ordinary_pictures_pass_through_untouched() {
        let tone = Tone::new(Transfer::Srgb, 1.0, || 0.9);
        for step in 0..=255u8 {
            let value = f32::from(step) / 255.0;
            assert_eq!(tone.encode(value), value);
            assert_eq!(tone.decode(value), value);
        }
    }

    #[test]
    fn the_network_cannot_paint_brighter_than_what_is_there() {
        let tone = Tone::new(Transfer::Linear, 40.0, || 0.2);
        assert!((tone.encode(40.0) - 1.0).abs() < 1e-5);
        assert!((tone.decode(1.5) - 40.0).abs() < 0.01);
    }

    #[test]
    fn a_bright_sky_keeps_its_contrast() {
        let tone = Tone::new(Transfer::Linear, 6.0, || 4.0);
        assert!(tone.encode(6.0) - tone.encode(3.0) > 0.1);
        for value in [3.0, 4.5, 6.0] {
            assert!((tone.decode(tone.encode(value)) - value).abs() < 1e-3);
        }
    }

    proptest! {
        #[test]
        fn hdr_comes_back(
            brightest in 0.1f32..60000.0, share in 0.0f32..1.0, typical in 0.0f32..0.9, linear in any::<bool>(),
        ) {
            // Encoded values go nowhere near where light goes.
            let brightest = if linear { brightest } else { brightest.min(100.0) };
            let transfer = if linear { Transfer::Linear } else { Transfer::Srgb };
            let tone = Tone::new(transfer, brightest, || brightest * typical);
            let value = brightest * share;
            let seen = tone.encode(value);
            prop_assert!((0.0..=1.0).contains(&seen));
            let back = tone.decode(seen);
            // Near the top of a very bright range a step of f32 is coarse.
            let tolerance = 1e-4 + 2e-3 * value * (1.0 + brightest.sqrt() / 10.0);
            prop_assert!((back - value).abs() <= tolerance, "{value} {seen} {back}");
        }

        #[test]
        fn brighter_stays_brighter(brightest in 1.1f32..1000.0, a in 0.0f32..1.0, b in 0.0f32..1.0) {
            let tone = Tone::new(Transfer::Linear, brightest, || a * brightest);
            let (a, b) = (a.min(b) * brightest, a.max(b) * brightest);
            prop_assert!(tone.encode(a) <= tone.encode(b) + 1e-6);
        }
    }
}
