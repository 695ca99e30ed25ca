//! Masks as files: PNG with one bit a pixel, white = hole.

use crate::sheet::Sheet;
use crate::{Mask, MaskError};
use png::{BitDepth, ColorType, Decoder, Encoder, Limits, Transformations};
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

/// Files that say they are larger, in pixels, are refused before memory is asked for.
const MOST_PIXELS: u64 = 1 << 28;

/// What of a picture becomes hole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Take {
    /// What is brighter than middle grey.
    White,
    /// What is more opaque than not.
    Alpha,
}

/// The mask as a PNG file of one bit a pixel, white = hole.
///
/// # Errors
/// The mask has no pixel.
pub fn to_png(mask: &Mask) -> Result<Vec<u8>, MaskError> {
    let rows = mask.hole.chunks(mask.width.max(1));
    let packed: Vec<u8> = rows.flat_map(|row| row.chunks(8).map(pack)).collect();
    encode(mask.width, mask.height, BitDepth::One, &packed)
}

/// A contact sheet as a PNG file of 8 bits a pixel.
///
/// # Errors
/// The sheet has no pixel.
pub fn sheet_to_png(sheet: &Sheet) -> Result<Vec<u8>, MaskError> {
    encode(sheet.width, sheet.height, BitDepth::Eight, &sheet.pixels)
}

fn encode(width: usize, height: usize, depth: BitDepth, data: &[u8]) -> Result<Vec<u8>, MaskError> {
    let refuse = |error: png::EncodingError| MaskError::Description(format!("no PNG: {error}"));
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, width as u32, height as u32);
    encoder.set_color(ColorType::Grayscale);
    encoder.set_depth(depth);
    let mut writer = encoder.write_header().map_err(refuse)?;
    writer.write_image_data(data).map_err(refuse)?;
    writer.finish().map_err(refuse)?;
    Ok(bytes)
}

/// Up to eight pixels as one byte, the first in the highest bit.
fn pack(pixels: &[u8]) -> u8 {
    let bits = pixels.iter().enumerate();
    bits.fold(0, |byte, (i, &hole)| byte | hole << (7 - i))
}

/// Reads a mask from a PNG file of any depth.
///
/// # Errors
/// The file cannot be read, is no PNG, is damaged or too large, or has no alpha channel where that is to be taken.
pub fn read_png(path: &Path, take: Take) -> Result<Mask, MaskError> {
    let refuse =
        |why: &dyn std::fmt::Display| MaskError::file(path, format!("cannot be read: {why}"));
    let file = File::open(path).map_err(|error| refuse(&error))?;
    let limits = Limits { bytes: 1 << 30 };
    let mut decoder = Decoder::new_with_limits(BufReader::new(file), limits);
    decoder.set_transformations(Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(|error| refuse(&error))?;
    let info = reader.info();
    let (width, height) = (info.width as usize, info.height as usize);
    if width as u64 * height as u64 > MOST_PIXELS {
        return Err(refuse(&format!("{width}x{height} pixels are too many")));
    }
    let (color, _) = reader.output_color_type();
    let channels = color.samples();
    let has_alpha = matches!(color, ColorType::GrayscaleAlpha | ColorType::Rgba);
    if take == Take::Alpha && !has_alpha {
        return Err(MaskError::file(
            path,
            "has no alpha channel to take a silhouette from",
        ));
    }
    let colours = if has_alpha { channels - 1 } else { channels };
    let size = reader
        .output_buffer_size()
        .ok_or_else(|| refuse(&"it is too large"))?;
    let mut pixels = vec![0; size];
    reader
        .next_frame(&mut pixels)
        .map_err(|error| refuse(&error))?;
    let is_hole = |pixel: &[u8]| match take {
        Take::Alpha => pixel[channels - 1] > 127,
        Take::White => {
            let sum: usize = pixel[..colours].iter().map(|&v| usize::from(v)).sum();
            sum > 127 * colours
        }
    };
    let hole = pixels.chunks_exact(channels).map(|p| u8::from(is_hole(p)));
    Ok(Mask {
        width,
        height,
        hole: hole.take(width * height).collect(),
    })
}

/// The PNG files of a folder and those below it, in order of name.
///
/// # Errors
/// A folder cannot be read.
pub fn png_files(folder: &Path) -> Result<Vec<PathBuf>, MaskError> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let refuse = |error| MaskError::file(&folder, format!("cannot be read: {error}"));
        for entry in std::fs::read_dir(&folder).map_err(refuse)? {
            let path = entry.map_err(refuse)?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path
                .extension()
                .is_some_and(|end| end.eq_ignore_ascii_case("png"))
            {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_mask_comes_back_from_its_file(width in 1usize..40, height in 1usize..9, bits: u64) {
            let hole = (0..width * height).map(|i| (bits >> (i % 61) & 1) as u8).collect();
            let mask = Mask { width, height, hole };
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("mask.png");
            std::fs::write(&path, to_png(&mask).unwrap()).unwrap();
            prop_assert_eq!(read_png(&path, Take::White).unwrap(), mask);
        }
    }

    #[test]
    fn what_is_no_mask_is_told_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("text.png");
        std::fs::write(&path, "not a picture").unwrap();
        let error = read_png(&path, Take::White).unwrap_err().to_string();
        assert!(error.contains("text.png"), "{error}");
        let mask = folder.path().join("mask.png");
        std::fs::write(&mask, to_png(&Mask::new(4, 4)).unwrap()).unwrap();
        let error = read_png(&mask, Take::Alpha).unwrap_err().to_string();
        assert!(error.contains("no alpha channel"), "{error}");
    }
}
