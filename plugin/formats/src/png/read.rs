//! Reading a PNG.

use std::borrow::Cow;
use std::io::{BufRead, Seek};

use png::{BitDepth, ColorType, Info, Transformations};
use reweave::{Channels, Depth, Format, Transfer};

use super::byte_order::swap_to_native;
use super::chunks::chunks;
use super::own::{Own, XMP};
use crate::carried::{Carried, Own as CarriedOwn};
use crate::document::{Document, picture};
use crate::error::Problem;
use crate::limits::{Limits, buffer};

/// Reads a PNG; palettes and depths below 8 bits become 8 bits.
pub(crate) fn read<R: BufRead + Seek>(mut input: R, limits: Limits) -> Result<Document, Problem> {
    let mut budget = limits.budget();
    let chunks = chunks(&mut input, &mut budget)?;
    let mut decoder = png::Decoder::new(input);
    decoder.set_transformations(Transformations::EXPAND);
    let header = decoder
        .read_header_info()
        .map_err(|error| Problem::damaged("PNG", error))?;
    let (width, height) = (header.width, header.height);
    budget.take_pixels(width, height, most_bytes(header))?;
    let left = budget.left();
    // Text and profiles are compressed: a few bytes may say that they are gigabytes.
    decoder.set_limits(png::Limits { bytes: left });
    let damaged = |error: png::DecodingError| match error {
        png::DecodingError::LimitsExceeded => budget.exceeded("its text and its profile"),
        error => Problem::damaged("PNG", error),
    };
    let mut reader = decoder.read_info().map_err(damaged)?;
    let (colour, bits) = reader.output_color_type();
    let depth = if bits == BitDepth::Sixteen {
        Depth::U16
    } else {
        Depth::U8
    };
    let channels = match colour {
        ColorType::Grayscale => Channels::Grey,
        ColorType::GrayscaleAlpha => Channels::GreyAlpha,
        ColorType::Rgb => Channels::Rgb,
        ColorType::Rgba => Channels::Rgba,
        // EXPAND leaves no palette.
        ColorType::Indexed => {
            return Err(Problem::unsupported("has a palette that cannot be read"));
        }
    };
    let pixel = (depth.bytes() * channels.count()) as u64;
    let mut bytes = buffer(u64::from(width) * u64::from(height) * pixel)?;
    reader.next_frame(&mut bytes).map_err(damaged)?;
    let mut notes = Vec::new();
    if !chunks.left_out.is_empty() {
        notes.push(format!(
            "PNG chunks that belong to the old pixels were left out: {}",
            chunks.left_out.join(", ")
        ));
    }
    if reader
        .info()
        .animation_control
        .is_some_and(|animation| animation.num_frames > 1)
    {
        notes.push("only the first frame of the animation is filled and written".to_owned());
    } else {
        // Text and EXIF may follow the pixels.
        reader.finish().map_err(damaged)?;
    }
    if depth == Depth::U16 {
        swap_to_native(&mut bytes);
    }
    let mut info = reader.info().clone();
    let is_linear = info.srgb.is_none()
        && info.icc_profile.is_none()
        && info
            .gama_chunk
            .is_some_and(|gamma| (gamma.into_value() - 1.0).abs() < 0.01);
    let transfer = if is_linear {
        Transfer::Linear
    } else {
        Transfer::Srgb
    };
    let format = Format {
        transfer,
        ..Format::srgb(depth, channels)
    };
    let picture = picture(width as usize, height as usize, format, bytes)?;

    // The decoder leaves out what it cannot unpack, and what unpacks to more than is left.
    if chunks.has_profile && info.icc_profile.is_none() {
        notes.push(
            "the PNG's colour profile is damaged or needs more memory than is allowed, and was left out"
                .to_owned(),
        );
    }
    info.animation_control = None;
    info.frame_control = None;
    let carried = Carried {
        icc: info.icc_profile.take().map(Cow::into_owned),
        exif: info.exif_metadata.take().map(Cow::into_owned),
        xmp: take_xmp(&mut info, left),
        orientation: None,
        own: CarriedOwn::Png(Box::new(Own {
            info,
            unknown: chunks.kept,
            format,
        })),
    };
    Ok(Document {
        notes,
        ..Document::new(picture, carried)
    })
}

/// The bytes that a pixel takes at most: chunks to come may give it transparency.
fn most_bytes(header: &Info<'_>) -> usize {
    let samples = match header.color_type {
        ColorType::Grayscale | ColorType::GrayscaleAlpha => 2,
        ColorType::Rgb | ColorType::Rgba | ColorType::Indexed => 4,
    };
    samples
        * if header.bit_depth == BitDepth::Sixteen {
            2
        } else {
            1
        }
}

fn take_xmp(info: &mut Info<'static>, most: usize) -> Option<Vec<u8>> {
    let at = info.utf8_text.iter().position(|text| text.keyword == XMP)?;
    let mut text = info.utf8_text.remove(at);
    text.decompress_text_with_limit(most).ok()?;
    text.get_text().ok().map(String::into_bytes)
}
