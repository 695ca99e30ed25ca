//! The outlines of things: random polygons round a middle.

use crate::numbers::polar;
use crate::{LARGEST, MOST, Mask, check_range};
use rand::Rng;
use serde::{Deserialize, Serialize};
use std::f32::consts::PI;

/// Polygons whose corners lie round a middle, at distances of their own: no self-crossing, some lobes and bays.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Polygons {
    /// Fewest and most polygons.
    pub count: (usize, usize),
    /// Fewest and most corners, 3 or more.
    pub corners: (usize, usize),
    /// Smallest and largest radius, in pixels.
    pub radius: (f32, f32),
    /// How much nearer to the middle a corner may be, 0 (as on a circle) to 1.
    #[serde(default = "roughness")]
    pub roughness: f32,
}

fn roughness() -> f32 {
    0.5
}

impl Polygons {
    /// Adds polygons to a mask.
    pub fn draw(&self, mask: &mut Mask, rng: &mut impl Rng) {
        let (w, h) = (mask.width as f32, mask.height as f32);
        for _ in 0..rng.random_range(self.count.0..=self.count.1) {
            let middle = (rng.random_range(0.0..w), rng.random_range(0.0..h));
            let radius = rng.random_range(self.radius.0..=self.radius.1);
            // Things are seldom as high as wide.
            let (flat, tilt) = (rng.random_range(0.5..=1.0), rng.random_range(0.0..2.0 * PI));
            let (cos, sin) = polar(1.0, tilt);
            let count = rng.random_range(self.corners.0..=self.corners.1);
            let corners: Vec<(f32, f32)> = (0..count)
                .map(|i| {
                    // Each in its own sector, so that the outline goes round once.
                    let angle = 2.0 * PI * (i as f32 + rng.random_range(0.0..0.9)) / count as f32;
                    let away = radius * (1.0 - self.roughness * rng.random::<f32>());
                    let (x, y) = polar(away, angle);
                    let y = y * flat;
                    (middle.0 + x * cos - y * sin, middle.1 + x * sin + y * cos)
                })
                .collect();
            mask.draw_polygon(&corners);
        }
    }

    pub(crate) fn check(&self) -> Result<(), String> {
        check_range("polygons.count", self.count, MOST)?;
        check_range("polygons.corners", self.corners, MOST)?;
        check_range("polygons.radius", self.radius, LARGEST)?;
        if self.corners.0 < 3 {
            return Err("polygons.corners must be 3 or more".into());
        }
        if !(0.0..=1.0).contains(&self.roughness) {
            return Err(format!(
                "polygons.roughness = {} must be from 0 to 1",
                self.roughness
            ));
        }
        Ok(())
    }

    /// The same polygons in a picture `factor` times as large.
    pub(crate) fn scaled(self, factor: f32) -> Self {
        Polygons {
            radius: (self.radius.0 * factor, self.radius.1 * factor),
            ..self
        }
    }
}
