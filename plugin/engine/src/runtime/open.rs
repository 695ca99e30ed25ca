//! Which runtime answers: ONNX Runtime where it can be loaded, else the one that is built in.

use std::path::Path;

use super::device::{Available, Device, RuntimeReport};
use super::interface::{ModelFile, Runtime};
use super::{builtin, onnxruntime};
use crate::error::Error;

/// The runtime that is always there.
fn built_in() -> Available {
    Available {
        runtime: builtin::NAME.into(),
        provider: "CPU".into(),
        version: builtin::VERSION.into(),
        status: Ok("part of Reweave".into()),
        cards: Vec::new(),
    }
}

/// Loads a model with the best runtime and provider that can be had for `device`, and says which it was and why not a
/// better one.
pub(crate) fn load(
    file: &ModelFile,
    device: Device,
) -> Result<(Box<dyn Runtime>, RuntimeReport), Error> {
    let path = &file.path;
    let mut why_not_better = Vec::new();
    if device != Device::BuiltIn {
        match onnxruntime::load(file, device, &mut why_not_better) {
            Ok((runtime, mut report)) => {
                report.why_not_better = why_not_better;
                return Ok((runtime, report));
            }
            Err(why) => why_not_better.push(format!("ONNX Runtime: {why}")),
        }
    }
    match builtin::load(path) {
        Ok(runtime) => {
            let report = RuntimeReport {
                runtime: builtin::NAME.into(),
                provider: "CPU".into(),
                version: builtin::VERSION.into(),
                why_not_better,
                measured: None,
            };
            Ok((Box::new(runtime), report))
        }
        Err(why) => Err(Error::model(
            path,
            format!(
                "no runtime can read this model. Built-in: {why}. {}. Check that it is a complete .onnx file, and \
                 install ONNX Runtime if the model needs it (reweave runtime install)",
                why_not_better.join(". ")
            ),
        )),
    }
}

/// Every way to run a network, best first, each with where it was found or why it cannot be had. Loads ONNX Runtime.
pub fn list() -> Vec<Available> {
    let mut ways = onnxruntime::survey();
    ways.push(built_in());
    ways
}

/// The version of the ONNX Runtime at this path, if it can be used here. It is loaded for that: what may be anything is asked in
/// a process of its own.
///
/// # Errors
/// Why it cannot be used, in words.
pub fn check_onnxruntime(library: &Path) -> Result<String, String> {
    onnxruntime::check(library)
}
