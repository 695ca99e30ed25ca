//! Reading a PNG.

use std::borrow::Cow;
use std::io::{BufRead, Seek};

use png::{BitDepth, ColorType, Info, Transformations};
use reweave::{Channels, Depth, Format, Transfer};

use super::byte_order::swap_to_native;
use super::own::{Own, XMP};
use crate::carried::{Carried, Own as CarriedOwn};
use crate::document::{Document, picture};
use crate::error::Problem;
use crate::limits::Limits;

/// Reads a PNG; palettes and depths below 8 bits become 8 bits.
pub(crate) fn read<R: BufRead + Seek>(input: R, limits: Limits) -> Result<Document, Problem> {
    let damaged = |error: png::DecodingError| match error {
        png::DecodingError::LimitsExceeded => Problem::new(
            "has text or a colour profile of absurd size",
            "save it again without metadata",
        ),
        error => Problem::damaged("PNG", error),
    };
    let mut decoder = png::Decoder::new_with_limits(input, png::Limits { bytes: 256 << 20 });
    decoder.set_transformations(Transformations::EXPAND);
    let header = decoder.read_header_info().map_err(damaged)?;
    limits.check(header.width.into(), header.height.into())?;
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
    let (width, height) = (reader.info().width, reader.info().height);
    let mut bytes =
        limits.buffer(limits.bytes(width, height, depth.bytes() * channels.count())?)?;
    reader.next_frame(&mut bytes).map_err(damaged)?;
    let mut notes = Vec::new();
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

    info.animation_control = None;
    info.frame_control = None;
    let carried = Carried {
        icc: info.icc_profile.take().map(Cow::into_owned),
        exif: info.exif_metadata.take().map(Cow::into_owned),
        xmp: take_xmp(&mut info),
        orientation: None,
        own: CarriedOwn::Png(Box::new(Own { info, format })),
    };
    Ok(Document {
        notes,
        ..Document::new(picture, carried)
    })
}

fn take_xmp(info: &mut Info<'static>) -> Option<Vec<u8>> {
    let at = info.utf8_text.iter().position(|text| text.keyword == XMP)?;
    let text = info.utf8_text.remove(at);
    text.get_text().ok().map(String::into_bytes)
}
