//! `--onnxruntime`: shared by the commands that run networks.

use std::path::PathBuf;

/// Which ONNX Runtime to use.
#[derive(Debug, Clone, clap::Args)]
pub struct RuntimeChoice {
    /// Use this ONNX Runtime library instead of searching for one
    #[arg(long, value_name = "FILE")]
    onnxruntime: Option<PathBuf>,
}

impl RuntimeChoice {
    /// Tells the engine. To be called before the first model is opened.
    pub fn apply(&self) {
        if let Some(library) = &self.onnxruntime {
            reweave::devices::use_onnxruntime(library);
        }
    }
}
