//! What the matches make of the hole.

use super::RADIUS;
use super::matches::Matches;
use super::scene::Scene;
use crate::error::{Error, try_vec};

/// Fills the hole of the scene: each pixel is the mean of what the patches over it say, the better ones counting more.
pub(super) fn mean(scene: &mut Scene, matches: &Matches) -> Result<(), Error> {
    let scale = typical(matches);
    let mut sums = try_vec([0.0f32; 4], scene.len(), "texture")?;
    for (target, found) in matches.targets.iter().zip(&matches.found) {
        let weight = (-(found.difference as f32) / scale).exp().max(1e-6);
        each_pixel(scene, *target, found.source, |to, from| {
            if scene.hole[to] {
                let sum = &mut sums[to];
                (0..3).for_each(|channel| sum[channel] += scene.rgb[channel][from] * weight);
                sum[3] += weight;
            }
        });
    }
    for (index, sum) in sums.iter().enumerate().filter(|(_, sum)| sum[3] > 0.0) {
        (0..3).for_each(|channel| scene.rgb[channel][index] = sum[channel] / sum[3]);
    }
    Ok(())
}

/// Three planes in which each pixel of the hole is what the best of the patches over it says. Means are soft, and at
/// full size nothing comes after them that would make them sharp.
pub(super) fn best(scene: &Scene, matches: &Matches) -> Result<Vec<f32>, Error> {
    let mut least = try_vec((u32::MAX, u32::MAX), scene.len(), "texture")?;
    for (target, found) in matches.targets.iter().zip(&matches.found) {
        each_pixel(scene, *target, found.source, |to, from| {
            if scene.hole[to] && found.difference < least[to].0 {
                least[to] = (found.difference, from as u32);
            }
        });
    }
    let mut planes = try_vec(0.0, 3 * scene.len(), "texture")?;
    for (plane, own) in planes.chunks_exact_mut(scene.len()).zip(&scene.rgb) {
        for (index, (value, (_, from))) in plane.iter_mut().zip(&least).enumerate() {
            *value = own.get(*from as usize).copied().unwrap_or(own[index]);
        }
    }
    Ok(planes)
}

/// A difference below which matches are good: most of them are.
fn typical(matches: &Matches) -> f32 {
    let mut differences: Vec<u32> = matches.found.iter().map(|found| found.difference).collect();
    if differences.is_empty() {
        return 1.0;
    }
    let at = differences.len() * 3 / 4;
    (*differences.select_nth_unstable(at).1 as f32).max(1.0)
}

/// Calls with each pixel of a patch and the pixel of its match that lies there.
fn each_pixel(scene: &Scene, target: u32, source: u32, mut call: impl FnMut(usize, usize)) {
    let corner = RADIUS * scene.width + RADIUS;
    let (target, source) = (target as usize - corner, source as usize - corner);
    for y in 0..super::SIDE {
        for x in 0..super::SIDE {
            let offset = y * scene.width + x;
            call(target + offset, source + offset);
        }
    }
}
