//! Reading a WebP.

use std::io::{BufRead, Seek};

use image_webp::{DecodingError, WebPDecoder};
use reweave::{Channels, Depth, Format};

use crate::carried::Carried;
use crate::document::{Document, picture};
use crate::error::Problem;
use crate::limits::Limits;

/// Reads a WebP, lossy or lossless.
pub(crate) fn read<R: BufRead + Seek>(input: R, limits: Limits) -> Result<Document, Problem> {
    let damaged = |error: DecodingError| Problem::damaged("WebP", error);
    let mut decoder = WebPDecoder::new(input).map_err(damaged)?;
    if decoder.is_animated() {
        return Err(Problem::new(
            "is an animation",
            "save its frames as single pictures and fill those",
        ));
    }
    let mut budget = limits.budget();
    let (width, height) = decoder.dimensions();
    let channels = if decoder.has_alpha() {
        Channels::Rgba
    } else {
        Channels::Rgb
    };
    let mut bytes = budget.pixels(width, height, channels.count())?;
    // What the decoder holds beside them: the picture with alpha, or as luma and chroma.
    budget.take_pixels(width, height, 4)?;
    decoder.read_image(&mut bytes).map_err(damaged)?;
    // Each of the three chunks of metadata.
    decoder.set_memory_limit(budget.left() / 3);
    let damaged = |error| match error {
        DecodingError::MemoryLimitExceeded => budget.exceeded("its metadata"),
        error => damaged(error),
    };
    let carried = Carried {
        icc: decoder.icc_profile().map_err(damaged)?,
        exif: decoder
            .exif_metadata()
            .map_err(damaged)?
            .map(without_jpeg_prefix),
        xmp: decoder.xmp_metadata().map_err(damaged)?,
        ..Carried::default()
    };
    let picture = picture(
        width as usize,
        height as usize,
        Format::srgb(Depth::U8, channels),
        bytes,
    )?;
    Ok(Document::new(picture, carried))
}

/// Some programs write EXIF as JPEG has it, with six bytes in front.
fn without_jpeg_prefix(exif: Vec<u8>) -> Vec<u8> {
    exif.strip_prefix(b"Exif\0\0")
        .map(<[u8]>::to_vec)
        .unwrap_or(exif)
}
