//! JPEG: 8 bits, lossy.
//!
//! A JPEG that is written again with its own quantisation and chroma sampling loses next to nothing where nothing
//! has changed, so that is the default; `--quality` asks for something else.

use std::io::{BufWriter, Read, Write};

use jpeg_encoder::{
    ChromaSubsamplingMethod, ColorType, Encoder, EncodingError, PixelDensity, PixelDensityUnit,
    QuantizationTableType, SamplingFactor,
};
use reweave::{Channels, Depth, Format, Picture};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::carried::{Carried, Own as CarriedOwn};
use super::error::Problem;
use super::limits::Limits;
use super::window::Window;
use super::{Document, Input, Kind, WriteOptions};

/// The quality of a JPEG that was none before.
const QUALITY: u8 = 95;
/// No camera writes a JPEG file of this size.
const LARGEST_FILE: u64 = 2 << 30;

const ICC: &[u8] = b"ICC_PROFILE\0";
const EXIF: &[u8] = b"Exif\0\0";
const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";

/// How a JPEG was made, and its segments that nothing else reads.
#[derive(Debug, Default)]
pub struct Own {
    /// Quantisation tables in natural order, by number.
    tables: [Option<Box<[u16; 64]>>; 4],
    /// Horizontal and vertical sampling and table of each component.
    components: Vec<(u8, u8, u8)>,
    density: Option<(u8, u16, u16)>,
    /// APP segments (number, data) other than JFIF, EXIF, XMP, ICC and Adobe's colour marker: IPTC, comments of cameras.
    others: Vec<(u8, Vec<u8>)>,
}

/// JPEG holds 8 bits, grey or RGB.
pub fn nearest(format: Format) -> Format {
    let channels = if format.channels.colours() == 1 {
        Channels::Grey
    } else {
        Channels::Rgb
    };
    Format::srgb(Depth::U8, channels)
}

/// Reads a JPEG. CMYK is decoded to RGB.
pub fn read(input: Input, limits: Limits) -> Result<Document, Problem> {
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
    let picture = super::picture(info.width.into(), info.height.into(), format, bytes)?;
    carried.own = CarriedOwn::Jpeg(Box::new(own));
    Ok(Document {
        window: Window::whole(&picture),
        picture,
        carried,
        notes: Vec::new(),
    })
}

/// Writes a JPEG.
pub fn write<W: Write>(
    file: &mut BufWriter<W>,
    picture: &Picture,
    carried: &Carried,
    options: WriteOptions,
) -> Result<(), Problem> {
    let failed = |error: EncodingError| match error {
        EncodingError::IoError(error) => Problem::io("written", &error),
        error => Problem::new(
            format!("cannot be written as JPEG ({error})"),
            "write a .png or .tif instead",
        ),
    };
    let size = (
        u16::try_from(picture.width()),
        u16::try_from(picture.height()),
    );
    let (Ok(width), Ok(height)) = size else {
        return Err(Problem::new(
            "is larger than the 65535 pixels a side that JPEG allows",
            "write a .png or .tif",
        ));
    };
    let colour = if picture.format().channels == Channels::Grey {
        ColorType::Luma
    } else {
        ColorType::Rgb
    };
    let own = match &carried.own {
        CarriedOwn::Jpeg(own) => Some(own.as_ref()),
        _ => None,
    };
    let mut encoder = Encoder::new(file, options.quality.unwrap_or(QUALITY));
    encoder.set_sampling_factor(SamplingFactor::F_1_1);
    encoder.set_chroma_subsampling_method(ChromaSubsamplingMethod::Average);
    encoder.set_optimized_huffman_tables(true);
    if let Some(own) = own {
        if options.quality.is_none()
            && let Some((tables, sampling)) = own.quantisation()
        {
            let [luma, chroma] = tables.map(QuantizationTableType::Custom);
            encoder.set_quantization_tables(luma, chroma);
            encoder.set_sampling_factor(sampling);
        }
        if let Some((unit, x, y)) = own.density {
            let unit = match unit {
                1 => PixelDensityUnit::Inches,
                2 => PixelDensityUnit::Centimeters,
                _ => PixelDensityUnit::PixelAspectRatio,
            };
            encoder.set_density(PixelDensity {
                density: (x, y),
                unit,
            });
        }
    }
    // EXIF comes first: some readers look no further.
    if let Some(exif) = carried.exif_or_turn() {
        encoder.add_exif_metadata(&exif).map_err(failed)?;
    }
    if let Some(xmp) = &carried.xmp {
        encoder
            .add_app_segment(1, [XMP, xmp].concat())
            .map_err(failed)?;
    }
    if let Some(icc) = carried.profile(Kind::Jpeg, picture) {
        encoder.add_icc_profile(icc).map_err(failed)?;
    }
    for (number, data) in own.map_or(&[][..], |own| &own.others) {
        encoder
            .add_app_segment(*number, data.clone())
            .map_err(failed)?;
    }
    encoder
        .encode(picture.bytes(), width, height, colour)
        .map_err(failed)
}

impl Own {
    /// The tables and the chroma sampling to write with, where our encoder can do the same.
    fn quantisation(&self) -> Option<([Box<[u16; 64]>; 2], SamplingFactor)> {
        let table = |number: u8| self.tables.get(usize::from(number))?.clone();
        match *self.components {
            [(_, _, luma)] => Some(([table(luma)?, table(luma)?], SamplingFactor::F_1_1)),
            [(across, down, luma), (1, 1, blue), (1, 1, red)] if blue == red => Some((
                [table(luma)?, table(blue)?],
                SamplingFactor::from_factors(across, down)?,
            )),
            _ => None,
        }
        // Tables of more than 8 bits a value cannot be written.
        .filter(|(tables, _)| {
            tables
                .iter()
                .all(|table| table.iter().all(|&step| (1..=255).contains(&step)))
        })
    }
}

/// Walks the segments up to the pixels. The last value is where those begin.
fn segments(file: &[u8]) -> Result<(Own, Carried, usize), Problem> {
    let cut = || Problem::damaged("JPEG", "it ends before its pixels begin");
    let mut own = Own::default();
    let mut carried = Carried::default();
    let mut profile: Vec<(u8, &[u8])> = Vec::new();
    let mut at = 2;
    loop {
        // Segments may be padded with 0xff.
        while file.get(at) == Some(&0xff) && file.get(at + 1) == Some(&0xff) {
            at += 1;
        }
        let &[0xff, marker, high, low] = file
            .get(at..at + 4)
            .and_then(|bytes| bytes.first_chunk())
            .ok_or_else(cut)?
        else {
            return Err(Problem::damaged(
                "JPEG",
                "its segments do not follow each other",
            ));
        };
        let length = usize::from(u16::from_be_bytes([high, low]));
        let data = file.get(at + 4..at + 2 + length).ok_or_else(cut)?;
        at += 2 + length;
        match marker {
            0xda => break,
            0xdb => own.read_tables(data),
            0xc0..=0xc2 => own.read_components(data),
            0xe0 if data.starts_with(b"JFIF\0") => {
                if let &[_, _, unit, x1, x0, y1, y0, ..] = &data[5..] {
                    own.density = Some((
                        unit,
                        u16::from_be_bytes([x1, x0]),
                        u16::from_be_bytes([y1, y0]),
                    ));
                }
            }
            0xe1 if data.starts_with(EXIF) && carried.exif.is_none() => {
                carried.exif = Some(data[EXIF.len()..].to_vec())
            }
            0xe1 if data.starts_with(XMP) && carried.xmp.is_none() => {
                carried.xmp = Some(data[XMP.len()..].to_vec())
            }
            0xe2 if data.starts_with(ICC) && data.len() > ICC.len() + 2 => {
                profile.push((data[ICC.len()], &data[ICC.len() + 2..]));
            }
            // The multi-picture index (MPF) gives places in the old file, and Adobe's marker the old colour coding.
            0xe2 if data.starts_with(b"MPF\0") => {}
            0xe0 | 0xee => {}
            0xe1..=0xef => own.others.push((marker - 0xe0, data.to_vec())),
            _ => {}
        }
    }
    profile.sort_by_key(|(number, _)| *number);
    if !profile.is_empty() {
        carried.icc = Some(
            profile
                .into_iter()
                .flat_map(|(_, part)| part)
                .copied()
                .collect(),
        );
    }
    Ok((own, carried, at))
}

impl Own {
    fn read_tables(&mut self, mut data: &[u8]) {
        while let Some((&head, rest)) = data.split_first() {
            let (wide, number) = (head >> 4 != 0, usize::from(head & 15));
            let bytes = if wide { 128 } else { 64 };
            let (Some(values), true) = (rest.get(..bytes), number < 4) else {
                return;
            };
            let mut table = Box::new([0; 64]);
            for (place, &natural) in ZIGZAG.iter().enumerate() {
                table[natural] = match wide {
                    true => u16::from_be_bytes([values[2 * place], values[2 * place + 1]]),
                    false => u16::from(values[place]),
                };
            }
            self.tables[number] = Some(table);
            data = &rest[bytes..];
        }
    }

    fn read_components(&mut self, data: &[u8]) {
        // Bits, height, width and the number of components come first.
        let components = data.get(6..).unwrap_or_default();
        self.components = components
            .chunks_exact(3)
            .map(|c| (c[1] >> 4, c[1] & 15, c[2]))
            .collect();
    }
}

/// Where the values of a table lie when its square is read along the diagonals.
const ZIGZAG: [usize; 64] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
    13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59,
    52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
];
