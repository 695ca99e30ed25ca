//! The parts that the tests can be run in.

use clap::ValueEnum;

/// The one crate that links libtorch.
pub const TRAINER: &str = "reweave-trainer";

/// A part of the tests.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Suite {
    /// What needs only Rust: no downloads, no libtorch
    Unit,
    /// The same network on libtorch, ONNX Runtime and the built-in runtime
    Parity,
    /// The trainer and the masks it trains with
    Trainer,
    /// The command reweave
    Cli,
    /// The C ABI, from a C program, under valgrind
    Capi,
}

impl Suite {
    /// Whether the test program `target` of `package` belongs to this part.
    pub fn owns(self, package: &str, target: &str) -> bool {
        let parity = package == TRAINER && target.contains("parity");
        match self {
            Self::Unit => package != TRAINER,
            Self::Parity => parity,
            Self::Trainer => matches!(package, TRAINER | "reweave-masks") && !parity,
            Self::Cli => package == "reweave-cli",
            Self::Capi => package == "reweave-plugin",
        }
    }
}
