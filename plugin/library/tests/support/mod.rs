//! What several tests need: the built library, a C compiler, a model.

#![allow(dead_code)]

use reweave_models::card::{Card, Element, GuideInput, Range};
use reweave_models::nets::Generator;
use reweave_models::nets::gated_unet::GatedUnet;
use reweave_models::onnx::{Export, Missing, Precision};
use reweave_models::weights::Weights;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The shared library that Cargo built for this test.
pub fn library() -> PathBuf {
    let name = format!(
        "{}reweave_plugin{}",
        std::env::consts::DLL_PREFIX,
        std::env::consts::DLL_SUFFIX
    );
    let deps = std::env::current_exe()
        .unwrap()
        .parent()
        .unwrap()
        .to_owned();
    let library = [deps.join(&name), deps.with_file_name(&name)]
        .into_iter()
        .find(|path| path.is_file());
    library.unwrap_or_else(|| panic!("no {name} in or beside {}", deps.display()))
}

/// A folder of the repository.
pub fn repository(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(folder)
        .canonicalize()
        .unwrap()
}

/// The model that fills come from, if there is one in the repository yet.
pub fn model() -> Option<PathBuf> {
    of_the_zoo("gated.onnx")
}

/// One that takes no sketch.
pub fn unguided_model() -> Option<PathBuf> {
    of_the_zoo("partial.onnx")
}

fn of_the_zoo(file: &str) -> Option<PathBuf> {
    let zoo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/zoo");
    let model = zoo.join(file).canonicalize().ok();
    if model.is_none() {
        eprintln!("SKIPPED: no models/zoo/{file}");
    }
    model
}

/// A small network that takes a sketch, with weights of chance: what it fills is no picture, and follows from all that it is
/// shown.
pub fn guided_model(folder: &Path) -> PathBuf {
    let export = Export {
        network: Generator::GatedUnet(GatedUnet {
            widths: [4; 5],
            encoder: [0; 5],
            decoder: [0; 4],
            full: 2,
            guided: true,
        }),
        name: "guided",
        precision: Precision::F32,
    };
    let missing = Missing::Initial { seed: 5 };
    let (_, mut weights) = export.write(Weights::default(), missing).unwrap();
    // Its last layers begin at zero, and would hide all others.
    for array in weights.arrays.values_mut() {
        let values = array.values.iter_mut().enumerate();
        values.for_each(|(i, value)| *value += 0.2 * (i as f32).sin());
    }
    let (onnx, _) = export.write(weights, Missing::Error).unwrap();
    let model = folder.join("guided.onnx");
    std::fs::write(&model, onnx).unwrap();
    let mut card = Card::own("guided", 32);
    card.inputs.guide = Some(GuideInput {
        name: "guide".into(),
        element: Element::F32,
        range: Range::ZeroToOne,
    });
    card.write(&model.with_extension("json")).unwrap();
    model
}

/// The C compiler.
pub fn compiler() -> Command {
    Command::new(std::env::var_os("CC").unwrap_or_else(|| "cc".into()))
}

/// Whether a program can be started here.
pub fn is_installed(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .output()
        .is_ok_and(|answer| answer.status.success())
}

/// Runs a command, and fails with what it printed unless it ends well.
pub fn run(command: &mut Command) -> String {
    let answer = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let text = String::from_utf8_lossy(&answer.stdout).into_owned()
        + &String::from_utf8_lossy(&answer.stderr);
    assert!(answer.status.success(), "{command:?}\n{text}");
    text
}
