//! Sets of masks to test with, as papers describe them.

use crate::set::Cell;
use crate::{Border, Wanted};

/// The bins of Liu et al. 2018 ("Image Inpainting for Irregular Holes Using Partial Convolutions", section 4.1): least and
/// most percent of hole.
pub const BINS: [(u8, u8); 6] = [(1, 10), (10, 20), (20, 30), (30, 40), (40, 50), (50, 60)];

/// Side of the masks of that paper, in pixels.
pub const SIDE: usize = 512;

/// Pixels from the edge within which a hole touches the border, in that paper.
pub const BORDER: usize = 50;

/// Masks of that paper in a bin.
pub const PER_BIN: u32 = 1000;

/// The twelve cells of Liu et al. 2018: six bins, each with and without holes at the border.
pub fn liu2018() -> Vec<Cell> {
    let sides = [
        ("border", Border::Touching(BORDER)),
        ("no-border", Border::Free(BORDER)),
    ];
    let cell = |(name, border): (&str, Border), (low, high): (u8, u8)| Cell {
        folder: format!("{name}/{low:02}-{high}"),
        wanted: Some(Wanted {
            share: Some((f32::from(low) / 100.0, f32::from(high) / 100.0)),
            border,
        }),
    };
    sides
        .into_iter()
        .flat_map(|side| BINS.map(|bin| cell(side, bin)))
        .collect()
}
