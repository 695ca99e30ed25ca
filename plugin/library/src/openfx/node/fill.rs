//! Filling one frame.

use super::cache::{self, Key};
use super::error::NodeError;
use super::filled::Filled;
use super::output::as_said;
use super::parameters::Parameters;
use super::propagate::propagate;
use super::shot::{Frame, Shot};
use super::watch::Watch;
use crate::region;
use crate::zoo;
use reweave::settings::{AlphaInHole, Stage};
use reweave::temporal::TargetFrame;
use reweave::zoo::choose;
use reweave::{Format, Picture, Rect, Settings, View};
use std::sync::Arc;

/// Fills the hole of the frame at a time. `None` when there is none.
pub fn frame(
    frame: &Frame<'_>,
    shot: &Shot<'_>,
    time: f64,
    parameters: &Parameters,
    watch: &mut Watch<'_>,
) -> Result<Option<Filled>, NodeError> {
    let view = frame.view(shot.transfer)?;
    let bounds = frame.bounds();
    let whole = Rect::new(0, 0, bounds.width, bounds.height);
    let whole_hole = frame.hole(parameters, shot.transfer, watch)?;
    if whole_hole.is_empty() {
        return Ok(None);
    }
    let mut settings = parameters.settings.clone();
    // A field that was emptied means the model that a new node has.
    if settings.model.is_empty() {
        settings.model = Settings::new().model;
    }
    let chosen = choose(&settings, zoo::find).map_err(NodeError::Told)?;
    // The first time, this takes a while.
    let (opening, device) = (chosen.clone(), settings.device);
    let model = watch.during(move || opening.open(device))??;

    // From here on, only the part of the frame that the fill looks at.
    let part = region::needed(
        whole_hole.bounds(),
        whole,
        &settings,
        &model.card_for(&settings).size,
    );
    let format = as_said(view.format(), parameters.alpha);
    let before = crop(&view, part, format, watch)?;
    let hole = whole_hole.moved(
        -(part.x as isize),
        -(part.y as isize),
        part.width,
        part.height,
    )?;
    let sketch = match frame.sketch(watch)? {
        Some(whole) => {
            let (x, y) = (-(part.x as isize), -(part.y as isize));
            Some(whole.moved(x, y, part.width, part.height)?)
        }
        None => None,
    };
    let changed = region::changed(hole.bounds(), before.bounds(), &settings);

    let (mut picture, mut hole) = (before.clone(), hole);
    if parameters.propagates() {
        let wide = hole.shaped(&settings)?.into_owned();
        let opaque = !wide.keeps_alpha(settings.alpha);
        let corner = bounds.corner();
        let mut target = TargetFrame::new(view, corner, whole_hole, part, picture, wide, opaque);
        propagate(&mut target, shot, time, parameters, watch)?;
        (picture, hole) = target.finish()?;
        // What is left of the hole is as wide and as soft as it should be, and no longer known to come from alpha.
        settings = settings.without(Stage::Hole);
        settings.alpha = if opaque {
            AlphaInHole::Opaque
        } else {
            AlphaInHole::Keep
        };
    }
    let after = if hole.is_empty() {
        Arc::new(picture)
    } else {
        let sketch = sketch.as_ref();
        let key = Key::new(&picture, &hole, sketch, &chosen, &settings, watch)?;
        match cache::find(key) {
            Some(after) => after,
            None => {
                let mut view = picture.view_mut();
                match sketch {
                    Some(sketch) => {
                        reweave::fill_guided(&mut view, &hole, sketch, &model, &settings, watch)
                    }
                    None => reweave::fill(&mut view, &hole, &model, &settings, watch),
                }?;
                let after = Arc::new(picture);
                cache::keep(key, &after);
                after
            }
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
fn crop(
    view: &View<'_>,
    part: Rect,
    format: Format,
    watch: &Watch<'_>,
) -> Result<Picture, NodeError> {
    let mut picture = Picture::new(part.width, part.height, format)?;
    let mut to = picture.view_mut();
    let bytes = format.pixel_bytes();
    watch.rows(0..part.height as i32, part.width, |y| {
        let row = &view.row(part.y + y as usize)[part.x * bytes..part.right() * bytes];
        to.row_mut(y as usize).copy_from_slice(row);
    })?;
    Ok(picture)
}
