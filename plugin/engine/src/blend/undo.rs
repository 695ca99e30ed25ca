//! The promise that a fill which does not come to its end leaves the picture as it was.

use crate::error::{Error, try_vec};
use crate::hole::Hole;
use crate::picture::ViewMut;

/// A picture while it is filled. Unless the fill is kept, what was under the hole is put back when this is dropped, which
/// is the one thing that happens on every way out of a fill: an error, a cancellation, a panic.
pub(crate) struct Undo<'f, 'p> {
    pub picture: &'f mut ViewMut<'p>,
    hole: &'f Hole,
    /// The bytes of the hole's pixels in the order of its runs; `None` once the fill is kept.
    before: Option<Vec<u8>>,
}

impl<'f, 'p> Undo<'f, 'p> {
    /// Copies what is under the hole: nothing else is written by a fill.
    pub fn new(picture: &'f mut ViewMut<'p>, hole: &'f Hole) -> Result<Self, Error> {
        let pixel = picture.format().pixel_bytes();
        let mut before = try_vec(0, hole.pixels() * pixel, "what is under the hole")?;
        for run in hole.runs() {
            let from = &picture.view().row(run.y)[run.x * pixel..run.right() * pixel];
            before[run.start * pixel..][..from.len()].copy_from_slice(from);
        }
        Ok(Self {
            picture,
            hole,
            before: Some(before),
        })
    }

    /// The fill has come to its end, and stays.
    pub fn keep(mut self) {
        self.before = None;
    }
}

impl Drop for Undo<'_, '_> {
    fn drop(&mut self) {
        let Some(before) = &self.before else {
            return;
        };
        let pixel = self.picture.format().pixel_bytes();
        for run in self.hole.runs() {
            let to = &mut self.picture.row_mut(run.y)[run.x * pixel..run.right() * pixel];
            to.copy_from_slice(&before[run.start * pixel..][..to.len()]);
        }
    }
}
