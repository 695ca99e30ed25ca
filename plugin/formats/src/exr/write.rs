//! Writing an OpenEXR file.

use std::io::{Seek, Write};

use exr::image::write::samples::WritableSamples;
use exr::image::{AnyChannel, AnyChannels, FlatImage, FlatSamples, Image, Layer};
use exr::meta::attribute::SampleType;
use exr::prelude::{Compression, Encoding, LayerAttributes, Vec2, WritableImage};
use half::f16;
use reweave::{Channels, Depth, Format, Picture};

use super::own::Own;
use crate::carried::{Carried, Own as CarriedOwn};
use crate::error::Problem;
use crate::window::Window;

/// OpenEXR holds half or float, linear, premultiplied. 16 bits need a float.
pub(crate) fn nearest(format: Format) -> Format {
    let depth = match format.depth {
        Depth::U8 | Depth::F16 => Depth::F16,
        Depth::U16 | Depth::F32 => Depth::F32,
    };
    Format::linear(depth, format.channels).premultiplied()
}

/// Writes an OpenEXR file.
pub(crate) fn write<W: Write + Seek>(
    file: &mut W,
    picture: &Picture,
    window: Window,
    carried: Carried,
) -> Result<(), Problem> {
    let mut image = match carried.own {
        CarriedOwn::Exr(own) => filled(*own, picture),
        _ => fresh(picture, window),
    };
    for layer in &mut image.layer_data {
        // Coding these again would change known pixels. So would a codec that cannot write.
        let lossless = matches!(
            layer.encoding.compression,
            Compression::Uncompressed
                | Compression::RLE
                | Compression::ZIP1
                | Compression::ZIP16
                | Compression::PIZ
        );
        if !lossless {
            layer.encoding.compression = Compression::ZIP16;
        }
    }
    image
        .write()
        .to_buffered(file)
        .map_err(|error| match error {
            exr::error::Error::Io(error) => Problem::io("written", &error),
            error => Problem::new(
                format!("cannot be written as OpenEXR ({error})"),
                "write a .tif instead",
            ),
        })
}

/// The file as it was read, with the picture's channels in their places again.
fn filled(own: Own, picture: &Picture) -> FlatImage {
    let mut image = own.image;
    let list = &mut image.layer_data[own.layer].channel_data.list;
    for (number, &place) in own.channels.iter().enumerate() {
        let samples = &mut list[place].sample_data;
        *samples = channel(picture, number, samples.sample_type());
    }
    image
}

/// A file with one layer that holds the picture.
fn fresh(picture: &Picture, window: Window) -> FlatImage {
    let names: &[&str] = match picture.format().channels {
        Channels::Grey => &["Y"],
        Channels::GreyAlpha => &["Y", "A"],
        Channels::Rgb => &["R", "G", "B"],
        Channels::Rgba => &["R", "G", "B", "A"],
    };
    let kind = if picture.format().depth == Depth::F32 {
        SampleType::F32
    } else {
        SampleType::F16
    };
    let mut channels: Vec<_> = names
        .iter()
        .enumerate()
        .map(|(number, name)| AnyChannel::new(*name, channel(picture, number, kind)))
        .collect();
    channels.sort_by(|a, b| a.name.cmp(&b.name));
    let attributes = LayerAttributes {
        layer_position: Vec2(window.corner.0 as i32, window.corner.1 as i32),
        software_name: Some(concat!("Reweave ", env!("CARGO_PKG_VERSION")).into()),
        ..LayerAttributes::default()
    };
    let encoding = Encoding {
        compression: Compression::ZIP16,
        ..Encoding::default()
    };
    let layer = Layer::new(
        Vec2(picture.width(), picture.height()),
        attributes,
        encoding,
        AnyChannels::sort(channels.into()),
    );
    let mut image = Image::from_layers(
        exr::meta::header::ImageAttributes::with_size(Vec2(picture.width(), picture.height())),
        vec![layer],
    );
    image.attributes.display_window = exr::meta::attribute::IntegerBounds::new(
        Vec2(window.frame_corner.0 as i32, window.frame_corner.1 as i32),
        Vec2(window.frame.0, window.frame.1),
    );
    image
}

/// One channel of the picture, as samples of `kind`.
fn channel(picture: &Picture, number: usize, kind: SampleType) -> FlatSamples {
    let format = picture.format();
    let size = format.depth.bytes();
    let values = picture
        .bytes()
        .chunks_exact(format.pixel_bytes())
        .map(|pixel| &pixel[number * size..][..size]);
    let half = |bytes: &[u8]| f16::from_ne_bytes([bytes[0], bytes[1]]);
    let float = |bytes: &[u8]| f32::from_ne_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
    match (kind, format.depth) {
        (SampleType::F16, Depth::F16) => FlatSamples::F16(values.map(half).collect()),
        (SampleType::F16, _) => {
            FlatSamples::F16(values.map(|bytes| f16::from_f32(float(bytes))).collect())
        }
        (_, Depth::F16) => FlatSamples::F32(values.map(|bytes| half(bytes).to_f32()).collect()),
        _ => FlatSamples::F32(values.map(float).collect()),
    }
}
