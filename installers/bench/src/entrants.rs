//! Who takes part: the models, and how a contestant is started with one.

use crate::Setup;
use crate::contestant::Contestant;
use anyhow::{Context, Result, ensure};
use reweave::card::Card;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// MI-GAN's card, put beside its file.
const MIGAN_CARD: &str = include_str!("../../../models/others/migan.json");
const PEERS: &str = include_str!("../peers.py");

/// A model that takes part.
pub struct Entrant {
    /// The name on its card.
    pub name: String,
    /// Its .onnx file.
    pub file: PathBuf,
}

/// The models of the zoo, by name.
pub fn ours(folder: &Path) -> Result<Vec<Entrant>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let file = entry?.path();
        if file
            .extension()
            .is_some_and(|extension| extension == "onnx")
            && let Some(name) = file.file_stem()
        {
            found.push(Entrant {
                name: name.to_string_lossy().into_owned(),
                file: file.clone(),
            });
        }
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

/// A copy of a foreign model with our card beside it, for the engine needs both in one folder.
pub fn with_card(file: &Path, folder: &Path) -> Result<PathBuf> {
    let copy = folder.join("migan.onnx");
    fs::copy(file, &copy).with_context(|| format!("cannot copy {}", file.display()))?;
    fs::write(folder.join("migan.json"), MIGAN_CARD)?;
    Ok(copy)
}

/// A copy of one of our models whose card has the engine show it a whole 512x512 picture, as a bare session is shown it.
pub fn seeing_all(model: &Path, folder: &Path) -> Result<PathBuf> {
    let folder = folder.join("seeing-all");
    fs::create_dir_all(&folder)?;
    let copy = folder.join(model.file_name().context("a model has a name")?);
    fs::copy(model, &copy).with_context(|| format!("cannot copy {}", model.display()))?;
    let mut card = Card::read(&model.with_extension("json"))?;
    card.size.working = 512;
    card.size.context = None;
    card.write(&copy.with_extension("json"))?;
    Ok(copy)
}

/// Which runtime an engine may use.
#[derive(Clone, Copy, PartialEq)]
pub enum Runtime {
    /// The library that `--onnxruntime` names.
    Onnxruntime,
    /// The engine's own.
    BuiltIn,
}

/// The engine with one model, in a process of its own.
pub fn engine(setup: &Setup, model: &Path, runtime: Runtime) -> Result<Contestant> {
    let mut command = Command::new(std::env::current_exe()?);
    let library = match runtime {
        Runtime::Onnxruntime => setup.tools.onnxruntime.clone(),
        // What is not there cannot be loaded, and the engine takes its own.
        Runtime::BuiltIn => setup.empty.join("no-onnxruntime-here"),
    };
    command
        .arg("worker")
        .arg(model)
        .env("REWEAVE_ONNXRUNTIME", library)
        .env("XDG_DATA_HOME", &setup.empty);
    let contestant = Contestant::start(&mut command)?;
    let says = contestant.greeting["runtime"].as_str().unwrap_or_default();
    ensure!(
        says.contains("ONNX Runtime") == (runtime == Runtime::Onnxruntime),
        "the wrong runtime answered for {}: {says}",
        model.display()
    );
    Ok(contestant)
}

/// ONNX Runtime's own session and OpenCV, in Python.
pub fn peers(setup: &Setup) -> Result<Contestant> {
    Contestant::start(Command::new(&setup.tools.python).args(["-c", PEERS]))
}

/// The request to run `model` once, bare.
pub fn session(model: &Path, side: usize) -> String {
    format!("session\t{}\t{side}\t{side}", model.display())
}
