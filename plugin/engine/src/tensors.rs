//! From what a network is shown to the tensors that its card asks for, and back.

use reweave_models::card::{Card, ChannelOrder, Element, HoleChannel, Layout, Meaning};

use crate::error::{Error, try_vec};
use crate::runtime::{Data, Tensor};
use crate::sight::Sight;

/// Tensors by the names of the inputs that they are for.
pub(crate) type Inputs = Vec<(String, Tensor)>;

/// The tensors for a sight, by name, and the width and height they have: those of the sight, padded by reflection to
/// what the network takes.
pub(crate) fn pack(card: &Card, sight: &Sight) -> Result<(Inputs, (usize, usize)), Error> {
    let size = padded(card, sight.width, sight.height);
    let (width, height) = size;
    let seen = (sight.width, sight.height);

    let area = width * height;
    let in_picture = usize::from(card.hole.name.is_none());
    let channels = 3 + in_picture;
    let hole_first = in_picture == 1 && card.hole.channel == HoleChannel::First;
    let (known, hole) = hole_values(card);
    let (black, white) = card.picture.range.ends();

    let mut picture = try_vec(0.0, area * channels, "the network's input")?;
    for channel in 0..3 {
        let colour = match card.picture.channels {
            ChannelOrder::Rgb => channel,
            ChannelOrder::Bgr => 2 - channel,
        };
        let plane = &sight.rgb[colour * sight.len()..][..sight.len()];
        let value = |from: usize| match card.picture.blank {
            Some(blank) if sight.hole[from] => blank,
            _ => black + plane[from] * (white - black),
        };
        let at = channel + usize::from(hole_first);
        let mut channel = Channel::of(&mut picture, card.picture.layout, at, channels, size);
        channel.fill(seen, value);
    }
    let mark = |from: usize| if sight.hole[from] { hole } else { known };
    let mut inputs = Vec::new();
    if in_picture == 1 {
        let at = if hole_first { 0 } else { 3 };
        Channel::of(&mut picture, card.picture.layout, at, channels, size).fill(seen, mark);
    } else if let Some(name) = &card.hole.name {
        let mut values = try_vec(0.0, area, "the network's input")?;
        Channel::of(&mut values, Layout::Nchw, 0, 1, size).fill(seen, mark);
        let shape = shape(card.picture.layout, 1, size);
        inputs.push((name.clone(), tensor(shape, values, card.hole.element)));
    }
    let shape = shape(card.picture.layout, channels, size);
    inputs.push((
        card.picture.name.clone(),
        tensor(shape, picture, card.picture.element),
    ));
    Ok((inputs, size))
}

/// What a network gave back, as three planes of the sight's size, 0 to 1.
///
/// # Errors
/// A sentence, when the output is of another shape or type than the card says.
pub(crate) fn unpack(
    card: &Card,
    output: Tensor,
    size: (usize, usize),
    seen: (usize, usize),
) -> Result<Vec<f32>, String> {
    let layout = card.picture.layout;
    if output.shape != shape(layout, 3, size) {
        let want = shape(layout, 3, size);
        return Err(format!(
            "output '{}' has the shape {:?}, expected {want:?}",
            card.output.name, output.shape
        ));
    }
    let (black, white) = card.output.range.ends();
    let values = match output.data {
        Data::F32(values) => values,
        Data::U8(values) => values.into_iter().map(f32::from).collect(),
    };
    // All of them, for a loop without a way out is one that the compiler makes wide.
    if values.iter().fold(false, |nan, value| nan | value.is_nan()) {
        return Err(format!(
            "output '{}' holds NaN: the model is broken or overflows",
            card.output.name
        ));
    }
    let (width, height) = size;
    let mut painted = try_vec(0.0, 3 * seen.0 * seen.1, "the network's output")
        .map_err(|error| error.to_string())?;
    for (colour, plane) in painted.chunks_exact_mut(seen.0 * seen.1).enumerate() {
        let channel = match card.picture.channels {
            ChannelOrder::Rgb => colour,
            ChannelOrder::Bgr => 2 - colour,
        };
        let (start, step) = match layout {
            Layout::Nchw => (channel * width * height, 1),
            Layout::Nhwc => (channel, 3),
        };
        let rows = values[start..].chunks(width * step);
        for (row, from) in plane.chunks_exact_mut(seen.0).zip(rows) {
            let shown = |value: f32| ((value - black) / (white - black)).clamp(0.0, 1.0);
            match layout {
                Layout::Nchw => row
                    .iter_mut()
                    .zip(from)
                    .for_each(|(to, from)| *to = shown(*from)),
                Layout::Nhwc => row
                    .iter_mut()
                    .zip(from.iter().step_by(step))
                    .for_each(|(to, from)| *to = shown(*from)),
            }
        }
    }
    Ok(painted)
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

/// Which pixel of a line of `len` is seen at `index` when both ends are mirrors.
fn reflected(index: usize, len: usize) -> usize {
    if len == 1 {
        return 0;
    }
    let there_and_back = 2 * (len - 1);
    let index = index % there_and_back;
    index.min(there_and_back - index)
}

/// The values of known and of hole in the mask.
fn hole_values(card: &Card) -> (f32, f32) {
    let (low, high) = card.hole.range.ends();
    match card.hole.meaning {
        Meaning::OneIsHole => (low, high),
        Meaning::ZeroIsHole => (high, low),
    }
}

fn shape(layout: Layout, channels: usize, (width, height): (usize, usize)) -> Vec<usize> {
    match layout {
        Layout::Nchw => vec![1, channels, height, width],
        Layout::Nhwc => vec![1, height, width, channels],
    }
}

/// One channel of a tensor.
struct Channel<'a> {
    /// From the channel's first value on.
    values: &'a mut [f32],
    /// From one of its values to the next.
    step: usize,
    width: usize,
    height: usize,
}

impl<'a> Channel<'a> {
    fn of(
        values: &'a mut [f32],
        layout: Layout,
        channel: usize,
        channels: usize,
        (width, height): (usize, usize),
    ) -> Self {
        let (start, end, step) = match layout {
            Layout::Nchw => (channel * width * height, (channel + 1) * width * height, 1),
            Layout::Nhwc => (channel, values.len(), channels),
        };
        Self {
            values: &mut values[start..end],
            step,
            width,
            height,
        }
    }

    /// Writes what is seen, by its index there, and mirrors it where the tensor is larger.
    fn fill(&mut self, seen: (usize, usize), value: impl Fn(usize) -> f32) {
        let row_len = self.width * self.step;
        for (y, row) in self.values.chunks_mut(row_len).take(seen.1).enumerate() {
            let seen_row = y * seen.0..(y + 1) * seen.0;
            match self.step {
                // The same, but wide.
                1 => row
                    .iter_mut()
                    .zip(seen_row)
                    .for_each(|(to, from)| *to = value(from)),
                step => row
                    .iter_mut()
                    .step_by(step)
                    .zip(seen_row)
                    .for_each(|(to, from)| *to = value(from)),
            }
            for x in seen.0..self.width {
                row[x * self.step] = row[reflected(x, seen.0) * self.step];
            }
        }
        for y in seen.1..self.height {
            let from = reflected(y, seen.1) * row_len;
            for x in (0..row_len).step_by(self.step) {
                self.values[y * row_len + x] = self.values[from + x];
            }
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use reweave_models::card::{NetworkKind, Range, Size};

    fn own() -> Card {
        let network = NetworkKind {
            kind: "gated".into(),
            width: 8,
            residual: false,
            attention: false,
        };
        Card::own("test", network, 8)
    }

    fn sight() -> Sight {
        let rgb = (0..18).map(|i| i as f32 / 17.0).collect();
        Sight {
            width: 3,
            height: 2,
            rgb,
            hole: vec![false, true, false, false, false, false],
        }
    }

    fn floats(tensor: &Tensor) -> &[f32] {
        match &tensor.data {
            Data::F32(values) => values,
            Data::U8(_) => panic!("expected f32"),
        }
    }

    #[test]
    fn our_own_convention_padded_by_reflection() {
        let (inputs, size) = pack(&own(), &sight()).unwrap();
        assert_eq!(size, (8, 8));
        let [(hole_name, hole), (picture_name, picture)] = &inputs[..] else {
            panic!()
        };
        assert_eq!(
            (hole_name.as_str(), picture_name.as_str()),
            ("hole", "picture")
        );
        assert_eq!(
            (&hole.shape[..], &picture.shape[..]),
            (&[1, 1, 8, 8][..], &[1, 3, 8, 8][..])
        );
        assert_eq!(floats(hole)[..8], [0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0]);
        let first_row: Vec<_> = floats(picture)[..5]
            .iter()
            .map(|value| ((value + 1.0) / 2.0 * 17.0).round())
            .collect();
        assert_eq!(first_row, [0.0, 1.0, 2.0, 1.0, 0.0]);
    }

    #[test]
    fn bytes_with_black_holes_and_blanked_colours() {
        let mut card = own();
        card.picture.element = Element::U8;
        card.picture.range = Range::ZeroTo255;
        card.picture.blank = Some(7.0);
        card.hole.element = Element::U8;
        card.hole.range = Range::ZeroTo255;
        card.hole.meaning = Meaning::ZeroIsHole;
        card.size = Size {
            multiple: 1,
            ..Size::default()
        };
        let (inputs, _) = pack(&card, &sight()).unwrap();
        let Data::U8(hole) = &inputs[0].1.data else {
            panic!()
        };
        let Data::U8(picture) = &inputs[1].1.data else {
            panic!()
        };
        assert_eq!(hole, &[255, 0, 255, 255, 255, 255]);
        assert_eq!(picture[..4], [0, 7, 30, 45]);
    }

    #[test]
    fn the_hole_as_first_or_last_channel_and_bgr_in_either_layout() {
        for (layout, channel, order) in [
            (Layout::Nchw, HoleChannel::First, ChannelOrder::Rgb),
            (Layout::Nhwc, HoleChannel::Last, ChannelOrder::Bgr),
        ] {
            let mut card = own();
            card.hole.name = None;
            card.hole.channel = channel;
            card.picture.layout = layout;
            card.picture.channels = order;
            card.picture.range = Range::ZeroToOne;
            card.size = Size {
                multiple: 1,
                ..Size::default()
            };
            let (inputs, size) = pack(&card, &sight()).unwrap();
            assert_eq!(inputs.len(), 1);
            let values = floats(&inputs[0].1);
            let at = |channel: usize, index: usize| match layout {
                Layout::Nchw => values[channel * 6 + index],
                Layout::Nhwc => values[index * 4 + channel],
            };
            let (hole, red) = if channel == HoleChannel::First {
                (0, 1)
            } else {
                (3, 2)
            };
            assert_eq!([at(hole, 0), at(hole, 1)], [0.0, 1.0]);
            assert_eq!(at(red, 3), sight().rgb[3]);

            // And the colours come back in the right order.
            let shape = shape(layout, 3, size);
            let mut back = vec![0.0; 18];
            for colour in 0..3 {
                let source = if order == ChannelOrder::Rgb {
                    colour
                } else {
                    2 - colour
                };
                Channel::of(&mut back, layout, colour, 3, size)
                    .fill(size, |index| sight().rgb[source * 6 + index]);
            }
            card.output.range = Range::ZeroToOne;
            let painted = unpack(
                &card,
                Tensor {
                    shape,
                    data: Data::F32(back),
                },
                size,
                size,
            )
            .unwrap();
            assert_eq!(painted, sight().rgb);
        }
    }

    #[test]
    fn a_wrong_shape_and_nan_are_told() {
        let wrong = Tensor {
            shape: vec![1, 3, 4, 4],
            data: Data::F32(vec![0.0; 48]),
        };
        assert!(
            unpack(&own(), wrong, (8, 8), (3, 2))
                .unwrap_err()
                .contains("[1, 3, 8, 8]")
        );
        let nan = Tensor {
            shape: vec![1, 3, 8, 8],
            data: Data::F32(vec![f32::NAN; 192]),
        };
        assert!(
            unpack(&own(), nan, (8, 8), (3, 2))
                .unwrap_err()
                .contains("NaN")
        );
    }

    proptest! {
        #[test]
        fn reflection_stays_inside_and_moves_by_one(len in 1usize..40, index in 0usize..400) {
            prop_assert!(reflected(index, len) < len);
            prop_assert!(reflected(index, len).abs_diff(reflected(index + 1, len)) <= 1);
        }
    }
}
