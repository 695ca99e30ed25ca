//! The built-in runtime: rten, pure Rust, on the processor. It is always there.

use std::path::Path;

use rten::{DataType, Dimension, Model, NodeId, Value, ValueOrView, ValueType};

use super::interface::{CancelToken, Data, Inputs, Runtime, Tensor, TensorSpec};

/// What reports call it.
pub(crate) const NAME: &str = "built-in";

/// The version of rten that is built in; a test compares it with the lock file.
pub(super) const VERSION: &str = "rten 0.27.0";

/// A model in rten.
pub(super) struct BuiltIn {
    model: Model,
    inputs: Vec<TensorSpec>,
    outputs: Vec<TensorSpec>,
}

impl std::fmt::Debug for BuiltIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BuiltIn")
            .field("inputs", &self.inputs)
            .field("outputs", &self.outputs)
            .finish()
    }
}

/// Reads a model.
pub(super) fn load(path: &Path) -> Result<BuiltIn, String> {
    let model = Model::load_file(path).map_err(|error| error.to_string())?;
    let specs = |ids: &[NodeId]| -> Vec<TensorSpec> {
        ids.iter().filter_map(|id| spec(&model, *id)).collect()
    };
    let (inputs, outputs) = (specs(model.input_ids()), specs(model.output_ids()));
    if inputs.is_empty() || outputs.is_empty() {
        // An empty file is a valid message of the format, and an empty model.
        return Err("the file holds no network".into());
    }
    Ok(BuiltIn {
        model,
        inputs,
        outputs,
    })
}

fn spec(model: &Model, id: NodeId) -> Option<TensorSpec> {
    let info = model.node_info(id)?;
    let axis = |axis: Dimension| match axis {
        Dimension::Fixed(len) => Some(len),
        Dimension::Symbolic(_) => None,
    };
    Some(TensorSpec {
        name: info.name()?.into(),
        element: match info.dtype() {
            Some(ValueType::Tensor(DataType::Float)) => "f32".into(),
            Some(ValueType::Tensor(DataType::UInt8)) => "u8".into(),
            Some(other) => other.to_string(),
            None => String::new(),
        },
        shape: info
            .shape()
            .unwrap_or_default()
            .into_iter()
            .map(axis)
            .collect(),
    })
}

impl Runtime for BuiltIn {
    fn inputs(&self) -> &[TensorSpec] {
        &self.inputs
    }

    fn outputs(&self) -> &[TensorSpec] {
        &self.outputs
    }

    /// Cannot be stopped once it runs.
    fn run(&self, inputs: Inputs, output: &str, cancel: &CancelToken) -> Result<Tensor, String> {
        if cancel.is_cancelled() {
            return Err("stopped".into());
        }
        let node = |name: &str| self.model.node_id(name).map_err(|error| error.to_string());
        let value =
            |(name, tensor): (String, Tensor)| -> Result<(NodeId, ValueOrView<'static>), String> {
                let value = match tensor.data {
                    Data::F32(values) => Value::from_shape(&tensor.shape, values)
                        .map_err(|error| error.to_string())?,
                    Data::U8(values) => Value::from_shape(&tensor.shape, values)
                        .map_err(|error| error.to_string())?,
                };
                Ok((node(&name)?, value.into()))
            };
        let inputs = inputs
            .into_iter()
            .map(value)
            .collect::<Result<Vec<_>, _>>()?;
        let [value] = self
            .model
            .run_n(inputs, [node(output)?], None)
            .map_err(|error| error.to_string())?;
        let (shape, data) = match &value {
            Value::FloatTensor(_) => {
                let (shape, values) = value
                    .into_shape_vec::<f32, 4>()
                    .map_err(|error| error.to_string())?;
                (shape, Data::F32(values))
            }
            Value::UInt8Tensor(_) => {
                let (shape, values) = value
                    .into_shape_vec::<u8, 4>()
                    .map_err(|error| error.to_string())?;
                (shape, Data::U8(values))
            }
            other => {
                return Err(format!(
                    "output '{output}' is of type {}, expected f32 or u8",
                    other.dtype()
                ));
            }
        };
        Ok(Tensor {
            shape: shape.to_vec(),
            data,
        })
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_version_told_is_the_version_built_in() {
        let lock = include_str!("../../../../Cargo.lock").replace('\r', "");
        let version = super::VERSION.replace("rten ", "name = \"rten\"\nversion = \"");
        assert!(
            lock.contains(&format!("{version}\"")),
            "Cargo.lock has another version of rten"
        );
    }
}
