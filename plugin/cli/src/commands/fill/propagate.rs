//! Temporal propagation: what other frames of a shot show of the hole of one is taken from them.

use std::collections::VecDeque;
use std::rc::Rc;

use reweave::hole::reach;
use reweave::settings::{AlphaInHole, Stage};
use reweave::temporal::{SourceFrame, TargetFrame};
use reweave::{Hole, Model, Picture, Progress, Rect, Settings};
use reweave_formats::{Document, Problem};

use super::error::FillError;
use super::reader::Reader;
use crate::jobs::shot::{Frame, Shot};

/// Source frames are kept for the next frame up to this many bytes, and read again beyond.
const KEPT_BYTES: usize = 1 << 30;
/// What is being done, for progress.
const DOING: &str = "looking at other frames";

/// Which frames of the shot may be source frames.
#[derive(Debug, Clone)]
pub enum Sources {
    /// So many earlier and later ones.
    Neighbours { before: u32, after: u32 },
    /// One, whose fill is used in all others.
    Held(u32),
}

/// Takes pixels from the source frames of a shot, frame after frame.
#[derive(Debug)]
pub struct Propagation {
    shot: Shot,
    sources: Sources,
    kept: Kept,
}

/// What is left of a frame's hole, and how to fill it.
pub struct Left {
    /// The hole, shaped as the settings say, without what was taken.
    pub hole: Hole,
    /// The settings for the rest.
    pub settings: Settings,
    /// Pixels that were taken from source frames.
    pub taken: usize,
}

impl Propagation {
    pub fn new(shot: Shot, sources: Sources) -> Self {
        Self {
            shot,
            sources,
            kept: Kept::default(),
        }
    }

    /// Puts into the hole of frame `number` what its source frames show; near ones are asked first, because they are most
    /// alike.
    ///
    /// # Errors
    /// Where a source frame or its mask cannot be read or is of another kind; [`FillError::Cancelled`].
    pub fn apply(
        &mut self,
        number: u32,
        document: &mut Document,
        hole: Hole,
        (model, settings): (&Model, &Settings),
        reader: &mut Reader,
        progress: &mut dyn Progress,
    ) -> Result<Left, FillError> {
        let wide = hole.shaped(settings)?.into_owned();
        let opaque = !wide.keeps_alpha(settings.alpha);
        let whole = wide.pixels();
        let mut target = TargetFrame::new(
            document.picture.view(),
            document.window.corner,
            hole,
            Rect::new(0, 0, document.picture.width(), document.picture.height()),
            document.picture.clone(),
            wide,
            opaque,
        );
        for source in self.order(number) {
            if progress.report(0.0, DOING).is_break() {
                return Err(FillError::Cancelled);
            }
            let Some(shown) = self.shown(source, (model, settings), reader, progress)? else {
                continue;
            };
            shown.check_like(document)?;
            target.take_from(&shown.source(reach(settings))?);
            if target.is_complete() {
                break;
            }
        }
        let (picture, hole) = target.finish()?;
        document.picture = picture;
        // What is left of the hole is as wide and as soft as it should be, and no longer known to come from alpha.
        let mut settings = settings.without(Stage::Hole);
        settings.alpha = if opaque {
            AlphaInHole::Opaque
        } else {
            AlphaInHole::Keep
        };
        Ok(Left {
            taken: whole - hole.pixels(),
            hole,
            settings,
        })
    }

    /// The source frames of a frame, in the order in which they are asked.
    fn order(&self, number: u32) -> Vec<u32> {
        match self.sources {
            Sources::Held(held) => Vec::from_iter((held != number).then_some(held)),
            Sources::Neighbours { before, after } => (1..=before.max(after))
                .flat_map(|distance| {
                    let earlier = number.checked_sub(distance).filter(|_| distance <= before);
                    let later = number.checked_add(distance).filter(|_| distance <= after);
                    earlier.into_iter().chain(later)
                })
                .collect(),
        }
    }

    /// What a frame shows; none where the shot has no such frame.
    fn shown(
        &mut self,
        number: u32,
        (model, settings): (&Model, &Settings),
        reader: &mut Reader,
        progress: &mut dyn Progress,
    ) -> Result<Option<Rc<Shown>>, FillError> {
        if let Some(shown) = self.kept.find(number) {
            return Ok(Some(shown));
        }
        let Some(frame) = self.shot.frame(number)? else {
            return Ok(None);
        };
        let mut document = reader.picture(&frame.picture)?;
        let hole = reader.hole(&frame.picture, frame.mask.as_deref(), &document)?;
        let hidden = match self.sources {
            Sources::Neighbours { .. } => Some(hole),
            Sources::Held(_) => {
                // The progress that is seen is that of the frame which waits for this one.
                let mut quiet = |_: f32, _: &str| progress.report(0.0, DOING);
                let mut view = document.picture.view_mut();
                reweave::fill(&mut view, &hole, model, settings, &mut quiet)?;
                None
            }
        };
        let shown = Rc::new(Shown {
            frame,
            corner: document.window.corner,
            picture: document.picture,
            hidden,
        });
        self.kept.keep(number, Rc::clone(&shown));
        Ok(Some(shown))
    }
}

/// A frame of which pixels can be taken.
#[derive(Debug)]
struct Shown {
    frame: Frame,
    picture: Picture,
    corner: (i64, i64),
    /// Its hole, unless that was filled.
    hidden: Option<Hole>,
}

impl Shown {
    fn source(&self, grow: usize) -> Result<SourceFrame<'_>, reweave::Error> {
        let view = self.picture.view();
        match &self.hidden {
            Some(hole) => SourceFrame::with_hole(view, self.corner, hole, grow),
            None => Ok(SourceFrame::filled(view, self.corner, None)),
        }
    }

    /// Numbers of one frame mean nothing in another whose numbers are of another kind.
    fn check_like(&self, document: &Document) -> Result<(), FillError> {
        let (here, there) = (document.picture.format(), self.picture.format());
        if (here.channels, here.transfer) == (there.channels, there.transfer) {
            return Ok(());
        }
        let problem = Problem::new(
            "has other channels, or another relation to light, than the frame that would take pixels of it",
            "export all frames of a shot alike",
        );
        Err(problem.of(&self.frame.picture).into())
    }
}

/// Frames that were read, the latest last.
#[derive(Debug, Default)]
struct Kept {
    frames: VecDeque<(u32, Rc<Shown>)>,
    bytes: usize,
}

impl Kept {
    fn find(&mut self, number: u32) -> Option<Rc<Shown>> {
        let at = self.frames.iter().position(|(kept, _)| *kept == number)?;
        let found = self.frames.remove(at)?;
        self.frames.push_back(found.clone());
        Some(found.1)
    }

    fn keep(&mut self, number: u32, shown: Rc<Shown>) {
        self.bytes += shown.picture.bytes().len();
        self.frames.push_back((number, shown));
        while self.bytes > KEPT_BYTES
            && self.frames.len() > 1
            && let Some((_, oldest)) = self.frames.pop_front()
        {
            self.bytes -= oldest.picture.bytes().len();
        }
    }
}
