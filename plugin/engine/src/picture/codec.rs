//! The pixel codec: bytes of any [`Format`] to numbers that can be reckoned with, and back. There is no other: frontends and
//! file formats use it too, so that a number means the same everywhere.
//!
//! A decoded pixel is `[red, green, blue, alpha]`, nominally 0 to 1, in the picture's own transfer, with straight alpha.
//! Grey is spread to three equal colours; without an alpha channel, alpha is 1.
//!
//! | depth | what can be decoded | how it is encoded |
//! |---|---|---|
//! | 8 and 16 bits | 0 to 1 | to the nearest step; below 0 is 0, above 1 is 1, NaN is 0 |
//! | half | anything | to the nearest, even where there are two; finite values stay finite (at most 65504) |
//! | float | anything | as it is |
//!
//! What was decoded is encoded to the same bytes, with two exceptions. Colours that are multiplied by alpha come back
//! exactly in 8 and 16 bits, else to within rounding. And where that alpha is 0 there is no colour: what stands there is
//! decoded as it is, and encoded as 0.
//!
//! ```
//! use reweave::codec::{decode, encode};
//! use reweave::{Channels, Depth, Format};
//!
//! let format = Format::srgb(Depth::U8, Channels::Rgba).premultiplied();
//! let mut pixel = [[0.0; 4]];
//! decode(format, &[51, 0, 0, 102], &mut pixel);
//! assert_eq!(pixel, [[0.5, 0.0, 0.0, 0.4]]);
//!
//! let mut bytes = [0; 4];
//! encode(format, pixel[0], &mut bytes);
//! assert_eq!(bytes, [51, 0, 0, 102]);
//! ```

use super::format::{Channels, Format};
use super::sample::{Sample, with_sample};

pub use super::sample::{load, store};

/// One decoded pixel: red, green, blue, alpha.
pub type Pixel = [f32; 4];

/// The grey of a colour (Rec. 709, of numbers as they stand).
pub fn luma([red, green, blue]: [f32; 3]) -> f32 {
    red * 0.2126 + green * 0.7152 + blue * 0.0722
}

/// Decodes as many pixels as both `bytes` and `pixels` hold.
pub fn decode(format: Format, bytes: &[u8], pixels: &mut [Pixel]) {
    with_sample!(format.depth, S => match format.channels {
        Channels::Grey => decode_as::<S, 1>(bytes, pixels),
        Channels::GreyAlpha => decode_as::<S, 2>(bytes, pixels),
        Channels::Rgb => decode_as::<S, 3>(bytes, pixels),
        Channels::Rgba => decode_as::<S, 4>(bytes, pixels),
    });
    if format.is_premultiplied() {
        for pixel in pixels {
            let alpha = pixel[3];
            if alpha > 0.0 {
                pixel[..3].iter_mut().for_each(|colour| *colour /= alpha);
            }
        }
    }
}

fn decode_as<S: Sample, const CHANNELS: usize>(bytes: &[u8], pixels: &mut [Pixel]) {
    for (pixel, bytes) in pixels
        .iter_mut()
        .zip(bytes.chunks_exact(S::BYTES * CHANNELS))
    {
        let at = |channel: usize| S::load(&bytes[channel * S::BYTES..(channel + 1) * S::BYTES]);
        *pixel = match CHANNELS {
            1 => [at(0), at(0), at(0), 1.0],
            2 => [at(0), at(0), at(0), at(1)],
            3 => [at(0), at(1), at(2), 1.0],
            _ => [at(0), at(1), at(2), at(3)],
        };
    }
}

/// Writes one pixel at the start of `bytes`. A colour becomes grey by its luma where the format has only grey.
///
/// # Panics
/// When there are fewer bytes than a pixel has.
pub fn encode(format: Format, pixel: Pixel, bytes: &mut [u8]) {
    encode_colour(format, pixel, bytes);
    if format.channels.has_alpha() {
        let before = format.depth.bytes() * format.channels.colours();
        store(format.depth, pixel[3], &mut bytes[before..]);
    }
}

/// Writes the colours of one pixel; the bytes of its alpha stay as they are, to the bit. Where the format wants colours
/// multiplied by alpha, the pixel's alpha has to be what those bytes say.
///
/// # Panics
/// When there are fewer bytes than a pixel has.
pub fn encode_colour(format: Format, [red, green, blue, alpha]: Pixel, bytes: &mut [u8]) {
    let mut rgb = [red, green, blue];
    // Not by 1 either: a product is a quiet NaN, whatever NaN the pixel was.
    if format.is_premultiplied() {
        rgb = rgb.map(|colour| colour * alpha);
    }
    with_sample!(format.depth, S => match format.channels.colours() {
        // Equal colours are their own grey, without a rounding error.
        1 if rgb[0] == rgb[1] && rgb[1] == rgb[2] => S::store(rgb[0], bytes),
        1 => S::store(luma(rgb), bytes),
        _ => rgb
            .iter()
            .zip(bytes.chunks_exact_mut(S::BYTES))
            .for_each(|(&value, bytes)| S::store(value, bytes)),
    });
}

/// Writes pixels of one format in another: its depth, channels, transfer and alpha. Where both store alike, bytes are
/// copied as they are.
///
/// # Panics
/// When both store alike and the numbers of bytes differ.
pub fn convert(from: Format, bytes: &[u8], to: Format, converted: &mut [u8]) {
    if from.stores_like(to) {
        converted.copy_from_slice(bytes);
        return;
    }
    const AT_ONCE: usize = 64;
    let mut pixels = [Pixel::default(); AT_ONCE];
    let blocks = bytes.chunks(AT_ONCE * from.pixel_bytes());
    for (bytes, converted) in blocks.zip(converted.chunks_mut(AT_ONCE * to.pixel_bytes())) {
        decode(from, bytes, &mut pixels);
        for (pixel, converted) in pixels
            .iter_mut()
            .zip(converted.chunks_exact_mut(to.pixel_bytes()))
        {
            if from.transfer != to.transfer {
                for colour in &mut pixel[..3] {
                    *colour = to.transfer.of_srgb(from.transfer.to_srgb(*colour));
                }
            }
            encode(to, *pixel, converted);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::{Alpha, Depth, Transfer};
    use proptest::prelude::*;

    const CHANNELS: [Channels; 4] = [
        Channels::Grey,
        Channels::GreyAlpha,
        Channels::Rgb,
        Channels::Rgba,
    ];

    fn formats(depths: &'static [Depth]) -> impl Strategy<Value = Format> {
        let transfers = prop_oneof![Just(Transfer::Srgb), Just(Transfer::Linear)];
        let alphas = prop_oneof![Just(Alpha::Straight), Just(Alpha::Premultiplied)];
        (0..depths.len(), 0..CHANNELS.len(), transfers, alphas).prop_map(
            |(depth, channels, transfer, alpha)| Format {
                depth: depths[depth],
                channels: CHANNELS[channels],
                transfer,
                alpha,
            },
        )
    }

    fn decoded(format: Format, bytes: &[u8]) -> Pixel {
        let mut pixel = [Pixel::default()];
        decode(format, bytes, &mut pixel);
        pixel[0]
    }

    fn there_and_back(format: Format, bytes: &[u8]) -> Vec<u8> {
        let mut back = vec![0; format.pixel_bytes()];
        encode(format, decoded(format, bytes), &mut back);
        back
    }

    proptest! {
        #[test]
        fn integers_come_back_to_the_bit(
            format in formats(&[Depth::U8, Depth::U16]), bytes in any::<[u8; 8]>(),
        ) {
            let bytes = &bytes[..format.pixel_bytes()];
            if !format.is_premultiplied() || decoded(format, bytes)[3] > 0.0 {
                prop_assert_eq!(there_and_back(format, bytes), bytes);
            }
        }

        #[test]
        fn floats_come_back_to_the_bit(bits in any::<[u32; 4]>(), channels in 0usize..4) {
            let format = Format::linear(Depth::F32, CHANNELS[channels]);
            let bytes: Vec<u8> = bits.iter().flat_map(|bits| bits.to_ne_bytes()).collect();
            let bytes = &bytes[..format.pixel_bytes()];
            let grey_nan = format.channels.colours() == 1 && decoded(format, bytes)[0].is_nan();
            prop_assert!(there_and_back(format, bytes) == bytes || grey_nan);
        }

        #[test]
        fn premultiplied_floats_come_back(colour in any::<[f32; 3]>(), alpha in 1e-3f32..1.0) {
            let format = Format::linear(Depth::F32, Channels::Rgba).premultiplied();
            let rgb = colour.map(|value| value % 1e6);
            let mut bytes = [0; 16];
            encode(format, [rgb[0], rgb[1], rgb[2], alpha], &mut bytes);
            for (got, want) in decoded(format, &bytes).into_iter().zip(rgb) {
                prop_assert!((got - want).abs() <= 1e-6 * want.abs() + f32::MIN_POSITIVE / alpha);
            }
        }

        /// The known pixels of a file survive a detour through a wider format.
        #[test]
        fn eight_bits_survive_every_wider_format(
            bytes in any::<[u8; 4]>(), channels in 0usize..4,
            wide in formats(&[Depth::U16, Depth::F32]),
        ) {
            let narrow = Format::srgb(Depth::U8, CHANNELS[channels]);
            let wide = Format { channels: narrow.channels, alpha: Alpha::Straight, ..wide };
            // 16 bits of light do not tell the darkest steps of 8 bits apart.
            prop_assume!(wide.depth == Depth::F32 || wide.transfer == Transfer::Srgb);
            let bytes = &bytes[..narrow.pixel_bytes()];
            let mut there = vec![0; wide.pixel_bytes()];
            convert(narrow, bytes, wide, &mut there);
            let mut back = vec![0; narrow.pixel_bytes()];
            convert(wide, &there, narrow, &mut back);
            prop_assert_eq!(back, bytes);
        }
    }

    #[test]
    fn converting_copies_what_stores_alike_and_goes_on_beyond_a_block() {
        let nan = f32::from_bits(0x7fc0_1234).to_ne_bytes().repeat(100);
        let grey = Format::linear(Depth::F32, Channels::Grey);
        let mut copied = vec![0; nan.len()];
        convert(grey, &nan, grey.premultiplied(), &mut copied);
        assert_eq!(copied, nan);

        let bytes: Vec<u8> = (0..150).collect();
        let (from, to) = (
            Format::srgb(Depth::U8, Channels::Grey),
            Format::srgb(Depth::U8, Channels::Rgba),
        );
        let mut wide = vec![0; 600];
        convert(from, &bytes, to, &mut wide);
        for (value, pixel) in bytes.iter().zip(wide.chunks(4)) {
            assert_eq!(pixel, [*value, *value, *value, 255]);
        }
    }

    #[test]
    fn light_becomes_srgb() {
        let grey = 0.215_86f32.to_ne_bytes();
        let mut byte = [0];
        let linear = Format::linear(Depth::F32, Channels::Grey);
        convert(
            linear,
            &grey,
            Format::srgb(Depth::U8, Channels::Grey),
            &mut byte,
        );
        assert_eq!(byte, [128]);
    }

    #[test]
    fn where_alpha_is_nothing_a_premultiplied_colour_is_nothing() {
        let format = Format::srgb(Depth::U8, Channels::Rgba).premultiplied();
        assert_eq!(there_and_back(format, &[9, 9, 9, 0]), [0, 0, 0, 0]);
    }

    #[test]
    fn alpha_that_is_left_alone_stays_to_the_bit() {
        let format = Format::srgb(Depth::F32, Channels::GreyAlpha);
        let odd = f32::from_bits(0x7fc0_1234).to_ne_bytes();
        let mut bytes = [[0; 4], odd].concat();
        encode_colour(format, [0.5, 0.5, 0.5, 1.0], &mut bytes);
        assert_eq!(bytes[4..], odd);
    }
}
