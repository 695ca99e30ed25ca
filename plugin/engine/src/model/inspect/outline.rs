//! The outline of an ONNX file: its operations in order and its short constants, without the weights. What no model of
//! ours needs and a runtime can be brought down by is refused on the way.

use std::collections::HashMap;

use super::bound::Bound;
use super::limits::{CONSTANTS, FIELDS_OF_NODE, NODES};
use super::tensor::tensor;
use super::wire::{Fields, Value};

/// A setting of an operation, as far as shapes depend on it.
#[derive(Clone, Debug)]
pub(super) enum Setting {
    Number(f64),
    Numbers(Vec<f64>),
    Text(String),
    Constant(Bound),
}

/// An operation. Values are known by their place in [`Outline::values`].
#[derive(Clone, Debug)]
pub(super) struct Node {
    /// Empty where it is no standard operator: then nothing is known of what it does.
    pub operator: String,
    /// The name of its first output, to find it by.
    pub name: String,
    /// `None` where an input is left out.
    pub inputs: Vec<Option<usize>>,
    pub outputs: Vec<usize>,
    settings: Vec<(String, Setting)>,
}

impl Node {
    pub fn setting(&self, name: &str) -> Option<&Setting> {
        let found = self.settings.iter().find(|(other, _)| other == name);
        found.map(|(_, setting)| setting)
    }

    /// A setting that is one number, or what it is where it is left out.
    pub fn number(&self, name: &str, default: f64) -> f64 {
        match self.setting(name) {
            Some(Setting::Number(value)) => *value,
            _ => default,
        }
    }

    /// A setting that is several numbers.
    pub fn numbers(&self, name: &str) -> Option<&[f64]> {
        match self.setting(name) {
            Some(Setting::Numbers(values)) => Some(values),
            _ => None,
        }
    }
}

/// What a model computes, in outline.
#[derive(Clone, Debug, Default)]
pub(super) struct Outline {
    /// Each after those it needs.
    pub nodes: Vec<Node>,
    /// The constants, by their values' places.
    pub constants: Vec<(usize, Bound)>,
    /// The inputs, by name.
    pub inputs: Vec<(String, usize)>,
    /// How many values there are.
    pub values: usize,
}

/// Reads the outline of the file's bytes.
pub(super) fn outline(model: &[u8]) -> Result<Outline, String> {
    let mut graph = None;
    for field in Fields::of(model) {
        match field? {
            (7, value) if graph.is_none() => graph = Some(value.bytes()?),
            (7, _) => return Err("it holds two graphs".into()),
            (20, _) => return Err(refused("it holds a graph for training")),
            (25, _) => return Err(refused("it holds functions of its own")),
            _ => {}
        }
    }
    Reader::default().graph(graph.unwrap_or_default())
}

#[derive(Default)]
struct Reader<'a> {
    places: HashMap<&'a str, usize>,
    outline: Outline,
}

impl<'a> Reader<'a> {
    fn graph(mut self, graph: &'a [u8]) -> Result<Outline, String> {
        let (mut nodes, mut inputs) = (Vec::new(), Vec::new());
        for field in Fields::of(graph) {
            match field? {
                (1, node) if nodes.len() < NODES => nodes.push(node.bytes()?),
                (1, _) => return Err(too_many("operations", nodes_in(graph), NODES)),
                (5, _) if self.outline.constants.len() == CONSTANTS => {
                    return Err(too_many("constants", CONSTANTS + 1, CONSTANTS));
                }
                (5, constant) => {
                    let (name, bound) = tensor(constant.bytes()?)?;
                    let place = self.place(name)?;
                    self.outline.constants.push((place, bound));
                }
                (11, _) if inputs.len() == FIELDS_OF_NODE => {
                    return Err(too_many("inputs", inputs.len() + 1, FIELDS_OF_NODE));
                }
                (11, input) => inputs.push(value_name(input.bytes()?)?),
                (12 | 13, value) => drop(value_name(value.bytes()?)?),
                (15, _) => return Err(refused("it holds sparse constants")),
                _ => {}
            }
        }
        for name in inputs {
            // Old files list their constants among the inputs.
            if !self.places.contains_key(name) {
                let place = self.place(name)?;
                self.outline.inputs.push((name.to_owned(), place));
            }
        }
        for node in nodes {
            let node = self.node(node)?;
            self.outline.nodes.push(node);
        }
        Ok(self.outline)
    }

    /// A place for a value that is made here.
    fn place(&mut self, name: &'a str) -> Result<usize, String> {
        let place = self.outline.values;
        self.outline.values += 1;
        match self.places.insert(name, place) {
            Some(_) => Err(format!("it makes the value '{name}' twice")),
            None => Ok(place),
        }
    }

    fn node(&mut self, node: &'a [u8]) -> Result<Node, String> {
        let (mut inputs, mut outputs, mut settings) = (Vec::new(), Vec::new(), Vec::new());
        let (mut operator, mut domain) = ("", "");
        for field in Fields::of(node) {
            match field? {
                (1, name) => inputs.push(name.text()?),
                (2, name) => outputs.push(name.text()?),
                (4, name) => operator = name.text()?,
                (5, setting) => settings.push(setting.bytes()?),
                (7, name) => domain = name.text()?,
                _ => {}
            }
            let most = inputs.len().max(outputs.len()).max(settings.len());
            if most > FIELDS_OF_NODE {
                return Err(too_many(
                    "inputs, outputs or settings of an operation",
                    most,
                    FIELDS_OF_NODE,
                ));
            }
        }
        let settings = settings.into_iter().map(|bytes| setting(operator, bytes));
        let settings = settings.collect::<Result<_, _>>()?;
        let known = |name: &&str| match (*name, self.places.get(name)) {
            ("", _) => Ok(None),
            (_, Some(&place)) => Ok(Some(place)),
            (name, None) => Err(format!(
                "the operator '{operator}' takes the value '{name}', which is not made before it"
            )),
        };
        let inputs = inputs.iter().map(known).collect::<Result<_, _>>()?;
        let name = outputs.first().copied().unwrap_or_default().to_owned();
        let outputs = outputs.into_iter().filter(|name| !name.is_empty());
        let outputs = outputs
            .map(|name| self.place(name))
            .collect::<Result<_, _>>()?;
        let is_standard = matches!(domain, "" | "ai.onnx");
        Ok(Node {
            operator: if is_standard {
                operator.into()
            } else {
                String::new()
            },
            name,
            inputs,
            outputs,
            settings,
        })
    }
}

/// The name of an input, an output or a value; its type has to be a tensor.
fn value_name(value: &[u8]) -> Result<&str, String> {
    let mut name = "";
    for field in Fields::of(value) {
        match field? {
            (1, text) => name = text.text()?,
            (2, kind) => {
                for field in Fields::of(kind.bytes()?) {
                    // Sequences, maps and the like: types in types, as deep as one likes.
                    if matches!(field?.0, 4 | 5 | 9) {
                        return Err(refused(&format!(
                            "the value '{name}' is no tensor but of a deeper type"
                        )));
                    }
                }
            }
            _ => {}
        }
    }
    Ok(name)
}

fn setting(operator: &str, bytes: &[u8]) -> Result<(String, Setting), String> {
    let (mut name, mut numbers, mut found) = ("", Vec::new(), None);
    let mut floats = Vec::new();
    for field in Fields::of(bytes) {
        match field? {
            (1, text) => name = text.text()?,
            (2, Value::Four(float)) => {
                found = Some(Setting::Number(f32::from_le_bytes(float).into()));
            }
            (3, Value::Number(number)) => found = Some(Setting::Number(number as i64 as f64)),
            (4, text) => found = text.text().ok().map(|text| Setting::Text(text.into())),
            (5, constant) => found = Some(Setting::Constant(tensor(constant.bytes()?)?.1)),
            (6 | 11, _) => {
                return Err(refused(&format!(
                    "the operator '{operator}' holds a graph of its own"
                )));
            }
            (7, Value::Four(float)) => {
                let room = floats.len() < FIELDS_OF_NODE;
                floats.extend(room.then(|| f64::from(f32::from_le_bytes(float))));
            }
            (7, packed) => {
                let values = packed.bytes()?.as_chunks().0.iter().take(FIELDS_OF_NODE);
                floats.extend(values.map(|&float| f64::from(f32::from_le_bytes(float))));
            }
            (8, values) => values.numbers(&mut numbers, FIELDS_OF_NODE)?,
            (10 | 14 | 15 | 22 | 23, _) => {
                return Err(refused(&format!(
                    "a setting of the operator '{operator}' is a type or a list of constants"
                )));
            }
            _ => {}
        }
    }
    floats.extend(numbers.iter().map(|&number| number as f64));
    let found = found.filter(|_| floats.is_empty());
    Ok((name.into(), found.unwrap_or(Setting::Numbers(floats))))
}

fn nodes_in(graph: &[u8]) -> usize {
    Fields::of(graph)
        .flatten()
        .filter(|(number, _)| *number == 1)
        .count()
}

fn too_many(what: &str, found: usize, most: usize) -> String {
    format!("it has {found} {what}, more than the {most} that a model may have. Simplify the model")
}

/// What Reweave does not run, and what to do about it.
fn refused(what: &str) -> String {
    format!(
        "{what}, which Reweave does not run. Export the model again without control flow, or simplify it"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A field of fewer than 128 bytes.
    fn field(number: u8, bytes: &[u8]) -> Vec<u8> {
        [&[number << 3 | 2, bytes.len() as u8], bytes].concat()
    }

    fn relu(from: &str, to: &str) -> Vec<u8> {
        let parts = [(1, from), (2, to), (4, "Relu")];
        field(
            1,
            &parts
                .map(|(number, text)| field(number, text.as_bytes()))
                .concat(),
        )
    }

    fn read(parts: &[Vec<u8>]) -> Result<Outline, String> {
        let input = field(11, &field(1, b"x"));
        outline(&field(7, &[input, parts.concat()].concat()))
    }

    /// What is checked has to be what is run, and runtimes put operations in order by themselves.
    #[test]
    fn operations_stand_in_order_and_make_each_value_once() {
        let row = read(&[relu("x", "y"), relu("y", "z")]).unwrap();
        assert_eq!((row.nodes.len(), row.values), (2, 3));
        let why = read(&[relu("y", "z"), relu("x", "y")]).unwrap_err();
        assert!(why.contains("'y'") && why.contains("before"), "{why}");
        let why = read(&[relu("x", "y"), relu("x", "y")]).unwrap_err();
        assert!(why.contains("'y' twice"), "{why}");
    }

    #[test]
    fn a_second_graph_a_function_or_a_long_name_is_refused() {
        let empty = field(7, b"");
        let words = |model: &[u8]| outline(model).unwrap_err();
        assert!(words(&[empty.clone(), empty.clone()].concat()).contains("two graphs"));
        // Field 25 has a key of two bytes.
        assert!(words(&[empty, vec![0xca, 0x01, 0]].concat()).contains("functions"));
        let long = Value::Bytes(&[b'n'; 1001]);
        assert!(long.text().unwrap_err().contains("longer"));
    }
}
