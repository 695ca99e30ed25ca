//! Numbers in memory to numbers that can be reckoned with, and back: every depth, every set of channels.
//!
//! A decoded pixel is `[red, green, blue, alpha]`, nominally 0 to 1, in the picture's own transfer, with straight alpha.
//! Grey is spread to three equal colours; without an alpha channel, alpha is 1.

use half::f16;

use super::format::{Channels, Depth, Format};

/// One decoded pixel.
pub(crate) type Pixel = [f32; 4];

/// Weights of red, green and blue in a grey of encoded values (Rec. 709).
const LUMA: [f32; 3] = [0.2126, 0.7152, 0.0722];

/// The grey of a colour.
pub(crate) fn luma(rgb: [f32; 3]) -> f32 {
    rgb[0] * LUMA[0] + rgb[1] * LUMA[1] + rgb[2] * LUMA[2]
}

/// One channel in memory.
trait Sample {
    const BYTES: usize;
    fn load(bytes: &[u8]) -> f32;
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
        bytes.copy_from_slice(&((value * 65535.0).round() as u16).to_ne_bytes());
    }
}

impl Sample for f16 {
    const BYTES: usize = 2;

    fn load(bytes: &[u8]) -> f32 {
        f16::from_ne_bytes([bytes[0], bytes[1]]).to_f32()
    }

    fn store(value: f32, bytes: &mut [u8]) {
        let limit = f16::MAX.to_f32();
        bytes.copy_from_slice(&f16::from_f32(value.clamp(-limit, limit)).to_ne_bytes());
    }
}

impl Sample for f32 {
    const BYTES: usize = 4;

    fn load(bytes: &[u8]) -> f32 {
        f32::from_ne_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
    }

    fn store(value: f32, bytes: &mut [u8]) {
        bytes.copy_from_slice(&value.to_ne_bytes());
    }
}

/// Runs `$body` with `$sample` standing for the type of one channel.
macro_rules! with_sample {
    ($depth:expr, $sample:ident => $body:expr) => {
        match $depth {
            Depth::U8 => {
                type $sample = u8;
                $body
            }
            Depth::U16 => {
                type $sample = u16;
                $body
            }
            Depth::F16 => {
                type $sample = f16;
                $body
            }
            Depth::F32 => {
                type $sample = f32;
                $body
            }
        }
    };
}

/// Decodes as many pixels as `pixels` holds; `bytes` has to hold the same number.
pub(crate) fn decode(format: Format, bytes: &[u8], pixels: &mut [Pixel]) {
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

/// Writes one pixel. Where `keep_alpha`, the bytes of alpha stay as they are, to the bit.
pub(crate) fn encode(format: Format, pixel: Pixel, keep_alpha: bool, bytes: &mut [u8]) {
    let [red, green, blue, alpha] = pixel;
    let scale = if format.is_premultiplied() {
        alpha
    } else {
        1.0
    };
    let rgb = [red * scale, green * scale, blue * scale];
    with_sample!(format.depth, S => {
        let (colours, rest) = bytes.split_at_mut(S::BYTES * format.channels.colours());
        match format.channels.colours() {
            1 => S::store(luma(rgb), colours),
            _ => rgb.iter().zip(colours.chunks_exact_mut(S::BYTES)).for_each(|(&value, bytes)| S::store(value, bytes)),
        }
        if format.channels.has_alpha() && !keep_alpha {
            S::store(alpha, rest);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEPTHS: [Depth; 4] = [Depth::U8, Depth::U16, Depth::F16, Depth::F32];
    const CHANNELS: [Channels; 4] = [
        Channels::Grey,
        Channels::GreyAlpha,
        Channels::Rgb,
        Channels::Rgba,
    ];

    fn there_and_back(format: Format, bytes: &[u8]) -> Vec<u8> {
        let mut pixel = [[0.0; 4]];
        decode(format, bytes, &mut pixel);
        let mut back = vec![0; bytes.len()];
        encode(format, pixel[0], false, &mut back);
        back
    }

    #[test]
    fn every_integer_comes_back_in_every_channel_layout() {
        for channels in CHANNELS {
            for value in 0..=255u8 {
                let bytes = vec![value; channels.count()];
                assert_eq!(
                    there_and_back(Format::srgb(Depth::U8, channels), &bytes),
                    bytes
                );
            }
            for value in (0..=65535u16).step_by(7) {
                let bytes = value.to_ne_bytes().repeat(channels.count());
                assert_eq!(
                    there_and_back(Format::srgb(Depth::U16, channels), &bytes),
                    bytes
                );
            }
        }
    }

    #[test]
    fn premultiplied_colours_come_back() {
        for depth in DEPTHS {
            let straight = Format::srgb(depth, Channels::Rgba);
            let format = straight.premultiplied();
            let mut bytes = vec![0; format.pixel_bytes()];
            encode(format, [0.8, 0.4, 0.2, 0.5], false, &mut bytes);
            let mut pixel = [[0.0; 4]];
            decode(format, &bytes, &mut pixel);
            for (got, want) in pixel[0].iter().zip([0.8, 0.4, 0.2, 0.5]) {
                assert!((got - want).abs() < 0.01, "{depth:?} {pixel:?}");
            }
        }
    }

    #[test]
    fn kept_alpha_is_kept_to_the_bit() {
        let format = Format::srgb(Depth::F32, Channels::GreyAlpha);
        let odd = f32::from_bits(0x7fc0_1234).to_ne_bytes();
        let mut bytes = [[0; 4], odd].concat();
        encode(format, [0.5, 0.5, 0.5, 1.0], true, &mut bytes);
        assert_eq!(bytes[4..], odd);
    }

    #[test]
    fn integers_saturate() {
        let format = Format::srgb(Depth::U8, Channels::Rgb);
        let mut bytes = [7; 3];
        encode(format, [f32::NAN, -1.0, 9.0, 1.0], false, &mut bytes);
        assert_eq!(bytes, [0, 0, 255]);
    }
}
