//! The files that mutation starts from: a small picture in every format and depth, and a small model with its card.

use std::io::Cursor;

use anyhow::{Result, anyhow};
use reweave::card::Card;
use reweave::{Channels, Depth, Format, Picture};
use reweave_formats::{Carried, Document, Kind, WriteOptions, encode};
use reweave_models::nets::{Generator, partial_unet::PartialUnet};
use reweave_models::onnx::{Export, Missing, Precision};
use reweave_models::weights::Weights;

/// Side of the square pictures.
pub const SIDE: usize = 40;

/// What is mutated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A picture of a format.
    Picture(Kind, Depth, Channels),
    /// The card beside a model.
    Card,
    /// The model beside a card.
    Model,
}

/// Everything that is mutated, in turn.
pub const SUBJECTS: [Subject; 14] = [
    Subject::Picture(Kind::Png, Depth::U8, Channels::Rgb),
    Subject::Model,
    Subject::Picture(Kind::Png, Depth::U16, Channels::Rgba),
    Subject::Picture(Kind::Jpeg, Depth::U8, Channels::Rgb),
    Subject::Card,
    Subject::Picture(Kind::Jpeg, Depth::U8, Channels::Grey),
    Subject::Picture(Kind::Tiff, Depth::U8, Channels::Rgba),
    Subject::Model,
    Subject::Picture(Kind::Tiff, Depth::F32, Channels::Rgb),
    Subject::Picture(Kind::Webp, Depth::U8, Channels::Rgb),
    Subject::Card,
    Subject::Picture(Kind::Webp, Depth::U8, Channels::Rgba),
    Subject::Picture(Kind::Exr, Depth::F16, Channels::Rgba),
    Subject::Picture(Kind::Exr, Depth::F32, Channels::Rgb),
];

impl Subject {
    /// The row of the table that it is counted in.
    pub fn name(self) -> &'static str {
        match self {
            Self::Picture(kind, ..) => kind.name(),
            Self::Card => "card",
            Self::Model => "model",
        }
    }
}

/// How the names of files of a format end.
pub fn extension(kind: Kind) -> &'static str {
    match kind {
        Kind::Png => "png",
        Kind::Jpeg => "jpg",
        Kind::Tiff => "tif",
        Kind::Webp => "webp",
        Kind::Exr => "exr",
    }
}

/// A picture file.
pub fn picture_file(kind: Kind, depth: Depth, channels: Channels) -> Result<Vec<u8>> {
    let mut carried = Carried::default();
    carried.xmp = Some(b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>".to_vec());
    let document = Document::new(picture(Format::srgb(depth, channels))?, carried);
    let mut file = Cursor::new(Vec::new());
    encode(&mut file, kind, document, WriteOptions::default())
        .map_err(|problem| anyhow!("{problem:?}"))?;
    Ok(file.into_inner())
}

/// A mask for the pictures, with a hole in the middle.
pub fn mask_file() -> Result<Vec<u8>> {
    let mut mask = Picture::new(SIDE, SIDE, Format::srgb(Depth::U8, Channels::Grey))?;
    for (i, byte) in mask.bytes_mut().iter_mut().enumerate() {
        *byte = if is_hole(i % SIDE, i / SIDE) { 255 } else { 0 };
    }
    let mut file = Cursor::new(Vec::new());
    let document = Document::new(mask, Carried::default());
    encode(&mut file, Kind::Png, document, WriteOptions::default())
        .map_err(|problem| anyhow!("{problem:?}"))?;
    Ok(file.into_inner())
}

fn is_hole(x: usize, y: usize) -> bool {
    x.abs_diff(SIDE / 2) < 6 && y.abs_diff(SIDE / 2) < 6
}

/// A picture with something in every byte.
pub fn picture(format: Format) -> Result<Picture> {
    let mut picture = Picture::new(SIDE, SIDE, format)?;
    let float = format.depth.is_float();
    let size = format.depth.bytes();
    for (i, sample) in picture.bytes_mut().chunks_exact_mut(size).enumerate() {
        let value = (i % 97 + i / 41) as u8;
        match (float, size) {
            (true, 4) => sample.copy_from_slice(&(f32::from(value) / 128.0).to_le_bytes()),
            // Half floats between 0.5 and 1.
            (true, _) => sample.copy_from_slice(&[value, 0x38]),
            (false, _) => sample.fill(value),
        }
    }
    Ok(picture)
}

/// A model that fills in milliseconds, with no training behind it, and its card.
pub fn model() -> Result<(Vec<u8>, Card)> {
    let network = PartialUnet {
        width: 4,
        residual: true,
    };
    let export = Export {
        network: Generator::Partial(network),
        name: "small",
        precision: Precision::F16,
    };
    let (onnx, _) = export.write(Weights::default(), Missing::Initial { seed: 1 })?;
    Ok((onnx, Card::own("small", 128)))
}
