//! What is compared with what, and docs/benchmarks.md.

use crate::Setup;
use crate::contest::{Outcome, Side, compare};
use crate::contestant::Contestant;
use crate::machine;
use crate::scene::Cut;
use anyhow::{Context, Result, ensure};
use reweave::card::Card;
use serde_json::Value;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// MI-GAN's card, put beside its file.
const MIGAN_CARD: &str = include_str!("../migan.json");
const PEERS: &str = include_str!("../peers.py");
/// The largest of the sizes, 6000x4000, is what a good camera makes today.
const SIZES: [(usize, usize); 6] = [
    (612, 408),
    (1224, 816),
    (2448, 1632),
    (3000, 2000),
    (4242, 2828),
    (6000, 4000),
];

/// A model that takes part.
struct Entrant {
    name: String,
    file: PathBuf,
}

/// Runs all contests, then writes the report.
pub fn write(setup: &Setup) -> Result<()> {
    let mut ours = ours(&setup.models)?;
    let migan = setup
        .migan
        .as_deref()
        .map(|file| with_card(file, &setup.empty))
        .transpose()?;
    if ours.is_empty() {
        eprintln!("no models in {}: MI-GAN stands in", setup.models.display());
        ours.extend(migan.as_ref().map(|file| Entrant {
            name: "migan".into(),
            file: file.clone(),
        }));
    }
    ensure!(
        !ours.is_empty(),
        "no model to measure in {}",
        setup.models.display()
    );

    let mut peers = Contestant::start(Command::new(&setup.python).args(["-c", PEERS]))?;
    let mut text = String::new();
    introduction(&mut text, setup, &ours, &peers.greeting)?;
    over_bare_session(&mut text, setup, &ours, &mut peers)?;
    built_in_over_onnxruntime(&mut text, setup, &ours)?;
    over_peers(&mut text, setup, &ours, migan.as_deref(), &mut peers)?;
    drop(peers);
    let first = ours.first().context("no model")?;
    over_sizes(
        &mut text,
        setup,
        first,
        "The same hole in ever larger pictures",
        |_| Cut::Square(200),
    )?;
    over_sizes(
        &mut text,
        setup,
        first,
        "A hole that grows with the picture",
        |(_, height)| Cut::Square(height / 4),
    )?;
    scores(&mut text, &ours)?;
    fs::write(&setup.out, text).with_context(|| format!("cannot write {}", setup.out.display()))?;
    eprintln!("written: {}", setup.out.display());
    Ok(())
}

/// The models of the zoo, by name.
fn ours(folder: &Path) -> Result<Vec<Entrant>> {
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
fn with_card(file: &Path, folder: &Path) -> Result<PathBuf> {
    let copy = folder.join("migan.onnx");
    fs::copy(file, &copy).with_context(|| format!("cannot copy {}", file.display()))?;
    fs::write(folder.join("migan.json"), MIGAN_CARD)?;
    Ok(copy)
}

/// Which runtime an engine may use.
#[derive(Clone, Copy, PartialEq)]
enum Runtime {
    Onnxruntime,
    BuiltIn,
}

/// The engine with one model, in a process of its own.
fn engine(setup: &Setup, model: &Path, runtime: Runtime) -> Result<Contestant> {
    let mut command = Command::new(std::env::current_exe()?);
    let library = match runtime {
        Runtime::Onnxruntime => setup.onnxruntime.clone(),
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

fn introduction(text: &mut String, setup: &Setup, ours: &[Entrant], peers: &Value) -> Result<()> {
    let names: Vec<_> = ours
        .iter()
        .map(|entrant| format!("`{}`", entrant.name))
        .collect();
    writeln!(
        text,
        "# Benchmarks

Written by `cargo xtask bench` in one run; do not edit.

- Machine: {}.
- Reweave {}, models {}; ONNX Runtime {} and OpenCV {} as peers.
- Pairs ran in turns, {} times each, every contestant in a process of its own. A ratio is the median of the ratios of \
neighbouring runs, with its quartiles; below 1 the first of the two is faster. Seconds are medians, and say more about \
the machine than about the programs.",
        machine::describe(),
        env!("CARGO_PKG_VERSION"),
        names.join(", "),
        peers["onnxruntime"].as_str().unwrap_or("?"),
        peers["opencv"].as_str().unwrap_or("?"),
        setup.rounds,
    )?;
    Ok(())
}

fn over_bare_session(
    text: &mut String,
    setup: &Setup,
    ours: &[Entrant],
    peers: &mut Contestant,
) -> Result<()> {
    heading(
        text,
        "The engine over the bare session",
        "A 512x512 picture whose hole, a band from corner to corner, makes the network look at all of it; against \
         ONNX Runtime's own session with the same model and the same size. Goal: within 1.1.",
        "model | engine, s | bare session, s | ratio",
    )?;
    for entrant in ours {
        eprintln!("{}: engine over bare session", entrant.name);
        let mut engine = engine(setup, &entrant.file, Runtime::Onnxruntime)?;
        let outcome = compare(
            Side {
                who: &mut engine,
                request: "512 512 band",
            },
            Side {
                who: peers,
                request: &session(&entrant.file, 512),
            },
            setup.rounds,
        )?;
        line(text, &entrant.name, &outcome)?;
    }
    Ok(())
}

fn built_in_over_onnxruntime(text: &mut String, setup: &Setup, ours: &[Entrant]) -> Result<()> {
    heading(
        text,
        "The built-in runtime over ONNX Runtime",
        "The same fill of the same 512x512 picture, through the engine, on the CPU.",
        "model | built-in, s | ONNX Runtime, s | ratio",
    )?;
    for entrant in ours {
        eprintln!("{}: built-in over ONNX Runtime", entrant.name);
        let mut built_in = engine(setup, &entrant.file, Runtime::BuiltIn)?;
        let mut onnxruntime = engine(setup, &entrant.file, Runtime::Onnxruntime)?;
        let outcome = compare(
            Side {
                who: &mut built_in,
                request: "512 512 band",
            },
            Side {
                who: &mut onnxruntime,
                request: "512 512 band",
            },
            setup.rounds,
        )?;
        line(text, &entrant.name, &outcome)?;
    }
    Ok(())
}

fn over_peers(
    text: &mut String,
    setup: &Setup,
    ours: &[Entrant],
    migan: Option<&Path>,
    peers: &mut Contestant,
) -> Result<()> {
    heading(
        text,
        "Reweave over its peers",
        "512x512, the same band as its hole. MI-GAN is run bare in ONNX Runtime, and through Reweave's engine by a card.",
        "contest | first, s | second, s | ratio",
    )?;
    for entrant in ours {
        let mut engine = engine(setup, &entrant.file, Runtime::Onnxruntime)?;
        if let Some(migan) = migan {
            eprintln!("{}: over MI-GAN", entrant.name);
            let outcome = compare(
                Side {
                    who: &mut engine,
                    request: "512 512 band",
                },
                Side {
                    who: peers,
                    request: &session(migan, 512),
                },
                setup.rounds,
            )?;
            line(
                text,
                &format!("Reweave `{}` over MI-GAN, bare", entrant.name),
                &outcome,
            )?;
        }
        eprintln!("{}: over Telea", entrant.name);
        let outcome = compare(
            Side {
                who: &mut engine,
                request: "512 512 band",
            },
            Side {
                who: peers,
                request: "telea 512 512",
            },
            setup.rounds,
        )?;
        line(
            text,
            &format!("Reweave `{}` over OpenCV Telea", entrant.name),
            &outcome,
        )?;
    }
    if let Some(migan) = migan {
        eprintln!("MI-GAN: by a card over bare");
        let mut engine = engine(setup, migan, Runtime::Onnxruntime)?;
        let outcome = compare(
            Side {
                who: &mut engine,
                request: "512 512 band",
            },
            Side {
                who: peers,
                request: &session(migan, 512),
            },
            setup.rounds,
        )?;
        line(
            text,
            "Reweave with MI-GAN by a card over MI-GAN, bare",
            &outcome,
        )?;
    }
    Ok(())
}

fn over_sizes(
    text: &mut String,
    setup: &Setup,
    entrant: &Entrant,
    title: &str,
    cut: impl Fn((usize, usize)) -> Cut,
) -> Result<()> {
    heading(
        text,
        title,
        &format!(
            "Model `{}`. Seconds of the fill alone (no file is read), the ratio to the 1-megapixel picture run in turns \
             with it, the memory that holding picture, hole and model takes, and the most that was in use during the \
             first fill.",
            entrant.name
        ),
        "megapixels | picture | hole | seconds | over 1 megapixel | MiB before | MiB at most",
    )?;
    let reference = SIZES[1];
    let request = |size: (usize, usize)| format!("{} {} {}", size.0, size.1, cut(size));
    for size in SIZES {
        eprintln!("{title}: {}x{}", size.0, size.1);
        let mut this = engine(setup, &entrant.file, Runtime::Onnxruntime)?;
        let first = this.ask(&request(size))?;
        let mut other = engine(setup, &entrant.file, Runtime::Onnxruntime)?;
        let outcome = compare(
            Side {
                who: &mut this,
                request: &request(size),
            },
            Side {
                who: &mut other,
                request: &request(reference),
            },
            setup.rounds,
        )?;
        let mebibytes = |key: &str| match first[key].as_f64() {
            Some(bytes) => format!("{:.0}", bytes / f64::from(1 << 20)),
            None => "?".into(),
        };
        let side = cut(size);
        writeln!(
            text,
            "| {:.2} | {}x{} | {side}x{side} | {:.3} | {} | {} | {} |",
            (size.0 * size.1) as f64 / 1e6,
            size.0,
            size.1,
            outcome.first,
            ratio(&outcome),
            mebibytes("before"),
            mebibytes("peak"),
        )?;
    }
    Ok(())
}

/// The scores that the trainer wrote on the cards.
fn scores(text: &mut String, ours: &[Entrant]) -> Result<()> {
    let mut lines = Vec::new();
    for entrant in ours {
        let card = Card::read(&entrant.file.with_extension("json"))?;
        for (name, value) in &card.scores {
            lines.push(format!("| `{}` | {name} | {value} |", entrant.name));
        }
    }
    if lines.is_empty() {
        return Ok(());
    }
    heading(
        text,
        "Scores",
        "From the models' cards.",
        "model | score | value",
    )?;
    for line in lines {
        writeln!(text, "{line}")?;
    }
    Ok(())
}

fn heading(text: &mut String, title: &str, words: &str, columns: &str) -> Result<()> {
    let rule = "---|".repeat(columns.split('|').count());
    writeln!(text, "\n## {title}\n\n{words}\n\n| {columns} |\n|{rule}")?;
    Ok(())
}

fn line(text: &mut String, name: &str, outcome: &Outcome) -> Result<()> {
    let Outcome { first, second, .. } = outcome;
    writeln!(
        text,
        "| {name} | {first:.3} | {second:.3} | {} |",
        ratio(outcome)
    )?;
    Ok(())
}

fn ratio(outcome: &Outcome) -> String {
    let (low, high) = outcome.quartiles;
    format!("**{:.2}** ({low:.2} to {high:.2})", outcome.ratio)
}

fn session(model: &Path, side: usize) -> String {
    format!("session\t{}\t{side}\t{side}", model.display())
}
