//! Real models in both runtimes.

mod common;

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use common::{RGB8, cached, hole, onnxruntime, striped, zoo};
use reweave::card::Card;
use reweave::{Device, Error, Hole, Model, Picture, Settings, Silent};

/// The picture with its hole filled, with texture as the card asks for or `off`.
fn filled(model: &Path, device: Device, texture: &str, picture: &Picture, hole: &Hole) -> Picture {
    let mut settings = Settings::new();
    settings.set("texture", texture).unwrap();
    let model = Model::open(model, device).unwrap();
    let expected = if device == Device::BuiltIn {
        "built-in"
    } else {
        "ONNX Runtime"
    };
    assert_eq!(
        model.answered_by().runtime,
        expected,
        "{:?}",
        model.answered_by()
    );
    let mut picture = picture.clone();
    let report = reweave::fill(
        &mut picture.view_mut(),
        hole,
        &model,
        &settings,
        &mut Silent,
    )
    .unwrap();
    assert_eq!(report.answered_by, model.answered_by());
    picture
}

/// How far two pictures are apart: at most, and on average over the hole.
fn apart(a: &Picture, b: &Picture, pixels: usize) -> (u8, f64) {
    let differences = || a.bytes().iter().zip(b.bytes()).map(|(a, b)| a.abs_diff(*b));
    let sum: f64 = differences().map(f64::from).sum();
    (differences().max().unwrap(), sum / (3 * pixels) as f64)
}

/// Both runtimes fill the same; what they paint has something to do with the picture; what is known stays.
/// `tolerance` is the largest difference between runtimes, in steps of 255.
fn try_model(model: &Path, tolerance: u8) {
    for (size, rect) in [
        ((512, 512), (200, 180, 90, 120)),
        ((300, 170), (100, 60, 40, 40)),
        ((900, 700), (250, 150, 400, 380)),
    ] {
        let picture = striped(size.0, size.1);
        let hole = hole(size, rect.0, rect.1, rect.2, rect.3);
        let built_in = filled(model, Device::BuiltIn, "auto", &picture, &hole);
        for (i, (before, after)) in picture
            .bytes()
            .chunks(3)
            .zip(built_in.bytes().chunks(3))
            .enumerate()
        {
            if hole.coverage(i % size.0, i / size.0) == 0.0 {
                assert_eq!(before, after);
            }
        }
        let (_, from_truth) = apart(&picture, &built_in, hole.pixels());
        assert!(
            from_truth < 45.0,
            "{from_truth} of 255 from the truth on average"
        );
        if onnxruntime().is_some() {
            let both = |texture| {
                [Device::BuiltIn, Device::Cpu]
                    .map(|device| filled(model, device, texture, &picture, &hole))
            };
            let [ours, theirs] = both("off");
            let (most, mean) = apart(&ours, &theirs, hole.pixels());
            assert!(
                most <= tolerance && mean < 0.1,
                "{}: runtimes {most} apart, {mean} on average",
                model.display()
            );
            // Where two patches are equally like, the last digit of a float decides which one is taken. That
            // may move a few pixels, no more.
            let [ours, theirs] = both("auto");
            let pairs = ours.bytes().iter().zip(theirs.bytes());
            let moved = pairs.filter(|(a, b)| a.abs_diff(**b) > tolerance).count();
            let share = moved as f64 / (3 * hole.pixels()) as f64;
            let (_, mean) = apart(&ours, &theirs, hole.pixels());
            assert!(
                share < 0.01 && mean < 0.05 * f64::from(tolerance),
                "{}, with texture: {share} of the fill is apart, {mean} on average",
                model.display()
            );
        }
    }
}

#[test]
fn gated() {
    try_model(&zoo("gated"), 2);
}

#[test]
fn partial() {
    try_model(&zoo("partial"), 2);
}

/// A foreign model: bytes in, bytes out, black is hole, and no card needed because its tensors name themselves.
#[test]
fn migan() {
    let Some(model) = cached("migan/package/models/migan_pipeline_v2.onnx") else {
        return;
    };
    let card = Model::open(&model, Device::BuiltIn).map(|model| model.card().clone());
    match card {
        Ok(card) => assert_eq!(card.inputs.picture.name, "image"),
        Err(error) => panic!("{error}"),
    }
    // It rounds to bytes more than once on its way.
    try_model(&model, 10);
}

#[test]
fn a_model_is_opened_once_and_again_when_its_file_changes() {
    let folder = tempfile::tempdir().unwrap();
    let (model, card) = (folder.path().join("m.onnx"), folder.path().join("m.json"));
    std::fs::copy(zoo("partial"), &model).unwrap();
    std::fs::copy(zoo("partial").with_extension("json"), &card).unwrap();
    let by_model = Model::open(&model, Device::BuiltIn).unwrap();
    let by_card = Model::open(&card, Device::BuiltIn).unwrap();
    assert!(Arc::ptr_eq(&by_model, &by_card));
    let together: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| Model::open(&model, Device::BuiltIn).unwrap()))
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    });
    assert!(together.iter().all(|other| Arc::ptr_eq(other, &by_model)));

    let text = std::fs::read_to_string(&card).unwrap();
    std::fs::write(
        &card,
        text.replace("\"Partial convolution\"", "\"Another title\""),
    )
    .unwrap();
    let changed = Model::open(&model, Device::BuiltIn).unwrap();
    assert_eq!(changed.card().title, "Another title");
}

#[test]
fn bad_files_are_told_by_name_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let good = std::fs::read(zoo("partial")).unwrap();
    let card = std::fs::read_to_string(zoo("partial").with_extension("json")).unwrap();
    let check = |name: &str, model: Option<&[u8]>, card: Option<String>, words: &[&str]| {
        let path = folder.path().join(name);
        if let Some(bytes) = model {
            std::fs::write(&path, bytes).unwrap();
        }
        if let Some(text) = card {
            std::fs::write(path.with_extension("json"), text).unwrap();
        }
        for device in [Device::BuiltIn, Device::Cpu] {
            let message = Model::open(&path, device).unwrap_err().to_string();
            let stem = path.file_stem().unwrap().to_str().unwrap();
            assert!(message.contains(stem), "{message}");
            for word in words {
                assert!(message.contains(word), "'{word}' is missing: {message}");
            }
        }
    };
    let plain: serde_json::Value = serde_json::from_str(&card).unwrap();
    let changed = |path: &[&str], value: serde_json::Value| {
        let mut card = plain.clone();
        card.as_object_mut().unwrap().remove("sha256");
        let mut at = &mut card;
        for key in path {
            at = &mut at[*key];
        }
        *at = value;
        card.to_string()
    };
    onnxruntime();
    check("missing.onnx", None, None, &["cannot be opened"]);
    check("empty.onnx", Some(b""), None, &["runtime"]);
    check(
        "text.onnx",
        Some(b"not a model at all"),
        None,
        &["no ONNX file", "again"],
    );
    check(
        "cut.onnx",
        Some(&good[..good.len() / 2]),
        None,
        &["no ONNX file", "again"],
    );
    check(
        "damaged.onnx",
        Some(&good[..good.len() / 2]),
        Some(card.clone()),
        &["SHA-256", "Fetch"],
    );
    check(
        "half.onnx",
        Some(&good),
        Some("{ \"version\": 1, ".into()),
        &["not a model card"],
    );
    check(
        "newer.onnx",
        Some(&good),
        Some(changed(&["version"], 9.into())),
        &["version", "update"],
    );
    check(
        "names.onnx",
        Some(&good),
        Some(changed(&["inputs", "picture", "name"], "image".into())),
        &["image", "picture"],
    );
    check(
        "types.onnx",
        Some(&good),
        Some(changed(&["inputs", "hole", "type"], "u8".into())),
        &["hole", "u8", "f32"],
    );
    check(
        "output.onnx",
        Some(&good),
        Some(changed(&["output", "name"], "result".into())),
        &["result", "filled"],
    );
}

#[test]
fn cancelling_while_the_network_runs_is_quick_and_leaves_the_picture() {
    // A card with which the network sees enough to be busy for a while.
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("gated.onnx");
    std::fs::copy(zoo("gated"), &file).unwrap();
    let mut card = Card::read(&zoo("gated").with_extension("json")).unwrap();
    card.size.working = 1024;
    card.write(&file.with_extension("json")).unwrap();
    for device in [Device::Cpu, Device::BuiltIn] {
        if device == Device::Cpu && onnxruntime().is_none() {
            continue;
        }
        let model = Model::open(&file, device).unwrap();
        let before = striped(1024, 1024);
        let mut picture = before.clone();
        let hole = hole((1024, 1024), 200, 200, 600, 600);
        let mut asked = None;
        let mut progress = |_: f32, doing: &str| {
            if doing == "predicting" {
                asked.get_or_insert_with(Instant::now);
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        };
        let result = reweave::fill(
            &mut picture.view_mut(),
            &hole,
            &model,
            &Settings::new(),
            &mut progress,
        );
        assert!(matches!(result, Err(Error::Cancelled)), "{result:?}");
        assert!(picture == before);
        eprintln!(
            "{device}: stopped {:?} after it was asked to",
            asked.unwrap().elapsed()
        );
        // And the model serves the next one as if nothing had been.
        reweave::fill(
            &mut picture.view_mut(),
            &hole,
            &model,
            &Settings::new(),
            &mut Silent,
        )
        .unwrap();
    }
}

#[test]
fn odd_pictures_are_filled_too() {
    let model = Model::open(zoo("partial"), Device::BuiltIn).unwrap();
    for (width, height) in [(1, 1), (1, 40), (3000, 3)] {
        let mut picture =
            Picture::from_bytes(vec![90; width * height * 3], width, height, RGB8).unwrap();
        let hole = hole((width, height), 0, 0, width.div_ceil(2), height);
        let report = reweave::fill(
            &mut picture.view_mut(),
            &hole,
            &model,
            &Settings::new(),
            &mut Silent,
        )
        .unwrap();
        assert_eq!(report.pixels, hole.pixels());
    }
}
