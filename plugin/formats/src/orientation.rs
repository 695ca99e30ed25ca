//! Cameras store a picture as the sensor saw it and say in EXIF how to turn it.
//!
//! Reweave never turns the picture: its pixels and its EXIF stay as they are. A mask was painted over the upright
//! picture, as every viewer shows it, so it is the mask that is turned back.

pub use image::metadata::Orientation;
use reweave::Picture;

use crate::error::Problem;

/// The orientation that an EXIF block (starting at its TIFF header) gives.
pub fn of_exif(exif: &[u8]) -> Orientation {
    Orientation::from_exif_chunk(exif).unwrap_or(Orientation::NoTransforms)
}

/// The smallest EXIF block: one directory with one entry, the orientation.
pub fn exif_of(orientation: Orientation) -> Vec<u8> {
    let mut exif = b"MM\0*\0\0\0\x08".to_vec();
    exif.extend(1_u16.to_be_bytes());
    // Tag 274, one SHORT, its value in the first half of the last four bytes.
    exif.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation.to_exif(), 0, 0]);
    exif.extend(0_u32.to_be_bytes());
    exif
}

/// The turn that undoes `orientation`.
pub fn inverse(orientation: Orientation) -> Orientation {
    match orientation {
        Orientation::Rotate90 => Orientation::Rotate270,
        Orientation::Rotate270 => Orientation::Rotate90,
        mirror => mirror,
    }
}

/// Whether turning exchanges width and height.
pub fn is_sideways(orientation: Orientation) -> bool {
    orientation.to_exif() >= 5
}

/// The picture turned by `orientation`.
pub fn turn(picture: Picture, orientation: Orientation) -> Result<Picture, Problem> {
    if orientation == Orientation::NoTransforms {
        return Ok(picture);
    }
    let (width, height) = (picture.width(), picture.height());
    let pixel = picture.format().pixel_bytes();
    let source = picture.bytes();
    let (across, down) = if is_sideways(orientation) {
        (height, width)
    } else {
        (width, height)
    };
    let mut turned = Vec::with_capacity(source.len());
    for y in 0..down {
        for x in 0..across {
            // Which pixel of the stored picture lands at (x, y).
            let (from_x, from_y) = match orientation {
                Orientation::NoTransforms => (x, y),
                Orientation::FlipHorizontal => (width - 1 - x, y),
                Orientation::Rotate180 => (width - 1 - x, height - 1 - y),
                Orientation::FlipVertical => (x, height - 1 - y),
                Orientation::Rotate90FlipH => (y, x),
                Orientation::Rotate90 => (y, height - 1 - x),
                Orientation::Rotate270FlipH => (width - 1 - y, height - 1 - x),
                Orientation::Rotate270 => (width - 1 - y, x),
            };
            let start = (from_y * width + from_x) * pixel;
            turned.extend_from_slice(&source[start..start + pixel]);
        }
    }
    Picture::from_bytes(turned, across, down, picture.format())
        .map_err(|error| Problem::damaged("pixels", error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use reweave::{Alpha, Channels, Depth, Format, Transfer};

    fn grey(width: usize, height: usize, bytes: &[u8]) -> Picture {
        let format = Format {
            depth: Depth::U8,
            channels: Channels::Grey,
            transfer: Transfer::Srgb,
            alpha: Alpha::Straight,
        };
        Picture::from_bytes(bytes.to_vec(), width, height, format).unwrap()
    }

    #[test]
    fn turning_agrees_with_exif() {
        // 3x2, rows "abc" and "def". EXIF 6 says: turn 90° clockwise to see it upright.
        let turned = turn(grey(3, 2, b"abcdef"), Orientation::Rotate90).unwrap();
        assert_eq!(
            (turned.width(), turned.height(), turned.bytes()),
            (2, 3, &b"daebfc"[..])
        );
        let mirrored = turn(grey(3, 2, b"abcdef"), Orientation::FlipHorizontal).unwrap();
        assert_eq!(mirrored.bytes(), b"cbafed");
    }

    #[test]
    fn every_turn_has_its_inverse() {
        for exif in 1..=8 {
            let orientation = Orientation::from_exif(exif).unwrap();
            let there = turn(grey(3, 2, b"abcdef"), orientation).unwrap();
            assert_eq!(of_exif(&exif_of(orientation)), orientation);
            let back = turn(there, inverse(orientation)).unwrap();
            assert_eq!(
                (back.width(), back.bytes()),
                (3, &b"abcdef"[..]),
                "EXIF {exif}"
            );
        }
    }
}
