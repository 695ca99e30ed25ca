//! Parts of the hole that may share a region, and how they are taken apart when they should not.

use crate::hole::Part;
use crate::picture::Rect;

/// Parts that may share a region.
pub(super) struct Group {
    pub bounds: Rect,
    /// Thickness of the thinnest and of the thickest part.
    pub thinnest: usize,
    pub thickest: usize,
}

impl Group {
    pub fn alone(part: &Part) -> Self {
        let thickness = part.thickness();
        Self {
            bounds: part.bounds,
            thinnest: thickness,
            thickest: thickness,
        }
    }

    /// None without parts.
    pub fn of(parts: &[Part]) -> Option<Self> {
        parts.iter().map(Self::alone).reduce(|a, b| Self {
            bounds: a.bounds.union(&b.bounds),
            thinnest: a.thinnest.min(b.thinnest),
            thickest: a.thickest.max(b.thickest),
        })
    }
}

/// Takes the parts beyond the widest gap away from the others. Both sets get one part at least; gaps near the middle
/// count for more, so that sets halve rather than fray.
pub(super) fn split_at_widest_gap(mut parts: Vec<Part>, bounds: Rect) -> [Vec<Part>; 2] {
    let along_x = bounds.width >= bounds.height;
    // Twice the centre, to stay with whole numbers.
    let centre = |part: &Part| {
        let bounds = &part.bounds;
        if along_x {
            bounds.x + bounds.right()
        } else {
            bounds.y + bounds.bottom()
        }
    };
    parts.sort_by_key(|part| (centre(part), part.bounds));
    let (start, len) = if along_x {
        (bounds.x, bounds.width)
    } else {
        (bounds.y, bounds.height)
    };
    let score = |index: usize| {
        let (before, after) = (centre(&parts[index - 1]), centre(&parts[index]));
        let gap = (after - before) as f64;
        let off_middle =
            ((before + after) as f64 / 2.0 - (2 * start + len) as f64).abs() / len as f64;
        gap * (1.0 - off_middle.min(1.0)) - off_middle * 1e-3
    };
    let cut = (1..parts.len())
        .max_by(|&a, &b| score(a).total_cmp(&score(b)))
        .unwrap_or(parts.len() / 2);
    let second = parts.split_off(cut);
    [parts, second]
}
