//! The window round a group of parts: how much context the network sees, and at which size.

use reweave_models::card::Size;

use super::group::Group;
use crate::picture::Rect;
use crate::seed::scramble;
use crate::settings::{Area, Settings};

/// What decides about windows.
#[derive(Clone, Debug)]
pub(super) struct Windows {
    /// Width and height of the picture.
    picture: (usize, usize),
    size: Size,
    /// The largest size that the network is shown.
    pub working: (usize, usize),
    context: f64,
    area: Area,
    /// Shifts windows, so that another seed sees another cut of the picture.
    seed: u32,
}

impl Windows {
    pub fn new(picture: (usize, usize), size: &Size, settings: &Settings) -> Self {
        let working = match size.fixed {
            Some([width, height]) => (width as usize, height as usize),
            None => (size.working as usize, size.working as usize),
        };
        Self {
            picture,
            size: size.clone(),
            working,
            context: settings.context,
            area: settings.area,
            seed: settings.seed,
        }
    }

    /// The least context on each side.
    pub fn least(&self) -> usize {
        let quarter = self.working.0.min(self.working.1) / 4;
        let wanted = self.size.context.map(|context| context as usize);
        wanted.map_or(quarter, |wanted| wanted.min(quarter))
    }

    /// The window for a group, and the size at which the network sees it.
    pub fn round(&self, group: &Group) -> (Rect, (usize, usize)) {
        let bounds = group.bounds;
        let across = (bounds.longest() as f64 / 2.0).min(group.thickest as f64);
        let margin = (self.context * across).max(self.least() as f64);
        let wanted = |side: usize| side as f64 + 2.0 * margin;
        let (width, height) = (wanted(bounds.width), wanted(bounds.height));
        let working = (self.working.0 as f64, self.working.1 as f64);

        // Where a little less context makes shrinking needless, sharpness is worth more.
        let excess = (width / working.0).max(height / working.1);
        let room = |side: usize, working: usize| side + working / 4 <= working;
        let fits = room(bounds.width, self.working.0) && room(bounds.height, self.working.1);
        let (width, height) = if excess <= 1.25 && fits {
            (width.min(working.0), height.min(working.1))
        } else {
            (width, height)
        };
        let (width, height) = match self.size.fixed {
            // Seen or not, it costs the same.
            Some(_) => (width.max(working.0), height.max(working.1)),
            None => (width, height),
        };
        let multiple = self.size.multiple as usize;
        let whole = |side: f64, working: usize| match side as usize {
            side if side <= working => side.next_multiple_of(multiple).min(working),
            side => side,
        };

        let (shift_x, shift_y) = self.shift();
        let mut rect = Rect::default();
        (rect.x, rect.width) = place(
            bounds.x,
            bounds.width,
            whole(width, self.working.0),
            shift_x,
            self.picture.0,
        );
        (rect.y, rect.height) = place(
            bounds.y,
            bounds.height,
            whole(height, self.working.1),
            shift_y,
            self.picture.1,
        );
        match self.area {
            Area::All => {}
            Area::Sides => (rect.y, rect.height) = (bounds.y, bounds.height),
            Area::AboveBelow => (rect.x, rect.width) = (bounds.x, bounds.width),
        }
        (rect, self.input_size(rect))
    }

    /// The size at which the network sees a window: its own, or less where that is more than the working size.
    fn input_size(&self, rect: Rect) -> (usize, usize) {
        let shrink = (rect.width as f64 / self.working.0 as f64)
            .max(rect.height as f64 / self.working.1 as f64);
        if shrink <= 1.0 {
            return (rect.width, rect.height);
        }
        let side = |side: usize, working: usize| {
            ((side as f64 / shrink).round() as usize).clamp(1, working)
        };
        (
            side(rect.width, self.working.0),
            side(rect.height, self.working.1),
        )
    }

    /// How far a seed moves regions off centre, as a share of the context on one side: -0.5 to 0.5.
    fn shift(&self) -> (f64, f64) {
        if self.seed == 0 {
            return (0.0, 0.0);
        }
        let share = |bits: u32| f64::from(bits & 0xffff) / 65535.0 - 0.5;
        let scrambled = scramble(self.seed);
        (share(scrambled), share(scrambled >> 16))
    }
}

/// Puts a stretch of `wanted` pixels round the `len` pixels at `start`, inside a picture of `picture` pixels.
fn place(start: usize, len: usize, wanted: usize, shift: f64, picture: usize) -> (usize, usize) {
    let wanted = wanted.max(len).min(picture);
    let spare = wanted - len;
    let before = (spare as f64 * (0.5 + shift * 0.5)).round() as usize;
    (start.saturating_sub(before).min(picture - wanted), wanted)
}
