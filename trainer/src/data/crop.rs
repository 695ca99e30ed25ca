//! The part of a picture that is learned from.

use image::RgbImage;
use image::imageops::{FilterType, crop_imm, resize};
use rand::Rng;

/// A square part of the picture at native scale or, half of the time, of the picture made smaller; perhaps mirrored.
pub fn push_crop(picture: &RgbImage, size: u32, rng: &mut impl Rng, into: &mut Vec<f32>) {
    let (width, height) = picture.dimensions();
    let smallest = size as f32 / width.min(height) as f32;
    let scale = if smallest > 1.0 || rng.random_bool(0.5) {
        rng.random_range(smallest.min(1.0)..=1.0).max(smallest)
    } else {
        1.0
    };
    let scaled;
    let picture = if scale == 1.0 {
        picture
    } else {
        let side = |s: u32| ((s as f32 * scale).round() as u32).max(size);
        scaled = resize(picture, side(width), side(height), FilterType::CatmullRom);
        &scaled
    };
    let x = rng.random_range(0..=picture.width() - size);
    let y = rng.random_range(0..=picture.height() - size);
    let crop = crop_imm(picture, x, y, size, size).to_image();
    let mirrored = rng.random_bool(0.5);
    for channel in 0..3 {
        for y in 0..size {
            for x in 0..size {
                let x = if mirrored { size - 1 - x } else { x };
                into.push(f32::from(crop.get_pixel(x, y)[channel]) / 127.5 - 1.0);
            }
        }
    }
}
