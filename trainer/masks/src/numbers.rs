//! Numbers that come out the same, to the last bit, on every machine: the sines and logarithms of a system's own library
//! do not.

use rand::Rng;
use std::f32::consts::PI;

/// A vector of a length and an angle (radians), as (x, y).
pub fn polar(length: f32, angle: f32) -> (f32, f32) {
    (length * libm::cosf(angle), length * libm::sinf(angle))
}

/// A standard normal number (Box and Muller).
pub fn normal(rng: &mut impl Rng) -> f32 {
    let (u, v): (f32, f32) = (1.0 - rng.random::<f32>(), rng.random());
    (-2.0 * libm::logf(u)).sqrt() * libm::cosf(2.0 * PI * v)
}
