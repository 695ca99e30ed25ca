//! Fills a hole in a photo:
//!
//! ```sh
//! cargo run --release -p reweave --example fill_photo -- PHOTO MASK RESULT
//! ```
//!
//! White in the mask is hole. The command `reweave` does the same in full depth, with profiles and metadata; this is the
//! shortest way.

use std::env;
use std::error::Error;
use std::path::Path;

use reweave::{Channels, Depth, Format, Hole, Model, Picture, Settings, Silent};

fn main() -> Result<(), Box<dyn Error>> {
    let paths: Vec<_> = env::args().skip(1).collect();
    let [photo, mask, result] = &paths[..] else {
        return Err("usage: fill_photo PHOTO MASK RESULT".into());
    };

    let photo = image::open(photo)?.into_rgb8();
    let (width, height) = (photo.width() as usize, photo.height() as usize);
    let format = Format::srgb(Depth::U8, Channels::Rgb);
    let mut photo = Picture::from_bytes(photo.into_raw(), width, height, format)?;

    let mask = image::open(mask)?.into_luma8();
    let (mask_width, mask_height) = (mask.width() as usize, mask.height() as usize);
    let grey = Format::srgb(Depth::U8, Channels::Grey);
    let mask = Picture::from_bytes(mask.into_raw(), mask_width, mask_height, grey)?;
    let hole = Hole::from_mask(mask.view())?;

    let settings = Settings::new();
    let zoo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/zoo");
    let model = Model::open(zoo.join("gated.onnx"), settings.device)?;

    let report = reweave::fill(&mut photo.view_mut(), &hole, &model, &settings, &mut Silent)?;
    println!(
        "{} pixels in {} regions and {} specks, {:.2} s, by {}",
        report.pixels,
        report.regions,
        report.specks,
        report.seconds.total(),
        report.answered_by
    );
    for why in &report.answered_by.why_not_better {
        println!("  {why}");
    }
    image::save_buffer(
        result,
        photo.bytes(),
        width as u32,
        height as u32,
        image::ColorType::Rgb8,
    )?;
    Ok(())
}
