//! A thin plate through what is known round a speck: the surface that bends least.
//!
//! Bending is the sum of the squares of all second differences, as in thin-plate splines (Duchon, 1977). Those that would
//! take a pixel that nobody knows, or that lies outside, are left out: so at the picture's edge the plate is free.
//!
//! A plate that is free on both sides of a corner goes on as steep as its rim happens to be, and makes up to three times as
//! much of its noise. There it is stretched tight, which leaves as much noise as anywhere else, and lies on the
//! [`super::trend`] of what is near.

use super::equations::Equations;
use super::window::Window;

/// How much the plate is stretched as well, so that it lies in one way only even where too few pixels hold it.
pub(super) const LOOSE: f64 = 1e-2;

/// How much, where nothing holds it on two opposite sides.
pub(super) const TIGHT: f64 = 1.0;

/// A difference: pixels of the patch as steps from one of them, and what each is multiplied with.
type Difference = [(usize, usize, f64)];

/// The second differences, of which the mixed one counts twice.
const BENDING: [&Difference; 3] = [
    &[(0, 0, 1.0), (1, 0, -2.0), (2, 0, 1.0)],
    &[(0, 0, 1.0), (0, 1, -2.0), (0, 2, 1.0)],
    &[
        (0, 0, std::f64::consts::SQRT_2),
        (1, 0, -std::f64::consts::SQRT_2),
        (0, 1, -std::f64::consts::SQRT_2),
        (1, 1, std::f64::consts::SQRT_2),
    ],
];

/// The first differences, which are multiplied with the tension.
const STRETCHING: [&Difference; 2] = [&[(0, 0, 1.0), (1, 0, -1.0)], &[(0, 0, 1.0), (0, 1, -1.0)]];

/// Colours for the speck's pixels: those of `under` (three planes of the patch's size), lifted by a plate so that they meet
/// what is known. None where nothing known touches the speck.
pub(super) fn inside(
    window: &Window,
    under: &[Vec<f32>; 3],
    tension: f64,
) -> Option<Vec<[f32; 3]>> {
    let patch = window.patch;
    let mut equations = Equations::new(window.speck.len());
    let mut number = vec![None; patch.area()];
    for (index, (x, y)) in window.speck.iter().enumerate() {
        number[y * patch.width + x] = Some(index);
    }
    let bending = BENDING.map(|difference| (difference, 1.0));
    let stretching = STRETCHING.map(|difference| (difference, tension));
    for (difference, scale) in bending.into_iter().chain(stretching) {
        for y in 0..patch.height {
            for x in 0..patch.width {
                let terms = difference
                    .iter()
                    .map(|(right, below, factor)| (x + right, y + below, factor * scale));
                let is_inside = |x: usize, y: usize| x < patch.width && y < patch.height;
                let is_usable = |(x, y, _): (usize, usize, f64)| {
                    is_inside(x, y)
                        && (number[y * patch.width + x].is_some() || window.is_known(x, y))
                };
                if !terms.clone().all(is_usable) {
                    continue;
                }
                let mut known = [0.0; 3];
                let mut own = [(0, 0.0); 4];
                let mut count = 0;
                for (x, y, factor) in terms {
                    let at = y * patch.width + x;
                    match number[at] {
                        Some(index) => {
                            own[count] = (index, factor);
                            count += 1;
                        }
                        None => {
                            for (channel, sum) in known.iter_mut().enumerate() {
                                let value = window.plane(channel)[window.in_window(x, y)];
                                *sum += factor * f64::from(value - under[channel][at]);
                            }
                        }
                    }
                }
                equations.add(&own[..count], known);
            }
        }
    }
    let lift = equations.solve()?;
    let colours = lift.into_iter().zip(&window.speck).map(|(lift, (x, y))| {
        let at = y * patch.width + x;
        [0, 1, 2].map(|channel| lift[channel] as f32 + under[channel][at])
    });
    Some(colours.collect())
}
