//! Operators that change a picture's size: borders, interpolation, and windows that go over it.

use super::bound::{Bound, length};
use super::operators::{each, from_end};
use super::outline::{Node, Setting};

/// A border round the picture.
pub(super) fn pad(
    node: &Node,
    input: &Bound,
    pads: Option<&Bound>,
    axes: Option<&Bound>,
) -> Option<Bound> {
    let pads = node.numbers("pads").or_else(|| pads?.values())?;
    let padded: Vec<usize> = match axes {
        Some(axes) => axes
            .values()?
            .iter()
            .map(|&at| from_end(at, input.axes.len() as f64) as usize)
            .collect(),
        None => (0..input.axes.len()).collect(),
    };
    let half = padded.len();
    each(input, |i, axis| {
        match padded.iter().position(|&other| other == i) {
            Some(at) => Some(length(axis as f64 + pads.get(at)? + pads.get(half + at)?)),
            None => Some(axis),
        }
    })
}

/// Interpolated to told sizes, or by factors.
pub(super) fn resize(node: &Node, input: &Bound, inputs: &[Option<&Bound>]) -> Option<Bound> {
    let given = |i: usize| {
        inputs
            .get(i)
            .copied()
            .flatten()
            .filter(|given| given.elements() > 0)
    };
    let places = if inputs.len() > 2 {
        (2, 3)
    } else {
        (1, usize::MAX)
    };
    let axes = match node.numbers("axes") {
        Some(axes) => axes
            .iter()
            .map(|&at| from_end(at, input.axes.len() as f64) as usize)
            .collect(),
        None => (0..input.axes.len()).collect::<Vec<_>>(),
    };
    let at = |i: usize| axes.iter().position(|&other| other == i);
    match (given(places.0), given(places.1)) {
        (_, Some(sizes)) => {
            let sizes = sizes.lengths()?;
            // Where the proportions are kept, one of them decides, and none is exceeded or all are reached.
            each(input, |i, axis| {
                at(i).map_or(Some(axis), |at| sizes.get(at).copied())
            })
        }
        (Some(scales), None) => {
            let scales = scales.values()?;
            each(input, |i, axis| {
                at(i).map_or(Some(axis), |at| Some(length(axis as f64 * scales.get(at)?)))
            })
        }
        (None, None) => None,
    }
}

/// Spatial axes after a window has gone over them; the channels of the weights, if there are any.
pub(super) fn convolved(node: &Node, input: &Bound, weights: Option<&Bound>) -> Option<Bound> {
    let is_conv = node.operator == "Conv";
    let weights = weights.filter(|_| is_conv);
    let spatial = input.axes.len().checked_sub(2)?;
    let list = |name: &str, i: usize, default: f64| {
        node.numbers(name)
            .map_or(Some(default), |list| list.get(i).copied())
    };
    each(input, |i, axis| match i {
        0 => Some(axis),
        1 => weights.map_or(Some(axis).filter(|_| !is_conv), |weights| {
            weights.axes.first().copied()
        }),
        _ => {
            let i = i - 2;
            let pads = list("pads", i, 0.0)? + list("pads", spatial + i, 0.0)?;
            let window = match weights {
                Some(weights) => *weights.axes.get(i + 2)? as f64,
                None => list("kernel_shape", i, 1.0)?,
            };
            let reach = (window - 1.0) * list("dilations", i, 1.0)?;
            let stride = list("strides", i, 1.0)?.max(1.0);
            match node.setting("auto_pad") {
                Some(Setting::Text(text)) if text.starts_with("SAME") => {
                    Some(length((axis as f64 / stride).ceil()))
                }
                _ => {
                    let steps = (axis as f64 + pads - reach - 1.0) / stride;
                    let rounds_up = node.number("ceil_mode", 0.0) != 0.0;
                    Some(length(
                        if rounds_up {
                            steps.ceil()
                        } else {
                            steps.floor()
                        } + 1.0,
                    ))
                }
            }
        }
    })
}

/// The other way round: each pixel spread over a window.
pub(super) fn spread(node: &Node, input: &Bound, weights: &Bound) -> Option<Bound> {
    let list = |name: &str, i: usize, default: f64| {
        node.numbers(name)
            .map_or(Some(default), |list| list.get(i).copied())
    };
    let made = each(input, |i, axis| match i {
        0 => Some(axis),
        1 => weights
            .axes
            .get(1)?
            .checked_mul(length(node.number("group", 1.0))),
        _ => {
            let window = *weights.axes.get(i)? as f64 * list("dilations", i - 2, 1.0)?.max(1.0);
            let stride = list("strides", i - 2, 1.0)?;
            let told = list("output_shape", i - 2, 0.0)?;
            Some(length(
                (axis as f64 * stride + window + list("output_padding", i - 2, 0.0)?).max(told),
            ))
        }
    })?;
    Some(Bound {
        exact: false,
        ..made
    })
}
