//! What the network looks at for one part of the hole.

use crate::hole::Part;
use crate::picture::Rect;

/// What the network looks at for one part of the hole.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Region {
    /// Where it lies in the picture.
    pub rect: Rect,
    /// The size at which the network sees it, before it is padded: never larger than the region.
    pub input_size: (usize, usize),
    /// The pixels to fill.
    pub part: Part,
}

impl Region {
    /// Pixels of the picture for one pixel of the network: 1 or more.
    pub fn shrink(&self) -> f64 {
        shrink(self.rect, self.input_size)
    }

    /// The largest size at which anything is done to the region: its own, or less where that would be more than memory
    /// should be asked for.
    pub fn finest(&self) -> (usize, usize) {
        let excess = (self.rect.area() as f64 / FINEST as f64).sqrt();
        if excess <= 1.0 {
            return (self.rect.width, self.rect.height);
        }
        let side =
            |side: usize, input_size: usize| ((side as f64 / excess) as usize).max(input_size);
        (
            side(self.rect.width, self.input_size.0),
            side(self.rect.height, self.input_size.1),
        )
    }
}

/// Pixels of the picture for one pixel of the network, along the side where they are most.
pub(super) fn shrink(rect: Rect, (width, height): (usize, usize)) -> f64 {
    (rect.width as f64 / width as f64).max(rect.height as f64 / height as f64)
}

/// Pixels of a region that are worked on at most: four megapixels, for which synthesising texture takes half a gigabyte.
const FINEST: usize = 1 << 22;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_as_fine_as_the_picture_up_to_a_limit() {
        let finest = |width, height, input_size| {
            Region {
                rect: Rect::new(0, 0, width, height),
                input_size,
                part: Part::new(Vec::new()),
            }
            .finest()
        };
        assert_eq!(finest(900, 500, (512, 284)), (900, 500));
        let (width, height) = finest(8000, 4000, (512, 256));
        assert!(width * height <= FINEST && width * height * 11 / 10 > FINEST);
        assert_eq!(width / height, 2);
        // A stripe whose other side cannot get smaller.
        assert_eq!(finest(20_000_000, 1, (512, 1)).1, 1);
    }
}
