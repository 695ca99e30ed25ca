//! Layouts of a pixel that the encoder does not bring along: grey with alpha, and half floats.

use tiff::encoder::colortype::ColorType;
use tiff::tags::{PhotometricInterpretation, SampleFormat};

macro_rules! layout {
    ($(#[$doc:meta])* $name:ident, $inner:ty, $photometric:ident, $bits:expr, $format:ident, $channels:expr, $predict:expr) => {
        $(#[$doc])*
        pub struct $name;

        impl ColorType for $name {
            type Inner = $inner;
            const TIFF_VALUE: PhotometricInterpretation = PhotometricInterpretation::$photometric;
            const BITS_PER_SAMPLE: &'static [u16] = &[$bits; $channels];
            const SAMPLE_FORMAT: &'static [SampleFormat] = &[SampleFormat::$format; $channels];

            fn horizontal_predict(row: &[$inner], result: &mut Vec<$inner>) {
                let predict: fn($inner, $inner) -> $inner = $predict;
                let first = row.len().min($channels);
                result.extend_from_slice(&row[..first]);
                result.extend(row[first..].iter().zip(row).map(|(&value, &before)| predict(value, before)));
            }
        }
    };
}

layout!(
    /// Grey and alpha, 8 bits.
    GreyAlpha8, u8, BlackIsZero, 8, Uint, 2, u8::wrapping_sub
);
layout!(
    /// Grey and alpha, 16 bits.
    GreyAlpha16, u16, BlackIsZero, 16, Uint, 2, u16::wrapping_sub
);
// Differences of floats would not be exact; the encoder refuses the predictor for them.
layout!(
    /// Grey and alpha, float.
    GreyAlphaFloat, f32, BlackIsZero, 32, IEEEFP, 2, |value, _| value
);
layout!(
    /// Grey, half float, as its bits.
    GreyHalf, u16, BlackIsZero, 16, IEEEFP, 1, |value, _| value
);
layout!(
    /// Grey and alpha, half float, as its bits.
    GreyAlphaHalf, u16, BlackIsZero, 16, IEEEFP, 2, |value, _| value
);
layout!(
    /// RGB, half float, as its bits.
    RgbHalf, u16, RGB, 16, IEEEFP, 3, |value, _| value
);
layout!(
    /// RGB and alpha, half float, as its bits.
    RgbaHalf, u16, RGB, 16, IEEEFP, 4, |value, _| value
);
