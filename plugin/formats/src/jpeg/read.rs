//! Reading a JPEG.

use std::io::{BufRead, Read};

use reweave::{Channels, Depth, Format};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::segments::segments;
use crate::carried::Own as CarriedOwn;
use crate::document::{Document, picture};
use crate::error::Problem;
use crate::limits::Limits;

/// No camera writes a JPEG file of this size.
const LARGEST_FILE: u64 = 2 << 30;

/// Reads a JPEG. CMYK is decoded to RGB.
pub(crate) fn read<R: BufRead>(input: R, limits: Limits) -> Result<Document, Problem> {
    let mut file = Vec::new();
    let read = input
        .take(LARGEST_FILE)
        .read_to_end(&mut file)
        .map_err(|error| Problem::io("read", &error))?;
    if read as u64 == LARGEST_FILE {
        return Err(Problem::unsupported("is larger than any JPEG"));
    }
    let (own, mut carried, end) = segments(&file)?;
    // Decoders fill what is missing with grey, which nobody wants in a photo.
    if !file[end..].windows(2).any(|pair| pair == [0xff, 0xd9]) {
        return Err(Problem::damaged("JPEG", "its end is missing"));
    }
    let damaged =
        |error: zune_jpeg::errors::DecodeErrors| Problem::damaged("JPEG", format!("{error:?}"));
    // The limits are ours, checked below against the header.
    let options = DecoderOptions::default()
        .set_max_width(usize::MAX)
        .set_max_height(usize::MAX);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(file.as_slice()), options);
    decoder.decode_headers().map_err(damaged)?;
    let info = decoder
        .info()
        .ok_or_else(|| Problem::damaged("JPEG", "it has no header"))?;
    let grey = matches!(decoder.input_colorspace(), Some(ColorSpace::Luma));
    let (colours, channels) = if grey {
        (ColorSpace::Luma, Channels::Grey)
    } else {
        (ColorSpace::RGB, Channels::Rgb)
    };
    decoder.set_options(options.jpeg_set_out_colorspace(colours));
    let length = limits.bytes(info.width.into(), info.height.into(), channels.count())?;
    let mut bytes = limits.buffer(length)?;
    decoder.decode_into(&mut bytes).map_err(damaged)?;
    let format = Format::srgb(Depth::U8, channels);
    let picture = picture(info.width.into(), info.height.into(), format, bytes)?;
    carried.own = CarriedOwn::Jpeg(Box::new(own));
    Ok(Document::new(picture, carried))
}
