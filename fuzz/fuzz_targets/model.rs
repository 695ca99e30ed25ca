//! An ONNX file that anybody may have made, read by the built-in runtime. It may be refused, and nothing else.
#![no_main]

use libfuzzer_sys::fuzz_target;
use reweave::{Device, Model};
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

const CARD: &str = r#"{
  "version": 1, "name": "fuzz",
  "picture": { "name": "picture", "range": "-1..1" },
  "hole": { "name": "hole" },
  "output": { "name": "filled", "range": "-1..1" }
}"#;

static MODEL: LazyLock<PathBuf> = LazyLock::new(|| {
    // SAFETY: this is the first thing that the only thread does.
    unsafe { std::env::set_var("REWEAVE_ONNXRUNTIME", "/nowhere/onnxruntime") };
    let folder = tempfile::tempdir().expect("a folder for the model").keep();
    fs::write(folder.join("fuzz.json"), CARD).expect("the card is written");
    folder.join("fuzz.onnx")
});

fuzz_target!(|bytes: &[u8]| {
    fs::write(&*MODEL, bytes).expect("the model is written");
    if let Ok(model) = Model::open(&*MODEL, Device::Cpu) {
        let _ = model.answered_by();
    }
});
