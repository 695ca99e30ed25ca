//! Following the numbers of short values: shapes are computed from constants and other shapes before they are used.

use super::bound::{Bound, FOLLOWED, Numbers};
use super::operators::from_end;
use super::outline::{Node, Setting};
use super::tensor::is_whole;

/// `made`, with its numbers where they follow from those of the inputs.
pub(super) fn followed(node: &Node, inputs: &[Option<&Bound>], made: Bound) -> Bound {
    if made.numbers.is_some() {
        return made;
    }
    match numbers(node, inputs, &made) {
        Some(Numbers { values, whole }) => made.with(values, whole),
        None => made,
    }
}

fn numbers(node: &Node, inputs: &[Option<&Bound>], made: &Bound) -> Option<Numbers> {
    let input = |i: usize| inputs.get(i).copied().flatten();
    let given = |i: usize| input(i)?.numbers.clone();
    let whole = |values| {
        Some(Numbers {
            values,
            whole: true,
        })
    };
    let (count, operator) = (made.elements(), node.operator.as_str());
    if count > FOLLOWED as u64 {
        return None;
    }
    match operator {
        "Identity" | "Unsqueeze" | "Squeeze" | "Reshape" | "Flatten" => given(0),
        "Cast" => {
            let Numbers { values, .. } = given(0)?;
            let whole = is_whole(node.number("to", 1.0) as u64);
            let cut = |value: f64| if whole { value.trunc() } else { value };
            Some(Numbers {
                values: values.into_iter().map(cut).collect(),
                whole,
            })
        }
        "Neg" | "Abs" | "Floor" | "Ceil" | "Round" | "Sqrt" => {
            let Numbers { values, whole } = given(0)?;
            let turn = match operator {
                "Neg" => |value: f64| -value,
                "Abs" => f64::abs,
                "Floor" => f64::floor,
                "Ceil" => f64::ceil,
                "Round" => f64::round,
                _ => f64::sqrt,
            };
            Some(Numbers {
                values: values.into_iter().map(turn).collect(),
                whole,
            })
        }
        "Add" | "Sub" | "Mul" | "Div" | "Mod" | "Pow" | "Min" | "Max" | "Equal" => {
            let (a, b) = (given(0)?, given(1)?);
            let is_whole = a.whole;
            let compute = |a: f64, b: f64| match operator {
                "Add" => a + b,
                "Sub" => a - b,
                "Mul" => a * b,
                "Div" if is_whole => (a / b).trunc(),
                "Div" => a / b,
                "Mod" => a.rem_euclid(b),
                "Pow" => a.powf(b),
                "Min" => a.min(b),
                "Max" => a.max(b),
                _ => f64::from(u8::from(a == b)),
            };
            let pairs = stretched(&a.values, count)?.zip(stretched(&b.values, count)?);
            Some(Numbers {
                values: pairs.map(|(a, b)| compute(a, b)).collect(),
                whole: is_whole,
            })
        }
        "Where" => {
            let (choice, a, b) = (given(0)?, given(1)?, given(2)?);
            let pairs = stretched(&a.values, count)?.zip(stretched(&b.values, count)?);
            let choices = stretched(&choice.values, count)?.zip(pairs);
            let values = choices.map(|(choice, (a, b))| if choice != 0.0 { a } else { b });
            Some(Numbers {
                values: values.collect(),
                whole: a.whole,
            })
        }
        "Shape" => {
            let input = input(0).filter(|input| input.exact)?;
            let start = from_end(node.number("start", 0.0), input.axes.len() as f64) as usize;
            whole(
                input
                    .axes
                    .iter()
                    .skip(start)
                    .take(count as usize)
                    .map(|&axis| axis as f64)
                    .collect(),
            )
        }
        "Size" => whole(vec![input(0).filter(|input| input.exact)?.elements() as f64]),
        "ConstantOfShape" => match node.setting("value") {
            Some(Setting::Constant(value)) => {
                let value = value.numbers.as_ref()?;
                let values = stretched(&value.values, count)?.collect();
                Some(Numbers {
                    values,
                    whole: value.whole,
                })
            }
            _ => Some(Numbers {
                values: vec![0.0; count as usize],
                whole: false,
            }),
        },
        "Expand" | "Tile" => {
            let Numbers { values, whole } = given(0)?;
            Some(Numbers {
                values: stretched(&values, count)?.collect(),
                whole,
            })
        }
        "Range" => {
            let (start, step) = (given(0)?, given(2)?);
            let (from, step) = (*start.values.first()?, *step.values.first()?);
            let values = (0..count).map(|i| from + i as f64 * step);
            Some(Numbers {
                values: values.collect(),
                whole: start.whole,
            })
        }
        "Concat" => {
            let parts = (0..inputs.len()).map(given).collect::<Option<Vec<_>>>()?;
            let whole = parts.first()?.whole;
            let is_row = made.axes.len() == 1;
            is_row.then(|| Numbers {
                values: parts.into_iter().flat_map(|part| part.values).collect(),
                whole,
            })
        }
        "Gather" if input(0)?.axes.len() == 1 => {
            let Numbers { values, whole } = given(0)?;
            let at = |&i: &f64| {
                values
                    .get(from_end(i, values.len() as f64) as usize)
                    .copied()
            };
            let values = input(1)?.values()?.iter().map(at).collect::<Option<_>>()?;
            Some(Numbers { values, whole })
        }
        "Slice" if input(0)?.axes.len() == 1 => {
            let Numbers { values, whole } = given(0)?;
            let cut = cuts(node, inputs)?.into_iter().next()?;
            let from = from_end(cut.start, values.len() as f64) as usize;
            if cut.step < 1.0 {
                return None;
            }
            let values = values
                .into_iter()
                .skip(from)
                .step_by(cut.step as usize)
                .take(count as usize);
            Some(Numbers {
                values: values.collect(),
                whole,
            })
        }
        "ReduceProd" | "ReduceSum" | "ReduceMax" | "ReduceMin" if count == 1 => {
            let Numbers { values, whole } = given(0)?;
            let value = match operator {
                "ReduceProd" => values.iter().product(),
                "ReduceSum" => values.iter().sum(),
                "ReduceMax" => values.iter().copied().fold(f64::MIN, f64::max),
                _ => values.iter().copied().fold(f64::MAX, f64::min),
            };
            Some(Numbers {
                values: vec![value],
                whole,
            })
        }
        _ => None,
    }
}

/// One number so many times, or so many numbers as they are.
fn stretched(values: &[f64], count: u64) -> Option<impl Iterator<Item = f64>> {
    let fit = values.len() == 1 || values.len() as u64 == count;
    fit.then(|| values.iter().copied().cycle().take(count as usize))
}

/// The axes that an operator is told to work on: a setting in old files, an input in new ones.
pub(super) fn axes_of(node: &Node, input: Option<&Bound>) -> Option<Vec<f64>> {
    let axes = node.numbers("axes").or_else(|| input?.values())?;
    Some(axes.to_vec())
}

/// What is cut out along one axis.
struct Cut {
    axis: f64,
    start: f64,
    end: f64,
    step: f64,
}

fn cuts(node: &Node, inputs: &[Option<&Bound>]) -> Option<Vec<Cut>> {
    let input = |i: usize| inputs.get(i).copied().flatten();
    let (starts, ends) = match (node.numbers("starts"), node.numbers("ends")) {
        (Some(starts), Some(ends)) => (starts, ends),
        _ => (input(1)?.values()?, input(2)?.values()?),
    };
    let axes = match input(3) {
        Some(axes) => Some(axes.values()?),
        None => node.numbers("axes"),
    };
    let steps = match input(4) {
        Some(steps) => Some(steps.values()?),
        None => None,
    };
    let cut = |(i, (&start, &end)): (usize, (&f64, &f64))| {
        Some(Cut {
            axis: axes.map_or(Some(i as f64), |axes| axes.get(i).copied())?,
            start,
            end,
            step: steps.map_or(Some(1.0), |steps| steps.get(i).copied())?,
        })
    };
    starts.iter().zip(ends).enumerate().map(cut).collect()
}

/// What is cut out of a value; where it is not known which part, no more than the whole.
pub(super) fn slice(node: &Node, inputs: &[Option<&Bound>]) -> Option<Bound> {
    let data = inputs.first().copied().flatten()?;
    let whole = Bound::at_most(data.axes.clone());
    if node.operator != "Slice" {
        return Some(whole);
    }
    let Some(cuts) = cuts(node, inputs) else {
        return Some(whole);
    };
    let mut made = Bound {
        numbers: None,
        ..data.clone()
    };
    for cut in cuts {
        let at = from_end(cut.axis, data.axes.len() as f64) as usize;
        let axis = made.axes.get_mut(at)?;
        let length = *axis as f64;
        if cut.step <= 0.0 {
            made.exact = false;
            continue;
        }
        let taken = from_end(cut.end, length) - from_end(cut.start, length);
        *axis = (taken / cut.step).ceil() as u64;
        // From the end of an axis that may be shorter, it is not known how much that is.
        made.exact &= data.exact;
        if !data.exact {
            *axis = length as u64;
        }
    }
    Some(made)
}
