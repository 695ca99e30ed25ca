//! From one pixel format to another, where a file cannot hold the picture's own.

use half::f16;
use reweave::{Alpha, Channels, Depth, Format, Picture, Transfer};

use crate::error::Problem;

/// The picture in `format`. In its own format it comes back untouched, bit for bit.
pub(crate) fn to(picture: Picture, format: Format) -> Result<Picture, Problem> {
    let from = picture.format();
    if same(from, format) {
        return Ok(picture);
    }
    let (width, height) = (picture.width(), picture.height());
    let mut target = Picture::new(width, height, format)
        .map_err(|error| Problem::new(error.to_string(), "write it in its own format"))?;
    let pixels = picture.bytes().chunks_exact(from.pixel_bytes());
    for (source, target) in pixels.zip(target.bytes_mut().chunks_exact_mut(format.pixel_bytes())) {
        let pixel = read(source, from);
        write(target, format, transfer(pixel, from, format));
    }
    Ok(target)
}

/// What gets lost on the way, in words that follow the name of the file's format.
pub(crate) fn losses(from: Format, to: Format) -> impl Iterator<Item = &'static str> {
    let bits = |depth| match depth {
        Depth::U8 => 8,
        Depth::U16 => 16,
        Depth::F16 => 17,
        Depth::F32 => 32,
    };
    let depth = (bits(to.depth) < bits(from.depth)).then_some(match to.depth {
        Depth::U8 => "holds 8 bits: the picture was rounded",
        Depth::U16 => "holds 16 bits: the picture was rounded, and values outside 0 to 1 were cut",
        _ => "holds half floats: the picture was rounded",
    });
    let alpha = (from.channels.has_alpha() && !to.channels.has_alpha())
        .then_some("has no transparency: the alpha channel was left out");
    let curve = (from.transfer != to.transfer).then_some(match to.transfer {
        Transfer::Srgb => "is kept in sRGB: the linear picture was encoded",
        Transfer::Linear => "is kept in linear light: the picture was decoded from sRGB",
    });
    [depth, alpha, curve].into_iter().flatten()
}

/// Whether bytes mean the same in both formats.
fn same(from: Format, to: Format) -> bool {
    let alpha = !from.channels.has_alpha() || from.alpha == to.alpha;
    from.depth == to.depth && from.channels == to.channels && from.transfer == to.transfer && alpha
}

/// Colour and alpha, 0 to 1; grey in all three colours.
type Pixel = ([f32; 3], f32);

fn read(bytes: &[u8], format: Format) -> Pixel {
    let value = |channel: usize| -> f32 {
        let at = &bytes[channel * format.depth.bytes()..];
        match format.depth {
            Depth::U8 => f32::from(at[0]) / 255.0,
            Depth::U16 => f32::from(u16::from_ne_bytes([at[0], at[1]])) / 65535.0,
            Depth::F16 => f16::from_ne_bytes([at[0], at[1]]).to_f32(),
            Depth::F32 => f32::from_ne_bytes([at[0], at[1], at[2], at[3]]),
        }
    };
    match format.channels {
        Channels::Grey => ([value(0); 3], 1.0),
        Channels::GreyAlpha => ([value(0); 3], value(1)),
        Channels::Rgb => ([value(0), value(1), value(2)], 1.0),
        Channels::Rgba => ([value(0), value(1), value(2)], value(3)),
    }
}

/// Brings the curve and the premultiplication of a pixel from one format to the other.
fn transfer((mut colour, alpha): Pixel, from: Format, to: Format) -> Pixel {
    if from.is_premultiplied() && alpha > 0.0 {
        colour = colour.map(|value| value / alpha);
    }
    if from.transfer != to.transfer {
        colour = colour.map(match to.transfer {
            Transfer::Linear => linear,
            Transfer::Srgb => srgb,
        });
    }
    if to.channels.has_alpha() && to.alpha == Alpha::Premultiplied {
        colour = colour.map(|value| value * alpha);
    }
    (colour, alpha)
}

fn write(bytes: &mut [u8], format: Format, (colour, alpha): Pixel) {
    let mut put = |channel: usize, value: f32| {
        let at = &mut bytes[channel * format.depth.bytes()..];
        // A cast from float cuts what is outside the range, and makes NaN 0.
        match format.depth {
            Depth::U8 => at[0] = (value * 255.0).round() as u8,
            Depth::U16 => {
                at[..2].copy_from_slice(&((value * 65535.0).round() as u16).to_ne_bytes())
            }
            Depth::F16 => at[..2].copy_from_slice(&f16::from_f32(value).to_ne_bytes()),
            Depth::F32 => at[..4].copy_from_slice(&value.to_ne_bytes()),
        }
    };
    match format.channels {
        Channels::Grey => put(0, colour[0]),
        Channels::GreyAlpha => [colour[0], alpha]
            .into_iter()
            .enumerate()
            .for_each(|(i, v)| put(i, v)),
        Channels::Rgb => colour.into_iter().enumerate().for_each(|(i, v)| put(i, v)),
        Channels::Rgba => colour
            .into_iter()
            .chain([alpha])
            .enumerate()
            .for_each(|(i, v)| put(i, v)),
    }
}

/// sRGB to linear light (IEC 61966-2-1), odd round zero as scRGB has it.
fn linear(value: f32) -> f32 {
    let size = value.abs();
    let light = if size <= 0.04045 {
        size / 12.92
    } else {
        ((size + 0.055) / 1.055).powf(2.4)
    };
    light.copysign(value)
}

/// Linear light to sRGB.
fn srgb(light: f32) -> f32 {
    let size = light.abs();
    let value = if size <= 0.003_130_8 {
        size * 12.92
    } else {
        1.055 * size.powf(1.0 / 2.4) - 0.055
    };
    value.copysign(light)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn one(bytes: &[u8], from: Format, target: Format) -> Vec<u8> {
        to(
            crate::document::picture(1, 1, from, bytes.to_vec()).unwrap(),
            target,
        )
        .unwrap()
        .into_bytes()
    }

    #[test]
    fn nothing_changes_in_the_same_format() {
        let nan = f32::from_bits(0x7fc0_1234).to_ne_bytes();
        let format = Format::linear(Depth::F32, Channels::Grey);
        assert_eq!(one(&nan, format, format), nan);
    }

    #[test]
    fn values_a_file_cannot_hold_are_cut() {
        let from = Format::linear(Depth::F32, Channels::Grey);
        let eight = Format::srgb(Depth::U8, Channels::Grey);
        for (value, expected) in [
            (7.0_f32, 255),
            (-1.0, 0),
            (f32::NAN, 0),
            (f32::INFINITY, 255),
        ] {
            assert_eq!(
                one(&value.to_ne_bytes(), from, eight),
                [expected],
                "{value}"
            );
        }
    }

    proptest! {
        /// 8 bits come back from every wider format, so the known pixels survive a detour.
        #[test]
        fn eight_bits_survive_wider_formats(red: u8, green: u8, blue: u8) {
            let narrow = Format::srgb(Depth::U8, Channels::Rgb);
            for wide in [
                Format::srgb(Depth::U16, Channels::Rgb),
                Format::linear(Depth::F32, Channels::Rgba).premultiplied(),
                Format::linear(Depth::F16, Channels::Rgb),
            ] {
                let there = one(&[red, green, blue], narrow, wide);
                prop_assert_eq!(one(&there, wide, narrow), [red, green, blue]);
            }
        }
    }
}
