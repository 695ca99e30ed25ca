//! The part of ONNX's `onnx.proto` that Reweave writes and reads, with its field numbers. Unknown fields are skipped.

/// A whole model file.
#[derive(Clone, PartialEq, prost::Message)]
pub struct Model {
    /// Version of the format itself.
    #[prost(int64, optional, tag = "1")]
    pub ir_version: Option<i64>,
    /// Who wrote it.
    #[prost(string, optional, tag = "2")]
    pub producer_name: Option<String>,
    /// In which version.
    #[prost(string, optional, tag = "3")]
    pub producer_version: Option<String>,
    /// The computation.
    #[prost(message, optional, tag = "7")]
    pub graph: Option<Graph>,
    /// Sets of operators used.
    #[prost(message, repeated, tag = "8")]
    pub opset_import: Vec<OperatorSet>,
    /// Free notes.
    #[prost(message, repeated, tag = "14")]
    pub metadata_props: Vec<Entry>,
}

/// A set of operators and its version.
#[derive(Clone, PartialEq, prost::Message)]
pub struct OperatorSet {
    /// Empty for the standard operators.
    #[prost(string, optional, tag = "1")]
    pub domain: Option<String>,
    /// Its version.
    #[prost(int64, optional, tag = "2")]
    pub version: Option<i64>,
}

/// One note.
#[derive(Clone, PartialEq, prost::Message)]
pub struct Entry {
    /// Its name.
    #[prost(string, optional, tag = "1")]
    pub key: Option<String>,
    /// Its text.
    #[prost(string, optional, tag = "2")]
    pub value: Option<String>,
}

/// The computation: nodes in order, and the values they start from.
#[derive(Clone, PartialEq, prost::Message)]
pub struct Graph {
    /// Operations, each after those it needs.
    #[prost(message, repeated, tag = "1")]
    pub node: Vec<Node>,
    /// Its name.
    #[prost(string, optional, tag = "2")]
    pub name: Option<String>,
    /// Constants.
    #[prost(message, repeated, tag = "5")]
    pub initializer: Vec<Tensor>,
    /// What is fed in.
    #[prost(message, repeated, tag = "11")]
    pub input: Vec<ValueInfo>,
    /// What comes out.
    #[prost(message, repeated, tag = "12")]
    pub output: Vec<ValueInfo>,
}

/// One operation.
#[derive(Clone, PartialEq, prost::Message)]
pub struct Node {
    /// Names of the values it takes.
    #[prost(string, repeated, tag = "1")]
    pub input: Vec<String>,
    /// Names of the values it makes.
    #[prost(string, repeated, tag = "2")]
    pub output: Vec<String>,
    /// Its own name.
    #[prost(string, optional, tag = "3")]
    pub name: Option<String>,
    /// Which operator.
    #[prost(string, optional, tag = "4")]
    pub op_type: Option<String>,
    /// Its settings.
    #[prost(message, repeated, tag = "5")]
    pub attribute: Vec<Attribute>,
}

/// A setting of an operation.
#[derive(Clone, PartialEq, prost::Message)]
pub struct Attribute {
    /// Its name.
    #[prost(string, optional, tag = "1")]
    pub name: Option<String>,
    /// A number.
    #[prost(float, optional, tag = "2")]
    pub f: Option<f32>,
    /// A whole number.
    #[prost(int64, optional, tag = "3")]
    pub i: Option<i64>,
    /// Text.
    #[prost(bytes = "vec", optional, tag = "4")]
    pub s: Option<Vec<u8>>,
    /// Whole numbers.
    #[prost(int64, repeated, packed = "false", tag = "8")]
    pub ints: Vec<i64>,
    /// Which of the fields holds: 1 f, 2 i, 3 s, 7 ints.
    #[prost(int32, optional, tag = "20")]
    pub kind: Option<i32>,
}

/// A constant.
#[derive(Clone, PartialEq, prost::Message)]
pub struct Tensor {
    /// Dimensions.
    #[prost(int64, repeated, packed = "false", tag = "1")]
    pub dims: Vec<i64>,
    /// Type: one of [`element`].
    #[prost(int32, optional, tag = "2")]
    pub data_type: Option<i32>,
    /// Values of an f32 tensor, where `raw_data` is not used.
    #[prost(float, repeated, tag = "4")]
    pub float_data: Vec<f32>,
    /// Its name.
    #[prost(string, optional, tag = "8")]
    pub name: Option<String>,
    /// Values, little endian.
    #[prost(bytes = "vec", optional, tag = "9")]
    pub raw_data: Option<Vec<u8>>,
}

/// Numbers of the element types.
pub mod element {
    /// f32
    pub const FLOAT: i32 = 1;
    /// i64
    pub const INT64: i32 = 7;
    /// f16
    pub const FLOAT16: i32 = 10;
}

/// Name and type of an input or output.
#[derive(Clone, PartialEq, prost::Message)]
pub struct ValueInfo {
    /// Its name.
    #[prost(string, optional, tag = "1")]
    pub name: Option<String>,
    /// Its type.
    #[prost(message, optional, tag = "2")]
    pub r#type: Option<Type>,
}

/// The type of a value.
#[derive(Clone, PartialEq, prost::Message)]
pub struct Type {
    /// A tensor; other kinds do not occur here.
    #[prost(message, optional, tag = "1")]
    pub tensor: Option<TensorType>,
}

/// Element type and shape.
#[derive(Clone, PartialEq, prost::Message)]
pub struct TensorType {
    /// One of [`element`].
    #[prost(int32, optional, tag = "1")]
    pub elem_type: Option<i32>,
    /// Dimensions.
    #[prost(message, optional, tag = "2")]
    pub shape: Option<Shape>,
}

/// Dimensions.
#[derive(Clone, PartialEq, prost::Message)]
pub struct Shape {
    /// Outermost first.
    #[prost(message, repeated, tag = "1")]
    pub dim: Vec<Dimension>,
}

/// One dimension, known or named.
#[derive(Clone, PartialEq, prost::Message)]
pub struct Dimension {
    /// Its size.
    #[prost(int64, optional, tag = "1")]
    pub value: Option<i64>,
    /// Its name, where any size will do.
    #[prost(string, optional, tag = "2")]
    pub name: Option<String>,
}

impl Tensor {
    /// The values of an f32 tensor, however they are kept; `None` for another type.
    pub fn floats(&self) -> Option<Vec<f32>> {
        if self.data_type != Some(element::FLOAT) {
            return None;
        }
        Some(match &self.raw_data {
            Some(raw) => raw
                .chunks_exact(4)
                .map(|c| f32::from_le_bytes([c[0], c[1], c[2], c[3]]))
                .collect(),
            None => self.float_data.clone(),
        })
    }
}
