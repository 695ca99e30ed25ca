//! Reading a JPEG.

use std::io::{BufRead, Read};

use reweave::{Channels, Depth, Format};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::scans;
use super::segments::{Head, segments};
use crate::carried::Own as CarriedOwn;
use crate::document::{Document, picture};
use crate::error::Problem;
use crate::limits::Limits;

/// Reads a JPEG. CMYK is decoded to RGB.
pub(crate) fn read<R: BufRead>(input: R, limits: Limits) -> Result<Document, Problem> {
    let mut budget = limits.budget();
    let mut file = Vec::new();
    input
        .take((budget.left() as u64).saturating_add(1))
        .read_to_end(&mut file)
        .map_err(|error| Problem::io("read", &error))?;
    budget.take(file.len() as u64, "the file itself")?;
    let Head {
        own,
        mut carried,
        pixels,
        has_scans,
    } = segments(&file)?;
    // Decoders fill what is missing with grey, which nobody wants in a photo.
    if !file[pixels..].windows(2).any(|pair| pair == [0xff, 0xd9]) {
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
    let colours_in_file = decoder.input_colorspace();
    let grey = matches!(colours_in_file, Some(ColorSpace::Luma));
    let (colours, channels) = if grey {
        (ColorSpace::Luma, Channels::Grey)
    } else {
        (ColorSpace::RGB, Channels::Rgb)
    };
    decoder.set_options(options.jpeg_set_out_colorspace(colours));
    let mut bytes = budget.pixels(info.width.into(), info.height.into(), channels.count())?;
    if has_scans {
        // Two bytes a coefficient, and as many coefficients as samples.
        let pixel = 2 * usize::from(info.components);
        budget.take_pixels(info.width.into(), info.height.into(), pixel)?;
    }
    decoder.decode_into(&mut bytes).map_err(damaged)?;
    let format = Format::srgb(Depth::U8, channels);
    let picture = picture(info.width.into(), info.height.into(), format, bytes)?;
    carried.own = CarriedOwn::Jpeg(Box::new(own));
    let mut document = Document::new(picture, carried);
    if matches!(colours_in_file, Some(ColorSpace::CMYK | ColorSpace::YCCK)) {
        document
            .notes
            .push("the JPEG's CMYK colours are filled and written as RGB".to_owned());
    }
    document.damage = scans::missing(&file, (info.width.into(), info.height.into())).map(|share| {
        format!(
            "about {:.0} % of a scan of the JPEG is missing, and the pixels there are made up",
            (100.0 * share).clamp(1.0, 100.0)
        )
    });
    Ok(document)
}
