//! What is said between host and worker. A frame is a mark, the length of its text, the text (JSON), and then the values
//! of the tensors that the text tells of, in the machine's own order of bytes: there is one machine.
//!
//! Neither side believes the other: a length is checked before anything is allocated for it.

use std::ffi::OsString;
use std::io::{self, Read, Write};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::error::try_vec;
use crate::runtime::{Data, Device, Inputs, RuntimeReport, Tensor, TensorSpec};

/// Raised when anything here changes.
pub(super) const VERSION: u32 = 1;

const MARK: [u8; 4] = *b"RWvw";

/// Bytes of text in a frame, at most. A model may have 1,000 inputs, each with a name of 1,000 bytes and more.
const TEXT: usize = 8 << 20;

/// Tensors of a frame, at most.
const TENSORS: usize = 1000;

/// Axes of a tensor, at most.
const AXES: usize = 16;

/// What a worker says first.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Hello {
    pub version: u32,
}

/// What the worker is for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Open {
    /// The model's file. An `OsString`, because a path need not be text.
    pub model: OsString,
    /// The fingerprint that its card tells.
    pub sha256: Option<String>,
    /// The id of a [`Device`].
    pub device: String,
}

impl Open {
    pub fn device(&self) -> Option<Device> {
        let position = Device::CHOICES
            .iter()
            .position(|choice| choice.id == self.device)?;
        Some(Device::ALL[position])
    }
}

/// How opening went.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Opened {
    Ready {
        inputs: Vec<Port>,
        outputs: Vec<Port>,
        report: Answered,
    },
    /// The model cannot be used.
    Bad(String),
    /// The file is not the one that the card was written for.
    Mismatch(String),
}

/// One run; the tensors follow.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Run {
    pub output: String,
    pub inputs: Vec<Head>,
}

/// How it went; the tensor, if there is one, follows.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Ran {
    Done {
        output: Head,
        /// What has answered, where that is not what the model was opened on.
        taken_over: Option<Answered>,
    },
    Failed(String),
}

/// What comes before a tensor's values.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Head {
    pub name: String,
    pub shape: Vec<usize>,
    pub bytes: bool,
}

impl Head {
    pub fn of(name: &str, tensor: &Tensor) -> Self {
        Self {
            name: name.into(),
            shape: tensor.shape.clone(),
            bytes: matches!(tensor.data, Data::U8(_)),
        }
    }

    /// How many values there are, and how many bytes they take.
    fn len(&self) -> Option<(usize, usize)> {
        if self.shape.len() > AXES {
            return None;
        }
        let len = self
            .shape
            .iter()
            .try_fold(1usize, |product, &axis| product.checked_mul(axis))?;
        let bytes = if self.bytes { len } else { len.checked_mul(4)? };
        Some((len, bytes))
    }
}

/// A [`TensorSpec`] on its way.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Port {
    name: String,
    element: String,
    shape: Vec<Option<usize>>,
}

impl From<&TensorSpec> for Port {
    fn from(spec: &TensorSpec) -> Self {
        Self {
            name: spec.name.clone(),
            element: spec.element.clone(),
            shape: spec.shape.clone(),
        }
    }
}

impl From<Port> for TensorSpec {
    fn from(port: Port) -> Self {
        Self {
            name: port.name,
            element: port.element,
            shape: port.shape,
        }
    }
}

/// A [`RuntimeReport`] on its way.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Answered {
    runtime: String,
    provider: String,
    version: String,
    why_not_better: Vec<String>,
    measured: Option<String>,
}

impl From<RuntimeReport> for Answered {
    fn from(report: RuntimeReport) -> Self {
        Self {
            runtime: report.runtime,
            provider: report.provider,
            version: report.version,
            why_not_better: report.why_not_better,
            measured: report.measured,
        }
    }
}

impl From<Answered> for RuntimeReport {
    fn from(answered: Answered) -> Self {
        Self {
            runtime: answered.runtime,
            provider: answered.provider,
            version: answered.version,
            why_not_better: answered.why_not_better,
            measured: answered.measured,
        }
    }
}

/// Writes a frame without tensors.
pub(super) fn write(to: &mut impl Write, text: &impl Serialize) -> io::Result<()> {
    let text = serde_json::to_vec(text)?;
    let length = u32::try_from(text.len()).map_err(|_| no("a text that is too long"))?;
    let mut start = Vec::with_capacity(8 + text.len());
    start.extend(MARK);
    start.extend(length.to_le_bytes());
    start.extend(text);
    to.write_all(&start)?;
    to.flush()
}

/// Writes what follows a frame: straight from where the tensor's values lie.
pub(super) fn write_values(to: &mut impl Write, tensor: &Tensor) -> io::Result<()> {
    to.write_all(match &tensor.data {
        Data::F32(values) => bytemuck::cast_slice(values),
        Data::U8(values) => values,
    })?;
    to.flush()
}

/// Reads a frame. Its tensors are to be read after it.
///
/// # Errors
/// The other side is gone, or says what nobody of ours would.
pub(super) fn read<T: DeserializeOwned>(from: &mut impl Read) -> io::Result<T> {
    let mut start = [0; 8];
    from.read_exact(&mut start)?;
    let [a, b, c, d, length @ ..] = start;
    let length = u32::from_le_bytes(length) as usize;
    if [a, b, c, d] != MARK || length > TEXT {
        return Err(no("what is no frame"));
    }
    let mut text = vec![0; length];
    from.read_exact(&mut text)?;
    serde_json::from_slice(&text).map_err(|_| no("a frame with a text of another kind"))
}

/// Reads the tensors that a frame tells of, of at most so many bytes together: straight to where they are wanted.
///
/// # Errors
/// As [`read`]; or there is no memory for so many.
pub(super) fn read_all(from: &mut impl Read, heads: Vec<Head>, most: usize) -> io::Result<Inputs> {
    if heads.len() > TENSORS {
        return Err(no("more tensors than there can be"));
    }
    let mut left = most;
    let read = |head| {
        let (name, tensor) = read_one(from, head, left)?;
        left -= bytes_of(&tensor);
        Ok((name, tensor))
    };
    heads.into_iter().map(read).collect()
}

/// As [`read_all`], for one.
pub(super) fn read_one(
    from: &mut impl Read,
    head: Head,
    most: usize,
) -> io::Result<(String, Tensor)> {
    let (len, _) = head
        .len()
        .filter(|(_, bytes)| *bytes <= most)
        .ok_or_else(|| no("more values than there can be"))?;
    let memory = |error: crate::Error| io::Error::other(error.to_string());
    let data = if head.bytes {
        let mut values = try_vec(0u8, len, "a tensor").map_err(memory)?;
        from.read_exact(&mut values)?;
        Data::U8(values)
    } else {
        let mut values = try_vec(0f32, len, "a tensor").map_err(memory)?;
        from.read_exact(bytemuck::cast_slice_mut(&mut values))?;
        Data::F32(values)
    };
    let shape = head.shape;
    Ok((head.name, Tensor { shape, data }))
}

/// Bytes of a tensor's values.
pub(super) fn bytes_of(tensor: &Tensor) -> usize {
    match &tensor.data {
        Data::F32(values) => size_of_val(values.as_slice()),
        Data::U8(values) => values.len(),
    }
}

fn no(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("it says {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tensor() -> Tensor {
        Tensor {
            shape: vec![1, 1, 2, 3],
            data: Data::F32(vec![0.5, -1.0, 0.0, 7.0, 1e30, -0.0]),
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let bytes = Tensor {
            shape: vec![2],
            data: Data::U8(vec![7, 255]),
        };
        let mut wire = Vec::new();
        let run = Run {
            output: "filled".into(),
            inputs: vec![Head::of("picture", &tensor()), Head::of("hole", &bytes)],
        };
        write(&mut wire, &run).unwrap();
        write_values(&mut wire, &tensor()).unwrap();
        write_values(&mut wire, &bytes).unwrap();
        let mut wire = wire.as_slice();
        let run: Run = read(&mut wire).unwrap();
        assert_eq!(run.output, "filled");
        let most = bytes_of(&tensor()) + 2;
        let inputs = read_all(&mut wire, run.inputs, most).unwrap();
        assert_eq!(
            inputs,
            [("picture".into(), tensor()), ("hole".into(), bytes)]
        );
        assert!(wire.is_empty());
    }

    #[test]
    fn nonsense_is_refused_before_anything_is_allocated_for_it() {
        let hello = |bytes: &[u8]| read::<Hello>(&mut &bytes[..]).map_err(|error| error.kind());
        let mut wire = Vec::new();
        write(&mut wire, &Hello { version: VERSION }).unwrap();
        assert!(hello(&wire).is_ok());
        // Cut off, of another kind, with a length of 4 GiB, or no frame at all.
        use io::ErrorKind::{InvalidData, UnexpectedEof};
        assert_eq!(hello(&wire[..wire.len() - 1]).unwrap_err(), UnexpectedEof);
        assert_eq!(hello(b"").unwrap_err(), UnexpectedEof);
        let mut long = wire.clone();
        long[4..8].fill(0xff);
        assert_eq!(hello(&long).unwrap_err(), InvalidData);
        assert_eq!(hello(b"usage: reweave [OPTIONS]").unwrap_err(), InvalidData);
        let mut other = Vec::new();
        write(&mut other, &"hello").unwrap();
        assert_eq!(hello(&other).unwrap_err(), InvalidData);

        let values = |shape: Vec<usize>, most| {
            let head = Head {
                name: "x".into(),
                shape,
                bytes: false,
            };
            read_all(&mut [0; 64].as_slice(), vec![head], most).map_err(|error| error.kind())
        };
        assert!(values(vec![4, 4], 64).is_ok());
        assert_eq!(values(vec![4, 4], 63).unwrap_err(), InvalidData);
        assert_eq!(values(vec![4, 5], 80).unwrap_err(), UnexpectedEof);
        for shape in [vec![usize::MAX, 2], vec![usize::MAX / 2], vec![1; 17]] {
            assert_eq!(values(shape, usize::MAX).unwrap_err(), InvalidData);
        }
    }
}
