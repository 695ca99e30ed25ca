//! Light and the numbers that stand for it: the sRGB curve (IEC 61966-2-1), and none.

/// How the numbers of a picture relate to light. Alpha is always linear.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Transfer {
    /// Encoded with the sRGB curve, or another perceptual one near it.
    #[default]
    Srgb,
    /// Proportional to light.
    Linear,
}

impl Transfer {
    /// The sRGB-encoded value of a number of this transfer.
    pub fn to_srgb(self, value: f32) -> f32 {
        match self {
            Self::Srgb => value,
            Self::Linear => srgb_from_linear(value),
        }
    }

    /// The number of this transfer for an sRGB-encoded value.
    pub fn of_srgb(self, encoded: f32) -> f32 {
        match self {
            Self::Srgb => encoded,
            Self::Linear => linear_from_srgb(encoded),
        }
    }
}

/// Encodes linear light with the sRGB curve; odd about 0 and extended above 1, as scRGB has it.
fn srgb_from_linear(value: f32) -> f32 {
    let light = value.abs();
    let encoded = if light <= 0.003_130_8 {
        light * 12.92
    } else {
        1.055 * light.powf(1.0 / 2.4) - 0.055
    };
    encoded.copysign(value)
}

/// The inverse of [`srgb_from_linear`].
fn linear_from_srgb(value: f32) -> f32 {
    let encoded = value.abs();
    let light = if encoded <= 0.040_45 {
        encoded / 12.92
    } else {
        ((encoded + 0.055) / 1.055).powf(2.4)
    };
    light.copysign(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_points_of_the_srgb_curve() {
        for (linear, encoded) in [
            (0.0, 0.0),
            (0.003_130_8, 0.040_449_9),
            (0.214_041, 0.5),
            (1.0, 1.0),
        ] {
            assert!((Transfer::Linear.to_srgb(linear) - encoded).abs() < 1e-5);
            assert!((Transfer::Linear.of_srgb(encoded) - linear).abs() < 1e-5);
        }
    }

    proptest! {
        #[test]
        fn there_and_back_in_order_and_odd(a in -50f32..50.0, b in -50f32..50.0) {
            for transfer in [Transfer::Srgb, Transfer::Linear] {
                prop_assert!((transfer.of_srgb(transfer.to_srgb(a)) - a).abs() <= 1e-5 * a.abs());
                prop_assert_eq!(transfer.to_srgb(-a), -transfer.to_srgb(a));
                prop_assert_eq!(transfer.of_srgb(-a), -transfer.of_srgb(a));
                let (low, high) = (a.min(b), a.max(b));
                prop_assert!(transfer.to_srgb(low) <= transfer.to_srgb(high));
                prop_assert!(transfer.of_srgb(low) <= transfer.of_srgb(high));
            }
        }
    }
}
