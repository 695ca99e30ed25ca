//! What patches are compared by.

use rayon::prelude::*;

use super::scene::Scene;
use super::{RADIUS, SIDE};
use crate::error::{Error, try_vec};
use crate::pixels::Pixel;

/// Red, green, blue; brightness across and down, which keeps edges in place; and the guide's red, green, blue. Eight
/// bytes, because processors add up the differences of many bytes in one step, and because the fewer of them there are
/// to fetch the better: matches lie anywhere.
type Lanes = [u8; 8];

/// Steps from black to white. Twice as many, and the guide would not fit into a byte.
const STEPS: f32 = 127.0;
/// How much a difference of brightness gradients counts against one of colour.
const GRADIENT: f32 = 0.5;
/// How much a difference of the guide does. With less, fills of narrow holes lose more of what the network knew than
/// they gain in texture.
const GUIDE: f32 = 2.0;

/// Features of all pixels of a scene.
pub(super) struct Features {
    width: usize,
    lanes: Vec<Lanes>,
}

impl Features {
    pub fn of(scene: &Scene) -> Result<Self, Error> {
        let mut lanes = try_vec(Lanes::default(), scene.len(), "texture")?;
        let rows = lanes.par_chunks_mut(scene.width).enumerate();
        rows.for_each(|(y, row)| look(scene, y, row));
        Ok(Self {
            width: scene.width,
            lanes,
        })
    }

    /// How much the patches round two pixels differ, or any number not below `limit` when it is as much as that. Both
    /// patches have to lie inside the picture.
    #[inline(always)]
    pub fn difference(&self, a: usize, b: usize, limit: u32) -> u32 {
        let corner = RADIUS * self.width + RADIUS;
        let (mut a, mut b) = (a - corner, b - corner);
        let mut sum = 0;
        for _ in 0..SIDE {
            let rows = (&self.lanes[a..a + SIDE], &self.lanes[b..b + SIDE]);
            let bytes = rows.0.as_flattened().iter().zip(rows.1.as_flattened());
            sum += bytes.map(|(a, b)| u32::from(a.abs_diff(*b))).sum::<u32>();
            if sum >= limit {
                break;
            }
            a += self.width;
            b += self.width;
        }
        sum
    }
}

/// The features of a row.
fn look(scene: &Scene, y: usize, lanes: &mut [Lanes]) {
    let row = |y: usize| &scene.pixels[y * scene.width..][..scene.width];
    let (here, below) = (row(y), row((y + 1).min(scene.height - 1)));
    // What is right of the last pixel is that pixel again.
    let right = here[1..].iter().chain(here.last());
    let guides = &scene.guide[y * scene.width..];
    let pixels = here.iter().zip(right).zip(below).zip(guides);
    for (lanes, (((pixel, right), below), guide)) in lanes.iter_mut().zip(pixels) {
        let luma = luma(pixel);
        *lanes = [
            step(pixel[0]),
            step(pixel[1]),
            step(pixel[2]),
            // From -1 to 1, moved to where bytes are.
            step((self::luma(right) - luma) * GRADIENT + 1.0),
            step((self::luma(below) - luma) * GRADIENT + 1.0),
            step(guide[0] * GUIDE),
            step(guide[1] * GUIDE),
            step(guide[2] * GUIDE),
        ];
    }
}

fn luma(pixel: &Pixel) -> f32 {
    0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2]
}

fn step(value: f32) -> u8 {
    (value * STEPS + 0.5) as u8
}
