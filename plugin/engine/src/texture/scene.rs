//! The picture at one size: colours, hole and guide.

use super::RADIUS;
use crate::error::{Error, try_vec};
use crate::rect::Rect;
use crate::sight::Sight;

/// Blur of the guide, in pixels.
const GUIDE_BLUR: usize = 2;

/// What a patch is.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Patch {
    /// The picture's border cuts it.
    Cut,
    /// All of it is known: it may be copied.
    Known,
    /// It touches the hole: it wants a match.
    OfHole,
}

/// A picture whose hole is being filled.
pub(super) struct Scene {
    pub width: usize,
    pub height: usize,
    /// Red, green, blue, each of `width * height` values from 0 to 1; in the hole the fill as it stands.
    pub rgb: [Vec<f32>; 3],
    pub hole: Vec<bool>,
    /// The blurred picture with its first fill, which says what the hole looks like in the large.
    pub guide: [Vec<f32>; 3],
}

impl Scene {
    /// The picture with what was painted into its hole.
    pub fn new(painted: &[f32], seen: &Sight) -> Result<Self, Error> {
        let plane = |channel: usize| copied(&painted[channel * seen.len()..][..seen.len()]);
        let mut hole = try_vec(false, seen.len(), "texture")?;
        hole.copy_from_slice(&seen.hole);
        Self::guided(
            seen.width,
            seen.height,
            [plane(0)?, plane(1)?, plane(2)?],
            hole,
        )
    }

    fn guided(
        width: usize,
        height: usize,
        rgb: [Vec<f32>; 3],
        hole: Vec<bool>,
    ) -> Result<Self, Error> {
        let blurred = |plane: &Vec<f32>| -> Result<Vec<f32>, Error> {
            // Three boxes are nearly a bell.
            let mut plane = copied(plane)?;
            for _ in 0..3 {
                plane = box_blurred(&plane, width, height, GUIDE_BLUR)?;
            }
            Ok(plane)
        };
        let [red, green, blue] = &rgb;
        let (red, (green, blue)) = rayon::join(
            || blurred(red),
            || rayon::join(|| blurred(green), || blurred(blue)),
        );
        let guide = [red?, green?, blue?];
        Ok(Self {
            width,
            height,
            rgb,
            hole,
            guide,
        })
    }

    /// The scene at half its size; a pixel that is hole by any part is hole.
    pub fn halved(&self) -> Result<Self, Error> {
        let (width, height) = (self.width.div_ceil(2), self.height.div_ceil(2));
        let under = |index: usize| {
            let (x, y) = (index % width * 2, index / width * 2);
            let (right, below) = ((x + 1).min(self.width - 1), (y + 1).min(self.height - 1));
            [(x, y), (right, y), (x, below), (right, below)].map(|(x, y)| y * self.width + x)
        };
        let half = |plane: &Vec<f32>| -> Result<Vec<f32>, Error> {
            let mut half = try_vec(0.0, width * height, "texture")?;
            for (index, value) in half.iter_mut().enumerate() {
                *value = under(index).iter().map(|&at| plane[at]).sum::<f32>() / 4.0;
            }
            Ok(half)
        };
        let [red, green, blue] = &self.rgb;
        let rgb = [half(red)?, half(green)?, half(blue)?];
        let mut hole = try_vec(false, width * height, "texture")?;
        for (index, hole) in hole.iter_mut().enumerate() {
            *hole = under(index).iter().any(|&at| self.hole[at]);
        }
        Self::guided(width, height, rgb, hole)
    }

    pub fn len(&self) -> usize {
        self.width * self.height
    }

    /// What the patch round each pixel is.
    pub fn patches(&self) -> Result<Vec<Patch>, Error> {
        // Holes in the rectangle above and left of each corner.
        let stride = self.width + 1;
        let mut sums: Vec<u32> = try_vec(0, stride * (self.height + 1), "texture")?;
        for y in 0..self.height {
            let mut row = 0;
            for x in 0..self.width {
                row += u32::from(self.hole[y * self.width + x]);
                sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1] + row;
            }
        }
        let mut patches = try_vec(Patch::Cut, self.len(), "texture")?;
        let inside = self.inside();
        for y in inside.y..inside.bottom() {
            for x in inside.x..inside.right() {
                let (left, top, right, bottom) =
                    (x - RADIUS, y - RADIUS, x + RADIUS + 1, y + RADIUS + 1);
                let holes = sums[bottom * stride + right] + sums[top * stride + left]
                    - sums[top * stride + right]
                    - sums[bottom * stride + left];
                patches[y * self.width + x] = match holes {
                    0 => Patch::Known,
                    _ => Patch::OfHole,
                };
            }
        }
        Ok(patches)
    }

    /// Where whole patches lie round each pixel.
    fn inside(&self) -> Rect {
        let side = |side: usize| side.saturating_sub(2 * RADIUS);
        Rect::new(RADIUS, RADIUS, side(self.width), side(self.height))
    }
}

fn copied(plane: &[f32]) -> Result<Vec<f32>, Error> {
    let mut copy = try_vec(0.0, plane.len(), "texture")?;
    copy.copy_from_slice(plane);
    Ok(copy)
}

/// Means over squares, along rows and then along columns; beyond the border the picture goes on as it ends.
fn box_blurred(
    plane: &[f32],
    width: usize,
    height: usize,
    radius: usize,
) -> Result<Vec<f32>, Error> {
    let share = 1.0 / (2 * radius + 1) as f32;
    let mut across = try_vec(0.0, plane.len(), "texture")?;
    for (row, line) in plane
        .chunks_exact(width)
        .zip(across.chunks_exact_mut(width))
    {
        for (x, value) in line.iter_mut().enumerate() {
            let taps = x.saturating_sub(radius)..=(x + radius).min(width - 1);
            let outside = (2 * radius + 1 - taps.clone().count()) as f32;
            let edge = if x < radius { row[0] } else { row[width - 1] };
            *value = (row[taps].iter().sum::<f32>() + edge * outside) * share;
        }
    }
    let mut blurred = try_vec(0.0, plane.len(), "texture")?;
    for (y, line) in blurred.chunks_exact_mut(width).enumerate() {
        for tap in 0..=2 * radius {
            let from = (y + tap).saturating_sub(radius).min(height - 1);
            for (value, other) in line.iter_mut().zip(&across[from * width..][..width]) {
                *value += other * share;
            }
        }
    }
    Ok(blurred)
}
