//! What patches are compared by.

use rayon::prelude::*;

use super::scene::Scene;
use super::{RADIUS, SIDE};
use crate::error::{Error, try_vec};

/// Red, green, blue; brightness across and down, which keeps edges in place; and the guide's red, green, blue. Eight
/// small integers, because a processor compares eight at once.
type Lanes = [i16; 8];

/// Steps from black to white: fine enough for 8 bits, and a patch's squared differences still fit into 32 bits.
const STEPS: f32 = 512.0;
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
        rows.for_each(|(y, row)| {
            (0..)
                .zip(row)
                .for_each(|(x, lanes)| *lanes = look(scene, x, y))
        });
        Ok(Self {
            width: scene.width,
            lanes,
        })
    }

    /// How much the patches round two pixels differ, or any number not below `limit` when it is as much as that. Both
    /// patches have to lie inside the picture.
    pub fn difference(&self, a: usize, b: usize, limit: u32) -> u32 {
        let corner = RADIUS * self.width + RADIUS;
        let (mut a, mut b) = (a - corner, b - corner);
        let mut sum = 0;
        for _ in 0..SIDE {
            let rows = (&self.lanes[a..a + SIDE], &self.lanes[b..b + SIDE]);
            sum += squared(rows.0.as_flattened(), rows.1.as_flattened());
            if sum >= limit {
                break;
            }
            a += self.width;
            b += self.width;
        }
        sum
    }
}

fn look(scene: &Scene, x: usize, y: usize) -> Lanes {
    let step = |value: f32| (value * STEPS) as i16;
    let luma = |x: usize, y: usize| {
        let index = y.min(scene.height - 1) * scene.width + x.min(scene.width - 1);
        0.299 * scene.rgb[0][index] + 0.587 * scene.rgb[1][index] + 0.114 * scene.rgb[2][index]
    };
    let (index, here) = (y * scene.width + x, luma(x, y));
    [
        step(scene.rgb[0][index]),
        step(scene.rgb[1][index]),
        step(scene.rgb[2][index]),
        step((luma(x + 1, y) - here) * GRADIENT),
        step((luma(x, y + 1) - here) * GRADIENT),
        step(scene.guide[0][index] * GUIDE),
        step(scene.guide[1][index] * GUIDE),
        step(scene.guide[2][index] * GUIDE),
    ]
}

/// The sum of squared differences.
fn squared(a: &[i16], b: &[i16]) -> u32 {
    let squares = a.iter().zip(b).map(|(a, b)| {
        let difference = i32::from(a - b);
        difference * difference
    });
    squares.sum::<i32>() as u32
}
