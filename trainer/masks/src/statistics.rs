//! What a set of masks is like: shares of hole, contact with the border, and the sizes of holes.

use crate::Mask;
use crate::protocol::BINS;
use serde::Serialize;

/// What one mask is like.
#[derive(Clone, Debug, PartialEq)]
pub struct MaskStatistics {
    /// The share of the picture that is hole, 0 to 1.
    pub share: f32,
    /// Whether a hole lies near the picture's edge.
    pub touches_border: bool,
    /// The share of the picture that each connected hole covers, the largest first.
    pub holes: Vec<f32>,
}

impl MaskStatistics {
    /// Looks at a mask; its border is `border` pixels wide.
    pub fn of(mask: &Mask, border: usize) -> Self {
        let pixels = mask.hole.len().max(1) as f32;
        let mut holes: Vec<f32> = connected_sizes(mask)
            .into_iter()
            .map(|size| size as f32 / pixels)
            .collect();
        holes.sort_by(|a, b| b.total_cmp(a));
        MaskStatistics {
            share: mask.share(),
            touches_border: mask.touches(border),
            holes,
        }
    }
}

/// Pixels of each connected hole; pixels that share a corner are connected.
fn connected_sizes(mask: &Mask) -> Vec<usize> {
    let (width, height) = (mask.width, mask.height);
    let mut left = mask.hole.clone();
    let mut sizes = Vec::new();
    let mut open = Vec::new();
    for start in 0..left.len() {
        if left[start] == 0 {
            continue;
        }
        left[start] = 0;
        open.push(start);
        let mut size = 0;
        while let Some(at) = open.pop() {
            size += 1;
            let (x, y) = (at % width, at / width);
            for y in y.saturating_sub(1)..=(y + 1).min(height - 1) {
                for x in x.saturating_sub(1)..=(x + 1).min(width - 1) {
                    let next = y * width + x;
                    if left[next] == 1 {
                        left[next] = 0;
                        open.push(next);
                    }
                }
            }
        }
        sizes.push(size);
    }
    sizes
}

/// What the masks of one bin are like.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Row {
    /// Least and most percent of hole.
    pub percent: (u8, u8),
    /// How many masks.
    pub masks: usize,
    /// How many of them touch the border.
    pub touching: usize,
    /// Mean percent of hole.
    pub mean_percent: f32,
    /// Holes a mask, the median.
    pub holes: usize,
    /// Percent of the picture that the largest hole covers, the median.
    pub largest_percent: f32,
}

/// The rows of a table: the six bins, with what lies below and above them where there is something; the last is of all.
pub fn table(masks: &[MaskStatistics]) -> Vec<Row> {
    let outside = [(0, BINS[0].0), (BINS[BINS.len() - 1].1, 100)];
    let bins = std::iter::once(outside[0]).chain(BINS).chain([outside[1]]);
    let mut rows: Vec<Row> = bins
        .map(|(low, high)| {
            let (from, to) = (f32::from(low) / 100.0, f32::from(high) / 100.0);
            let within = |m: &&MaskStatistics| m.share >= from && (m.share < to || high == 100);
            row((low, high), masks.iter().filter(within).collect())
        })
        .filter(|row| row.masks > 0 || !outside.contains(&row.percent))
        .collect();
    rows.push(row((0, 100), masks.iter().collect()));
    rows
}

fn row(percent: (u8, u8), masks: Vec<&MaskStatistics>) -> Row {
    let sum: f32 = masks.iter().map(|m| m.share).sum();
    let mut holes: Vec<usize> = masks.iter().map(|m| m.holes.len()).collect();
    let mut largest: Vec<f32> = masks
        .iter()
        .map(|m| m.holes.first().copied().unwrap_or(0.0))
        .collect();
    holes.sort_unstable();
    largest.sort_by(f32::total_cmp);
    Row {
        percent,
        masks: masks.len(),
        touching: masks.iter().filter(|m| m.touches_border).count(),
        mean_percent: 100.0 * sum / masks.len().max(1) as f32,
        holes: holes.get(holes.len() / 2).copied().unwrap_or(0),
        largest_percent: 100.0 * largest.get(largest.len() / 2).copied().unwrap_or(0.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_that_share_a_corner_are_one() {
        let mut mask = Mask::new(10, 10);
        mask.draw_box(0, 0, 2, 2);
        mask.draw_box(2, 2, 1, 1);
        mask.draw_box(6, 6, 2, 1);
        let statistics = MaskStatistics::of(&mask, 1);
        assert_eq!(statistics.holes, [0.05, 0.02]);
        assert!(statistics.touches_border);
        assert_eq!(statistics.share, 0.07);
    }

    #[test]
    fn each_mask_is_counted_in_one_bin_and_in_all() {
        let of = |side: usize| {
            let mut mask = Mask::new(10, 10);
            mask.draw_box(5, 5, side, 1);
            MaskStatistics::of(&mask, 2)
        };
        let full = MaskStatistics::of(
            &Mask {
                width: 1,
                height: 1,
                hole: vec![1],
            },
            2,
        );
        let rows = table(&[of(0), of(1), of(2), full]);
        let counts: Vec<_> = rows.iter().map(|row| (row.percent, row.masks)).collect();
        assert_eq!(
            counts,
            [
                ((0, 1), 1),
                ((1, 10), 2),
                ((10, 20), 0),
                ((20, 30), 0),
                ((30, 40), 0),
                ((40, 50), 0),
                ((50, 60), 0),
                ((60, 100), 1),
                ((0, 100), 4)
            ]
        );
        assert_eq!(rows[8].touching, 1);
    }
}
