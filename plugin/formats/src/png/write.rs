//! Writing a PNG.

use std::borrow::Cow;
use std::io::Write;

use png::chunk::ChunkType;
use png::text_metadata::ITXtChunk;
use png::{BitDepth, ColorType, Info};
use reweave::{Channels, Depth, Format, Picture, Transfer};

use super::byte_order::swap_to_native;
use super::own::XMP;
use crate::carried::{Carried, Own as CarriedOwn};
use crate::error::Problem;
use crate::kind::Kind;

/// PNG holds 8 or 16 bits, grey or RGB, with or without straight alpha.
pub(crate) fn nearest(format: Format) -> Format {
    let depth = if format.depth == Depth::U8 {
        Depth::U8
    } else {
        Depth::U16
    };
    // Integers that are linear stay so: their file says it (gAMA). Floats have no such chunk.
    let transfer = if format.depth.is_float() {
        Transfer::Srgb
    } else {
        format.transfer
    };
    Format {
        transfer,
        ..Format::srgb(depth, format.channels)
    }
}

/// Writes a PNG.
pub(crate) fn write<W: Write>(
    file: &mut W,
    picture: &Picture,
    carried: &Carried,
) -> Result<(), Problem> {
    let failed = |error: png::EncodingError| match error {
        png::EncodingError::IoError(error) => Problem::io("written", &error),
        error => Problem::new(
            format!("cannot be written as PNG ({error})"),
            "write a .tif instead",
        ),
    };
    let format = picture.format();
    let own = match &carried.own {
        CarriedOwn::Png(own) => Some(own),
        _ => None,
    };
    let mut info = own.map_or_else(Info::default, |own| own.info.clone());
    info.width = u32::try_from(picture.width()).map_err(|_| too_large())?;
    info.height = u32::try_from(picture.height()).map_err(|_| too_large())?;
    info.bit_depth = if format.depth == Depth::U16 {
        BitDepth::Sixteen
    } else {
        BitDepth::Eight
    };
    info.color_type = match format.channels {
        Channels::Grey => ColorType::Grayscale,
        Channels::GreyAlpha => ColorType::GrayscaleAlpha,
        Channels::Rgb => ColorType::Rgb,
        Channels::Rgba => ColorType::Rgba,
    };
    (info.palette, info.trns, info.interlaced) = (None, None, false);
    info.icc_profile = carried
        .profile(Kind::Png, picture)
        .map(|icc| Cow::Owned(icc.to_vec()));
    if info.icc_profile.is_some() {
        // The encoder leaves the profile out where the picture is also said to be sRGB.
        info.srgb = None;
    }
    info.exif_metadata = carried.exif_or_turn().map(Cow::Owned);
    if let Some(xmp) = carried
        .xmp
        .as_deref()
        .and_then(|xmp| std::str::from_utf8(xmp).ok())
    {
        info.utf8_text.push(ITXtChunk::new(XMP, xmp));
    }
    // Significant bits and background are given channel by channel: they hold only where the channels are the same.
    let (sbit, bkgd) = (info.sbit.take(), info.bkgd.take());
    let same = own.is_some_and(|own| {
        own.format.channels == format.channels && own.info.color_type == info.color_type
    });
    let (cicp, mastering, light) = (
        info.coding_independent_code_points,
        info.mastering_display_color_volume,
        info.content_light_level,
    );
    let mut encoder = png::Encoder::with_info(file, info).map_err(failed)?;
    encoder.set_compression(png::Compression::Balanced);
    let mut writer = encoder.write_header().map_err(failed)?;
    // Chunks that the encoder knows but does not write.
    let chunks = [
        (*b"sBIT", sbit.filter(|_| same).map(Cow::into_owned)),
        (*b"bKGD", bkgd.filter(|_| same).map(Cow::into_owned)),
        (*b"cICP", cicp.map(code_points)),
        (*b"mDCV", mastering.map(mastering_volume)),
        (*b"cLLI", light.map(light_level)),
    ];
    for (name, data) in chunks {
        if let Some(data) = data {
            writer.write_chunk(ChunkType(name), &data).map_err(failed)?;
        }
    }
    for (name, data) in own.map_or(&[][..], |own| &own.unknown) {
        writer.write_chunk(ChunkType(*name), data).map_err(failed)?;
    }
    if format.depth == Depth::U16 && cfg!(target_endian = "little") {
        let mut bytes = picture.bytes().to_vec();
        swap_to_native(&mut bytes);
        writer.write_image_data(&bytes).map_err(failed)?;
    } else {
        writer.write_image_data(picture.bytes()).map_err(failed)?;
    }
    writer.finish().map_err(failed)
}

fn too_large() -> Problem {
    Problem::new("is too large for PNG", "write a .tif instead")
}

fn code_points(code: png::CodingIndependentCodePoints) -> Vec<u8> {
    vec![
        code.color_primaries,
        code.transfer_function,
        code.matrix_coefficients,
        u8::from(code.is_video_full_range_image),
    ]
}

fn mastering_volume(volume: png::MasteringDisplayColorVolume) -> Vec<u8> {
    let primaries = volume.chromaticities;
    // In steps of 0.00002, half as fine as cHRM's: red, green, blue, white.
    let points = [
        primaries.red,
        primaries.green,
        primaries.blue,
        primaries.white,
    ];
    let mut data = Vec::with_capacity(24);
    for coordinate in points.into_iter().flat_map(|(x, y)| [x, y]) {
        data.extend(((coordinate.into_scaled() / 2) as u16).to_be_bytes());
    }
    data.extend(volume.max_luminance.to_be_bytes());
    data.extend(volume.min_luminance.to_be_bytes());
    data
}

fn light_level(light: png::ContentLightLevelInfo) -> Vec<u8> {
    [
        light.max_content_light_level.to_be_bytes(),
        light.max_frame_average_light_level.to_be_bytes(),
    ]
    .concat()
}
