//! Reading the first page of a TIFF.

use std::io::{BufRead, Seek};

use reweave::{Alpha, Channels, Depth, Format, Transfer};
use tiff::ColorType;
use tiff::decoder::{Decoder, Limits as TiffLimits};
use tiff::tags::{SampleFormat, Tag};

use super::metadata;
use super::refused::refused;
use crate::document::{Document, picture};
use crate::error::Problem;
use crate::limits::Limits;

/// Reads the first page of a TIFF.
pub(crate) fn read<R: BufRead + Seek>(input: R, limits: Limits) -> Result<Document, Problem> {
    let mut decoder = Decoder::new(input).map_err(refused)?;
    let (width, height) = decoder.dimensions().map_err(refused)?;
    limits.check(width.into(), height.into())?;
    let mut allowed = TiffLimits::unlimited();
    allowed.ifd_value_size = 256 << 20;
    decoder = decoder.with_limits(allowed);

    let samples: u16 = decoder
        .find_tag_unsigned(Tag::SamplesPerPixel)
        .map_err(refused)?
        .unwrap_or(1);
    let colour = decoder.colortype().map_err(refused)?;
    let layout = decoder.image_buffer_layout().map_err(refused)?;
    let bits = colour.bit_depth();
    let depth = match (layout.sample_format, bits) {
        (SampleFormat::Uint, 1 | 2 | 4 | 8) => Depth::U8,
        (SampleFormat::Uint, 16) => Depth::U16,
        (SampleFormat::IEEEFP, 16) => Depth::F16,
        (SampleFormat::IEEEFP, 32) => Depth::F32,
        (kind, bits) => {
            return Err(Problem::unsupported(format!(
                "is a TIFF with {bits}-bit {kind:?} samples"
            )));
        }
    };
    let channels = match (colour, samples) {
        (ColorType::Gray(_) | ColorType::Multiband { .. }, 1) => Channels::Grey,
        (ColorType::GrayA(_) | ColorType::Multiband { .. }, 2) => Channels::GreyAlpha,
        (ColorType::RGB(_), 3) => Channels::Rgb,
        (ColorType::RGB(_) | ColorType::RGBA(_), 4) => Channels::Rgba,
        (colour, samples) => {
            return Err(Problem::unsupported(format!(
                "is a TIFF of {colour:?} with {samples} channels"
            )));
        }
    };
    if bits < 8 && channels != Channels::Grey {
        return Err(Problem::unsupported(format!(
            "is a TIFF with {bits} bits a channel"
        )));
    }
    let extra: Vec<u64> = decoder
        .find_tag_unsigned_vec(Tag::ExtraSamples)
        .map_err(refused)?
        .unwrap_or_default();
    let extra = extra.first().map_or(2, |&extra| extra as u16);

    let mut stored = limits.buffer(layout.complete_len)?;
    decoder.read_image_bytes(&mut stored).map_err(refused)?;
    let length = limits.bytes(width, height, channels.count() * depth.bytes())?;
    let bytes = if bits < 8 {
        unpack(&stored, width as usize, bits)
    } else if layout.planes > 1 {
        interleave(&stored, depth.bytes(), layout.planes)
    } else {
        stored
    };
    if bytes.len() != length {
        return Err(Problem::damaged(
            "TIFF",
            format!("{} bytes of pixels instead of {length}", bytes.len()),
        ));
    }
    let format = Format {
        depth,
        channels,
        transfer: if depth.is_float() {
            Transfer::Linear
        } else {
            Transfer::Srgb
        },
        alpha: if extra == 1 {
            Alpha::Premultiplied
        } else {
            Alpha::Straight
        },
    };
    let picture = picture(width as usize, height as usize, format, bytes)?;
    let (carried, notes) = metadata::read(&mut decoder, extra)?;
    Ok(Document {
        notes,
        ..Document::new(picture, carried)
    })
}

/// Bilevel and 4-bit pictures, whose rows begin at whole bytes, to 8 bits.
fn unpack(stored: &[u8], width: usize, bits: u8) -> Vec<u8> {
    let per_byte = usize::from(8 / bits);
    let most = (1_u16 << bits) - 1;
    let row = |row: &[u8]| -> Vec<u8> {
        (0..width)
            .map(|x| {
                let shift = 8 - bits * (1 + (x % per_byte) as u8);
                let value = (u16::from(row[x / per_byte]) >> shift) & most;
                (value * 255 / most) as u8
            })
            .collect()
    };
    stored
        .chunks_exact(width.div_ceil(per_byte))
        .flat_map(row)
        .collect()
}

/// All reds, then all greens, … to red, green, … of each pixel.
fn interleave(stored: &[u8], sample: usize, planes: usize) -> Vec<u8> {
    let plane = stored.len() / planes;
    let mut bytes = vec![0; stored.len()];
    for (channel, values) in stored.chunks_exact(plane).enumerate() {
        for (pixel, value) in bytes
            .chunks_exact_mut(planes * sample)
            .zip(values.chunks_exact(sample))
        {
            pixel[channel * sample..][..sample].copy_from_slice(value);
        }
    }
    bytes
}
