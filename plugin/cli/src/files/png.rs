//! PNG: 8 or 16 bits, with every chunk that says something about the picture.

use std::borrow::Cow;
use std::io::{BufWriter, Write};

use png::chunk::ChunkType;
use png::text_metadata::ITXtChunk;
use png::{BitDepth, ColorType, Info, Transformations};
use reweave::{Channels, Depth, Format, Picture, Transfer};

use super::carried::{Carried, Own as CarriedOwn};
use super::error::Problem;
use super::limits::Limits;
use super::window::Window;
use super::{Document, Input, Kind};

/// The keyword under which PNG keeps XMP.
const XMP: &str = "XML:com.adobe.xmp";

/// Chunks of a PNG: physical size, gamma, chromaticities, text and so on.
#[derive(Debug)]
pub struct Own {
    info: Info<'static>,
    format: Format,
}

/// PNG holds 8 or 16 bits, grey or RGB, with or without straight alpha.
pub fn nearest(format: Format) -> Format {
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

/// Reads a PNG; palettes and depths below 8 bits become 8 bits.
pub fn read(input: Input, limits: Limits) -> Result<Document, Problem> {
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
    let picture = super::picture(width as usize, height as usize, format, bytes)?;

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
        window: Window::whole(&picture),
        picture,
        carried,
        notes,
    })
}

/// Writes a PNG.
pub fn write<W: Write>(
    file: &mut BufWriter<W>,
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

/// PNG stores the high byte first. The same swap leads there and back.
fn swap_to_native(bytes: &mut [u8]) {
    if cfg!(target_endian = "little") {
        bytes.chunks_exact_mut(2).for_each(|pair| pair.swap(0, 1));
    }
}

fn take_xmp(info: &mut Info<'static>) -> Option<Vec<u8>> {
    let at = info.utf8_text.iter().position(|text| text.keyword == XMP)?;
    let text = info.utf8_text.remove(at);
    text.get_text().ok().map(String::into_bytes)
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
