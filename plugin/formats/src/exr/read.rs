//! Reading an OpenEXR file.

use std::io::{BufRead, Seek};

use exr::image::write::samples::WritableSamples;
use exr::image::{AnyChannel, AnyChannels, FlatSamples, Layer};
use exr::meta::MetaData;
use exr::meta::attribute::SampleType;
use exr::prelude::{ReadChannels, ReadLayers, Vec2};
use reweave::{Channels, Depth, Format, Picture};

use super::choose::choose;
use super::own::Own;
use crate::carried::{Carried, Own as CarriedOwn};
use crate::document::{Document, picture};
use crate::error::Problem;
use crate::limits::{Budget, Limits};
use crate::window::Window;

/// Reads the picture in an OpenEXR file: the channels R, G, B and A, or Y; of a layer where the file has them there.
pub(crate) fn read<R: BufRead + Seek + Send>(
    mut input: R,
    limits: Limits,
) -> Result<Document, Problem> {
    let mut budget = limits.budget();
    check_header(&mut input, &mut budget)?;
    let mut image = exr::prelude::read()
        .no_deep_data()
        .largest_resolution_level()
        .all_channels()
        .all_layers()
        .all_attributes()
        // On this thread: a panic on one of the decoder's own would end the whole process.
        .non_parallel()
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
    let picture = gather(&image.layer_data[layer], &channels, kind, &mut budget)?;
    // The picture has them now.
    for &place in &channels {
        let samples = &mut image.layer_data[layer].channel_data.list[place].sample_data;
        *samples = empty(samples.sample_type());
    }
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
    let carried = Carried {
        own,
        ..Carried::default()
    };
    Ok(Document {
        window,
        notes,
        ..Document::new(picture, carried)
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

/// No samples, of this type.
fn empty(kind: SampleType) -> FlatSamples {
    match kind {
        SampleType::F16 => FlatSamples::F16(Vec::new()),
        SampleType::F32 => FlatSamples::F32(Vec::new()),
        SampleType::U32 => FlatSamples::U32(Vec::new()),
    }
}

/// Looks at the size of every layer, and of each channel in it, before any of it is read.
fn check_header<R: BufRead + Seek>(input: &mut R, budget: &mut Budget) -> Result<(), Problem> {
    let header = MetaData::read_from_buffered(&mut *input, false).map_err(refused)?;
    for layer in &header.headers {
        let size = layer.layer_size;
        let (width, height) = (size.width() as u64, size.height() as u64);
        budget.check(width, height)?;
        for channel in &layer.channels.list {
            let sample = channel.sample_type.bytes_per_sample() as u64;
            budget.take((width * height).saturating_mul(sample), "its channels")?;
        }
        if layer.deep {
            return Err(Problem::unsupported("holds deep data"));
        }
    }
    input.rewind().map_err(|error| Problem::io("read", &error))
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
    budget: &mut Budget,
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
    let mut bytes = budget.pixels(width as u32, height as u32, format.pixel_bytes())?;
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
    picture(width, height, format, bytes)
}
