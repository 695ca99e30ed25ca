//! A fill without a network: every pixel of the hole is copied from the known picture.
//!
//! From the rim inwards, each pixel takes the place whose surroundings are most like its own: one of those that go on beside
//! its neighbours' places, or one found by chance (Harrison, "A Non-Hierarchical Procedure for Re-Synthesis of Complex
//! Textures", 2001). So whole patches are copied, with seams where they are least seen. It is done at half the size first,
//! where the same surroundings reach twice as far and places are four times fewer; at full size what was found goes
//! on from there.
//!
//! The rest of the engine takes it for one more network, which needs no file: it has a card, and is shown what a network is
//! shown. Texture synthesis then goes on to the size of the picture where that was shown smaller.
//!
//! Where there is a network, the two do what each does best: a place has to agree with the prediction, too, in the large, and what
//! is copied is mixed with what was predicted. (`mix.rs`)

mod level;
mod mix;
mod order;
mod places;
mod surroundings;
mod synthesis;
#[cfg(test)]
mod tests;

use level::Level;
pub(crate) use mix::mix;
use once_cell::sync::Lazy;
use reweave_models::card::Card;

use crate::error::{Error, try_vec};
use crate::network::Network;
use crate::network::input::NetworkInput;
use crate::progress::SubProgress;
use crate::runtime::RuntimeReport;

/// Full size and half of it. From a quarter on, fills of wide holes are worse by a twelfth of LPIPS, of narrow ones by an
/// eighth.
const LEVELS: usize = 2;

/// What patches want to see, in the words of a network's card.
static CARD: Lazy<Card> = Lazy::new(|| {
    let mut card = Card::own("patch", 1);
    card.title = "Patches".into();
    card.description = "Copies patches of the picture, without a network.".into();
    card.size.working = 512;
    card.size.context = Some(64);
    // Mixed with as much of what texture synthesis makes of it, LPIPS of narrow holes falls by a twentieth, and L1 with it.
    card.texture = 0.5;
    card
});

/// The network that is none.
#[derive(Debug)]
pub(crate) struct Patches {
    pub seed: u32,
}

impl Patches {
    pub fn card() -> &'static Card {
        &CARD
    }

    pub fn report() -> RuntimeReport {
        RuntimeReport {
            runtime: "patches".into(),
            provider: "CPU".into(),
            version: env!("CARGO_PKG_VERSION").into(),
            why_not_better: Vec::new(),
            measured: None,
        }
    }
}

impl Network for Patches {
    fn card(&self) -> &Card {
        Self::card()
    }

    fn answered_by(&self) -> RuntimeReport {
        Self::report()
    }

    fn predict(
        &self,
        input: &NetworkInput,
        progress: &mut SubProgress<'_>,
    ) -> Result<Vec<f32>, Error> {
        let level = Level::of(&input.rgb, &input.hole, &[], input.width)?;
        let copied = copied(level, self.seed, progress)?;
        let mut predicted = try_vec(0.0, input.rgb.len(), level::WHAT)?;
        predicted.copy_from_slice(&input.rgb);
        lay(&copied, input, 1.0, &mut predicted);
        Ok(predicted)
    }
}

/// Mixes what was copied into three planes of the input's size: `share` of it from 0 to 1. Where nothing was copied, known
/// pixels among them, they stay as they are.
fn lay(copied: &[u32], input: &NetworkInput, share: f32, planes: &mut [f32]) {
    let shown = input.rgb.chunks_exact(input.len());
    for (plane, shown) in planes.chunks_exact_mut(input.len()).zip(shown) {
        for (value, from) in plane.iter_mut().zip(copied) {
            if let Some(copy) = shown.get(*from as usize) {
                *value = copy + (1.0 - share) * (*value - copy);
            }
        }
    }
}

/// For each pixel the known one that it is copied from; none outside the hole.
fn copied(level: Level, seed: u32, progress: &mut SubProgress<'_>) -> Result<Vec<u32>, Error> {
    let mut levels = vec![level];
    while levels.len() < LEVELS {
        levels.push(levels[levels.len() - 1].halved()?);
    }
    let count = levels.len();
    let mut coarser: Option<(Level, Vec<u32>)> = None;
    for index in (0..count).rev() {
        let Some(mut level) = levels.pop() else { break };
        let coarse = coarser.as_ref().map(|(level, copied)| (level, &copied[..]));
        let mut progress = progress.nth(count - 1 - index, count);
        let copied = synthesis::fill(&mut level, coarse, 1 << index, seed, &mut progress)?;
        coarser = Some((level, copied));
    }
    let Some((level, copied)) = coarser else {
        return Ok(Vec::new());
    };
    level.without_margins(&copied)
}
