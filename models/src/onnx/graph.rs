//! A graph under construction: nodes in order, constants once each.

use super::proto::{self, element};
use crate::backend::Init;
use crate::weights::{Array, Weights};
use half::f16;
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

/// A value in the graph.
#[derive(Clone, Debug)]
pub struct Value {
    pub(super) name: Rc<str>,
    pub(super) shape: Shape,
}

/// Sizes along each axis, where they are known before the model runs.
pub(super) type Shape = Vec<Option<usize>>;

/// The shape of features with this many channels.
pub(super) fn features(channels: usize) -> Shape {
    vec![None, Some(channels), None, None]
}

/// The shape of a value all of whose sizes are known.
pub(super) fn known(sizes: &[usize]) -> Shape {
    sizes.iter().copied().map(Some).collect()
}

/// What to do about a parameter that the weights lack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// It is an error, told when the graph is finished.
    Error,
    /// It starts as before training.
    Initial {
        /// The random numbers.
        seed: u64,
    },
}

/// How the numbers of large parameters are kept in the file; they are computed with as f32 either way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// As they are.
    F32,
    /// Half the size, 11 bits each.
    F16,
}

/// The backend that records what a network does.
pub struct Graph {
    weights: Weights,
    missing: Missing,
    precision: Precision,
    pub(super) state: RefCell<State>,
}

/// What has been recorded so far.
#[derive(Default)]
pub(super) struct State {
    graph: proto::Graph,
    /// How many values of each kind there are, for their names.
    counts: HashMap<String, usize>,
    /// Constants already in the graph.
    constants: HashMap<String, Value>,
    /// Parameters asked for.
    used: Weights,
    /// Parameters that were not there.
    absent: BTreeSet<String>,
    /// Parameters of another shape than the network's.
    misshapen: BTreeSet<String>,
}

impl Graph {
    /// An empty graph whose parameters come from `weights`.
    pub fn new(weights: Weights, missing: Missing, precision: Precision) -> Self {
        Graph {
            weights,
            missing,
            precision,
            state: RefCell::default(),
        }
    }

    /// A named input `[N, channels, H, W]`, f32, of any N, H and W.
    pub fn input(&self, name: &str, channels: usize) -> Value {
        let info = value_info(name, Some(channels));
        self.state.borrow_mut().graph.input.push(info);
        Value {
            name: name.into(),
            shape: features(channels),
        }
    }

    /// Gives `value`, which are features, out under `name`.
    pub fn output(&self, name: &str, value: &Value) {
        let mut state = self.state.borrow_mut();
        state.graph.node.push(node(
            "Identity",
            name,
            vec![value.name.to_string()],
            name,
            vec![],
        ));
        let channels = value.shape.get(1).copied().flatten();
        state.graph.output.push(value_info(name, channels));
    }

    /// The recorded graph, the parameters it uses, and the paths of those that were missing or of another shape.
    pub fn finish(self, name: &str) -> (proto::Graph, Weights, Vec<String>) {
        let State {
            mut graph,
            used,
            absent,
            misshapen,
            ..
        } = self.state.into_inner();
        graph.name = Some(name.to_owned());
        (graph, used, absent.into_iter().chain(misshapen).collect())
    }

    /// Appends an operation and names what it makes.
    pub(super) fn node(
        &self,
        op: &str,
        inputs: &[&Value],
        attributes: Vec<proto::Attribute>,
        shape: Shape,
    ) -> Value {
        let mut state = self.state.borrow_mut();
        let count = state.counts.entry(op.to_owned()).or_insert(0);
        *count += 1;
        let name = format!("{op}_{count}");
        let inputs = inputs.iter().map(|v| v.name.to_string()).collect();
        state
            .graph
            .node
            .push(node(op, &name, inputs, &name, attributes));
        Value {
            name: name.into(),
            shape,
        }
    }

    /// Records what `make` does, the first time that it is asked for under this name.
    pub(super) fn once(&self, name: String, make: impl FnOnce() -> Value) -> Value {
        let there = self.state.borrow().constants.get(&name).cloned();
        there.unwrap_or_else(|| {
            let value = make();
            self.state
                .borrow_mut()
                .constants
                .insert(name, value.clone());
            value
        })
    }

    /// A constant of whole numbers.
    pub(super) fn integers(&self, values: &[i64]) -> Value {
        let name = format!(
            "i{}",
            values
                .iter()
                .map(i64::to_string)
                .collect::<Vec<_>>()
                .join("_")
        );
        self.constant(name, &[values.len()], || proto::Tensor {
            dims: vec![values.len() as i64],
            data_type: Some(element::INT64),
            raw_data: Some(values.iter().flat_map(|v| v.to_le_bytes()).collect()),
            ..proto::Tensor::default()
        })
    }

    /// A whole number without an axis.
    pub(super) fn integer(&self, value: i64) -> Value {
        self.constant(format!("n{value}"), &[], || proto::Tensor {
            data_type: Some(element::INT64),
            raw_data: Some(value.to_le_bytes().to_vec()),
            ..proto::Tensor::default()
        })
    }

    /// A constant of f32; `shape` empty for a single number.
    pub(super) fn floats(&self, name: &str, shape: &[usize], values: &[f32]) -> Value {
        self.constant(name.to_owned(), shape, || float_tensor(shape, values))
    }

    /// A single number.
    pub(super) fn number(&self, value: f32) -> Value {
        self.floats(&format!("f{value:e}"), &[], &[value])
    }

    fn constant(
        &self,
        name: String,
        shape: &[usize],
        make: impl FnOnce() -> proto::Tensor,
    ) -> Value {
        self.once(name.clone(), || {
            let tensor = proto::Tensor {
                name: Some(name.clone()),
                ..make()
            };
            self.state.borrow_mut().graph.initializer.push(tensor);
            Value {
                name: name.as_str().into(),
                shape: known(shape),
            }
        })
    }

    /// The numbers of a parameter, noted as used.
    pub(super) fn array(&self, path: &str, shape: &[usize], init: Init) -> Array {
        let mut state = self.state.borrow_mut();
        if let Some(array) = state.used.arrays.get(path) {
            return array.clone();
        }
        let array = match (self.weights.arrays.get(path), self.missing) {
            (Some(array), _) if array.shape == shape => array.clone(),
            (Some(array), _) => {
                state.misshapen.insert(format!(
                    "{path} (shape {:?}, the network's is {shape:?})",
                    array.shape
                ));
                Array {
                    shape: shape.to_vec(),
                    values: vec![0.0; shape.iter().product()],
                }
            }
            (None, Missing::Initial { seed }) => Array::initial(path, shape, init, seed),
            (None, Missing::Error) => {
                state.absent.insert(path.to_owned());
                Array {
                    shape: shape.to_vec(),
                    values: vec![0.0; shape.iter().product()],
                }
            }
        };
        state.used.arrays.insert(path.to_owned(), array.clone());
        array
    }

    /// A parameter as a constant of the graph, in the precision of the file.
    pub(super) fn stored(&self, path: &str, shape: &[usize], values: &[f32]) -> Value {
        /// Fewer numbers than this save nothing worth a rounding.
        const LARGE: usize = 1024;
        if self.precision == Precision::F32 || values.len() < LARGE {
            return self.floats(path, shape, values);
        }
        let half = self.constant(format!("{path}{HALF}"), shape, || proto::Tensor {
            dims: dims(shape),
            data_type: Some(element::FLOAT16),
            raw_data: Some(
                values
                    .iter()
                    .flat_map(|&v| f16::from_f32(v).to_le_bytes())
                    .collect(),
            ),
            ..proto::Tensor::default()
        });
        self.node(
            "Cast",
            &[&half],
            vec![integer("to", i64::from(element::FLOAT))],
            known(shape),
        )
    }
}

/// What a parameter's path ends with where its numbers are kept as f16.
pub(super) const HALF: &str = ".f16";

fn dims(shape: &[usize]) -> Vec<i64> {
    shape.iter().map(|&d| d as i64).collect()
}

fn float_tensor(shape: &[usize], values: &[f32]) -> proto::Tensor {
    proto::Tensor {
        dims: dims(shape),
        data_type: Some(element::FLOAT),
        raw_data: Some(values.iter().flat_map(|v| v.to_le_bytes()).collect()),
        ..proto::Tensor::default()
    }
}

fn node(
    op: &str,
    name: &str,
    input: Vec<String>,
    output: &str,
    attribute: Vec<proto::Attribute>,
) -> proto::Node {
    proto::Node {
        input,
        output: vec![output.to_owned()],
        name: Some(name.to_owned()),
        op_type: Some(op.to_owned()),
        attribute,
    }
}

fn value_info(name: &str, channels: Option<usize>) -> proto::ValueInfo {
    let any = |name: &str| proto::Dimension {
        value: None,
        name: Some(name.to_owned()),
    };
    let shape = proto::Shape {
        dim: vec![
            any("N"),
            proto::Dimension {
                value: channels.map(|channels| channels as i64),
                name: None,
            },
            any("H"),
            any("W"),
        ],
    };
    let tensor = proto::TensorType {
        elem_type: Some(element::FLOAT),
        shape: Some(shape),
    };
    proto::ValueInfo {
        name: Some(name.to_owned()),
        r#type: Some(proto::Type {
            tensor: Some(tensor),
        }),
    }
}

/// A whole-number setting.
pub(super) fn integer(name: &str, value: i64) -> proto::Attribute {
    proto::Attribute {
        name: Some(name.to_owned()),
        i: Some(value),
        kind: Some(2),
        ..proto::Attribute::default()
    }
}

/// A setting of several whole numbers.
pub(super) fn integers(name: &str, values: &[usize]) -> proto::Attribute {
    proto::Attribute {
        name: Some(name.to_owned()),
        ints: dims(values),
        kind: Some(7),
        ..proto::Attribute::default()
    }
}

/// A number as setting.
pub(super) fn float(name: &str, value: f32) -> proto::Attribute {
    proto::Attribute {
        name: Some(name.to_owned()),
        f: Some(value),
        kind: Some(1),
        ..proto::Attribute::default()
    }
}

/// A word as setting.
pub(super) fn text(name: &str, value: &str) -> proto::Attribute {
    proto::Attribute {
        name: Some(name.to_owned()),
        s: Some(value.into()),
        kind: Some(3),
        ..proto::Attribute::default()
    }
}
