//! ONNX files that nobody means well with, written byte by byte: a protobuf is fields of number, length and bytes.

/// A field of bytes, text or another message.
pub fn field(number: u64, bytes: &[u8]) -> Vec<u8> {
    let mut out = varint(number << 3 | 2);
    out.extend(varint(bytes.len() as u64));
    out.extend(bytes);
    out
}

/// A field of a whole number.
pub fn number(number: u64, value: i64) -> Vec<u8> {
    [varint(number << 3), varint(value as u64)].concat()
}

fn varint(mut value: u64) -> Vec<u8> {
    let mut out = Vec::new();
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
    out
}

/// A node of the standard operators.
pub fn node(operator: &str, inputs: &[&str], output: &str, attributes: &[Vec<u8>]) -> Vec<u8> {
    let mut body: Vec<u8> = inputs
        .iter()
        .flat_map(|name| field(1, name.as_bytes()))
        .collect();
    body.extend(field(2, output.as_bytes()));
    body.extend(field(4, operator.as_bytes()));
    body.extend(attributes.iter().flat_map(|setting| field(5, setting)));
    field(1, &body)
}

/// A setting of whole numbers.
pub fn integers(name: &str, values: &[i64]) -> Vec<u8> {
    let values: Vec<u8> = values.iter().flat_map(|&value| number(8, value)).collect();
    [field(1, name.as_bytes()), values, number(20, 7)].concat()
}

/// A setting of one whole number.
pub fn integer(name: &str, value: i64) -> Vec<u8> {
    [field(1, name.as_bytes()), number(3, value), number(20, 2)].concat()
}

/// A setting that is a graph.
pub fn graph(name: &str, graph: &[u8]) -> Vec<u8> {
    [field(1, name.as_bytes()), field(6, graph), number(20, 5)].concat()
}

/// Constants in a row: a tensor of one axis.
pub fn constant(name: &str, values: &[i64]) -> Vec<u8> {
    let raw: Vec<u8> = values
        .iter()
        .flat_map(|value| value.to_le_bytes())
        .collect();
    tensor(name, 7, &[values.len() as i64], &field(9, &raw))
}

/// Any tensor: element type, dimensions, and what holds its values.
pub fn tensor(name: &str, element: i64, dims: &[i64], values: &[u8]) -> Vec<u8> {
    let mut body: Vec<u8> = dims.iter().flat_map(|&dim| number(1, dim)).collect();
    body.extend(number(2, element));
    body.extend(values);
    body.extend(field(8, name.as_bytes()));
    field(5, &body)
}

/// A constant of one 32-bit float.
pub fn float(name: &str, value: f32) -> Vec<u8> {
    tensor(name, 1, &[1], &field(9, &value.to_le_bytes()))
}

/// An input (11) or output (12) of 32-bit floats, `[1, channels, side, side]`, or of any size.
fn port(kind: u64, name: &str, channels: i64, side: Option<i64>) -> Vec<u8> {
    let fixed = |value: i64| field(1, &number(1, value));
    let axis = |name: &str| side.map_or_else(|| field(1, &field(2, name.as_bytes())), fixed);
    let shape = [fixed(1), fixed(channels), axis("H"), axis("W")].concat();
    let tensor = [number(1, 1), field(2, &shape)].concat();
    field(
        kind,
        &[field(1, name.as_bytes()), field(2, &field(1, &tensor))].concat(),
    )
}

/// A model of our own convention (`picture`, `hole` → `filled`) around nodes and constants.
pub fn model(parts: &[Vec<u8>]) -> Vec<u8> {
    around(parts, ["picture", "hole", "filled"], None)
}

/// A model with a picture and a hole in, and a picture out.
fn around(parts: &[Vec<u8>], [picture, hole, filled]: [&str; 3], side: Option<i64>) -> Vec<u8> {
    let mut graph = parts.concat();
    graph.extend(field(2, b"graph"));
    graph.extend(port(11, picture, 3, side));
    graph.extend(port(11, hole, 1, side));
    graph.extend(port(12, filled, 3, side));
    let opset = [field(1, b""), number(2, 17)].concat();
    [number(1, 8), field(7, &graph), field(8, &opset)].concat()
}

/// A stand-in for LaMa as it is exported: `image` from 0 to 1 and `mask`, 1 in the hole, of one size; `output` from black to
/// `white`, the known picture as it was. It fills with half grey.
pub fn lama(side: i64, white: f32) -> Vec<u8> {
    let parts = [
        float("one", 1.0),
        float("half", 0.5),
        float("white", white),
        node("Sub", &["one", "mask"], "known", &[]),
        node("Mul", &["image", "known"], "kept", &[]),
        node("Mul", &["half", "mask"], "grey", &[]),
        node("Add", &["kept", "grey"], "filled", &[]),
        node("Mul", &["filled", "white"], "output", &[]),
    ];
    around(&parts, ["image", "mask", "output"], Some(side))
}
