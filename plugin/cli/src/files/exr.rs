//! OpenEXR: half or float, linear light, premultiplied alpha; every layer, channel and attribute comes back.

use std::collections::HashMap;
use std::io::{BufWriter, Seek, Write};

use exr::image::write::samples::WritableSamples;
use exr::image::{AnyChannel, AnyChannels, FlatImage, FlatSamples, Image, Layer};
use exr::meta::MetaData;
use exr::meta::attribute::SampleType;
use exr::prelude::{
    Compression, Encoding, LayerAttributes, ReadChannels, ReadLayers, Vec2, WritableImage,
};
use half::f16;
use reweave::{Channels, Depth, Format, Picture};

use super::carried::{Carried, Own as CarriedOwn};
use super::error::Problem;
use super::limits::Limits;
use super::window::Window;
use super::{Document, Input};

/// The whole file, of which the picture is a few channels.
#[derive(Debug)]
pub struct Own {
    image: FlatImage,
    layer: usize,
    /// Places in the layer's list of the channels that make up the picture, in the picture's order.
    channels: Vec<usize>,
}

impl Own {
    /// Whether there is more in the file than the picture.
    pub fn has_more(&self) -> bool {
        let all: usize = self
            .image
            .layer_data
            .iter()
            .map(|layer| layer.channel_data.list.len())
            .sum();
        all > self.channels.len()
    }
}

/// OpenEXR holds half or float, linear, premultiplied. 16 bits need a float.
pub fn nearest(format: Format) -> Format {
    let depth = match format.depth {
        Depth::U8 | Depth::F16 => Depth::F16,
        Depth::U16 | Depth::F32 => Depth::F32,
    };
    Format::linear(depth, format.channels).premultiplied()
}

/// Reads the picture in an OpenEXR file: the channels R, G, B and A, or Y; of a layer where the file has them there.
pub fn read(mut input: Input, limits: Limits) -> Result<Document, Problem> {
    check_header(&mut input, limits)?;
    let image = exr::prelude::read()
        .no_deep_data()
        .largest_resolution_level()
        .all_channels()
        .all_layers()
        .all_attributes()
        .from_buffered(input)
        .map_err(refused)?;
    let (layer, channels, kind) = choose(&image)?;
    let mut notes = Vec::new();
    if image.layer_data.len() > 1
        || image.layer_data[layer].channel_data.list.len() > channels.len()
    {
        let names: Vec<_> = names(&image.layer_data[layer], &channels);
        notes.push(format!(
            "of the file's channels, {} are filled; the others stay as they are",
            names.join(", ")
        ));
    }
    let picture = gather(&image.layer_data[layer], &channels, kind, limits)?;
    let corner = image.layer_data[layer].attributes.layer_position;
    let frame = image.attributes.display_window;
    let window = Window {
        corner: (corner.x().into(), corner.y().into()),
        frame_corner: (frame.position.x().into(), frame.position.y().into()),
        frame: (frame.size.width(), frame.size.height()),
    };
    let own = CarriedOwn::Exr(Box::new(Own {
        image,
        layer,
        channels,
    }));
    Ok(Document {
        picture,
        window,
        carried: Carried {
            own,
            ..Carried::default()
        },
        notes,
    })
}

fn refused(error: exr::error::Error) -> Problem {
    match error {
        exr::error::Error::NotSupported(what) => Problem::unsupported(format!(
            "is an OpenEXR file of a sort that cannot be read ({what})"
        )),
        error => Problem::damaged("OpenEXR", error),
    }
}

/// Looks at every layer's size before any of it is read.
fn check_header(input: &mut Input, limits: Limits) -> Result<(), Problem> {
    let header = MetaData::read_from_buffered(&mut *input, false).map_err(refused)?;
    for layer in &header.headers {
        limits.check(
            layer.layer_size.width() as u64,
            layer.layer_size.height() as u64,
        )?;
        if layer.deep {
            return Err(Problem::unsupported("holds deep data"));
        }
    }
    input.rewind().map_err(|error| Problem::io("read", &error))
}

/// The layer and the channels in it that make up the picture.
///
/// R, G, B at the root are what every program means by the picture. Renderers may keep them in a layer
/// (`beauty.R`), and mattes come as a single channel of any name.
fn choose(image: &FlatImage) -> Result<(usize, Vec<usize>, Channels), Problem> {
    let mut best: Option<(usize, usize, Vec<usize>, Channels)> = None;
    for (number, layer) in image.layer_data.iter().enumerate() {
        let names: Vec<String> = layer
            .channel_data
            .list
            .iter()
            .map(|channel| channel.name.to_string())
            .collect();
        let places: HashMap<&str, usize> = names
            .iter()
            .enumerate()
            .map(|(place, name)| (name.as_str(), place))
            .collect();
        for name in &names {
            let prefix = &name[..name.rfind('.').map_or(0, |dot| dot + 1)];
            let find = |letters: &[&str]| -> Option<Vec<usize>> {
                letters
                    .iter()
                    .map(|letter| places.get(format!("{prefix}{letter}").as_str()).copied())
                    .collect()
            };
            let found = find(&["R", "G", "B", "A"])
                .map(|places| (places, Channels::Rgba))
                .or_else(|| find(&["R", "G", "B"]).map(|places| (places, Channels::Rgb)))
                // Luminance with subsampled colour (RY, BY) is another thing.
                .or_else(|| {
                    find(&["Y", "A"])
                        .filter(|_| find(&["RY"]).is_none())
                        .map(|places| (places, Channels::GreyAlpha))
                })
                .or_else(|| {
                    find(&["Y"])
                        .filter(|_| find(&["RY"]).is_none())
                        .map(|places| (places, Channels::Grey))
                });
            let Some((places, kind)) = found else {
                continue;
            };
            if best
                .as_ref()
                .is_none_or(|(depth, ..)| prefix.len() < *depth)
            {
                best = Some((prefix.len(), number, places, kind));
            }
        }
        if names.len() == 1 && best.is_none() {
            best = Some((usize::MAX, number, vec![0], Channels::Grey));
        }
    }
    best.map(|(_, layer, places, kind)| (layer, places, kind))
        .ok_or_else(|| {
            let all: Vec<String> = image
                .layer_data
                .iter()
                .flat_map(|layer| {
                    layer
                        .channel_data
                        .list
                        .iter()
                        .map(|channel| channel.name.to_string())
                })
                .take(20)
                .collect();
            Problem::new(
                format!("has no channels R, G, B or Y, but {}", all.join(", ")),
                "export the picture to these channels",
            )
        })
}

fn names(layer: &Layer<AnyChannels<FlatSamples>>, channels: &[usize]) -> Vec<String> {
    channels
        .iter()
        .map(|&place| layer.channel_data.list[place].name.to_string())
        .collect()
}

/// The chosen channels, interleaved. Where their types differ, as float: every half is exactly a float.
fn gather(
    layer: &Layer<AnyChannels<FlatSamples>>,
    channels: &[usize],
    kind: Channels,
    limits: Limits,
) -> Result<Picture, Problem> {
    let chosen: Vec<&AnyChannel<FlatSamples>> = channels
        .iter()
        .map(|&place| &layer.channel_data.list[place])
        .collect();
    if chosen.iter().any(|channel| channel.sampling != Vec2(1, 1)) {
        return Err(Problem::unsupported("has subsampled channels"));
    }
    let types: Vec<SampleType> = chosen
        .iter()
        .map(|channel| channel.sample_data.sample_type())
        .collect();
    if types.contains(&SampleType::U32) {
        return Err(Problem::unsupported("has integer channels"));
    }
    let depth = if types.contains(&SampleType::F32) {
        Depth::F32
    } else {
        Depth::F16
    };
    let format = Format::linear(depth, kind).premultiplied();
    let (width, height) = (layer.size.width(), layer.size.height());
    let mut bytes = limits.buffer(width * height * format.pixel_bytes())?;
    let size = depth.bytes();
    for (number, channel) in chosen.iter().enumerate() {
        let pixels = bytes
            .chunks_exact_mut(format.pixel_bytes())
            .map(|pixel| &mut pixel[number * size..][..size]);
        match (&channel.sample_data, depth) {
            (FlatSamples::F16(values), Depth::F16) => {
                pixels
                    .zip(values)
                    .for_each(|(at, value)| at.copy_from_slice(&value.to_ne_bytes()));
            }
            (FlatSamples::F16(values), _) => {
                pixels
                    .zip(values)
                    .for_each(|(at, value)| at.copy_from_slice(&value.to_f32().to_ne_bytes()));
            }
            (FlatSamples::F32(values), _) => {
                pixels
                    .zip(values)
                    .for_each(|(at, value)| at.copy_from_slice(&value.to_ne_bytes()));
            }
            (FlatSamples::U32(_), _) => {}
        }
    }
    super::picture(width, height, format, bytes)
}

/// Writes an OpenEXR file.
pub fn write<W: Write>(
    file: &mut BufWriter<W>,
    picture: &Picture,
    window: Window,
    carried: &Carried,
) -> Result<(), Problem>
where
    BufWriter<W>: Seek,
{
    let mut image = match &carried.own {
        CarriedOwn::Exr(own) => filled(own, picture),
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

/// The file as it was read, with the picture's channels replaced.
fn filled(own: &Own, picture: &Picture) -> FlatImage {
    let mut image = own.image.clone();
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
