//! The parts that the tests can be run in.

use super::build::Program;
use clap::ValueEnum;

/// The one crate that links libtorch.
pub const TRAINER: &str = "reweave-trainer";

/// A part of the tests.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Suite {
    /// What needs only Rust: no libtorch, nothing fetched but by cargo
    Unit,
    /// The same network on libtorch, ONNX Runtime and the built-in runtime
    Parity,
    /// The trainer and the masks it trains with
    Trainer,
    /// The command reweave
    Cli,
    /// The C ABI, from a C program, under valgrind
    Capi,
    /// Real GIMPs, in Debian roots (slow)
    Gimp,
    /// The OpenFX node, in a mock host and in melt (slow)
    Openfx,
    /// Kills and mutated files; `cargo xtask torture` does more of it
    Torture,
    /// The packages, in clean Debians: install, fill, upgrade, remove (slow)
    Installers,
    /// The WebGPU provider, on a graphics card made of software (slow)
    Webgpu,
    /// The setup for Windows, under Wine: install, fill, upgrade, uninstall (slow)
    Windows,
    /// The package for macOS, built and looked at: nothing of it can be run here (slow)
    Macos,
    /// The Windows and macOS halves of the sources, type-checked (slow the first time)
    Systems,
}

impl Suite {
    /// Whether it does without what is fetched for the others: libtorch, and Python's packages.
    pub fn is_self_contained(self) -> bool {
        matches!(
            self,
            Self::Unit
                | Self::Installers
                | Self::Webgpu
                | Self::Windows
                | Self::Macos
                | Self::Systems
        )
    }

    /// Whether a test program belongs to this part.
    pub fn owns(self, program: &Program) -> bool {
        let package = program.package.as_str();
        let named = |word: &str| program.target.contains(word);
        // Tests in `tests/` run a program or a host as a whole; those beside the code need nothing but Rust.
        let whole = program.kind == "test";
        match self {
            Self::Unit => {
                package != TRAINER && !Self::Gimp.owns(program) && !Self::Openfx.owns(program)
            }
            Self::Parity => package == TRAINER && named("parity"),
            Self::Trainer => matches!(package, TRAINER | "reweave-masks") && !named("parity"),
            Self::Cli => package == "reweave-cli",
            Self::Capi => package == "reweave-plugin" && !Self::Openfx.owns(program),
            Self::Gimp => package == "reweave-gimp" && whole,
            Self::Openfx => {
                package == "reweave-plugin" && whole && (named("openfx") || named("melt"))
            }
            // No test programs: steps of xtask itself, or programs of their own.
            Self::Installers
            | Self::Torture
            | Self::Webgpu
            | Self::Windows
            | Self::Macos
            | Self::Systems => false,
        }
    }
}
