//! What is looked at for one speck.

use super::{alike, plate, trend};
use crate::error::Error;
use crate::hole::{Hole, Part, Run};
use crate::network::input::{self, NetworkInput};
use crate::network::prefill;
use crate::network::tone::Tone;
use crate::picture::{Rect, View};
use crate::plan::Region;
use crate::settings::Area;

/// Pixels round a speck that are compared with those round other places, and whose bending goes on into it.
const RIM: usize = 2;
/// How far away places are looked for, in pixels along rows and columns.
const SEARCH: usize = 12;
/// Pixels on each side of a speck that its fill looks at.
pub const CONTEXT: usize = RIM + SEARCH;

/// A speck and what lies round it.
pub(super) struct Window {
    /// In the tones of networks, which are those of eyes. All of the hole is hole in it, and unsound pixels are.
    pub input: NetworkInput,
    tone: Tone,
    /// The speck and its rim, in the window.
    pub patch: Rect,
    /// The speck's pixels, in the patch: column and row.
    pub speck: Vec<(usize, usize)>,
}

impl Window {
    pub fn round(picture: &View<'_>, hole: &Hole, speck: &Part, area: Area) -> Result<Self, Error> {
        let bounds = speck.bounds;
        let whole = Rect::new(0, 0, picture.width(), picture.height());
        let mut rect = grown(bounds, CONTEXT).intersection(&whole);
        match area {
            Area::All => {}
            Area::Sides => (rect.y, rect.height) = (bounds.y, bounds.height),
            Area::AboveBelow => (rect.x, rect.width) = (bounds.x, bounds.width),
        }
        let region = Region {
            rect,
            input_size: (rect.width, rect.height),
            part: hole.part_within(&rect),
        };
        let (input, tone) = input::crop(picture, &region, &[])?;
        let patch = grown(bounds, RIM).intersection(&rect);
        let pixels = |run: &Run| {
            let y = run.y - patch.y;
            (run.x..run.right()).map(move |x| (x - patch.x, y))
        };
        Ok(Self {
            input,
            tone,
            speck: speck.runs.iter().flat_map(pixels).collect(),
            patch: Rect::new(
                patch.x - rect.x,
                patch.y - rect.y,
                patch.width,
                patch.height,
            ),
        })
    }

    /// Colours for the speck's pixels, in the picture's own numbers. `texture` says how much of the places that are alike
    /// goes into them, 0 to 1.
    pub fn fill(mut self, texture: f32) -> Result<Vec<[f32; 3]>, Error> {
        let alike = match texture > 0.0 {
            true => alike::mean(&self),
            false => None,
        };
        let texture = if alike.is_some() { texture } else { 0.0 };
        let is_held = self.is_held();
        let trend = match is_held || texture == 1.0 {
            true => None,
            false => trend::trend(&self),
        };
        let mut under = [(); 3].map(|()| vec![0.0; self.patch.area()]);
        for (planes, share) in [(alike, texture), (trend, 1.0 - texture)] {
            for (under, plane) in under.iter_mut().zip(planes.iter().flatten()) {
                for (under, value) in under.iter_mut().zip(plane) {
                    *under += share * value;
                }
            }
        }
        let tension = if is_held { plate::LOOSE } else { plate::TIGHT };
        let encoded: Vec<[f32; 3]> = match plate::inside(&self, &under, tension) {
            Some(colours) => colours,
            None => {
                // Nothing that touches the speck is known.
                prefill::fill(&mut self.input)?;
                let place = |&(x, y): &(usize, usize)| self.in_window(x, y);
                let colour = |at| [0, 1, 2].map(|channel| self.plane(channel)[at]);
                self.speck.iter().map(place).map(colour).collect()
            }
        };
        let decode = |colour: [f32; 3]| colour.map(|value| self.tone.decode(value));
        Ok(encoded.into_iter().map(decode).collect())
    }

    /// Whether what is known holds a plate on two opposite sides of the speck.
    fn is_held(&self) -> bool {
        let (columns, rows) = (
            self.speck.iter().map(|(x, _)| *x),
            self.speck.iter().map(|(_, y)| *y),
        );
        let (Some(left), Some(top)) = (columns.clone().min(), rows.clone().min()) else {
            return false;
        };
        let (right, bottom) = (columns.max().unwrap_or(left), rows.max().unwrap_or(top));
        // At least half of the pixels beside it.
        let most = |known: &mut dyn Iterator<Item = bool>| {
            let (mut all, mut count) = (0, 0);
            known.for_each(|known| {
                all += 1;
                count += usize::from(known);
            });
            2 * count >= all
        };
        let is_known = |x: Option<usize>, y: Option<usize>| match (x, y) {
            (Some(x), Some(y)) => {
                x < self.patch.width && y < self.patch.height && self.is_known(x, y)
            }
            _ => false,
        };
        let column = |x: Option<usize>| most(&mut (top..=bottom).map(|y| is_known(x, Some(y))));
        let row = |y: Option<usize>| most(&mut (left..=right).map(|x| is_known(Some(x), y)));
        (column(left.checked_sub(1)) && column(Some(right + 1)))
            || (row(top.checked_sub(1)) && row(Some(bottom + 1)))
    }

    /// Where a pixel of the patch stands in a plane of the window.
    pub fn in_window(&self, x: usize, y: usize) -> usize {
        (self.patch.y + y) * self.input.width + self.patch.x + x
    }

    /// Red, green or blue of the window.
    pub fn plane(&self, channel: usize) -> &[f32] {
        &self.input.rgb[channel * self.input.len()..][..self.input.len()]
    }

    /// Whether a pixel of the patch is known.
    pub fn is_known(&self, x: usize, y: usize) -> bool {
        !self.input.hole[self.in_window(x, y)]
    }
}

/// The rectangle with a border all round, but for what would lie left of or above the picture.
fn grown(rect: Rect, border: usize) -> Rect {
    let (x, y) = (rect.x.saturating_sub(border), rect.y.saturating_sub(border));
    Rect::new(x, y, rect.right() + border - x, rect.bottom() + border - y)
}
