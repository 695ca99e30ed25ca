//! The frames of a shot, as the host gives them.

use super::error::NodeError;
use super::hole::{self, Bounds};
use super::parameters::Parameters;
use super::watch::Watch;
use crate::openfx::clip::{Clip, Components, Image};
use reweave::{Hole, Sketch, Transfer, View};

/// The inputs of the node, and how their numbers are to be understood.
pub struct Shot<'a> {
    /// The picture.
    pub source: Clip<'a>,
    /// The input Mask, where there is one.
    pub mask: Option<Clip<'a>>,
    /// The input Sketch, where there is one.
    pub sketch: Option<Clip<'a>>,
    /// How the numbers of Source relate to light.
    pub transfer: Transfer,
}

impl<'a> Shot<'a> {
    /// The frame at a time; `None` where the shot has none.
    pub fn frame(&self, time: f64) -> Option<Frame<'a>> {
        let source = self
            .source
            .image(time)
            .ok()
            .filter(|image| image.components != Components::Alpha)?;
        Some(Frame {
            source,
            mask: self.mask_at(time),
            sketch: self.sketch_at(time),
        })
    }

    /// The sketch at a time; `None` where nothing is wired to it.
    pub fn sketch_at(&self, time: f64) -> Option<Image<'a>> {
        self.sketch.and_then(|sketch| sketch.image(time).ok())
    }

    /// The mask at a time; `None` where nothing is wired to it.
    pub fn mask_at(&self, time: f64) -> Option<Image<'a>> {
        self.mask.and_then(|mask| mask.image(time).ok())
    }
}

/// One frame.
pub struct Frame<'a> {
    /// Its picture.
    pub source: Image<'a>,
    /// Its mask, where there is one.
    pub mask: Option<Image<'a>>,
    /// Its sketch, where there is one.
    pub sketch: Option<Image<'a>>,
}

impl Frame<'_> {
    /// The pixels.
    pub fn view(&self, transfer: Transfer) -> Result<View<'_>, NodeError> {
        let broken = |_| NodeError::Told("the host gave an image that is no picture".into());
        self.source.view(transfer).map_err(broken)
    }

    /// Where the pixels lie.
    pub fn bounds(&self) -> Bounds {
        Bounds::of(&self.source)
    }

    /// The lines that are drawn for it. What hosts give for an input that is not wired is lines all over or nowhere, and
    /// counts as none.
    pub fn sketch(&self, watch: &Watch<'_>) -> Result<Option<Sketch>, NodeError> {
        let Some(drawing) = &self.sketch else {
            return Ok(None);
        };
        let lines = hole::matte(drawing, self.bounds(), watch)?;
        let sketch = Sketch::from_drawing(lines.view())?;
        Ok(Some(sketch).filter(|sketch| !sketch.is_empty()))
    }

    /// The hole that the parameters mean.
    pub fn hole(
        &self,
        parameters: &Parameters,
        transfer: Transfer,
        watch: &Watch<'_>,
    ) -> Result<Hole, NodeError> {
        let view = self.view(transfer)?;
        hole::of_frame(
            parameters.hole_from,
            view,
            self.bounds(),
            self.mask.as_ref(),
            watch,
        )
    }
}
