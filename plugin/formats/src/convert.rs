//! From one pixel format to another, where a file cannot hold the picture's own.

use reweave::{Depth, Format, Picture, Transfer, codec};

use crate::error::Problem;

/// The picture in `format`. In its own format it comes back untouched, bit for bit.
pub(crate) fn to(picture: Picture, format: Format) -> Result<Picture, Problem> {
    let from = picture.format();
    if from.stores_like(format) {
        return Ok(picture);
    }
    let (width, height) = (picture.width(), picture.height());
    let mut target = Picture::new(width, height, format)
        .map_err(|error| Problem::new(error.to_string(), "write it in its own format"))?;
    codec::convert(from, picture.bytes(), format, target.bytes_mut());
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use reweave::Channels;

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
