//! An ONNX file that anybody may have made, opened by the built-in runtime and run on a small picture. It may be refused,
//! and the run may fail; nothing else, and no pixel outside the hole may change.
#![no_main]

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use reweave::{Channels, Depth, Device, Format, Hole, Model, Picture, Settings, Silent};

const CARD: &str = r#"{
  "version": 1, "name": "fuzz",
  "picture": { "name": "picture", "range": "-1..1" },
  "hole": { "name": "hole" },
  "output": { "name": "filled", "range": "-1..1" }
}"#;

const SIDE: usize = 24;

static MODEL: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder for the model").keep();
    fs::write(folder.join("fuzz.json"), CARD).expect("the card is written");
    folder.join("fuzz.onnx")
});

static HOLE: LazyLock<Hole> = LazyLock::new(|| {
    let format = Format::srgb(Depth::U8, Channels::Grey);
    let mut mask = Picture::new(SIDE, SIDE, format).expect("a small mask");
    mask.bytes_mut()[SIDE * SIDE / 2..][..8].fill(255);
    Hole::from_mask(mask.view()).expect("a hole of eight pixels, too long for a speck")
});

fuzz_target!(|bytes: &[u8]| {
    fs::write(&*MODEL, bytes).expect("the model is written");
    let Ok(model) = Model::open(&*MODEL, Device::BuiltIn) else {
        return;
    };
    let format = Format::srgb(Depth::U8, Channels::Rgb);
    let before = Picture::new(SIDE, SIDE, format).expect("a small picture");
    let mut picture = before.clone();
    let _ = reweave::fill(&mut picture.view_mut(), &HOLE, &model, &Settings::new(), &mut Silent);
    let pixels = before.bytes().chunks(3).zip(picture.bytes().chunks(3));
    for (i, (before, after)) in pixels.enumerate() {
        assert!(before == after || HOLE.coverage(i % SIDE, i / SIDE) > 0.0, "pixel {i}");
    }
});
