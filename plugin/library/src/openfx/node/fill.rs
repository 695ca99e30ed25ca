//! Filling one frame.

use super::cache::{self, Key};
use super::hole::{self, Bounds};
use super::output::as_said;
use super::parameters::Parameters;
use crate::openfx::clip::Image;
use crate::region;
use crate::zoo;
use reweave::{Error, Format, Model, Picture, Progress, Rect, Transfer, View};
use std::sync::Arc;

/// A part of a frame, before and after its fill.
pub struct Filled {
    /// Where the part lies in the frame.
    pub part: Rect,
    /// As it was.
    pub before: Picture,
    /// With the hole filled.
    pub after: Arc<Picture>,
    /// The part of these pictures that may have changed.
    pub changed: Rect,
}

/// Why a frame could not be filled.
#[derive(Debug)]
pub enum Trouble {
    /// The host wanted it no longer.
    Aborted,
    /// A sentence for the user.
    Told(String),
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        match error {
            Error::Cancelled => Self::Aborted,
            error => Self::Told(error.to_string()),
        }
    }
}

/// Fills the hole of a frame. `None` when there is none.
pub fn frame(
    source: &Image<'_>,
    mask: Option<&Image<'_>>,
    parameters: &Parameters,
    transfer: Transfer,
    progress: &mut dyn Progress,
) -> Result<Option<Filled>, Trouble> {
    let bounds = Bounds::of(source);
    let whole = Rect::new(0, 0, bounds.width, bounds.height);
    let view = source
        .view(transfer)
        .map_err(|_| Trouble::Told("the host gave an image that is no picture".into()))?;
    let hole = hole::of_frame(parameters.hole_from, view, bounds, mask)?;
    if hole.is_empty() {
        return Ok(None);
    }
    let settings = &parameters.settings;
    let path = zoo::find(settings.model()).map_err(Trouble::Told)?;
    let model = Model::open(&path, settings.device())?;

    // From here on, only the part of the frame that the fill looks at.
    let part = region::needed(hole.bounds(), whole, settings, &model.card().size);
    let before = crop(&view, part, as_said(view.format(), parameters.alpha))?;
    let hole = hole::of_frame(parameters.hole_from, before.view(), bounds.part(part), mask)?;
    let changed = region::changed(hole.bounds(), before.bounds(), settings);
    let key = Key::new(&before, &hole, &path, settings);
    let after = match cache::find(key) {
        Some(after) => after,
        None => {
            let mut picture = before.clone();
            reweave::fill(&mut picture.view_mut(), &hole, &model, settings, progress)?;
            let picture = Arc::new(picture);
            cache::keep(key, &picture);
            picture
        }
    };
    Ok(Some(Filled {
        part,
        before,
        after,
        changed,
    }))
}

/// A copy of a part of a picture, with its pixels taken for pixels of `format`, which are of the same size.
fn crop(view: &View<'_>, part: Rect, format: Format) -> Result<Picture, Error> {
    let mut picture = Picture::new(part.width, part.height, format)?;
    let bytes = format.pixel_bytes();
    for y in 0..part.height {
        let row = &view.row(part.y + y)[part.x * bytes..part.right() * bytes];
        picture.view_mut().row_mut(y).copy_from_slice(row);
    }
    Ok(picture)
}
