//! A small recipe, a few pictures, and a training with them.

#![allow(dead_code, reason = "each test file uses a part of it")]

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use reweave_trainer::checkpoint::Checkpoint;
use reweave_trainer::train::{Manner, Places, fit};
use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;

pub const RECIPE: &str = r#"
name = "tiny"
network = { kind = "gated", width = 8, residual = false, attention = false }
size = 64
batch = 2
iterations = ITERATIONS
seed = 5

[card]
title = "Tiny"
description = "For a test."
licence = "MIT"
sources = []

[optimizer]
learning_rate = 2e-3
ema = 0.9

[losses]
valid = 1.0
hole = 6.0
ADVERSARIAL

[[masks]]
odds = 1.0
strokes = { count = [1, 2], points = [3, 5], width = [4.0, 12.0] }
boxes = { count = [0, 1], side = [8, 20] }
"#;

pub const PATCH: &str = r#"adversarial = { weight = 0.01, from = 1, alone = 1, discriminator = { kind = "patch", width = 4 } }"#;

/// A few pictures of plain colours with a slope.
pub fn write_pictures(folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    let mut rng = ChaCha8Rng::seed_from_u64(3);
    for i in 0..4 {
        let base: [u8; 3] = rng.random();
        let picture = image::RgbImage::from_fn(90, 70, |x, y| {
            image::Rgb(base.map(|v| v / 2 + (x / 2 + y) as u8 / 2))
        });
        picture.save(folder.join(format!("{i}.png"))).unwrap();
    }
}

/// Trains up to a step, in a folder of its own, and gives the state.
pub fn train(folder: &Path, run: &str, iterations: u64, adversarial: &str) -> Checkpoint {
    let recipe = folder.join("recipe.toml");
    fs::write(
        &recipe,
        RECIPE
            .replace("ITERATIONS", &iterations.to_string())
            .replace("ADVERSARIAL", adversarial),
    )
    .unwrap();
    let places = Places {
        recipe,
        pictures: folder.join("pictures"),
        features: folder.join("no features needed"),
        run: folder.join(run),
        start: None,
    };
    tch::set_num_threads(1);
    fit(&places, &Manner::default(), &AtomicBool::new(false)).unwrap();
    Checkpoint::open(&places.run.join("checkpoint.safetensors")).unwrap()
}
