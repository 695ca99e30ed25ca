//! Finding the hole: in a mask, in an alpha channel, by a colour.

use rayon::prelude::*;

use super::{FULL, Hole, Origin, Run, from_unit};
use crate::error::{Error, try_vec};
use crate::picture::codec::{Pixel, decode, luma};
use crate::picture::sample::{Sample, with_sample};
use crate::picture::{Alpha, Channels, Depth, Format, View};
use crate::progress::{Progress, Silent, SubProgress};

/// Rows that one thread looks through at a time.
const BAND: usize = 16;

/// Bytes of picture between two looks at whether to go on: a few milliseconds of work.
const AT_ONCE: usize = 16 << 20;

impl Hole {
    /// White is hole, black is known, grey blends. Colours count as their grey, transparent pixels as known.
    ///
    /// # Errors
    /// [`Error::OutOfMemory`].
    pub fn from_mask(mask: View<'_>) -> Result<Self, Error> {
        Self::from_mask_with(mask, &mut Silent)
    }

    /// [`Hole::from_mask`], for who shows progress or may want to stop.
    ///
    /// # Errors
    /// [`Error::OutOfMemory`], [`Error::Cancelled`].
    pub fn from_mask_with(mask: View<'_>, progress: &mut dyn Progress) -> Result<Self, Error> {
        let format = mask.format();
        // Most masks are this, and their numbers are coverage in steps of 257.
        if (format.depth, format.channels) == (Depth::U8, Channels::Grey) {
            return scan(mask, Origin::Mask, progress, |row, _, coverage| {
                for (coverage, &grey) in coverage.iter_mut().zip(row) {
                    *coverage = u16::from(grey) * (FULL / 255);
                }
            });
        }
        // The numbers of a mask are coverage as they stand, whatever the picture's transfer is; premultiplied colours
        // have alpha in them already.
        let as_stored = Format {
            alpha: Alpha::Straight,
            ..format
        };
        let weighted = !format.is_premultiplied();
        scan(mask, Origin::Mask, progress, |row, pixels, coverage| {
            // Most rows of most masks are black throughout, and this look is as fast as memory.
            if is_all(row, 0) {
                return;
            }
            decode(as_stored, row, pixels);
            for (coverage, &[red, green, blue, alpha]) in coverage.iter_mut().zip(&*pixels) {
                let alpha = if weighted { alpha } else { 1.0 };
                *coverage = from_unit(luma([red, green, blue]) * alpha);
            }
        })
    }

    /// Transparent is hole, opaque is known.
    ///
    /// # Errors
    /// [`Error::NoAlpha`] when the picture has no alpha channel, [`Error::OutOfMemory`].
    pub fn from_alpha(picture: View<'_>) -> Result<Self, Error> {
        Self::from_alpha_with(picture, &mut Silent)
    }

    /// [`Hole::from_alpha`], for who shows progress or may want to stop.
    ///
    /// # Errors
    /// [`Error::NoAlpha`] when the picture has no alpha channel, [`Error::OutOfMemory`], [`Error::Cancelled`].
    pub fn from_alpha_with(picture: View<'_>, progress: &mut dyn Progress) -> Result<Self, Error> {
        let format = picture.format();
        if !format.channels.has_alpha() {
            return Err(Error::NoAlpha);
        }
        // Alpha alone is looked at: to take colours apart, too, would cost several times as much.
        with_sample!(format.depth, S => match format.channels {
            Channels::GreyAlpha => scan(picture, Origin::Alpha, progress, alpha::<S, 2>),
            _ => scan(picture, Origin::Alpha, progress, alpha::<S, 4>),
        })
    }

    /// Pixels of about this colour are hole: every channel of the sRGB-encoded pixel lies within `tolerance` of
    /// `colour`. Both count from 0 to 1.
    ///
    /// # Errors
    /// [`Error::OutOfMemory`].
    pub fn from_colour(picture: View<'_>, colour: [f32; 3], tolerance: f32) -> Result<Self, Error> {
        let format = picture.format();
        scan(
            picture,
            Origin::Colour,
            &mut Silent,
            |row, pixels, coverage| {
                decode(format, row, pixels);
                for (coverage, pixel) in coverage.iter_mut().zip(&*pixels) {
                    let near = (0..3).all(|channel| {
                        let value = format.transfer.to_srgb(pixel[channel]);
                        // Half a step of 8 bits, so that a tolerance of n/255 takes in all n steps.
                        (value - colour[channel]).abs() <= tolerance + 0.5 / 255.0
                    });
                    *coverage = if near { FULL } else { 0 };
                }
            },
        )
    }
}

/// What is not opaque in a row of pixels with so many channels.
fn alpha<S: Sample, const CHANNELS: usize>(row: &[u8], _: &mut [Pixel], coverage: &mut [u16]) {
    let pixels = row.chunks_exact(S::BYTES * CHANNELS);
    for (coverage, pixel) in coverage.iter_mut().zip(pixels) {
        let alpha = S::load(&pixel[S::BYTES * (CHANNELS - 1)..]);
        *coverage = from_unit(1.0 - alpha);
    }
}

/// Whether all bytes are this one: in blocks, for a loop without a way out is one that the compiler makes wide.
fn is_all(bytes: &[u8], value: u8) -> bool {
    bytes
        .chunks(256)
        .all(|block| block.iter().fold(0, |other, byte| other | (byte ^ value)) == 0)
}

/// Looks through all rows, several at a time. `cover` gets the bytes of a row, room for its pixels, and its coverage,
/// which is 0 before.
pub(crate) fn scan<F>(
    view: View<'_>,
    origin: Origin,
    progress: &mut dyn Progress,
    cover: F,
) -> Result<Hole, Error>
where
    F: Fn(&[u8], &mut [Pixel], &mut [u16]) + Sync,
{
    let (width, height) = (view.width(), view.height());
    let mut progress = SubProgress {
        whole: progress,
        from: 0.0,
        to: 1.0,
    };
    let bands = height.div_ceil(BAND);
    let band_bytes = BAND * width * view.format().pixel_bytes();
    let at_once = (AT_ONCE / band_bytes.max(1)).max(1);
    let look = |band: usize| {
        let mut found = Runs::default();
        let mut pixels = try_vec([0.0; 4], width, "a row of the mask")?;
        let mut coverage = try_vec(0, width, "a row of the mask")?;
        for y in band * BAND..height.min((band + 1) * BAND) {
            coverage.fill(0);
            cover(view.row(y), &mut pixels, &mut coverage);
            found.add_row(y, &coverage)?;
        }
        Ok(found)
    };
    let mut all = Runs::default();
    for start in (0..bands).step_by(at_once) {
        progress.step(start as f32 / bands as f32, "looking for the hole")?;
        let batch = start..bands.min(start + at_once);
        let found: Vec<_> = batch
            .into_par_iter()
            .map(look)
            .collect::<Result<_, Error>>()?;
        for band in found {
            all.append(band)?;
        }
    }
    Ok(Hole::new(width, height, origin, all.runs, all.coverage))
}

/// Runs and their coverage, while they are gathered row by row.
#[derive(Default)]
pub(super) struct Runs {
    pub runs: Vec<Run>,
    pub coverage: Vec<u16>,
}

impl Runs {
    /// Adds the pixels of a row that have coverage.
    pub fn add_row(&mut self, y: usize, row: &[u16]) -> Result<(), Error> {
        let mut x = 0;
        while let Some(skip) = first_covered(&row[x..]) {
            x += skip;
            let len = row[x..]
                .iter()
                .position(|&coverage| coverage == 0)
                .unwrap_or(row.len() - x);
            self.reserve(len)?;
            self.runs.push(Run {
                y,
                x,
                len,
                start: self.coverage.len(),
            });
            self.coverage.extend_from_slice(&row[x..x + len]);
            x += len;
        }
        Ok(())
    }

    fn append(&mut self, other: Self) -> Result<(), Error> {
        self.reserve(other.coverage.len())?;
        let shift = self.coverage.len();
        self.runs.extend(other.runs.into_iter().map(|run| Run {
            start: run.start + shift,
            ..run
        }));
        self.coverage.extend(other.coverage);
        Ok(())
    }

    fn reserve(&mut self, more: usize) -> Result<(), Error> {
        self.coverage
            .try_reserve(more)
            .map_err(|_| Error::OutOfMemory {
                what: "the hole".into(),
                mebibytes: ((self.coverage.len() + more) * size_of::<u16>()).div_ceil(1 << 20)
                    as u64,
                advice: "select less at a time".into(),
            })
    }
}

/// Where the first pixel with coverage is. Passes over blocks of zeros at the speed of memory.
fn first_covered(row: &[u16]) -> Option<usize> {
    const BLOCK: usize = 32;
    let blocks = row
        .chunks_exact(BLOCK)
        .take_while(|block| block.iter().all(|&coverage| coverage == 0))
        .count();
    let skip = blocks * BLOCK;
    row[skip..]
        .iter()
        .position(|&coverage| coverage != 0)
        .map(|offset| skip + offset)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::codec::encode;
    use crate::picture::{Picture, Rect};
    use proptest::prelude::*;
    use std::ops::ControlFlow;

    fn grey(width: usize, height: usize, bytes: Vec<u8>) -> Picture {
        Picture::from_bytes(
            bytes,
            width,
            height,
            Format::srgb(Depth::U8, Channels::Grey),
        )
        .unwrap()
    }

    #[test]
    fn grey_is_soft_and_black_is_known() {
        let hole = Hole::from_mask(grey(4, 2, vec![0, 0, 0, 0, 0, 51, 255, 0]).view()).unwrap();
        assert_eq!(hole.bounds(), Rect::new(1, 1, 2, 1));
        assert_eq!(hole.pixels(), 2);
        assert_eq!(
            [0, 1, 2, 3].map(|x| hole.coverage(x, 1)),
            [0.0, 0.2, 1.0, 0.0]
        );
        assert_eq!(hole.coverage(2, 0), 0.0);
        assert_eq!(hole.coverage(9, 9), 0.0);
    }

    #[test]
    fn a_black_mask_is_no_hole() {
        let hole = Hole::from_mask(grey(300, 200, vec![0; 60000]).view()).unwrap();
        assert!(hole.is_empty() && hole.bounds().is_empty() && hole.pixels() == 0);
    }

    #[test]
    fn transparent_white_is_known_in_a_mask() {
        let format = Format::srgb(Depth::U8, Channels::GreyAlpha);
        let mask = Picture::from_bytes(vec![255, 0, 255, 255], 2, 1, format).unwrap();
        let hole = Hole::from_mask(mask.view()).unwrap();
        assert_eq!([hole.coverage(0, 0), hole.coverage(1, 0)], [0.0, 1.0]);
    }

    #[test]
    fn nan_and_infinity_in_a_float_mask_do_no_harm() {
        let values = [f32::NAN, f32::INFINITY, -1.0, 0.5];
        let bytes = values
            .iter()
            .flat_map(|value| value.to_ne_bytes())
            .collect();
        let mask =
            Picture::from_bytes(bytes, 4, 1, Format::linear(Depth::F32, Channels::Grey)).unwrap();
        let hole = Hole::from_mask(mask.view()).unwrap();
        assert_eq!([0, 1, 2].map(|x| hole.coverage(x, 0)), [0.0, 1.0, 0.0]);
        assert!((hole.coverage(3, 0) - 0.5).abs() < 1e-4);
    }

    #[test]
    fn alpha_makes_a_hole_where_it_is_not_opaque() {
        let format = Format::srgb(Depth::U8, Channels::Rgba);
        let picture =
            Picture::from_bytes(vec![1, 2, 3, 0, 1, 2, 3, 255, 1, 2, 3, 204], 3, 1, format)
                .unwrap();
        let hole = Hole::from_alpha(picture.view()).unwrap();
        assert_eq!([0, 1].map(|x| hole.coverage(x, 0)), [1.0, 0.0]);
        assert!((hole.coverage(2, 0) - 0.2).abs() < 1e-4);
        assert_eq!(hole.origin(), Origin::Alpha);
        let opaque = Picture::new(1, 1, Format::srgb(Depth::U8, Channels::Rgb)).unwrap();
        assert!(matches!(
            Hole::from_alpha(opaque.view()),
            Err(Error::NoAlpha)
        ));
    }

    #[test]
    fn a_colour_makes_a_hole_whatever_the_transfer() {
        let bytes = vec![255, 0, 255, 250, 3, 255, 200, 0, 255];
        let picture =
            Picture::from_bytes(bytes, 3, 1, Format::srgb(Depth::U8, Channels::Rgb)).unwrap();
        let hole = Hole::from_colour(picture.view(), [1.0, 0.0, 1.0], 5.0 / 255.0).unwrap();
        assert_eq!([0, 1, 2].map(|x| hole.coverage(x, 0)), [1.0, 1.0, 0.0]);

        let half = 0.2140_f32.to_ne_bytes().repeat(3);
        let linear =
            Picture::from_bytes(half, 1, 1, Format::linear(Depth::F32, Channels::Rgb)).unwrap();
        let hole = Hole::from_colour(linear.view(), [0.5; 3], 0.01).unwrap();
        assert_eq!(hole.coverage(0, 0), 1.0);
    }

    #[test]
    fn a_large_mask_can_be_left_on_the_way() {
        let format = Format::linear(Depth::F32, Channels::Rgba);
        let mask = Picture::new(4096, 2048, format).unwrap();
        let mut told = Vec::new();
        let mut listen = |done: f32, _: &str| {
            told.push(done);
            ControlFlow::Continue(())
        };
        let hole = Hole::from_alpha_with(mask.view(), &mut listen).unwrap();
        assert_eq!(hole, Hole::from_alpha(mask.view()).unwrap());
        // 128 MiB.
        assert!(told.len() >= 8 && told.is_sorted(), "{told:?}");
        let mut stop = |done: f32, _: &str| match done < 0.5 {
            true => ControlFlow::Continue(()),
            false => ControlFlow::Break(()),
        };
        for result in [
            Hole::from_mask_with(mask.view(), &mut stop),
            Hole::from_alpha_with(mask.view(), &mut stop),
        ] {
            assert!(matches!(result, Err(Error::Cancelled)));
        }
    }

    /// The short ways are ways to the same place.
    #[test]
    fn every_format_tells_the_same_hole() {
        let values: Vec<f32> = (0..=255).map(|step| step as f32 / 255.0).collect();
        for depth in [Depth::U8, Depth::U16, Depth::F16, Depth::F32] {
            for channels in [
                Channels::Grey,
                Channels::GreyAlpha,
                Channels::Rgb,
                Channels::Rgba,
            ] {
                let format = Format::linear(depth, channels);
                let mut mask = Picture::new(256, 1, format).unwrap();
                let mut clear = mask.clone();
                let pixels = mask.bytes_mut().chunks_exact_mut(format.pixel_bytes());
                for (pixel, value) in pixels.zip(&values) {
                    encode(format, [*value, *value, *value, 1.0], pixel);
                }
                let pixels = clear.bytes_mut().chunks_exact_mut(format.pixel_bytes());
                for (pixel, value) in pixels.zip(&values) {
                    encode(format, [0.3, 0.3, 0.3, 1.0 - value], pixel);
                }
                let tolerance = if depth == Depth::F16 { 1e-3 } else { 3e-5 };
                let check = |hole: Hole| {
                    for (x, value) in values.iter().enumerate() {
                        let apart = (hole.coverage(x, 0) - value).abs();
                        assert!(apart <= tolerance, "{format:?} {x}: {apart}");
                    }
                };
                check(Hole::from_mask(mask.view()).unwrap());
                if channels.has_alpha() {
                    check(Hole::from_alpha(clear.view()).unwrap());
                }
            }
        }
    }

    proptest! {
        #[test]
        fn runs_tell_what_the_mask_tells(
            (width, height, bytes) in (1usize..90, 1usize..150).prop_flat_map(|(w, h)| {
                let pixel = prop_oneof![4 => Just(0u8), 1 => any::<u8>(), 2 => Just(255u8)];
                (Just(w), Just(h), proptest::collection::vec(pixel, w * h))
            }),
        ) {
            let mask = grey(width, height, bytes.clone());
            let hole = Hole::from_mask(mask.view()).unwrap();
            for y in 0..height {
                for x in 0..width {
                    prop_assert_eq!(hole.coverage(x, y), f32::from(bytes[y * width + x]) / 255.0);
                }
            }
            prop_assert_eq!(hole.pixels(), bytes.iter().filter(|&&byte| byte > 0).count());
            prop_assert!(hole.runs.windows(2).all(|pair| (pair[0].y, pair[0].right()) < (pair[1].y, pair[1].x)));
            prop_assert!(!hole.coverage.contains(&0));
        }
    }
}
