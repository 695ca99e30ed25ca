//! Models of others, looked at before a runtime sees them. A file of a few bytes can ask for more stack or memory than
//! there is, and where a runtime runs out of either it ends the process: the host's.

mod bound;
mod growth;
mod limits;
mod numbers;
mod operators;
mod outline;
mod spatial;
mod tensor;
mod wire;

use std::path::Path;

use crate::error::Error;
use crate::runtime::{CancelToken, Inputs, Runtime, RuntimeReport, Tensor, TensorSpec};
use limits::FILE_BYTES;
use outline::Outline;

/// A model's file that was looked at and found fit to be opened.
#[derive(Debug)]
pub(super) struct Inspected(Outline);

/// Reads the file and checks it against the limits.
///
/// # Errors
/// [`Error::Model`], which says what is over which limit and what to do.
pub(super) fn inspect(path: &Path) -> Result<Inspected, Error> {
    let no = |why: String| Error::model(path, why);
    let unreadable = |error: std::io::Error| no(format!("cannot be read: {error}"));
    let metadata = std::fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(no("is not a file. Give the path of an .onnx file".into()));
    }
    if metadata.len() > FILE_BYTES {
        return Err(no(format!(
            "has {} MiB, more than the 2 GiB that an ONNX file can have",
            metadata.len() >> 20
        )));
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    let outline = outline::outline(&bytes).map_err(no)?;
    // What is computed from constants alone is computed when the model is opened.
    growth::live_bytes(&outline, &[]).map_err(no)?;
    Ok(Inspected(outline))
}

impl Inspected {
    /// The runtime that opened the file, which from now on runs it only where memory suffices.
    pub fn bounding(self, runtime: Box<dyn Runtime>) -> Box<dyn Runtime> {
        let Self(outline) = self;
        Box::new(Bounded { runtime, outline })
    }
}

/// A runtime that refuses a run which would take more memory than a model may take, or than there is.
#[derive(Debug)]
struct Bounded {
    runtime: Box<dyn Runtime>,
    outline: Outline,
}

impl Runtime for Bounded {
    fn inputs(&self) -> &[TensorSpec] {
        self.runtime.inputs()
    }

    fn outputs(&self) -> &[TensorSpec] {
        self.runtime.outputs()
    }

    fn run(&self, inputs: Inputs, output: &str, cancel: &CancelToken) -> Result<Tensor, String> {
        let shapes: Vec<(&str, &[usize])> = inputs
            .iter()
            .map(|(name, tensor)| (name.as_str(), tensor.shape.as_slice()))
            .collect();
        let live = growth::live_bytes(&self.outline, &shapes)?;
        reserve(live)?;
        self.runtime.run(inputs, output, cancel)
    }

    fn taken_over_by(&self) -> Option<RuntimeReport> {
        self.runtime.taken_over_by()
    }
}

/// Asks for so much memory and gives it back: where a process or machine is short of it, that is found out in words here
/// and not by the runtime.
fn reserve(bytes: u64) -> Result<(), String> {
    let mut probe = Vec::<u8>::new();
    let fits = usize::try_from(bytes).is_ok_and(|bytes| probe.try_reserve_exact(bytes).is_ok());
    // Kept from being optimised away, which is allowed for memory that nobody uses.
    std::hint::black_box(&probe);
    if fits {
        return Ok(());
    }
    Err(format!(
        "it needs {} MiB of memory, more than is free. Close other programs, or give the model a smaller working size on \
         its card",
        bytes >> 20
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn shipped(name: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../models/zoo")
            .join(name)
    }

    fn refused(bytes: &[u8]) -> String {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("model.onnx");
        std::fs::write(&file, bytes).unwrap();
        inspect(&file).unwrap_err().to_string()
    }

    #[test]
    fn models_that_ship_pass_and_damaged_ones_say_so() {
        for name in ["gated.onnx", "partial.onnx"] {
            inspect(&shipped(name)).unwrap();
        }
        let bytes = std::fs::read(shipped("gated.onnx")).unwrap();
        let why = refused(&bytes[..bytes.len() / 2]);
        assert!(why.contains("model.onnx") && why.contains("again"), "{why}");
        assert!(inspect(Path::new("/")).is_err());
    }

    #[test]
    fn memory_that_is_not_there_is_told_of() {
        reserve(1 << 20).unwrap();
        assert!(reserve(u64::MAX / 2).unwrap_err().contains("MiB"));
    }
}
