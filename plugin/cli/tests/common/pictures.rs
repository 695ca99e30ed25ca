//! Test pictures, written and read by the formats' own crates, not by our code.

use std::fs::File;
use std::io::{BufReader, BufWriter, Cursor};
use std::path::Path;

/// Side of the square test pictures.
pub const SIDE: usize = 48;

/// Whether the pixel with this number lies in the hole of [`mask`].
pub fn in_hole(pixel: usize) -> bool {
    let (x, y) = (pixel % SIDE, pixel / SIDE);
    (18..30).contains(&x) && (16..28).contains(&y)
}

/// A ramp with some noise, 0 to 1; each channel has its own, and the hole another colour.
pub fn value(pixel: usize, channel: usize) -> f32 {
    let (x, y) = ((pixel % SIDE) as f32, (pixel / SIDE) as f32);
    let noise = ((pixel * 7919 + channel * 104_729) % 97) as f32 / 97.0;
    let ramp = (x * (channel as f32 + 1.0) + y) / (SIDE as f32 * 5.0);
    if in_hole(pixel) {
        0.95 - 0.3 * channel as f32
    } else {
        0.1 + 0.8 * ramp + 0.05 * noise
    }
}

fn samples<T>(channels: usize, alpha: bool, make: impl Fn(f32) -> T) -> Vec<T> {
    (0..SIDE * SIDE)
        .flat_map(|pixel| (0..channels).map(move |channel| (pixel, channel)))
        .map(|(pixel, channel)| {
            make(if alpha && channel + 1 == channels {
                0.75
            } else {
                value(pixel, channel)
            })
        })
        .collect()
}

/// 8-bit samples of the test picture.
pub fn eight(channels: usize) -> Vec<u8> {
    samples(channels, channels.is_multiple_of(2), |value| {
        (value * 255.0) as u8
    })
}

/// 16-bit samples of the test picture.
pub fn sixteen(channels: usize) -> Vec<u16> {
    samples(channels, channels.is_multiple_of(2), |value| {
        (value * 65535.0) as u16
    })
}

/// Float samples of the test picture, with values above 1.
pub fn floats(channels: usize) -> Vec<f32> {
    samples(channels, channels.is_multiple_of(2), |value| value * 3.0)
}

fn png_colour(channels: usize) -> png::ColorType {
    [
        png::ColorType::Grayscale,
        png::ColorType::GrayscaleAlpha,
        png::ColorType::Rgb,
        png::ColorType::Rgba,
    ][channels - 1]
}

/// Writes a PNG of any size.
pub fn write_png(
    path: &Path,
    width: usize,
    height: usize,
    channels: usize,
    bytes: &[u8],
    sixteen: bool,
) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let file = BufWriter::new(File::create(path).unwrap());
    let mut encoder = png::Encoder::new(file, width as u32, height as u32);
    encoder.set_color(png_colour(channels));
    encoder.set_depth(if sixteen {
        png::BitDepth::Sixteen
    } else {
        png::BitDepth::Eight
    });
    encoder
        .write_header()
        .unwrap()
        .write_image_data(bytes)
        .unwrap();
}

/// The test picture as an 8-bit RGB PNG.
pub fn picture(path: &Path) {
    write_png(path, SIDE, SIDE, 3, &eight(3), false);
}

/// A mask of the test picture's hole.
pub fn mask(path: &Path) {
    let bytes: Vec<u8> = (0..SIDE * SIDE)
        .map(|pixel| if in_hole(pixel) { 255 } else { 0 })
        .collect();
    write_png(path, SIDE, SIDE, 1, &bytes, false);
}

/// A mask of one grey value.
pub fn flat_mask(path: &Path, width: usize, height: usize, value: u8) {
    write_png(path, width, height, 1, &vec![value; width * height], false);
}

/// Bytes of a PNG as they are stored, with its header.
pub fn read_png(path: &Path) -> (Vec<u8>, png::Info<'static>) {
    let mut reader = png::Decoder::new(BufReader::new(File::open(path).unwrap()))
        .read_info()
        .unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut bytes).unwrap();
    reader.finish().unwrap();
    (bytes, reader.info().clone())
}

/// Writes a TIFF with samples of type `L`.
pub fn write_tiff<L: tiff::encoder::colortype::ColorType>(path: &Path, samples: &[L::Inner])
where
    [L::Inner]: tiff::encoder::TiffValue,
{
    let mut encoder = tiff::encoder::TiffEncoder::new(File::create(path).unwrap()).unwrap();
    let mut image = encoder.new_image::<L>(SIDE as u32, SIDE as u32).unwrap();
    image
        .encoder()
        .write_tag(tiff::tags::Tag::Artist, "somebody")
        .unwrap();
    image.write_data(samples).unwrap();
}

/// Samples of a TIFF, with the artist.
pub fn read_tiff(path: &Path) -> (tiff::decoder::DecodingResult, String) {
    let mut decoder =
        tiff::decoder::Decoder::new(BufReader::new(File::open(path).unwrap())).unwrap();
    let artist = decoder
        .get_tag_ascii_string(tiff::tags::Tag::Artist)
        .unwrap_or_default();
    (decoder.read_image().unwrap(), artist)
}

/// Writes a lossless WebP.
pub fn write_webp(path: &Path, channels: usize) {
    let colour = if channels == 4 {
        image_webp::ColorType::Rgba8
    } else {
        image_webp::ColorType::Rgb8
    };
    let mut bytes = Vec::new();
    let encoder = image_webp::WebPEncoder::new(&mut bytes);
    encoder
        .encode(&eight(channels), SIDE as u32, SIDE as u32, colour)
        .unwrap();
    std::fs::write(path, bytes).unwrap();
}

pub fn read_webp(path: &Path) -> Vec<u8> {
    let mut decoder =
        image_webp::WebPDecoder::new(Cursor::new(std::fs::read(path).unwrap())).unwrap();
    let mut bytes = vec![0; decoder.output_buffer_size().unwrap()];
    decoder.read_image(&mut bytes).unwrap();
    bytes
}

/// Asserts that known pixels are the same and that something in the hole is not.
pub fn assert_filled<T: PartialEq + std::fmt::Debug>(
    before: &[T],
    after: &[T],
    channels: usize,
    name: &str,
) {
    assert_eq!(before.len(), after.len(), "{name}");
    let mut changed = 0;
    for (pixel, (old, new)) in before
        .chunks(channels)
        .zip(after.chunks(channels))
        .enumerate()
    {
        if in_hole(pixel) {
            changed += usize::from(old != new);
        } else {
            assert_eq!(old, new, "{name}: known pixel {pixel} changed");
        }
    }
    assert!(
        changed > 100,
        "{name}: only {changed} pixels of the hole changed"
    );
}
