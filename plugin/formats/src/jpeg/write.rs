//! Writing a JPEG.

use std::io::Write;

use jpeg_encoder::{
    ChromaSubsamplingMethod, ColorType, Encoder, EncodingError, PixelDensity, PixelDensityUnit,
    QuantizationTableType, SamplingFactor,
};
use reweave::{Channels, Depth, Format, Picture};

use super::markers::{COMMENT, segment};
use super::segments::XMP;
use crate::carried::{Carried, Own as CarriedOwn};
use crate::document::WriteOptions;
use crate::error::Problem;
use crate::kind::Kind;

/// The quality of a JPEG that was none before.
const QUALITY: u8 = 95;

/// JPEG holds 8 bits, grey or RGB.
pub(crate) fn nearest(format: Format) -> Format {
    let channels = if format.channels.colours() == 1 {
        Channels::Grey
    } else {
        Channels::Rgb
    };
    Format::srgb(Depth::U8, channels)
}

/// Writes a JPEG.
pub(crate) fn write<W: Write>(
    file: &mut W,
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
    let mut coded = Vec::new();
    let mut encoder = Encoder::new(&mut coded, options.quality.unwrap_or(QUALITY));
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
        .map_err(failed)?;
    let comments = own.map_or(&[][..], |own| &own.comments);
    // The encoder knows no comments. They follow the start (SOI) and JFIF's own segment, which is to be the first.
    let start = segment(&coded, 2)?.end;
    let (start, rest) = coded.split_at(start);
    let write = |file: &mut W| -> std::io::Result<()> {
        file.write_all(start)?;
        for comment in comments {
            file.write_all(&[0xff, COMMENT])?;
            file.write_all(&(comment.len() as u16 + 2).to_be_bytes())?;
            file.write_all(comment)?;
        }
        file.write_all(rest)
    };
    write(file).map_err(|error| Problem::io("written", &error))
}
