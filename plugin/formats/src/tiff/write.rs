//! Writing a TIFF: one layout of samples for each pixel format, the tags round them.

use std::io::{Seek, Write};

use image::metadata::Orientation;
use reweave::{Channels, Depth, Picture};
use tiff::encoder::colortype::{self, ColorType as Layout};
use tiff::encoder::{
    Compression, DirectoryEncoder, ImageEncoder, TiffEncoder, TiffKind, TiffValue,
};
use tiff::tags::{Predictor, Tag, Type};
use tiff::{Directory, TiffError};

use super::extra_sample;
use super::layouts::{
    GreyAlpha8, GreyAlpha16, GreyAlphaFloat, GreyAlphaHalf, GreyHalf, RgbHalf, RgbaHalf,
};
use super::own::{Own, XMP};
use crate::carried::{Carried, Own as CarriedOwn};
use crate::error::Problem;
use crate::kind::Kind;

/// Writes a TIFF, as BigTIFF where it would outgrow the 4 GB of the ordinary kind.
pub(crate) fn write<W: Write + Seek>(
    file: &mut W,
    picture: &Picture,
    carried: &Carried,
) -> Result<(), Problem> {
    let extra_sample = match &carried.own {
        CarriedOwn::Tiff(own) => own.extra_sample.as_deref(),
        _ => None,
    };
    let widened = extra_sample
        .map(|plane| extra_sample::put_back(picture, plane))
        .transpose()?;
    let picture = widened.as_ref().unwrap_or(picture);
    let is_big = picture.bytes().len() as u64 > 3_900_000_000;
    let result = if is_big {
        TiffEncoder::new_big(file).and_then(|encoder| in_layout(encoder, picture, carried))
    } else {
        TiffEncoder::new(file).and_then(|encoder| in_layout(encoder, picture, carried))
    };
    result.map_err(|error| match error {
        TiffError::IoError(error) => Problem::io("written", &error),
        error => Problem::new(
            format!("cannot be written as TIFF ({error})"),
            "write a .png or .exr instead",
        ),
    })
}

/// Chooses the layout of one pixel.
fn in_layout<W: Write + Seek, K: TiffKind>(
    encoder: TiffEncoder<W, K>,
    picture: &Picture,
    carried: &Carried,
) -> Result<(), TiffError> {
    // The bytes of a picture need not be aligned for their type.
    let halves = || -> Vec<u16> {
        picture
            .bytes()
            .chunks_exact(2)
            .map(|bytes| u16::from_ne_bytes([bytes[0], bytes[1]]))
            .collect()
    };
    let floats = || -> Vec<f32> {
        let float = |bytes: &[u8]| f32::from_ne_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
        picture.bytes().chunks_exact(4).map(float).collect()
    };
    match (picture.format().depth, picture.format().channels) {
        (Depth::U8, Channels::Grey) => {
            encode::<colortype::Gray8, _, _>(encoder, picture, picture.bytes(), carried)
        }
        (Depth::U8, Channels::GreyAlpha) => {
            encode::<GreyAlpha8, _, _>(encoder, picture, picture.bytes(), carried)
        }
        (Depth::U8, Channels::Rgb) => {
            encode::<colortype::RGB8, _, _>(encoder, picture, picture.bytes(), carried)
        }
        (Depth::U8, Channels::Rgba) => {
            encode::<colortype::RGBA8, _, _>(encoder, picture, picture.bytes(), carried)
        }
        (Depth::U16, Channels::Grey) => {
            encode::<colortype::Gray16, _, _>(encoder, picture, &halves(), carried)
        }
        (Depth::U16, Channels::GreyAlpha) => {
            encode::<GreyAlpha16, _, _>(encoder, picture, &halves(), carried)
        }
        (Depth::U16, Channels::Rgb) => {
            encode::<colortype::RGB16, _, _>(encoder, picture, &halves(), carried)
        }
        (Depth::U16, Channels::Rgba) => {
            encode::<colortype::RGBA16, _, _>(encoder, picture, &halves(), carried)
        }
        (Depth::F16, Channels::Grey) => {
            encode::<GreyHalf, _, _>(encoder, picture, &halves(), carried)
        }
        (Depth::F16, Channels::GreyAlpha) => {
            encode::<GreyAlphaHalf, _, _>(encoder, picture, &halves(), carried)
        }
        (Depth::F16, Channels::Rgb) => {
            encode::<RgbHalf, _, _>(encoder, picture, &halves(), carried)
        }
        (Depth::F16, Channels::Rgba) => {
            encode::<RgbaHalf, _, _>(encoder, picture, &halves(), carried)
        }
        (Depth::F32, Channels::Grey) => {
            encode::<colortype::Gray32Float, _, _>(encoder, picture, &floats(), carried)
        }
        (Depth::F32, Channels::GreyAlpha) => {
            encode::<GreyAlphaFloat, _, _>(encoder, picture, &floats(), carried)
        }
        (Depth::F32, Channels::Rgb) => {
            encode::<colortype::RGB32Float, _, _>(encoder, picture, &floats(), carried)
        }
        (Depth::F32, Channels::Rgba) => {
            encode::<colortype::RGBA32Float, _, _>(encoder, picture, &floats(), carried)
        }
    }
}

fn encode<L: Layout, W: Write + Seek, K: TiffKind>(
    encoder: TiffEncoder<W, K>,
    picture: &Picture,
    samples: &[L::Inner],
    carried: &Carried,
) -> Result<(), TiffError>
where
    [L::Inner]: TiffValue,
{
    let own = match &carried.own {
        CarriedOwn::Tiff(own) => Some(own.as_ref()),
        _ => None,
    };
    let compression = match own.map(|own| own.compression) {
        Some(1) => Compression::Uncompressed,
        Some(5) => Compression::Lzw,
        Some(32773) => Compression::Packbits,
        _ => Compression::Deflate(Default::default()),
    };
    // Differences of integers compress well; the encoder has no predictor for floats.
    let predicts = !picture.format().depth.is_float()
        && matches!(compression, Compression::Lzw | Compression::Deflate(_));
    let predictor = if predicts {
        Predictor::Horizontal
    } else {
        Predictor::None
    };
    let mut encoder = encoder
        .with_compression(compression)
        .with_predictor(predictor);

    let mut pointers = Vec::new();
    for (tag, values) in own.map_or(&[][..], |own| &own.directories) {
        let mut directory = encoder.extra_directory()?;
        for (tag, value) in values {
            directory.write_tag_buf(*tag, value)?;
        }
        pointers.push((*tag, directory.finish_with_offsets()?.offset));
    }
    let (width, height) = (
        u32::try_from(picture.width())?,
        u32::try_from(picture.height())?,
    );
    let mut image = encoder.new_image::<L>(width, height)?;
    tags(&mut image, picture, carried, own)?;
    for (tag, offset) in pointers {
        image.encoder().write_tag(tag, offset)?;
    }
    image.write_data(samples)
}

fn tags<L: Layout, W: Write + Seek, K: TiffKind>(
    image: &mut ImageEncoder<'_, W, L, K>,
    picture: &Picture,
    carried: &Carried,
    own: Option<&Own>,
) -> Result<(), TiffError> {
    let format = picture.format();
    let directory = image.encoder();
    if format.channels.has_alpha() {
        let extra: u16 = match own {
            Some(own) if own.extra_sample.is_some() => 0,
            Some(own) if own.is_premultiplied => 1,
            None if format.is_premultiplied() => 1,
            _ => 2,
        };
        directory.write_tag(Tag::ExtraSamples, extra)?;
    }
    for (tag, value) in own.map_or(&[][..], |own| &own.tags) {
        directory.write_tag_buf(*tag, value)?;
    }
    if own.is_none() {
        directory.write_tag(
            Tag::Software,
            concat!("Reweave ", env!("CARGO_PKG_VERSION")),
        )?;
    }
    let upright = carried.upright();
    if upright != Orientation::NoTransforms {
        directory.write_tag(Tag::Orientation, u16::from(upright.to_exif()))?;
    }
    if let Some(icc) = carried.profile(Kind::Tiff, picture) {
        undefined(directory, Tag::IccProfile, icc)?;
    }
    if let Some(xmp) = &carried.xmp {
        directory.write_tag(XMP, xmp.as_slice())?;
    }
    Ok(())
}

/// A tag of bytes that mean nothing to TIFF itself.
fn undefined<W: Write + Seek, K: TiffKind>(
    directory: &mut DirectoryEncoder<'_, W, K>,
    tag: Tag,
    bytes: &[u8],
) -> Result<(), TiffError> {
    let entry = directory.write_entry_bytes(Type::UNDEFINED, bytes)?;
    let mut one = Directory::empty();
    one.extend([(tag, entry)]);
    directory.extend_from(&one);
    Ok(())
}
