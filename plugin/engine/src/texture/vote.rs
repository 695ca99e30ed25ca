//! What the matches make of the hole: each of its pixels asks all patches that lie over it.

use super::matches::{Match, Matches};
use super::patch::{AFTER, SIDE};
use super::scene::{Scene, add};
use crate::cores;
use crate::error::{Error, try_vec};
use crate::picture::codec::Pixel;

/// Pixels that one core looks after before it takes more.
const AT_ONCE: usize = 1024;

/// Fills the hole of the scene: each pixel is the mean of what the patches over it say, the better ones counting more.
pub(super) fn mean(scene: &mut Scene, matches: &Matches) -> Result<(), Error> {
    let scale = typical(matches)?;
    let mut weights = try_vec(0.0, matches.found.len(), "texture")?;
    for (weight, found) in weights.iter_mut().zip(&matches.found) {
        *weight = (-(found.difference as f32) / scale).exp().max(1e-6);
    }
    let means = for_hole(scene, |index, own| {
        let mut sum = Pixel::default();
        each_vote(matches, index, |number, _, from| {
            add(&mut sum, &scene.pixels[from], weights[number]);
        });
        match sum[3] {
            0.0 => own,
            weight => sum.map(|value| value / weight),
        }
    })?;
    for (index, mean) in scene.hole_pixels.iter().zip(means) {
        scene.pixels[*index as usize] = mean;
    }
    Ok(())
}

/// What the best of the patches over it says, for each pixel of the hole; its alpha is the trust in that patch. Means are
/// soft, and at full size nothing comes after them that would make them sharp.
pub(super) fn best(scene: &Scene, matches: &Matches, trust: &[f32]) -> Result<Vec<Pixel>, Error> {
    for_hole(scene, |index, own| {
        let (mut least, mut best) = (u32::MAX, own);
        each_vote(matches, index, |number, found, from| {
            if found.difference < least {
                let [red, green, blue, _] = scene.pixels[from];
                (least, best) = (found.difference, [red, green, blue, trust[number]]);
            }
        });
        best
    })
}

/// A difference below which matches are good: most of them are.
fn typical(matches: &Matches) -> Result<f32, Error> {
    let mut differences = try_vec(0, matches.found.len(), "texture")?;
    for (difference, found) in differences.iter_mut().zip(&matches.found) {
        *difference = found.difference;
    }
    if differences.is_empty() {
        return Ok(1.0);
    }
    let at = differences.len() * 3 / 4;
    Ok((*differences.select_nth_unstable(at).1 as f32).max(1.0))
}

/// What becomes of each pixel of the hole, by its index and what it is now.
fn for_hole(
    scene: &Scene,
    pixel_for: impl Fn(usize, Pixel) -> Pixel + Sync,
) -> Result<Vec<Pixel>, Error> {
    let mut filled = try_vec(Pixel::default(), scene.hole_pixels.len(), "texture")?;
    let chunks = filled
        .chunks_mut(AT_ONCE)
        .zip(scene.hole_pixels.chunks(AT_ONCE));
    cores::for_each(chunks, |(pixels, indices)| {
        for (pixel, &index) in pixels.iter_mut().zip(indices) {
            let index = index as usize;
            *pixel = pixel_for(index, scene.pixels[index]);
        }
    });
    Ok(filled)
}

/// Calls with the number and the match of each patch over a pixel, and the pixel that this match puts there.
fn each_vote(matches: &Matches, index: usize, mut call: impl FnMut(usize, &Match, usize)) {
    for row in 0..SIDE {
        // Rows that begin before the picture hold no whole patch. Nor do the last pixels of a row and the first of the
        // next, so it is no matter that patches are looked for beyond an end of the row.
        let Some(first) = (index + row * matches.width).checked_sub(AFTER * (matches.width + 1))
        else {
            continue;
        };
        for middle in first..first + SIDE {
            if let Some((number, found)) = matches.at(middle) {
                call(number, found, found.source as usize + index - middle);
            }
        }
    }
}
