//! How large what an operator makes is at most, for the standard operators that networks for pictures are made of.

use super::bound::{Bound, length};
use super::numbers;
use super::outline::{Node, Setting};
use super::spatial::{convolved, pad, resize, spread};

/// What is known of an operator's outputs, each of which is no larger than this. `None` where it is not known: for
/// operators that are not listed, and where it depends on what is in the picture.
pub(super) fn made(node: &Node, inputs: &[Option<&Bound>]) -> Option<Bound> {
    let input = |i: usize| inputs.get(i).copied().flatten();
    let made = match node.operator.as_str() {
        "Identity"
        | "Cast"
        | "Relu"
        | "LeakyRelu"
        | "Elu"
        | "Selu"
        | "Gelu"
        | "Sigmoid"
        | "HardSigmoid"
        | "HardSwish"
        | "Tanh"
        | "Softplus"
        | "Softmax"
        | "LogSoftmax"
        | "Clip"
        | "Erf"
        | "Exp"
        | "Log"
        | "Sqrt"
        | "Reciprocal"
        | "Abs"
        | "Neg"
        | "Sign"
        | "Floor"
        | "Ceil"
        | "Round"
        | "Not"
        | "Sin"
        | "Cos"
        | "Dropout"
        | "CumSum"
        | "BatchNormalization"
        | "InstanceNormalization"
        | "LayerNormalization"
        | "ScatterND"
        | "ScatterElements" => {
            let same = input(0)?;
            Bound {
                numbers: None,
                ..same.clone()
            }
        }
        "Add" | "Sub" | "Mul" | "Div" | "Mod" | "Pow" | "Min" | "Max" | "Sum" | "Mean" | "And"
        | "Or" | "Xor" | "Equal" | "Less" | "LessOrEqual" | "Greater" | "GreaterOrEqual"
        | "Where" | "PRelu" => {
            let mut inputs = inputs.iter();
            let first = (*inputs.next()?)?.clone();
            inputs.try_fold(first, |made, input| Some(made.broadcast((*input)?)))?
        }
        "Constant" => match (
            node.setting("value"),
            node.numbers("value_ints").or(node.numbers("value_floats")),
        ) {
            (Some(Setting::Constant(constant)), _) => constant.clone(),
            (_, Some(values)) => Bound::row(values.to_vec()),
            _ => Bound::exact(Vec::new()),
        },
        // What is stretched may be unknown: it is at least as large as it is told to be.
        "Expand" => {
            let shape = Bound::exact(input(1)?.lengths()?);
            input(0).map_or(
                Bound {
                    exact: false,
                    ..shape.clone()
                },
                |input| input.broadcast(&shape),
            )
        }
        "ConstantOfShape" => Bound::exact(input(0)?.lengths()?),
        "Range" => {
            let (start, end, step) = (
                input(0)?.number()?,
                input(1)?.number()?,
                input(2)?.number()?,
            );
            Bound::exact(vec![length(((end - start) / step).ceil())])
        }
        "Shape" => {
            let rank = input(0)?.axes.len() as f64;
            let at = |name, default| from_end(node.number(name, default), rank);
            Bound::exact(vec![length(at("end", rank) - at("start", 0.0))])
        }
        "Size" => Bound::exact(Vec::new()),
        "NonZero" => Bound::at_most(vec![input(0)?.axes.len() as u64, input(0)?.elements()]),
        "Tile" => {
            let (input, times) = (input(0)?, input(1)?.lengths()?);
            each(input, |i, axis| Some(axis.saturating_mul(*times.get(i)?)))?
        }
        "Pad" => pad(node, input(0)?, input(1), input(3))?,
        "Resize" | "Upsample" => resize(node, input(0)?, inputs)?,
        "Concat" => concat(node, inputs)?,
        "Slice" | "Split" | "TopK" => numbers::slice(node, inputs)?,
        "Gather" => {
            let (data, indices) = (input(0)?, input(1)?);
            let at = axis(node, data.axes.len(), 0.0)?;
            let parts = [&data.axes[..at], &indices.axes, &data.axes[at + 1..]];
            Bound {
                exact: data.exact && indices.exact,
                ..Bound::exact(parts.concat())
            }
        }
        "Unsqueeze" => {
            let data = input(0)?;
            let new = numbers::axes_of(node, input(1))?;
            let rank = data.axes.len() + new.len();
            let at = |value: f64| from_end(value, rank as f64) as usize;
            let mut old = data.axes.iter();
            let axes = (0..rank).map(|i| match new.iter().any(|&value| at(value) == i) {
                true => 1,
                false => old.next().copied().unwrap_or(1),
            });
            Bound {
                exact: data.exact,
                ..Bound::exact(axes.collect())
            }
        }
        "Squeeze" => {
            let data = input(0)?;
            let gone = numbers::axes_of(node, input(1));
            let rank = data.axes.len() as f64;
            let stays = |i: usize, axis: u64| match &gone {
                Some(gone) => !gone
                    .iter()
                    .any(|&value| from_end(value, rank) as usize == i),
                None => axis != 1,
            };
            let axes = data
                .axes
                .iter()
                .enumerate()
                .filter(|&(i, &axis)| stays(i, axis));
            Bound {
                exact: data.exact,
                ..Bound::exact(axes.map(|(_, &axis)| axis).collect())
            }
        }
        "Reshape" => reshape(input(0)?, input(1)?)?,
        "Flatten" => {
            let data = input(0)?;
            let at = from_end(node.number("axis", 1.0), data.axes.len() as f64) as usize;
            let product = |axes: &[u64]| {
                axes.iter()
                    .fold(1u64, |product, &axis| product.saturating_mul(axis))
            };
            let (before, after) = data.axes.split_at_checked(at)?;
            Bound {
                exact: data.exact,
                ..Bound::exact(vec![product(before), product(after)])
            }
        }
        "Transpose" => {
            let data = input(0)?;
            let axes = match node.numbers("perm") {
                Some(order) => order
                    .iter()
                    .map(|&at| data.axes.get(at as usize).copied())
                    .collect::<Option<_>>()?,
                None => data.axes.iter().rev().copied().collect(),
            };
            Bound {
                exact: data.exact,
                ..Bound::exact(axes)
            }
        }
        "DepthToSpace" | "SpaceToDepth" => {
            let side = length(node.number("blocksize", 1.0));
            let up = node.operator == "DepthToSpace";
            let scaled = |axis: u64, up: bool, by: u64| {
                if up {
                    axis.saturating_mul(by)
                } else {
                    axis / by.max(1)
                }
            };
            each(input(0)?, |i, axis| match i {
                0 => Some(axis),
                1 => Some(scaled(axis, !up, side.saturating_mul(side))),
                _ => Some(scaled(axis, up, side)),
            })?
        }
        "Conv" | "MaxPool" | "AveragePool" | "LpPool" => convolved(node, input(0)?, input(1))?,
        "ConvTranspose" => spread(node, input(0)?, input(1)?)?,
        "GlobalAveragePool" | "GlobalMaxPool" => {
            each(input(0)?, |i, axis| Some(if i < 2 { axis } else { 1 }))?
        }
        "ReduceSum" | "ReduceMean" | "ReduceMax" | "ReduceMin" | "ReduceProd" | "ReduceL1"
        | "ReduceL2" | "ReduceSumSquare" | "ReduceLogSumExp" | "ArgMax" | "ArgMin" => {
            reduced(node, input(0)?, input(1))?
        }
        "MatMul" => product(input(0)?, input(1)?)?,
        "Gemm" => {
            let turned =
                |input: &Bound, name| match (node.number(name, 0.0) != 0.0, &input.axes[..]) {
                    (false, &[a, b]) | (true, &[b, a]) => Some(Bound::at_most(vec![a, b])),
                    _ => None,
                };
            product(&turned(input(0)?, "transA")?, &turned(input(1)?, "transB")?)?
        }
        "OneHot" => {
            let mut axes = input(0)?.axes.clone();
            axes.push(length(input(1)?.number()?));
            Bound::at_most(axes)
        }
        "RandomNormal" | "RandomUniform" => {
            Bound::exact(node.numbers("shape")?.iter().map(|&n| length(n)).collect())
        }
        _ => return None,
    };
    Some(numbers::followed(node, inputs, made))
}

/// Every axis turned into another.
pub(super) fn each(input: &Bound, axis: impl Fn(usize, u64) -> Option<u64>) -> Option<Bound> {
    let axes = input
        .axes
        .iter()
        .enumerate()
        .map(|(i, &length)| axis(i, length));
    let axes = axes.collect::<Option<_>>()?;
    Some(Bound {
        exact: input.exact,
        ..Bound::exact(axes)
    })
}

/// A position that may count from the end.
pub(super) fn from_end(position: f64, length: f64) -> f64 {
    let position = if position < 0.0 {
        position + length
    } else {
        position
    };
    position.clamp(0.0, length)
}

/// The setting `axis`, if there is such an axis.
pub(super) fn axis(node: &Node, rank: usize, default: f64) -> Option<usize> {
    let at = from_end(node.number("axis", default), rank as f64) as usize;
    (at < rank).then_some(at)
}

fn concat(node: &Node, inputs: &[Option<&Bound>]) -> Option<Bound> {
    let first = (*inputs.first()?)?;
    let at = axis(node, first.axes.len(), 0.0)?;
    let mut made = Bound {
        numbers: None,
        ..first.clone()
    };
    for input in &inputs[1..] {
        let input = (*input)?;
        made.axes[at] = made.axes[at].saturating_add(*input.axes.get(at)?);
        made.exact &= input.exact;
    }
    Some(made)
}

fn reshape(input: &Bound, shape: &Bound) -> Option<Bound> {
    let shape = shape.values()?;
    let mut axes: Vec<u64> = Vec::new();
    for (i, &value) in shape.iter().enumerate() {
        axes.push(match value {
            0.0 => input.axes.get(i).copied().unwrap_or(0),
            -1.0 => 1,
            value => length(value),
        });
    }
    if let Some(rest) = shape.iter().position(|&value| value == -1.0) {
        axes[rest] = input
            .elements()
            .div_ceil(Bound::exact(axes.clone()).elements().max(1));
    }
    Some(Bound {
        exact: input.exact,
        ..Bound::exact(axes)
    })
}

fn reduced(node: &Node, input: &Bound, axes: Option<&Bound>) -> Option<Bound> {
    let rank = input.axes.len() as f64;
    let gone: Vec<usize> = match (
        node.operator.starts_with("Arg"),
        numbers::axes_of(node, axes),
    ) {
        (true, _) => vec![axis(node, input.axes.len(), 0.0)?],
        (false, Some(axes)) => axes.iter().map(|&at| from_end(at, rank) as usize).collect(),
        (false, None) => (0..input.axes.len()).collect(),
    };
    let keeps = node.number("keepdims", 1.0) != 0.0;
    let axes =
        input
            .axes
            .iter()
            .enumerate()
            .filter_map(|(i, &axis)| match (gone.contains(&i), keeps) {
                (true, true) => Some(1),
                (true, false) => None,
                (false, _) => Some(axis),
            });
    Some(Bound {
        exact: input.exact,
        ..Bound::exact(axes.collect())
    })
}

fn product(a: &Bound, b: &Bound) -> Option<Bound> {
    let split = |bound: &Bound| match bound.axes[..] {
        [ref batch @ .., rows, columns] => Some((Bound::at_most(batch.to_vec()), rows, columns)),
        _ => None,
    };
    let ((batch, rows, _), (other, _, columns)) = (split(a)?, split(b)?);
    let mut made = batch.broadcast(&other);
    made.axes.extend([rows, columns]);
    Some(Bound {
        exact: a.exact && b.exact,
        ..made
    })
}
