//! Where the picture is going round a speck: the plane that is nearest to what is known there.

use super::equations::Equations;
use super::window::Window;

/// How fast what is known counts for less, away from the speck, in pixels.
const NEAR: f64 = 5.0;

/// The plane as three planes of the size of the patch. None where nothing is known.
pub(super) fn trend(window: &Window) -> Option<[Vec<f32>; 3]> {
    let patch = window.patch;
    // Steps from the patch's left top pixel.
    let step = |x: usize, y: usize| [1.0, x as f64 - patch.x as f64, y as f64 - patch.y as f64];
    let mut equations = Equations::new(3);
    for (at, hole) in window.input.hole.iter().enumerate() {
        if *hole {
            continue;
        }
        let (x, y) = (at % window.input.width, at / window.input.width);
        let beyond = |at: usize, from: usize, to: usize| {
            from.saturating_sub(at).max((at + 1).saturating_sub(to)) as f64
        };
        let away = beyond(x, patch.x, patch.right()).hypot(beyond(y, patch.y, patch.bottom()));
        let weight = (-away / (2.0 * NEAR)).exp();
        let mut number = 0;
        let terms = step(x, y).map(|factor| {
            number += 1;
            (number - 1, weight * factor)
        });
        let known = [0, 1, 2].map(|channel| -weight * f64::from(window.plane(channel)[at]));
        equations.add(&terms, known);
    }
    // Level, where too little is known to say.
    for unknown in [1, 2] {
        equations.add(&[(unknown, 1e-3)], [0.0; 3]);
    }
    let plane = equations.solve()?;
    Some([0, 1, 2].map(|channel| {
        let pixels = (0..patch.area()).map(|at| (at % patch.width, at / patch.width));
        let value = |(x, y)| {
            let factors = step(patch.x + x, patch.y + y);
            let terms = factors.iter().zip(&plane);
            terms
                .map(|(factor, row)| factor * row[channel])
                .sum::<f64>() as f32
        };
        pixels.map(value).collect()
    }))
}
