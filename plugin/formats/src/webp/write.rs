//! Writing a WebP.

use std::io::Write;

use image_webp::{ColorType, EncodingError, WebPEncoder};
use reweave::{Channels, Depth, Format, Picture};

use super::container::{Metadata, container};
use crate::carried::Carried;
use crate::document::WriteOptions;
use crate::error::Problem;
use crate::kind::Kind;

/// WebP allows no longer side.
const LONGEST: usize = 16384;

/// WebP holds 8 bits, RGB, with or without straight alpha.
pub(crate) fn nearest(format: Format) -> Format {
    let channels = if format.channels.has_alpha() {
        Channels::Rgba
    } else {
        Channels::Rgb
    };
    Format::srgb(Depth::U8, channels)
}

/// Writes a WebP.
pub(crate) fn write<W: Write>(
    file: &mut W,
    picture: &Picture,
    carried: &Carried,
    options: WriteOptions,
) -> Result<(), Problem> {
    if picture.width().max(picture.height()) > LONGEST {
        return Err(Problem::new(
            format!("is larger than the {LONGEST} pixels a side that WebP allows"),
            "write a .png or .tif instead",
        ));
    }
    let size = (picture.width() as u32, picture.height() as u32);
    let icc = carried.profile(Kind::Webp, picture).map(<[u8]>::to_vec);
    let parts = Metadata {
        icc,
        exif: carried.exif_or_turn(),
        xmp: carried.xmp.clone(),
    };
    match options.quality {
        None => lossless(file, picture, size, parts),
        Some(quality) => lossy(file, picture, size, parts, quality),
    }
}

fn lossless(
    file: impl Write,
    picture: &Picture,
    size: (u32, u32),
    parts: Metadata,
) -> Result<(), Problem> {
    let mut encoder = WebPEncoder::new(file);
    if let Some(icc) = parts.icc {
        encoder.set_icc_profile(icc);
    }
    if let Some(exif) = parts.exif {
        encoder.set_exif_metadata(exif);
    }
    if let Some(xmp) = parts.xmp {
        encoder.set_xmp_metadata(xmp);
    }
    let colour = if picture.format().channels == Channels::Rgba {
        ColorType::Rgba8
    } else {
        ColorType::Rgb8
    };
    encoder
        .encode(picture.bytes(), size.0, size.1, colour)
        .map_err(|error| match error {
            EncodingError::IoError(error) => Problem::io("written", &error),
            error => Problem::new(
                format!("cannot be written as WebP ({error})"),
                "write a .png instead",
            ),
        })
}

fn lossy(
    mut file: impl Write,
    picture: &Picture,
    size: (u32, u32),
    parts: Metadata,
    quality: u8,
) -> Result<(), Problem> {
    let encoder = match picture.format().channels {
        Channels::Rgba => webp::Encoder::from_rgba(picture.bytes(), size.0, size.1),
        _ => webp::Encoder::from_rgb(picture.bytes(), size.0, size.1),
    };
    let refused = |why: String| {
        Problem::new(
            format!("cannot be written as WebP ({why})"),
            "write a .png instead",
        )
    };
    let coded = encoder
        .encode_simple(false, quality.into())
        .map_err(|error| refused(format!("{error:?}")))?;
    let file_bytes = container(&coded, size, &parts)
        .ok_or_else(|| refused("the encoder's own output".into()))?;
    file.write_all(&file_bytes)
        .map_err(|error| Problem::io("written", &error))
}
