//! Reading the first page of a TIFF.

use std::io::{BufRead, Seek, SeekFrom};

use reweave::{Alpha, Channels, Depth, Format, Transfer};
use tiff::ColorType;
use tiff::decoder::{Decoder, Limits as TiffLimits};
use tiff::tags::{PlanarConfiguration, SampleFormat, Tag};

use super::extra_sample::{self, Relabelled};
use super::refused::refused;
use super::{metadata, planes};
use crate::carried::Own as CarriedOwn;
use crate::document::{Document, picture};
use crate::error::Problem;
use crate::limits::{Budget, Limits};

pub(crate) fn read<R: BufRead + Seek>(mut input: R, limits: Limits) -> Result<Document, Problem> {
    let no = |error: std::io::Error| Problem::io("read", &error);
    let mut budget = limits.budget();
    let file_bytes = input.seek(SeekFrom::End(0)).map_err(no)?;
    let input = Relabelled::new(input).map_err(no)?;
    let has_extra_sample = input.is_relabelled();
    // The decoder measures the values of tags by this one, and not by `ifd_value_size`.
    let mut allowed = TiffLimits::unlimited();
    allowed.decoding_buffer_size = budget.left();
    let mut decoder = Decoder::new(input).map_err(refused)?.with_limits(allowed);
    let (width, height) = decoder.dimensions().map_err(refused)?;
    budget.check(width.into(), height.into())?;

    let (format, bits) = format(&mut decoder)?;
    let pixels = pixels(&mut decoder, format, bits, &mut budget)?;
    let (mut carried, mut own, mut notes) = metadata::read(&mut decoder, file_bytes, &mut budget)?;
    own.is_premultiplied = format.is_premultiplied();
    let (format, pixels) = if has_extra_sample && format.channels.has_alpha() {
        notes.push("the TIFF does not say what its extra channel is: it stays as it is".to_owned());
        budget.take(pixels.len() as u64, "its extra channel")?;
        let (format, pixels, plane) = extra_sample::take(&pixels, format);
        own.extra_sample = Some(plane);
        (format, pixels)
    } else {
        (format, pixels)
    };
    carried.own = CarriedOwn::Tiff(Box::new(own));
    let picture = picture(width as usize, height as usize, format, pixels)?;
    Ok(Document {
        notes,
        ..Document::new(picture, carried)
    })
}

/// The format of the pixels, and how many bits a sample has in the file.
fn format<R: BufRead + Seek>(
    decoder: &mut Decoder<Relabelled<R>>,
) -> Result<(Format, u8), Problem> {
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
    let format = Format {
        depth,
        channels,
        transfer: if depth.is_float() {
            Transfer::Linear
        } else {
            Transfer::Srgb
        },
        alpha: if extra.first() == Some(&1) {
            Alpha::Premultiplied
        } else {
            Alpha::Straight
        },
    };
    Ok((format, bits))
}

/// The pixels, sample by sample.
fn pixels<R: BufRead + Seek>(
    decoder: &mut Decoder<Relabelled<R>>,
    format: Format,
    bits: u8,
    budget: &mut Budget,
) -> Result<Vec<u8>, Problem> {
    let (width, height) = decoder.dimensions().map_err(refused)?;
    let mut pixels = budget.pixels(width, height, format.pixel_bytes())?;
    let (across, _) = decoder.chunk_dimensions();
    let row = u64::from(across).saturating_mul(format.pixel_bytes() as u64);
    budget.take(row, "its tiles")?;
    let planar = decoder
        .find_tag_unsigned::<u16>(Tag::PlanarConfiguration)
        .map_err(refused)?;
    let (samples, bytes) = (format.channels.count(), format.depth.bytes());
    if planar == Some(PlanarConfiguration::Planar.to_u16()) && samples > 1 {
        planes::read(decoder, &mut pixels, samples, bytes, budget)?;
    } else if bits < 8 {
        let row = (width as usize).div_ceil(usize::from(8 / bits));
        let mut stored = vec![0; row * height as usize];
        decoder.read_image_bytes(&mut stored).map_err(refused)?;
        for (pixels, stored) in pixels
            .chunks_exact_mut(width as usize)
            .zip(stored.chunks_exact(row))
        {
            unpack(stored, bits, pixels);
        }
    } else {
        decoder.read_image_bytes(&mut pixels).map_err(refused)?;
    }
    Ok(pixels)
}

/// A row of a bilevel or 4-bit picture, which begins at a whole byte, to 8 bits.
fn unpack(stored: &[u8], bits: u8, pixels: &mut [u8]) {
    let per_byte = usize::from(8 / bits);
    let most = (1_u16 << bits) - 1;
    for (x, pixel) in pixels.iter_mut().enumerate() {
        let shift = 8 - bits * (1 + (x % per_byte) as u8);
        let value = (u16::from(stored[x / per_byte]) >> shift) & most;
        *pixel = (value * 255 / most) as u8;
    }
}
