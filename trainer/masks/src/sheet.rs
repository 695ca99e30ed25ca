//! A contact sheet: many masks at a glance.

use crate::Mask;

/// Pixels between two masks of a sheet.
const GAP: usize = 4;
/// The grey between them.
const GROUND: u8 = 96;

/// A grey picture of masks side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Columns of pixels.
    pub width: usize,
    /// Rows of pixels.
    pub height: usize,
    /// 0 = known, 255 = hole, the grey of the ground between; row by row.
    pub pixels: Vec<u8>,
}

/// The masks in `columns` columns, the longer side of each made `side` pixels.
pub fn sheet(masks: &[Mask], columns: usize, side: usize) -> Sheet {
    let columns = columns.clamp(1, masks.len().max(1));
    let rows = masks.len().div_ceil(columns);
    let small: Vec<Sheet> = masks.iter().map(|mask| reduced(mask, side)).collect();
    let wide = small.iter().map(|mask| mask.width).max().unwrap_or(0) + GAP;
    let high = small.iter().map(|mask| mask.height).max().unwrap_or(0) + GAP;
    let (width, height) = (GAP + columns * wide, GAP + rows * high);
    let mut pixels = vec![GROUND; width * height];
    for (i, small) in small.iter().enumerate() {
        let (x, y) = (i % columns * wide + GAP, i / columns * high + GAP);
        for (row, line) in small.pixels.chunks(small.width.max(1)).enumerate() {
            pixels[(y + row) * width + x..][..line.len()].copy_from_slice(line);
        }
    }
    Sheet {
        width,
        height,
        pixels,
    }
}

/// The mask with its longer side made `side` pixels; each pixel is the mean of those that it stands for.
fn reduced(mask: &Mask, side: usize) -> Sheet {
    let longer = mask.width.max(mask.height).max(1);
    let scaled = |of: usize| (of * side / longer).max(1);
    let (width, height) = (scaled(mask.width), scaled(mask.height));
    let range = |i: usize, of: usize, end: usize| {
        let start = (i * end / of).min(end.saturating_sub(1));
        start..((i + 1) * end / of).clamp(start + 1, end.max(1))
    };
    let mut pixels = Vec::with_capacity(width * height);
    for y in 0..height {
        for x in 0..width {
            let columns = range(x, width, mask.width);
            let rows = range(y, height, mask.height);
            let count = columns.len() * rows.len();
            let sum: usize = rows
                .flat_map(|row| &mask.hole[row * mask.width..][columns.clone()])
                .map(|&h| usize::from(h))
                .sum();
            pixels.push((255 * sum / count) as u8);
        }
    }
    Sheet {
        width,
        height,
        pixels,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn masks_stand_side_by_side() {
        let full = Mask {
            width: 16,
            height: 16,
            hole: vec![1; 256],
        };
        let sheet = sheet(&[full, Mask::new(16, 16)], 2, 8);
        assert_eq!((sheet.width, sheet.height), (28, 16));
        assert_eq!(sheet.pixels[4 * 28 + 4], 255);
        assert_eq!(sheet.pixels[4 * 28 + 16], 0);
        assert_eq!(sheet.pixels[0], GROUND);
    }

    proptest! {
        #[test]
        fn any_masks_make_a_sheet(sizes in prop::collection::vec((1usize..40, 1usize..40), 0..7), columns in 0usize..5, side in 1usize..20) {
            let masks: Vec<Mask> = sizes.iter().map(|&(w, h)| Mask::new(w, h)).collect();
            let sheet = sheet(&masks, columns, side);
            prop_assert_eq!(sheet.pixels.len(), sheet.width * sheet.height);
        }
    }
}
