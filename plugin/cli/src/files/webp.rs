//! WebP: 8 bits. Written without loss unless `--quality` asks otherwise, so that known pixels stay what they were.

use std::io::{BufWriter, Write};

use image_webp::{ColorType, DecodingError, EncodingError, WebPDecoder, WebPEncoder};
use reweave::{Channels, Depth, Format, Picture};

use super::carried::Carried;
use super::error::Problem;
use super::limits::Limits;
use super::window::Window;
use super::{Document, Input, Kind, WriteOptions};

/// WebP allows no longer side.
const LONGEST: usize = 16384;

/// WebP holds 8 bits, RGB, with or without straight alpha.
pub fn nearest(format: Format) -> Format {
    let channels = if format.channels.has_alpha() {
        Channels::Rgba
    } else {
        Channels::Rgb
    };
    Format::srgb(Depth::U8, channels)
}

/// Reads a WebP, lossy or lossless.
pub fn read(input: Input, limits: Limits) -> Result<Document, Problem> {
    let damaged = |error: DecodingError| Problem::damaged("WebP", error);
    let mut decoder = WebPDecoder::new(input).map_err(damaged)?;
    if decoder.is_animated() {
        return Err(Problem::new(
            "is an animation",
            "save its frames as single pictures and fill those",
        ));
    }
    let (width, height) = decoder.dimensions();
    let channels = if decoder.has_alpha() {
        Channels::Rgba
    } else {
        Channels::Rgb
    };
    let mut bytes = limits.buffer(limits.bytes(width, height, channels.count())?)?;
    decoder.read_image(&mut bytes).map_err(damaged)?;
    let carried = Carried {
        icc: decoder.icc_profile().map_err(damaged)?,
        exif: decoder
            .exif_metadata()
            .map_err(damaged)?
            .map(without_jpeg_prefix),
        xmp: decoder.xmp_metadata().map_err(damaged)?,
        ..Carried::default()
    };
    let picture = super::picture(
        width as usize,
        height as usize,
        Format::srgb(Depth::U8, channels),
        bytes,
    )?;
    Ok(Document {
        window: Window::whole(&picture),
        picture,
        carried,
        notes: Vec::new(),
    })
}

/// Writes a WebP.
pub fn write<W: Write>(
    file: &mut BufWriter<W>,
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

struct Metadata {
    icc: Option<Vec<u8>>,
    exif: Option<Vec<u8>>,
    xmp: Option<Vec<u8>>,
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

/// The chunks of `coded` with metadata round them, in the order that the extended format asks for.
fn container(coded: &[u8], (width, height): (u32, u32), parts: &Metadata) -> Option<Vec<u8>> {
    let chunks = chunks(coded.get(12..)?)?;
    let find = |name: &[u8; 4]| {
        chunks
            .iter()
            .find(|(chunk, _)| *chunk == name)
            .map(|(_, data)| *data)
    };
    let (pixels, alpha) = (find(b"VP8 ")?, find(b"ALPH"));
    let flags = [
        (5, parts.icc.is_some()),
        (4, alpha.is_some()),
        (3, parts.exif.is_some()),
        (2, parts.xmp.is_some()),
    ];
    let flags = flags
        .into_iter()
        .fold(0_u8, |flags, (bit, set)| flags | u8::from(set) << bit);
    let mut head = vec![flags, 0, 0, 0];
    head.extend_from_slice(&(width - 1).to_le_bytes()[..3]);
    head.extend_from_slice(&(height - 1).to_le_bytes()[..3]);

    let mut body = b"WEBP".to_vec();
    let all = [
        (b"VP8X", Some(head.as_slice())),
        (b"ICCP", parts.icc.as_deref()),
        (b"ALPH", alpha),
        (b"VP8 ", Some(pixels)),
        (b"EXIF", parts.exif.as_deref()),
        (b"XMP ", parts.xmp.as_deref()),
    ];
    for (name, data) in all {
        let Some(data) = data else { continue };
        body.extend_from_slice(name);
        body.extend(u32::try_from(data.len()).ok()?.to_le_bytes());
        body.extend_from_slice(data);
        // Chunks begin at even places.
        body.extend(std::iter::repeat_n(0, data.len() % 2));
    }
    Some(
        [
            b"RIFF",
            u32::try_from(body.len()).ok()?.to_le_bytes().as_slice(),
            &body,
        ]
        .concat(),
    )
}

/// Name and content of the chunks that follow each other in `bytes`.
fn chunks(mut bytes: &[u8]) -> Option<Vec<(&[u8; 4], &[u8])>> {
    let mut found = Vec::new();
    while let Some((name, rest)) = bytes.split_first_chunk::<4>() {
        let (length, rest) = rest.split_first_chunk::<4>()?;
        let length = u32::from_le_bytes(*length) as usize;
        found.push((name, rest.get(..length)?));
        bytes = rest.get(length + length % 2..).unwrap_or_default();
    }
    Some(found)
}

/// Some programs write EXIF as JPEG has it, with six bytes in front.
fn without_jpeg_prefix(exif: Vec<u8>) -> Vec<u8> {
    exif.strip_prefix(b"Exif\0\0")
        .map(<[u8]>::to_vec)
        .unwrap_or(exif)
}
