//! From the tensor that a network gives back to what it predicted.

use reweave_models::card::{Card, ChannelOrder, Layout};

use super::channel::shape;
use crate::error::try_vec;
use crate::runtime::{Data, Tensor};

/// What a network gave back, as three planes of the input's size, 0 to 1.
///
/// # Errors
/// A sentence, when the output is of another shape or type than the card says.
pub(crate) fn unpack(
    card: &Card,
    output: Tensor,
    size: (usize, usize),
    input_size: (usize, usize),
) -> Result<Vec<f32>, String> {
    let layout = card.inputs.picture.layout;
    if output.shape != shape(layout, 3, size) {
        let want = shape(layout, 3, size);
        return Err(format!(
            "output '{}' has the shape {:?}, expected {want:?}",
            card.output.name, output.shape
        ));
    }
    let (black, white) = card.output.range.ends();
    if !output.is_sound() {
        return Err(format!(
            "output '{}' holds NaN or infinity: the model is broken or overflows",
            card.output.name
        ));
    }
    let values = match output.data {
        Data::F32(values) => values,
        Data::U8(values) => values.into_iter().map(f32::from).collect(),
    };
    let (width, height) = size;
    let mut predicted = try_vec(0.0, 3 * input_size.0 * input_size.1, "the network's output")
        .map_err(|error| error.to_string())?;
    for (colour, plane) in predicted
        .chunks_exact_mut(input_size.0 * input_size.1)
        .enumerate()
    {
        let channel = match card.inputs.picture.channels {
            ChannelOrder::Rgb => colour,
            ChannelOrder::Bgr => 2 - colour,
        };
        let (start, step) = match layout {
            Layout::Nchw => (channel * width * height, 1),
            Layout::Nhwc => (channel, 3),
        };
        let rows = values[start..].chunks(width * step);
        for (row, from) in plane.chunks_exact_mut(input_size.0).zip(rows) {
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
    Ok(predicted)
}
