//! The frame with the hole, and what is still missing of it.

use super::motion::{self, Homography, Plane};
use super::source::SourceFrame;
use crate::codec::Pixel;
use crate::{Channels, Depth, Error, Format, Hole, Picture, Rect, View, blend, codec};

/// Motion is looked for on copies that are no larger than this on the longer side, in pixels.
const LARGEST: usize = 1280;
/// A motion that moves no corner by more pixels than this is none: a camera on a tripod.
const STILL: f64 = 0.35;

/// A frame that takes what other frames show of its hole.
pub struct TargetFrame {
    /// Width and height of the whole frame.
    size: (usize, usize),
    /// Column and row of its left top pixel, as all frames of the shot count them.
    corner: (i64, i64),
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
    opaque: bool,
}

impl TargetFrame {
    /// A frame of which `picture` is the part `part`, whose hole is `hole`; `hidden` is what the whole frame does not show.
    /// With `opaque`, alpha becomes 1 where a pixel is taken from another frame; without, it stays.
    pub fn new(
        view: View<'_>,
        corner: (i64, i64),
        hidden: Hole,
        part: Rect,
        picture: Picture,
        hole: Hole,
        opaque: bool,
    ) -> Self {
        let size = (view.width(), view.height());
        let shrink = size.0.max(size.1).div_ceil(LARGEST);
        let plane = SourceFrame::hidden_by(view, corner, hidden).plane(size, corner, shrink);
        let (width, height) = (picture.width(), picture.height());
        let missing = (0..width * height)
            .map(|at| hole.coverage(at % width, at / width))
            .collect();
        Self {
            size,
            corner,
            part,
            picture,
            missing,
            hole,
            plane,
            shrink,
            opaque,
        }
    }

    /// Takes what a frame shows of the missing pixels.
    pub fn take_from(&mut self, source: &SourceFrame<'_>) {
        let Some(motion) = self.motion_to(source) else {
            return;
        };
        let gains = self.gains(source, &motion);
        let format = self.picture.format();
        let pixel = format.pixel_bytes();
        let (width, bounds) = (self.picture.width(), self.hole.bounds());
        let mut view = self.picture.view_mut();
        for y in bounds.y..bounds.bottom() {
            let row = view.row_mut(y);
            for x in bounds.x..bounds.right() {
                let missing = &mut self.missing[y * width + x];
                if *missing == 0.0 {
                    continue;
                }
                let (u, v) = motion.apply((x + self.part.x) as f64, (y + self.part.y) as f64);
                let Some(shown) = source.sample(u, v) else {
                    continue;
                };
                let colour = std::array::from_fn(|channel| shown[channel] * gains[channel]);
                let bytes = &mut row[x * pixel..][..pixel];
                blend::pixel(format, bytes, colour, *missing, !self.opaque);
                *missing = 0.0;
            }
        }
    }

    /// Whether nothing is missing any more.
    pub fn is_complete(&self) -> bool {
        self.missing.iter().all(|missing| *missing == 0.0)
    }

    /// The part with what was taken, and the hole that is left.
    ///
    /// # Errors
    /// [`Error::OutOfMemory`].
    pub fn finish(self) -> Result<(Picture, Hole), Error> {
        let format = Format::linear(Depth::F32, Channels::Grey);
        let bytes = self
            .missing
            .iter()
            .flat_map(|missing| missing.to_ne_bytes())
            .collect();
        let mask = Picture::from_bytes(bytes, self.picture.width(), self.picture.height(), format)?;
        Ok((self.picture, Hole::from_mask(mask.view())?))
    }

    /// Where the pixels of the frame lie in the source frame.
    fn motion_to(&self, source: &SourceFrame<'_>) -> Option<Homography> {
        let there = source.plane(self.size, self.corner, self.shrink);
        let found = motion::estimate(there, self.plane.clone());
        let motion = match found {
            Some(motion) => motion.rescaled(1.0 / self.shrink as f64),
            None if source.is_held() => Homography::IDENTITY,
            None => return None,
        };
        let still = motion.farthest_from(&Homography::IDENTITY, self.size.0, self.size.1) < STILL;
        let motion = if still { Homography::IDENTITY } else { motion };
        // The source frame's pixels may start elsewhere.
        let (x, y) = source.offset_from(self.corner);
        Some(Homography::translation(x as f64, y as f64).after(&motion))
    }

    /// How much brighter this frame is than the source frame near the hole, for each colour.
    fn gains(&self, source: &SourceFrame<'_>, motion: &Homography) -> [f32; 3] {
        let format = self.picture.format();
        let inner = self.hole.bounds();
        let reach = 8 + inner.longest() / 8;
        let (left, top) = (inner.x.saturating_sub(reach), inner.y.saturating_sub(reach));
        let right = (inner.right() + reach).min(self.picture.width());
        let bottom = (inner.bottom() + reach).min(self.picture.height());
        let (mut here, mut there) = ([0.0f64; 3], [0.0f64; 3]);
        let view = self.picture.view();
        let mut own = [Pixel::default()];
        for y in top..bottom {
            for x in left..right {
                if self.hole.coverage(x, y) > 0.0 {
                    continue;
                }
                let (u, v) = motion.apply((x + self.part.x) as f64, (y + self.part.y) as f64);
                if let Some(shown) = source.sample(u.round(), v.round()) {
                    let bytes = &view.row(y)[x * format.pixel_bytes()..];
                    codec::decode(format, &bytes[..format.pixel_bytes()], &mut own);
                    if own[0].iter().all(|number| number.is_finite()) {
                        for channel in 0..3 {
                            here[channel] += f64::from(own[0][channel]);
                            there[channel] += f64::from(shown[channel]);
                        }
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

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: (usize, usize) = (160, 120);
    const FORMAT: Format = Format::srgb(Depth::F32, Channels::Rgb);
    const HOLE: Rect = Rect::new(70, 50, 16, 12);

    /// A wall with detail of several sizes, `pan` pixels to the left.
    fn scene(pan: usize, x: usize, y: usize) -> [f32; 3] {
        let (x, y) = ((x + pan) as f32, y as f32);
        let value = 0.5
            + 0.2 * (x / 3.1 + (y / 5.3).sin()).sin()
            + 0.15 * (y / 2.7 + (x / 7.9).cos()).cos()
            + 0.1 * ((x * 0.11).sin() * (y * 0.07).cos());
        [value, value * 0.8, 1.0 - value]
    }

    fn frame(pan: usize) -> Picture {
        let pixels = (0..SIZE.1).flat_map(|y| (0..SIZE.0).map(move |x| (x, y)));
        let bytes = pixels
            .flat_map(|(x, y)| scene(pan, x, y))
            .flat_map(f32::to_ne_bytes)
            .collect();
        Picture::from_bytes(bytes, SIZE.0, SIZE.1, FORMAT).unwrap()
    }

    fn hole() -> Hole {
        let pixels = (0..SIZE.1).flat_map(|y| (0..SIZE.0).map(move |x| (x, y)));
        let bytes = pixels
            .map(|(x, y)| if HOLE.contains(x, y) { 255 } else { 0 })
            .collect();
        let format = Format::linear(Depth::U8, Channels::Grey);
        let mask = Picture::from_bytes(bytes, SIZE.0, SIZE.1, format).unwrap();
        Hole::from_mask(mask.view()).unwrap()
    }

    /// The frame without pan, with nothing in its hole, which takes pixels from the source frames.
    fn completed(sources: &[SourceFrame<'_>]) -> (Picture, Hole) {
        let mut picture = frame(0);
        let pixel = FORMAT.pixel_bytes();
        for y in HOLE.y..HOLE.bottom() {
            picture.view_mut().row_mut(y)[HOLE.x * pixel..HOLE.right() * pixel].fill(0);
        }
        let view = picture.clone();
        let part = picture.bounds();
        let mut target =
            TargetFrame::new(view.view(), (0, 0), hole(), part, picture, hole(), false);
        sources.iter().for_each(|source| target.take_from(source));
        assert_eq!(target.is_complete(), !sources.is_empty());
        target.finish().unwrap()
    }

    #[test]
    fn a_pan_shows_what_was_hidden_wherever_pixels_are_counted_from() {
        let (before, there) = (frame(0), frame(20));
        for corner in [(0, 0), (-7, 31)] {
            // The same pixels, said to start elsewhere: motion is found all the same, and the offset is counted in.
            let source = SourceFrame::with_hole(there.view(), corner, &hole(), 0).unwrap();
            let (picture, left) = completed(&[source]);
            assert!(left.is_empty());
            let green = |picture: &Picture, x: usize, y: usize| {
                let at = x * FORMAT.pixel_bytes() + FORMAT.depth.bytes();
                codec::load(FORMAT.depth, &picture.view().row(y)[at..])
            };
            for y in 0..SIZE.1 {
                for x in 0..SIZE.0 {
                    let off = green(&before, x, y) - green(&picture, x, y);
                    let most = if HOLE.contains(x, y) { 0.01 } else { 0.0 };
                    assert!(off.abs() <= most, "{corner:?}: {x} {y} is {off} off");
                }
            }
        }
    }

    #[test]
    fn without_other_frames_all_is_missing() {
        let (_, left) = completed(&[]);
        assert_eq!(left.bounds(), HOLE);
    }

    #[test]
    fn a_filled_frame_shows_its_fill() {
        let there = frame(0);
        let part = Rect::new(60, 40, 40, 30);
        let pixels = part.width * part.height;
        let red = [1.0f32, 0.0, 0.0].map(f32::to_ne_bytes).concat();
        let fill =
            Picture::from_bytes(red.repeat(pixels), part.width, part.height, FORMAT).unwrap();
        let source = SourceFrame::filled(there.view(), (0, 0), Some((part, &fill)));
        let (picture, _) = completed(&[source]);
        let at = &picture.view().row(55)[75 * FORMAT.pixel_bytes()..][..FORMAT.pixel_bytes()];
        assert!(at[4..] == red[4..], "green and blue are the fill's");
    }

    /// A frame of one colour, with another in the hole.
    fn flat(format: Format, outside: [f32; 4], inside: [f32; 4]) -> Picture {
        let mut picture = Picture::new(SIZE.0, SIZE.1, format).unwrap();
        let mut view = picture.view_mut();
        for y in 0..SIZE.1 {
            let pixels = view.row_mut(y).chunks_exact_mut(format.pixel_bytes());
            for (x, bytes) in pixels.enumerate() {
                let pixel = if HOLE.contains(x, y) { inside } else { outside };
                codec::encode(format, pixel, bytes);
            }
        }
        picture
    }

    /// The pixel in the middle of the hole of `target`, after it has taken what a held frame shows, and whether something
    /// is missing.
    fn held(target: Picture, hole: &Hole, opaque: bool, shown: &Picture) -> (Pixel, bool) {
        let view = target.clone();
        let (part, format) = (target.bounds(), target.format());
        let hidden = hole.clone();
        let mut target = TargetFrame::new(
            view.view(),
            (0, 0),
            hidden,
            part,
            target,
            hole.clone(),
            opaque,
        );
        target.take_from(&SourceFrame::filled(shown.view(), (0, 0), None));
        let complete = target.is_complete();
        let (picture, _) = target.finish().unwrap();
        let mut pixel = [Pixel::default()];
        let at = 75 * format.pixel_bytes();
        codec::decode(
            format,
            &picture.view().row(55)[at..][..format.pixel_bytes()],
            &mut pixel,
        );
        (pixel[0], !complete)
    }

    const STRAIGHT: Format = Format::linear(Depth::F32, Channels::Rgba);

    #[test]
    fn premultiplied_frames_give_what_straight_ones_give() {
        let grey = |value: f32, alpha: f32| [value, value, value, alpha];
        for opaque in [false, true] {
            let [straight, multiplied] = [STRAIGHT, STRAIGHT.premultiplied()].map(|format| {
                let target = flat(format, grey(0.5, 1.0), grey(1.0, 0.5));
                // A hole in alpha covers what alpha does not.
                let hole = Hole::from_alpha(target.view()).unwrap();
                let shown = flat(format, grey(0.5, 1.0), grey(0.25, 1.0));
                held(target, &hole, opaque, &shown).0
            });
            for (one, other) in straight.iter().zip(multiplied) {
                assert!((one - other).abs() < 1e-6, "{straight:?} {multiplied:?}");
            }
            assert_eq!(straight[3], if opaque { 1.0 } else { 0.5 });
        }
    }

    #[test]
    fn what_is_transparent_or_no_number_is_not_shown() {
        let target = || flat(STRAIGHT, [0.5, 0.5, 0.5, 1.0], [9.0, 9.0, 9.0, 1.0]);
        for nothing in [[0.0; 4], [f32::NAN, 0.5, 0.5, 1.0]] {
            let shown = flat(STRAIGHT, [0.5, 0.5, 0.5, 1.0], nothing);
            let (_, missing) = held(target(), &hole(), false, &shown);
            assert!(missing, "{nothing:?}");
        }
    }

    /// No motion can be found there, and a held frame needs none.
    #[test]
    fn a_held_frame_serves_before_a_plain_wall() {
        let wall = [0.5, 0.5, 0.5, 1.0];
        let target = flat(STRAIGHT, wall, [9.0, 9.0, 9.0, 1.0]);
        let shown = flat(STRAIGHT, wall, [0.25, 0.5, 0.75, 1.0]);
        let (pixel, missing) = held(target, &hole(), false, &shown);
        assert_eq!((pixel, missing), ([0.25, 0.5, 0.75, 1.0], false));
    }
}
