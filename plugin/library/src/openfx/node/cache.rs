//! Fills that were made lately, for frames that ask for the same again.
//!
//! Hosts render one frame many times: at a still picture for each of its frames, after every move of a viewer, for a
//! held frame in each frame of the shot. The same picture, hole, model and settings give the same fill, so it is kept
//! for all instances. A fill is found by a hash of all that decides about it.

use super::error::NodeError;
use super::watch::Watch;
use reweave::settings::TABLE;
use reweave::zoo::Chosen;
use reweave::{Hole, Picture, Settings, Sketch};
use std::collections::VecDeque;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What a fill depends on, as a hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key(u64);

impl Key {
    /// The key of the fill of a hole in a picture, along the lines of a sketch, by what was chosen to fill.
    ///
    /// # Errors
    /// [`NodeError::Aborted`].
    pub fn new(
        picture: &Picture,
        hole: &Hole,
        sketch: Option<&Sketch>,
        chosen: &Chosen,
        settings: &Settings,
        watch: &Watch<'_>,
    ) -> Result<Self, NodeError> {
        let mut hasher = DefaultHasher::new();
        let (view, bounds) = (picture.view(), hole.bounds());
        (picture.width(), picture.height(), picture.format(), chosen).hash(&mut hasher);
        (bounds, hole.pixels(), sketch).hash(&mut hasher);
        watch.rows(0..picture.height() as i32, picture.width(), |y| {
            let y = y as usize;
            hasher.write(view.row(y));
            if (bounds.y..bounds.bottom()).contains(&y) {
                (bounds.x..bounds.right())
                    .for_each(|x| hasher.write_u32(hole.coverage(x, y).to_bits()));
            }
        })?;
        TABLE
            .iter()
            .for_each(|setting| settings.get(setting.id).ok().hash(&mut hasher));
        Ok(Self(hasher.finish()))
    }
}

/// More than a handful helps only a user who scrubs back and forth, and costs everybody memory.
const MOST: usize = 8;
/// A host's memory is its own: larger pictures are not kept.
const MOST_BYTES: usize = 256 << 20;

static KEPT: Mutex<VecDeque<(Key, Arc<Picture>)>> = Mutex::new(VecDeque::new());

fn kept() -> MutexGuard<'static, VecDeque<(Key, Arc<Picture>)>> {
    KEPT.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The fill with this key, if it is still there.
pub fn find(key: Key) -> Option<Arc<Picture>> {
    let mut kept = kept();
    let index = kept.iter().position(|(other, _)| *other == key)?;
    // To the end: what was used last goes last.
    let entry = kept.remove(index)?;
    let picture = entry.1.clone();
    kept.push_back(entry);
    Some(picture)
}

/// Keeps a fill, and lets the oldest ones go.
pub fn keep(key: Key, picture: &Arc<Picture>) {
    let mut kept = kept();
    kept.push_back((key, picture.clone()));
    while kept.len() > MOST
        || kept
            .iter()
            .map(|(_, picture)| picture.bytes().len())
            .sum::<usize>()
            > MOST_BYTES
    {
        kept.pop_front();
    }
}

/// Lets all go.
pub fn purge() {
    kept().clear();
}
