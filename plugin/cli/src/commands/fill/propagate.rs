//! Temporal propagation: what other frames of a shot show of the hole of one is taken from them.

use std::collections::BTreeMap;
use std::rc::Rc;

use reweave::hole::reach;
use reweave::settings::{AlphaInHole, Stage};
use reweave::temporal::{SourceFrame, TargetFrame};
use reweave::{Hole, Model, Picture, Progress, Rect, Settings};
use reweave_formats::{Document, Problem};

use super::error::FillError;
use super::reader::Reader;
use super::reading::warning;
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
    /// Which source frames were passed over because they are damaged.
    pub warnings: Vec<String>,
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
        let mut warnings = Vec::new();
        for source in self.order(number) {
            if progress.report(0.0, DOING).is_break() {
                return Err(FillError::Cancelled);
            }
            let how = (model, settings);
            let shown = match self.shown(source, number, how, reader, progress)? {
                Found::Shown(shown) => shown,
                Found::Damaged(damage) => {
                    warnings.push(damage);
                    continue;
                }
                Found::Nothing => continue,
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
            warnings,
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

    /// What a frame shows to the frame `target`.
    fn shown(
        &mut self,
        number: u32,
        target: u32,
        (model, settings): (&Model, &Settings),
        reader: &mut Reader,
        progress: &mut dyn Progress,
    ) -> Result<Found, FillError> {
        if let Some(shown) = self.kept.find(number) {
            return Ok(Found::Shown(shown));
        }
        let Some(frame) = self.shot.frame(number)? else {
            return Ok(Found::Nothing);
        };
        let mut document = reader.picture(&frame.picture)?;
        let hole = reader.hole(&frame.picture, frame.mask.as_deref(), &document)?;
        // What a decoder makes of missing pixels is not the scene, and what a damaged mask leaves open may be the thing.
        let damage = warning(&frame.picture, &document);
        let mask_damage = frame.mask.as_ref().and_then(|_| reader.mask_warning());
        if let Some(damage) = damage.or(mask_damage) {
            return Ok(Found::Damaged(format!(
                "{damage}; nothing is taken from that frame"
            )));
        }
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
        self.kept.keep(number, Rc::clone(&shown), target);
        Ok(Found::Shown(shown))
    }
}

/// What is found where a source frame is looked for.
enum Found {
    /// A frame to take pixels from.
    Shown(Rc<Shown>),
    /// One that is passed over, with the reason.
    Damaged(String),
    /// The shot has no such frame.
    Nothing,
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
    /// What it takes in memory, about: coverage is two bytes.
    fn bytes(&self) -> usize {
        let hole = self.hidden.as_ref().map_or(0, Hole::pixels);
        self.picture.bytes().len() + 2 * hole
    }

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

/// Frames that were read.
#[derive(Debug, Default)]
struct Kept {
    frames: BTreeMap<u32, Rc<Shown>>,
    bytes: usize,
}

impl Kept {
    fn find(&self, number: u32) -> Option<Rc<Shown>> {
        self.frames.get(&number).cloned()
    }

    /// Keeps a frame; where there are too many, those go that lie farthest from the frame being filled, because the next
    /// one asks its own neighbours.
    fn keep(&mut self, number: u32, shown: Rc<Shown>, target: u32) {
        self.bytes += shown.bytes();
        self.frames.insert(number, shown);
        while self.bytes > KEPT_BYTES && self.frames.len() > 1 {
            let numbers = self.frames.keys().copied();
            let Some(farthest) = numbers.max_by_key(|number| number.abs_diff(target)) else {
                return;
            };
            if let Some(gone) = self.frames.remove(&farthest) {
                self.bytes -= gone.bytes();
            }
        }
    }
}
