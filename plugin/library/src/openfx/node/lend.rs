//! What other frames of the shot show behind the hole.
//!
//! Where the camera moves, or the thing that is to go moves before the scene, some other frame shows the scene where it
//! is hidden in this one. Real pixels beat painted ones, and they agree from frame to frame.

use super::filled::Filled;
use super::hole::Bounds;
use super::output::Numbers;
use super::parameters::Parameters;
use super::shot::Frame;
use super::trouble::Trouble;
use crate::motion::{self, Homography, Plane};
use reweave::{Channels, Depth, Format, Hole, Picture, Rect, Transfer, View};

/// Pixels nearer than this to the hole of a lending frame are not lent: masks are seldom exact.
const MARGIN: usize = 2;
/// Motion is looked for on copies that are no larger than this on the longer side.
const LARGEST: usize = 1280;
/// A motion that moves no corner by more pixels than this is none: a camera on a tripod.
const STILL: f64 = 0.35;

/// A frame that may lend pixels.
pub struct Lender<'a> {
    view: View<'a>,
    bounds: Bounds,
    /// What it does not show either.
    hidden: Option<Hole>,
    /// The fill that belongs over it, where it was filled.
    filled: Option<&'a Filled>,
}

impl<'a> Lender<'a> {
    /// A frame that lends what it shows.
    pub fn neighbour(
        frame: &'a Frame<'_>,
        parameters: &Parameters,
        transfer: Transfer,
    ) -> Result<Self, Trouble> {
        let hole = frame
            .hole(parameters, transfer)?
            .grow(parameters.settings.grow() + MARGIN)?;
        Ok(Self {
            view: frame.view(transfer)?,
            bounds: frame.bounds(),
            hidden: Some(hole),
            filled: None,
        })
    }

    /// A frame that was filled, and lends all of it.
    pub fn held(
        frame: &'a Frame<'_>,
        filled: Option<&'a Filled>,
        transfer: Transfer,
    ) -> Result<Self, Trouble> {
        Ok(Self {
            view: frame.view(transfer)?,
            bounds: frame.bounds(),
            hidden: None,
            filled,
        })
    }

    /// The row and column of its pixels where this pixel is.
    fn pixel(&self, x: i64, y: i64) -> Option<(&[u8], usize)> {
        let (x, y) = (usize::try_from(x).ok()?, usize::try_from(y).ok()?);
        if x >= self.bounds.width || y >= self.bounds.height {
            return None;
        }
        if let Some(filled) = self.filled.filter(|filled| filled.part.contains(x, y)) {
            let width = filled.after.width() * filled.after.format().pixel_bytes();
            let row = &filled.after.bytes()[(y - filled.part.y) * width..][..width];
            return Some((row, x - filled.part.x));
        }
        Some((self.view.row(y), x))
    }

    fn shows(&self, x: i64, y: i64) -> bool {
        let inside =
            x >= 0 && y >= 0 && x < self.bounds.width as i64 && y < self.bounds.height as i64;
        inside
            && self
                .hidden
                .as_ref()
                .is_none_or(|hole| hole.coverage(x as usize, y as usize) == 0.0)
    }

    /// The numbers of a pixel, between pixels too. `None` where the frame does not show it.
    fn sample(&self, x: f64, y: f64) -> Option<[f32; 4]> {
        let numbers = Numbers::of(&self.view.format());
        let channels = self.view.format().channels.count();
        let at = |x: i64, y: i64| {
            let (row, x) = self.pixel(x, y).filter(|_| self.shows(x, y))?;
            Some(std::array::from_fn(|channel| {
                if channel < channels {
                    numbers.get(row, x, channel)
                } else {
                    0.0
                }
            }))
        };
        let (left, top) = (x.floor(), y.floor());
        let (u, v) = (x - left, y - top);
        let whole = |share: f64| !(0.02..=0.98).contains(&share);
        if whole(u) && whole(v) {
            return at(x.round() as i64, y.round() as i64);
        }
        cubic(&at, left as i64, top as i64, [u as f32, v as f32])
    }
}

/// Catmull and Rom's weights for four numbers in a row.
fn weights(t: f32) -> [f32; 4] {
    let (t2, t3) = (t * t, t * t * t);
    [
        -t + 2.0 * t2 - t3,
        2.0 - 5.0 * t2 + 3.0 * t3,
        t + 4.0 * t2 - 3.0 * t3,
        t3 - t2,
    ]
    .map(|weight| weight / 2.0)
}

/// A value between pixels by the sixteen round it, or by the four round it where more are not shown.
fn cubic(
    at: &impl Fn(i64, i64) -> Option<[f32; 4]>,
    left: i64,
    top: i64,
    [u, v]: [f32; 2],
) -> Option<[f32; 4]> {
    let sum = |columns: &[f32], rows: &[f32], offset: i64| {
        let mut sum = [0.0; 4];
        for (y, row) in rows.iter().enumerate() {
            for (x, column) in columns.iter().enumerate() {
                let value = at(left + x as i64 - offset, top + y as i64 - offset)?;
                (0..4).for_each(|channel| sum[channel] += row * column * value[channel]);
            }
        }
        Some(sum)
    };
    sum(&weights(u), &weights(v), 1).or_else(|| sum(&[1.0 - u, u], &[1.0 - v, v], 0))
}

/// A frame that wants pixels, and what is still missing of it.
pub struct Borrower {
    /// The part of the frame that is worked on.
    part: Rect,
    picture: Picture,
    /// How much of each pixel of the part is missing.
    missing: Vec<f32>,
    /// How much was missing at first.
    hole: Hole,
    /// What motion sees of the whole frame.
    plane: Plane,
    /// Pixels of the frame for one of the plane.
    shrink: usize,
    bounds: Bounds,
    opaque: bool,
}

impl Borrower {
    /// A frame with its hole, of which `picture` is a part. With `opaque`, alpha is 1 where a pixel was lent; without, it
    /// stays.
    pub fn new(
        view: View<'_>,
        bounds: Bounds,
        whole_hole: &Hole,
        part: Rect,
        picture: Picture,
        hole: Hole,
        opaque: bool,
    ) -> Self {
        let shrink = bounds.width.max(bounds.height).div_ceil(LARGEST);
        let lender = Lender {
            view,
            bounds,
            hidden: Some(whole_hole.clone()),
            filled: None,
        };
        let plane = plane(&lender, bounds, shrink);
        let (width, height) = (picture.width(), picture.height());
        let missing = (0..width * height)
            .map(|at| hole.coverage(at % width, at / width))
            .collect();
        Self {
            part,
            picture,
            missing,
            hole,
            plane,
            shrink,
            bounds,
            opaque,
        }
    }

    /// Takes what a frame shows of the missing pixels.
    pub fn borrow(&mut self, lender: &Lender<'_>) {
        let Some(motion) = self.motion_to(lender) else {
            return;
        };
        let gains = self.gains(lender, &motion);
        let numbers = Numbers::of(&self.picture.format());
        let format = self.picture.format();
        let (width, bounds) = (self.picture.width(), self.hole.bounds());
        let colours = format.channels.colours();
        let alpha = (self.opaque && format.channels.has_alpha()).then_some(colours);
        for y in bounds.y..bounds.bottom() {
            for x in bounds.x..bounds.right() {
                let missing = &mut self.missing[y * width + x];
                if *missing == 0.0 {
                    continue;
                }
                let (u, v) = motion.apply((x + self.part.x) as f64, (y + self.part.y) as f64);
                let Some(lent) = lender.sample(u, v) else {
                    continue;
                };
                let mut view = self.picture.view_mut();
                let row = view.row_mut(y);
                for channel in (0..colours).chain(alpha) {
                    let had = numbers.get(row, x, channel);
                    let wanted = if channel < colours {
                        lent[channel] * gains[channel]
                    } else {
                        1.0
                    };
                    // In whole holes nothing is left of what was there, not even a rounding error.
                    let share = *missing;
                    let value = if share < 1.0 {
                        had + (wanted - had) * share
                    } else {
                        wanted
                    };
                    numbers.set(row, x, channel, value);
                }
                *missing = 0.0;
            }
        }
    }

    /// Whether nothing is missing any more.
    pub fn is_complete(&self) -> bool {
        self.missing.iter().all(|missing| *missing == 0.0)
    }

    /// The picture with what was lent, and the hole that is left.
    pub fn finish(self) -> Result<(Picture, Hole), Trouble> {
        let format = Format::linear(Depth::F32, Channels::Grey);
        let bytes = self
            .missing
            .iter()
            .flat_map(|missing| missing.to_ne_bytes())
            .collect();
        let mask = Picture::from_bytes(bytes, self.picture.width(), self.picture.height(), format)?;
        Ok((self.picture, Hole::from_mask(mask.view())?))
    }

    /// Where the pixels of the frame lie in the lending one.
    fn motion_to(&self, lender: &Lender<'_>) -> Option<Homography> {
        let there = plane(lender, self.bounds, self.shrink);
        let motion =
            motion::estimate(there, self.plane.clone())?.rescaled(1.0 / self.shrink as f64);
        let (width, height) = (self.bounds.width, self.bounds.height);
        let still = motion.farthest_from(&Homography::IDENTITY, width, height) < STILL;
        let motion = if still { Homography::IDENTITY } else { motion };
        // The lending frame's pixels may start elsewhere.
        let (x, y) = offset(lender.bounds, self.bounds);
        Some(Homography::translation(x as f64, y as f64).after(&motion))
    }

    /// How much brighter this frame is than the lending one near the hole, for each colour.
    fn gains(&self, lender: &Lender<'_>, motion: &Homography) -> [f32; 4] {
        let numbers = Numbers::of(&self.picture.format());
        let inner = self.hole.bounds();
        let reach = 8 + inner.longest() / 8;
        let (left, top) = (inner.x.saturating_sub(reach), inner.y.saturating_sub(reach));
        let right = (inner.right() + reach).min(self.picture.width());
        let bottom = (inner.bottom() + reach).min(self.picture.height());
        let (mut here, mut there) = ([0.0f64; 4], [0.0f64; 4]);
        let view = self.picture.view();
        let colours = self.picture.format().channels.colours();
        for y in top..bottom {
            for x in left..right {
                if self.hole.coverage(x, y) > 0.0 {
                    continue;
                }
                let (u, v) = motion.apply((x + self.part.x) as f64, (y + self.part.y) as f64);
                if let Some(lent) = lender.sample(u.round(), v.round()) {
                    for channel in 0..colours {
                        here[channel] += f64::from(numbers.get(view.row(y), x, channel));
                        there[channel] += f64::from(lent[channel]);
                    }
                }
            }
        }
        std::array::from_fn(|channel| {
            let gain = (here[channel] / there[channel]) as f32;
            // What is alike already stays as it is, to the bit.
            if gain.is_finite() && (gain - 1.0).abs() > 0.002 {
                gain.clamp(0.5, 2.0)
            } else {
                1.0
            }
        })
    }
}

/// How far the pixels of `there` are to the right and below of those with the same numbers in `here`, turned round.
fn offset(there: Bounds, here: Bounds) -> (i64, i64) {
    (
        i64::from(here.left) - i64::from(there.left),
        i64::from(there.top) - i64::from(here.top),
    )
}

/// What motion sees of a frame, on the pixels of another one, `shrink` times smaller.
fn plane(lender: &Lender<'_>, grid: Bounds, shrink: usize) -> Plane {
    let format = lender.view.format();
    let numbers = Numbers::of(&format);
    let (right, down) = offset(lender.bounds, grid);
    // Every pixel of a block where blocks are small, four of it where they are large.
    let within: Vec<usize> = if shrink <= 2 {
        (0..shrink).collect()
    } else {
        vec![shrink / 4, shrink * 3 / 4]
    };
    let look = |x: i64, y: i64| -> Option<f32> {
        let (row, column) = lender.pixel(x, y).filter(|_| lender.shows(x, y))?;
        let grey = match format.channels.colours() {
            1 => numbers.get(row, column, 0),
            _ => {
                let [red, green, blue] = [0, 1, 2].map(|channel| numbers.get(row, column, channel));
                0.25 * red + 0.6 * green + 0.15 * blue
            }
        };
        // Even steps to the eye, and no highlight that outshines the rest.
        Some(match format.transfer {
            Transfer::Linear => grey.clamp(0.0, 2.0).sqrt(),
            Transfer::Srgb => grey.clamp(0.0, 1.5),
        })
    };
    Plane::new(
        (grid.width / shrink).max(1),
        (grid.height / shrink).max(1),
        |x, y| {
            let mut sum = 0.0;
            for dy in &within {
                for dx in &within {
                    sum += look(
                        (x * shrink + dx) as i64 + right,
                        (y * shrink + dy) as i64 + down,
                    )?;
                }
            }
            Some(sum / (within.len() * within.len()) as f32)
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_whole() {
        for t in [0.0, 0.25, 0.5, 0.9] {
            assert!((weights(t).iter().sum::<f32>() - 1.0).abs() < 1e-6);
        }
        assert_eq!(weights(0.0), [0.0, 1.0, 0.0, 0.0]);
    }

    #[test]
    fn values_between_pixels_follow_a_slope() {
        let slope = |x: i64, y: i64| Some([x as f32 + 10.0 * y as f32, 0.0, 0.0, 1.0]);
        let found = cubic(&slope, 3, 4, [0.25, 0.5]).unwrap();
        assert!((found[0] - 48.25).abs() < 1e-4);
        // At the edge of what is shown, four pixels have to do; beyond it there is nothing.
        let edge = |x: i64, y: i64| slope(x, y).filter(|_| x <= 4);
        assert!((cubic(&edge, 3, 4, [0.25, 0.5]).unwrap()[0] - 48.25).abs() < 1e-4);
        assert_eq!(cubic(&edge, 4, 4, [0.25, 0.5]), None);
    }
}
