//! One number of one pixel, in each depth.

use half::f16;

use super::format::Depth;

/// One number in memory.
pub(crate) trait Sample {
    const BYTES: usize;
    /// Reads the number at the start of `bytes`.
    fn load(bytes: &[u8]) -> f32;
    /// Writes the number at the start of `bytes`.
    fn store(value: f32, bytes: &mut [u8]);
}

impl Sample for u8 {
    const BYTES: usize = 1;

    fn load(bytes: &[u8]) -> f32 {
        f32::from(bytes[0]) / 255.0
    }

    fn store(value: f32, bytes: &mut [u8]) {
        // `as` saturates and turns NaN into 0.
        bytes[0] = (value * 255.0).round() as u8;
    }
}

impl Sample for u16 {
    const BYTES: usize = 2;

    fn load(bytes: &[u8]) -> f32 {
        f32::from(u16::from_ne_bytes([bytes[0], bytes[1]])) / 65535.0
    }

    fn store(value: f32, bytes: &mut [u8]) {
        bytes[..2].copy_from_slice(&((value * 65535.0).round() as u16).to_ne_bytes());
    }
}

impl Sample for f16 {
    const BYTES: usize = 2;

    fn load(bytes: &[u8]) -> f32 {
        f16::from_ne_bytes([bytes[0], bytes[1]]).to_f32()
    }

    fn store(value: f32, bytes: &mut [u8]) {
        // What is only large must not become infinite.
        let limit = f16::MAX.to_f32();
        let value = if value.is_finite() {
            value.clamp(-limit, limit)
        } else {
            value
        };
        bytes[..2].copy_from_slice(&f16::from_f32(value).to_ne_bytes());
    }
}

impl Sample for f32 {
    const BYTES: usize = 4;

    fn load(bytes: &[u8]) -> f32 {
        f32::from_ne_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
    }

    fn store(value: f32, bytes: &mut [u8]) {
        bytes[..4].copy_from_slice(&value.to_ne_bytes());
    }
}

/// Runs `$body` with `$sample` standing for the type of one number.
macro_rules! with_sample {
    ($depth:expr, $sample:ident => $body:expr) => {
        match $depth {
            $crate::picture::Depth::U8 => {
                type $sample = u8;
                $body
            }
            $crate::picture::Depth::U16 => {
                type $sample = u16;
                $body
            }
            $crate::picture::Depth::F16 => {
                type $sample = half::f16;
                $body
            }
            $crate::picture::Depth::F32 => {
                type $sample = f32;
                $body
            }
        }
    };
}
pub(crate) use with_sample;

/// The number at the start of `bytes`, nominally 0 to 1.
///
/// # Panics
/// When there are fewer bytes than a number of this depth has.
pub fn load(depth: Depth, bytes: &[u8]) -> f32 {
    with_sample!(depth, S => S::load(bytes))
}

/// Writes a number at the start of `bytes`; what the depth cannot hold becomes the nearest that it can.
///
/// # Panics
/// When there are fewer bytes than a number of this depth has.
pub fn store(depth: Depth, value: f32, bytes: &mut [u8]) {
    with_sample!(depth, S => S::store(value, bytes));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DEPTHS: [Depth; 4] = [Depth::U8, Depth::U16, Depth::F16, Depth::F32];

    fn stored(depth: Depth, value: f32) -> f32 {
        let mut bytes = [0; 4];
        store(depth, value, &mut bytes);
        load(depth, &bytes)
    }

    #[test]
    fn every_number_of_8_and_16_bits_and_of_half_comes_back() {
        for bits in 0..=u16::MAX {
            for depth in [Depth::U8, Depth::U16, Depth::F16] {
                let bytes = bits.to_ne_bytes();
                let mut back = bytes;
                store(depth, load(depth, &bytes), &mut back);
                assert!(
                    back == bytes || load(depth, &bytes).is_nan() && load(depth, &back).is_nan(),
                    "{depth:?} {bits:#x}"
                );
            }
        }
    }

    #[test]
    fn what_is_no_number_or_infinite() {
        for depth in [Depth::U8, Depth::U16] {
            let ends = [f32::NAN, f32::NEG_INFINITY, f32::INFINITY];
            assert_eq!(ends.map(|value| stored(depth, value)), [0.0, 0.0, 1.0]);
        }
        for depth in [Depth::F16, Depth::F32] {
            assert!(stored(depth, f32::NAN).is_nan());
            assert_eq!(stored(depth, f32::INFINITY), f32::INFINITY);
            assert_eq!(stored(depth, f32::NEG_INFINITY), f32::NEG_INFINITY);
        }
    }

    proptest! {
        #[test]
        fn every_float_comes_back(bits in any::<u32>()) {
            let mut back = [0; 4];
            store(Depth::F32, load(Depth::F32, &bits.to_ne_bytes()), &mut back);
            prop_assert_eq!(back, bits.to_ne_bytes());
        }

        #[test]
        fn larger_is_never_stored_smaller(a in any::<f32>(), b in any::<f32>(), c in -0.1f32..1.1, d in -0.1f32..1.1) {
            for depth in DEPTHS {
                prop_assert!(stored(depth, a.min(b)) <= stored(depth, a.max(b)));
                prop_assert!(stored(depth, c.min(d)) <= stored(depth, c.max(d)));
                prop_assert!(stored(depth, a).is_finite());
            }
        }

        #[test]
        fn the_nearest_is_stored(value in 0f32..1.0) {
            for (depth, step) in [(Depth::U8, 1.0 / 255.0), (Depth::U16, 1.0 / 65535.0), (Depth::F16, 1.0 / 1024.0)] {
                prop_assert!((stored(depth, value) - value).abs() <= step * 0.501, "{depth:?}");
            }
        }
    }
}
