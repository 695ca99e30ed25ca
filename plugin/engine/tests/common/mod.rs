//! What the tests with real models share: where the models are, and pictures to try them on.

#![allow(dead_code, reason = "each test uses its part of it")]

use std::env;
use std::path::{Path, PathBuf};

use reweave::{Channels, Depth, Format, Hole, Picture};

/// A model that ships with Reweave.
pub fn zoo(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../models/zoo")
        .join(format!("{name}.onnx"))
}

/// A file in the cache that `cargo xtask test` fills; says so and gives nothing where it is absent.
pub fn cached(file: &str) -> Option<PathBuf> {
    let cache = env::var_os("REWEAVE_TEST_CACHE").map(PathBuf::from);
    let cache =
        cache.or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cache/reweave")))?;
    let path = cache.join(file);
    if path.is_file() {
        return Some(path);
    }
    eprintln!(
        "SKIPPED: {} is not there; `cargo xtask test` fetches it",
        path.display()
    );
    None
}

/// Has ONNX Runtime found, unless the environment names it already.
pub fn onnxruntime() -> Option<()> {
    if env::var_os("REWEAVE_ONNXRUNTIME").is_none() {
        reweave::devices::use_onnxruntime(cached("onnxruntime-1.31.1/libonnxruntime.so")?);
    }
    Some(())
}

pub const RGB8: Format = Format::srgb(Depth::U8, Channels::Rgb);

/// Soft stripes and a gradient: something that a network can go on prediction.
pub fn striped(width: usize, height: usize) -> Picture {
    let pixel = |i: usize| {
        let (x, y) = (i % width, i / width);
        let stripe = ((x + y) as f32 / 9.0).sin() * 40.0;
        [
            90.0 + stripe,
            130.0 + stripe / 2.0,
            60.0 + y as f32 / height as f32 * 120.0,
        ]
        .map(|value| value as u8)
    };
    Picture::from_bytes(
        (0..width * height).flat_map(pixel).collect(),
        width,
        height,
        RGB8,
    )
    .unwrap()
}

/// A hole of the shape of a rectangle.
pub fn hole(size: (usize, usize), x: usize, y: usize, width: usize, height: usize) -> Hole {
    let inside = |i: usize| {
        (x..x + width).contains(&(i % size.0)) && (y..y + height).contains(&(i / size.0))
    };
    let bytes = (0..size.0 * size.1)
        .map(|i| if inside(i) { 255 } else { 0 })
        .collect();
    let mask = Picture::from_bytes(
        bytes,
        size.0,
        size.1,
        Format::srgb(Depth::U8, Channels::Grey),
    )
    .unwrap();
    Hole::from_mask(mask.view()).unwrap()
}
