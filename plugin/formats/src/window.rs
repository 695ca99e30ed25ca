//! Where pixels lie. OpenEXR may hold a part of the frame, or more than the frame; other formats hold all of it.

use reweave::Picture;

use crate::error::Problem;

/// The part of a plane that a file has pixels for, and the frame that people see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Column and row of the top left pixel (the data window's corner).
    pub corner: (i64, i64),
    /// Corner of the frame (the display window).
    pub frame_corner: (i64, i64),
    /// Width and height of the frame.
    pub frame: (usize, usize),
}

impl Window {
    /// A file that holds exactly its frame.
    pub fn whole(picture: &Picture) -> Self {
        Self {
            corner: (0, 0),
            frame_corner: (0, 0),
            frame: (picture.width(), picture.height()),
        }
    }
}

/// Lays `mask` over `picture`: cut and padded with "not in the hole" so that both cover the same pixels.
///
/// Compositors crop a matte to what is in it, so a matte of the same frame may have fewer pixels than the plate.
/// Masks of another frame come back as they are, for the caller to refuse.
pub fn align(
    mask: Picture,
    mask_window: Window,
    picture: &Picture,
    picture_window: Window,
) -> Result<Picture, Problem> {
    let size = (picture.width(), picture.height());
    let same_size = (mask.width(), mask.height()) == size;
    if mask_window.frame != picture_window.frame {
        return Ok(mask);
    }
    let corner = |window: Window| {
        (
            window.corner.0 - window.frame_corner.0,
            window.corner.1 - window.frame_corner.1,
        )
    };
    let (mask_corner, picture_corner) = (corner(mask_window), corner(picture_window));
    if same_size && mask_corner == picture_corner {
        return Ok(mask);
    }
    let pixel = mask.format().pixel_bytes();
    let mut aligned = Picture::new(size.0, size.1, mask.format())
        .map_err(|error| Problem::new(error.to_string(), "work on a smaller crop"))?;
    let shift = (
        mask_corner.0 - picture_corner.0,
        mask_corner.1 - picture_corner.1,
    );
    // The columns that both have.
    let left = shift.0.clamp(0, size.0 as i64);
    let right = (shift.0 + mask.width() as i64).clamp(left, size.0 as i64);
    if left == right {
        return Ok(aligned);
    }
    for y in 0..size.1 {
        let from_y = y as i64 - shift.1;
        if !(0..mask.height() as i64).contains(&from_y) {
            continue;
        }
        let from = ((left - shift.0) as usize * pixel)..((right - shift.0) as usize * pixel);
        let to = (y * size.0 + left as usize) * pixel;
        let row = &mask.bytes()[from_y as usize * mask.width() * pixel..][from];
        aligned.bytes_mut()[to..to + row.len()].copy_from_slice(row);
    }
    Ok(aligned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use reweave::{Channels, Depth, Format};

    fn grey(width: usize, height: usize, bytes: &[u8]) -> Picture {
        Picture::from_bytes(
            bytes.to_vec(),
            width,
            height,
            Format::srgb(Depth::U8, Channels::Grey),
        )
        .unwrap()
    }

    #[test]
    fn a_cropped_matte_finds_its_place() {
        let plate = grey(4, 3, &[0; 12]);
        let plate_window = Window {
            corner: (0, 0),
            frame_corner: (0, 0),
            frame: (4, 3),
        };
        let matte_window = Window {
            corner: (2, 1),
            ..plate_window
        };
        let aligned = align(grey(1, 2, b"ab"), matte_window, &plate, plate_window).unwrap();
        assert_eq!(aligned.bytes(), b"\0\0\0\0\0\0a\0\0\0b\0");
    }

    #[test]
    fn a_matte_with_overscan_is_cut() {
        let plate = grey(2, 1, &[0; 2]);
        let plate_window = Window {
            corner: (0, 0),
            frame_corner: (0, 0),
            frame: (2, 1),
        };
        let matte_window = Window {
            corner: (-1, -1),
            ..plate_window
        };
        let aligned = align(
            grey(4, 3, b"abcdefghijkl"),
            matte_window,
            &plate,
            plate_window,
        )
        .unwrap();
        assert_eq!(aligned.bytes(), b"fg");
        let outside = Window {
            corner: (50, 0),
            ..plate_window
        };
        let aligned = align(grey(4, 3, b"abcdefghijkl"), outside, &plate, plate_window).unwrap();
        assert_eq!(aligned.bytes(), b"\0\0");
    }

    #[test]
    fn another_frame_is_left_for_the_caller_to_refuse() {
        let plate = grey(2, 1, &[0; 2]);
        let mask = grey(1, 1, b"a");
        let window = Window::whole(&mask);
        assert_eq!(
            align(mask.clone(), window, &plate, Window::whole(&plate)).unwrap(),
            mask
        );
    }
}
