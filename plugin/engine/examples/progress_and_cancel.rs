//! A fill that tells how far it is, and one that is cancelled half way and leaves no trace:
//!
//! ```sh
//! cargo run --release -p reweave --example progress_and_cancel
//! ```

use std::ops::ControlFlow;
use std::path::Path;

use reweave::{Channels, Depth, Device, Error, Format, Hole, Model, Picture, Settings};

const WIDTH: usize = 640;
const HEIGHT: usize = 400;

fn main() -> Result<(), Error> {
    let zoo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/zoo");
    let model = Model::open(zoo.join("gated.onnx"), Device::Auto)?;
    let settings = Settings::new();
    let (mut picture, hole) = (stripes()?, rectangle()?);
    let before = picture.clone();

    // Progress is any function of how much is done, and of what is being done.
    let mut until_half = |done: f32, doing: &str| {
        println!("{:3.0} % {doing}", done * 100.0);
        if done < 0.5 {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    };
    let cancelled = reweave::fill(
        &mut picture.view_mut(),
        &hole,
        &model,
        &settings,
        &mut until_half,
    );
    assert!(matches!(cancelled, Err(Error::Cancelled)));
    assert!(picture == before, "not a byte has changed");
    println!("cancelled; once more, to the end");

    let mut to_the_end = |done: f32, doing: &str| {
        println!("{:3.0} % {doing}", done * 100.0);
        ControlFlow::Continue(())
    };
    let report = reweave::fill(
        &mut picture.view_mut(),
        &hole,
        &model,
        &settings,
        &mut to_the_end,
    )?;
    println!("{} pixels filled", report.pixels);
    Ok(())
}

/// Something to go on prediction.
fn stripes() -> Result<Picture, Error> {
    let pixel = |i: usize| {
        let (x, y) = ((i % WIDTH) as f32, (i / WIDTH) as f32);
        let stripe = 40.0 * ((x + y) / 12.0).sin();
        [90.0 + stripe, 120.0 + stripe / 2.0, 60.0 + y / 4.0].map(|value| value as u8)
    };
    let bytes = (0..WIDTH * HEIGHT).flat_map(pixel).collect();
    let format = Format::srgb(Depth::U8, Channels::Rgb);
    Picture::from_bytes(bytes, WIDTH, HEIGHT, format)
}

fn rectangle() -> Result<Hole, Error> {
    let mut mask = Picture::new(WIDTH, HEIGHT, Format::srgb(Depth::U8, Channels::Grey))?;
    for y in 120..260 {
        mask.bytes_mut()[y * WIDTH + 200..][..180].fill(255);
    }
    Hole::from_mask(mask.view())
}
