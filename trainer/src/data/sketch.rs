//! Sketches to learn from: the edges of a picture, as somebody would draw them (Yu et al., ICCV 2019, section 3.4, who take them
//! from a detector of edges that was trained; Canny's finds what guides a fill as well, and needs no weights).

use super::edges::{Plane, lines};
use image::RgbImage;
use image::imageops::grayscale;
use rand::Rng;
use std::ops::RangeInclusive;

/// How much is smoothed before edges are looked for, in pixels: from every edge to those of large things alone.
const SMOOTHING: RangeInclusive<f32> = 1.4..=2.9;
/// The least gradient of an edge's strongest pixel; black beside white has about 1,000.
const GRADIENT: RangeInclusive<f32> = 60.0..=300.0;
/// An edge goes on down to this share of it.
const WEAKEST: f32 = 0.4;
/// The share of the lines that somebody would draw.
const DRAWN: RangeInclusive<f64> = 0.3..=1.0;
/// Shorter ones are not drawn, in pixels.
const SHORTEST: usize = 8;

/// A sketch of a crop `[3, size, size]` in `[-1, 1]`: 1 on lines, 0 elsewhere. Of `share` of the crops; the others have none.
pub fn drawn(crop: &[f32], size: usize, share: f64, rng: &mut impl Rng) -> Vec<f32> {
    let pixels = size * size;
    if !rng.random_bool(share) {
        return vec![0.0; pixels];
    }
    let luma = |at: usize| {
        let channel = |c: usize| crop[c * pixels + at];
        0.299 * channel(0) + 0.587 * channel(1) + 0.114 * channel(2)
    };
    let grey = Plane {
        values: (0..pixels).map(|at| (luma(at) + 1.0) * 127.5).collect(),
        width: size,
    };
    let (least, most) = GRADIENT.into_inner();
    // Weak edges are many: even odds by the logarithm.
    let gradient = least * (most / least).powf(rng.random_range(0.0..=1.0));
    let found = lines(
        &grey,
        rng.random_range(SMOOTHING),
        WEAKEST * gradient,
        gradient,
    );
    let share = rng.random_range(DRAWN);
    let kept = found
        .into_iter()
        .filter(|line| line.len() >= SHORTEST && rng.random_bool(share));
    let kept: Vec<_> = kept.collect();
    // Drawn with pens of one, three and five pixels.
    with_pen(&kept, size, pixels, rng.random_range(0..=2u8))
}

/// The sketch that a picture is scored with: its clear edges, with a pen of three pixels, the same each time.
pub fn of_picture(picture: &RgbImage) -> Vec<f32> {
    let grey = grayscale(picture);
    let plane = Plane {
        values: grey.as_raw().iter().map(|&v| f32::from(v)).collect(),
        width: grey.width() as usize,
    };
    let mut found = lines(&plane, 1.7, WEAKEST * 120.0, 120.0);
    found.retain(|line| line.len() >= SHORTEST);
    with_pen(&found, plane.width, plane.values.len(), 1)
}

/// Lines drawn on a sheet of so many pixels, this much wider on each side.
fn with_pen(lines: &[Vec<usize>], width: usize, pixels: usize, wider: u8) -> Vec<f32> {
    let mut sheet = vec![0.0; pixels];
    let (columns, rows) = (width as isize, (pixels / width) as isize);
    let wider = isize::from(wider);
    for &i in lines.iter().flatten() {
        let (x, y) = (i as isize % columns, i as isize / columns);
        for y in (y - wider).max(0)..=(y + wider).min(rows - 1) {
            for x in (x - wider).max(0)..=(x + wider).min(columns - 1) {
                sheet[(y * columns + x) as usize] = 1.0;
            }
        }
    }
    sheet
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    const SIZE: usize = 64;

    /// Dark on the left, light on the right.
    fn step() -> Vec<f32> {
        let pixels = SIZE * SIZE;
        (0..3 * pixels)
            .map(|i| if i % SIZE < SIZE / 2 { -0.8 } else { 0.8 })
            .collect()
    }

    #[test]
    fn a_line_is_drawn_where_things_meet() {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let mut seen = 0;
        for _ in 0..40 {
            let sketch = drawn(&step(), SIZE, 1.0, &mut rng);
            for (i, _) in sketch.iter().enumerate().filter(|(_, line)| **line > 0.0) {
                let x = i % SIZE;
                assert!(x.abs_diff(SIZE / 2) <= 4, "a line at column {x}");
            }
            seen += usize::from(sketch.contains(&1.0));
        }
        assert!(
            (10..40).contains(&seen),
            "{seen} of 40 have their line drawn"
        );
    }

    #[test]
    fn as_many_have_a_sketch_as_the_recipe_wants() {
        let mut rng = ChaCha8Rng::seed_from_u64(2);
        let mut count = |share| {
            let sketches = (0..60).map(|_| drawn(&step(), SIZE, share, &mut rng));
            sketches.filter(|sketch| sketch.contains(&1.0)).count()
        };
        let (none, half, all) = (count(0.0), count(0.5), count(1.0));
        assert_eq!(none, 0);
        assert!(half > 5 && half < all, "{half} of {all}");
    }
}
