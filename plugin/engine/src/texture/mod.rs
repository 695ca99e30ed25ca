//! Texture synthesis: patches of the picture itself, chosen by a prediction.
//!
//! A network knows what belongs into a hole better than how grainy it is: what it predicts is soft. Patches of the known
//! picture are sharp. So each small patch of the hole takes the colours of the known patch that is most like it, where
//! "like" means: the same in what the network is good at, the colours in the large, and the same in the pixels that
//! are known. Overlapping patches vote; the votes are the hole of the next round; and so on, from a small copy of the
//! picture to its full size. This is the completion of Wexler, Shechtman and Irani ("Space-Time Completion of Video",
//! 2007), with the matching of Barnes et al. ("PatchMatch", 2009), the gradients of Darabi et al. ("Image Melding",
//! 2012), and a guide: the blurred prediction, compared with the equally blurred picture, so that like is compared with
//! like and soft patches are not preferred for being soft. In the end a patch is mixed in as far as it can be trusted.

mod features;
pub(crate) mod guide;
mod matches;
mod patch;
mod scene;
mod trust;
mod vote;

use crate::error::Error;
use crate::network::prediction::Prediction;
use crate::progress::SubProgress;
use features::Features;
use matches::{DOING, Matches, Sources};
use scene::Scene;

/// Sizes of the picture that are worked on: full, half, quarter. Where the prediction was enlarged, further halves, down to
/// a quarter of what the network saw.
const LEVELS: usize = 3;

/// At the smallest size, where matches begin as random ones: so many times they are looked for and vote.
const FIRST_ROUNDS: usize = 4;
/// Searches between two votes. Another one brings less than half a percent in any score and takes a tenth longer.
const SEARCHES: usize = 3;
/// At full size, every so many'th patch along rows and columns is enough: the matches are good by then, and over each
/// pixel still lie sixteen patches. At the smaller sizes as well, LPIPS of narrow holes rises by an eighth.
const FULL_SIZE_STEP: usize = 2;
/// Searches at full size, where no vote comes after them.
const FULL_SIZE_SEARCHES: usize = 4;

/// Mixes texture into the hole of a prediction: `amount` of it, from 0 to 1, over what the network predicted. Does nothing
/// where too little is known to take from. `enlarged` is how many times the prediction is larger than what the network saw.
///
/// # Errors
/// [`Error::Cancelled`], [`Error::OutOfMemory`].
pub(crate) fn synthesise(
    prediction: &mut Prediction,
    enlarged: f64,
    amount: f32,
    seed: u32,
    progress: &mut SubProgress<'_>,
) -> Result<(), Error> {
    if amount <= 0.0 || !prediction.hole.contains(&true) {
        return Ok(());
    }
    let levels = LEVELS + enlarged.log2().round() as usize;
    let mut scenes = vec![Scene::new(prediction)?];
    while scenes.len() < levels {
        scenes.push(scenes[scenes.len() - 1].halved()?);
    }
    // Each size costs about three times as much as the one before it.
    let done_after = |level: usize| match level {
        _ if level == levels => 0.0,
        _ => 3f32.powi(-(level as i32)),
    };
    let mut matches: Option<Matches> = None;
    let mut voted = Vec::new();
    for (level, scene) in scenes.iter_mut().enumerate().rev() {
        let mut progress = progress.part(done_after(level + 1), done_after(level));
        progress.step(0.0, DOING)?;
        let patches = scene.patches()?;
        let sources = Sources::of(scene, &patches)?;
        if sources.are_too_few() {
            continue;
        }
        let (step, searches) = match level {
            0 => (FULL_SIZE_STEP, FULL_SIZE_SEARCHES),
            _ => (1, SEARCHES),
        };
        let (found, features) = match matches.take() {
            None => {
                let mut random = Matches::random(scene, &patches, &sources, seed)?;
                let mut features = Features::of(scene)?;
                let mut round = progress.nth(0, FIRST_ROUNDS);
                random.search(&features, &sources, searches, seed, &mut round)?;
                for round in 1..FIRST_ROUNDS {
                    let mut round = progress.nth(round, FIRST_ROUNDS);
                    features =
                        vote_and_search(scene, &mut random, &sources, searches, seed, &mut round)?;
                }
                (random, features)
            }
            Some(coarser) => {
                let mut doubled = coarser.doubled(scene, &patches, step, &sources, seed)?;
                let features =
                    vote_and_search(scene, &mut doubled, &sources, searches, seed, &mut progress)?;
                (doubled, features)
            }
        };
        if level == 0 {
            let trust = trust::of(&found, &features, &sources)?;
            voted = vote::best(scene, &found, &trust)?;
        }
        matches = Some(found);
    }
    for (index, voted) in scenes[0].hole_pixels.iter().zip(voted) {
        let [colour @ .., trust] = voted;
        let pixel = &mut prediction.pixels[*index as usize];
        for (predicted, voted) in pixel.iter_mut().zip(colour) {
            *predicted += (voted - *predicted) * amount * trust;
        }
    }
    Ok(())
}

/// Lets the matches vote for the next fill, and looks for better matches of that. Returns the features of that fill.
fn vote_and_search(
    scene: &mut Scene,
    matches: &mut Matches,
    sources: &Sources,
    searches: usize,
    seed: u32,
    progress: &mut SubProgress<'_>,
) -> Result<Features, Error> {
    vote::mean(scene, matches)?;
    let features = Features::of(scene)?;
    matches.search(&features, sources, searches, seed, progress)?;
    Ok(features)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::codec::Pixel;
    use crate::progress::{Progress, Silent};
    use proptest::prelude::*;
    use std::ops::ControlFlow;

    fn lent_by(
        prediction: &Prediction,
        amount: f32,
        seed: u32,
        progress: &mut dyn Progress,
    ) -> Result<Vec<Pixel>, Error> {
        let mut prediction = prediction.clone();
        let mut part = SubProgress {
            whole: progress,
            from: 0.0,
            to: 1.0,
        };
        synthesise(&mut prediction, 1.0, amount, seed, &mut part)?;
        Ok(prediction.pixels)
    }

    /// A fine weave of light and dark, and the same with a square hole that was predicted flat.
    fn weave() -> (Prediction, Vec<Pixel>) {
        const SIDE: usize = 96;
        let grey = |value: f32| [value, value, value, 1.0];
        let truth: Vec<_> = (0..SIDE * SIDE)
            .map(|i| {
                let (x, y) = (i % SIDE, i / SIDE);
                grey(if (x / 2 + y / 3).is_multiple_of(2) {
                    0.3
                } else {
                    0.7
                })
            })
            .collect();
        let hole: Vec<bool> = (0..SIDE * SIDE)
            .map(|i| (36..60).contains(&(i % SIDE)) && (36..60).contains(&(i / SIDE)))
            .collect();
        let pixels = truth
            .iter()
            .zip(&hole)
            .map(|(pixel, hole)| if *hole { grey(0.5) } else { *pixel })
            .collect();
        let prediction = Prediction {
            width: SIDE,
            height: SIDE,
            pixels,
            hole,
        };
        (prediction, truth)
    }

    /// The mean over the colours of the hole.
    fn mean_in_hole(
        prediction: &Prediction,
        pixels: &[Pixel],
        of: impl Fn(usize, usize, f32) -> f32,
    ) -> f32 {
        let inside: Vec<_> = (0..pixels.len()).filter(|i| prediction.hole[*i]).collect();
        let sum: f32 = inside
            .iter()
            .flat_map(|i| (0..3).map(|channel| (*i, channel)))
            .map(|(i, channel)| of(i, channel, pixels[i][channel]))
            .sum();
        sum / (3 * inside.len()) as f32
    }

    fn contrast(prediction: &Prediction, pixels: &[Pixel]) -> f32 {
        mean_in_hole(prediction, pixels, |_, _, value| (value - 0.5).abs())
    }

    #[test]
    fn a_flat_fill_gets_the_weave_of_its_surroundings() {
        let (prediction, truth) = weave();
        let voted = lent_by(&prediction, 1.0, 0, &mut Silent).unwrap();
        assert!(
            contrast(&prediction, &voted) > 0.9 * contrast(&prediction, &truth),
            "{}",
            contrast(&prediction, &voted)
        );
        let half = lent_by(&prediction, 0.5, 0, &mut Silent).unwrap();
        assert!((contrast(&prediction, &half) - contrast(&prediction, &voted) / 2.0).abs() < 1e-3);
    }

    /// A red thing that the network predicted, in a nearly even grey, is not covered with grey.
    #[test]
    fn what_is_like_nothing_known_stays() {
        let (mut prediction, _) = weave();
        for (pixel, hole) in prediction.pixels.iter_mut().zip(&prediction.hole) {
            if *hole {
                *pixel = [1.0, 0.0, 0.0, 1.0];
            } else {
                for colour in &mut pixel[..3] {
                    *colour = 0.5 + (*colour - 0.5) / 10.0;
                }
            }
        }
        let voted = lent_by(&prediction, 1.0, 0, &mut Silent).unwrap();
        let changed = mean_in_hole(&prediction, &voted, |i, channel, value| {
            (value - prediction.pixels[i][channel]).abs()
        });
        assert!(changed < 0.05, "{changed}");
    }

    #[test]
    fn none_is_none_and_where_nothing_is_known_nothing_is_lent() {
        let (mut prediction, _) = weave();
        let unchanged = |prediction: &Prediction, amount| {
            let voted = lent_by(prediction, amount, 0, &mut Silent).unwrap();
            assert_eq!(voted, prediction.pixels);
        };
        unchanged(&prediction, 0.0);
        prediction.hole.fill(true);
        unchanged(&prediction, 1.0);
        prediction.hole.fill(false);
        unchanged(&prediction, 1.0);
    }

    #[test]
    fn threads_do_not_matter_and_seeds_do() {
        let (prediction, _) = weave();
        let with = |threads: usize, seed| {
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build()
                .unwrap();
            pool.install(|| lent_by(&prediction, 1.0, seed, &mut Silent).unwrap())
        };
        assert_eq!(with(1, 3), with(4, 3));
        assert_ne!(with(1, 3), with(1, 4));
    }

    #[test]
    fn it_can_be_cancelled() {
        let (prediction, _) = weave();
        let mut no = |_: f32, _: &str| ControlFlow::Break(());
        assert!(matches!(
            lent_by(&prediction, 1.0, 0, &mut no),
            Err(Error::Cancelled)
        ));
    }

    proptest! {
        /// Whatever the sizes and the hole: known pixels stay, and what is voted was there before.
        #[test]
        fn nothing_is_invented(
            (width, height, hole) in (1usize..40, 1usize..40)
                .prop_flat_map(|(w, h)| (Just(w), Just(h), proptest::collection::vec(proptest::bool::weighted(0.05), w * h))),
            seed: u32,
        ) {
            let value = |i: usize| 0.2 + (i * 7 % 13) as f32 / 26.0;
            let pixels = (0..hole.len()).map(|i| [value(i), value(i + hole.len()), value(i + 2 * hole.len()), 1.0]);
            let prediction = Prediction { width, height, pixels: pixels.collect(), hole };
            let voted = lent_by(&prediction, 1.0, seed, &mut Silent).unwrap();
            for (i, (before, after)) in prediction.pixels.iter().zip(&voted).enumerate() {
                if prediction.hole[i] {
                    prop_assert!(after[..3].iter().all(|value| (0.2 - 1e-4..=0.7).contains(value)));
                } else {
                    prop_assert_eq!(before, after);
                }
            }
        }
    }
}
