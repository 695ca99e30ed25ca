//! From what a network is shown to the tensors that its card asks for.

use reweave_models::card::{Card, ChannelOrder, Element, HoleChannel, Layout, Meaning};

use super::channel::{Channel, shape};
use crate::error::{Error, try_vec};
use crate::network::input::NetworkInput;
use crate::runtime::{Data, Inputs, Tensor};

/// The tensors for an input, by name, and the width and height they have: those of the input, padded by reflection to
/// what the network takes.
pub(crate) fn pack(card: &Card, input: &NetworkInput) -> Result<(Inputs, (usize, usize)), Error> {
    let size = padded(card, input.width, input.height);
    let (width, height) = size;
    let input_size = (input.width, input.height);

    let area = width * height;
    let in_picture = usize::from(card.inputs.hole.name.is_none());
    let channels = 3 + in_picture;
    let hole_first = in_picture == 1 && card.inputs.hole.channel == HoleChannel::First;
    let (known, hole) = hole_values(card);
    let (black, white) = card.inputs.picture.range.ends();

    let mut picture = try_vec(0.0, area * channels, "the network's input")?;
    for channel in 0..3 {
        let colour = match card.inputs.picture.channels {
            ChannelOrder::Rgb => channel,
            ChannelOrder::Bgr => 2 - channel,
        };
        let plane = &input.rgb[colour * input.len()..][..input.len()];
        let value = |from: usize| match card.inputs.picture.blank {
            Some(blank) if input.hole[from] => blank,
            _ => black + plane[from] * (white - black),
        };
        let at = channel + usize::from(hole_first);
        let mut channel = Channel::of(&mut picture, card.inputs.picture.layout, at, channels, size);
        channel.fill(input_size, value);
    }
    let mark = |from: usize| if input.hole[from] { hole } else { known };
    let mut inputs = Vec::new();
    if in_picture == 1 {
        let at = if hole_first { 0 } else { 3 };
        Channel::of(&mut picture, card.inputs.picture.layout, at, channels, size)
            .fill(input_size, mark);
    } else if let Some(name) = &card.inputs.hole.name {
        let mut values = try_vec(0.0, area, "the network's input")?;
        Channel::of(&mut values, Layout::Nchw, 0, 1, size).fill(input_size, mark);
        let shape = shape(card.inputs.picture.layout, 1, size);
        inputs.push((
            name.clone(),
            tensor(shape, values, card.inputs.hole.element),
        ));
    }
    if let Some(guide) = &card.inputs.guide {
        let (off, on) = guide.range.ends();
        let mut values = try_vec(off, area, "the network's input")?;
        if !input.lines.is_empty() {
            let value = |from: usize| off + input.lines[from] * (on - off);
            Channel::of(&mut values, Layout::Nchw, 0, 1, size).fill(input_size, value);
        }
        let shape = shape(card.inputs.picture.layout, 1, size);
        inputs.push((guide.name.clone(), tensor(shape, values, guide.element)));
    }
    let shape = shape(card.inputs.picture.layout, channels, size);
    inputs.push((
        card.inputs.picture.name.clone(),
        tensor(shape, picture, card.inputs.picture.element),
    ));
    Ok((inputs, size))
}

/// The size at which a network takes something of this width and height.
fn padded(card: &Card, width: usize, height: usize) -> (usize, usize) {
    if let Some([width, height]) = card.size.fixed {
        return (width as usize, height as usize);
    }
    let least = card.size.min.unwrap_or(1) as usize;
    let side = |side: usize| {
        side.max(least)
            .next_multiple_of(card.size.multiple as usize)
    };
    (side(width), side(height))
}

/// The values of known and of hole in the mask.
fn hole_values(card: &Card) -> (f32, f32) {
    let (low, high) = card.inputs.hole.range.ends();
    match card.inputs.hole.meaning {
        Meaning::OneIsHole => (low, high),
        Meaning::ZeroIsHole => (high, low),
    }
}

fn tensor(shape: Vec<usize>, values: Vec<f32>, element: Element) -> Tensor {
    let data = match element {
        Element::F32 => Data::F32(values),
        // `as` saturates.
        Element::U8 => Data::U8(
            values
                .into_iter()
                .map(|value| value.round() as u8)
                .collect(),
        ),
    };
    Tensor { shape, data }
}
