//! The prediction goes into the picture: inside the hole only, as far as the hole covers each pixel.
//!
//! Blending happens in the picture's own numbers, so that a pixel that is hole by half lies half way between what was
//! there and what was predicted. Pixels without coverage are not touched, not even to write the same value again.

pub(crate) mod correction;
pub(crate) mod undo;

use rayon::prelude::*;

use crate::error::Error;
use crate::hole::{Hole, Run, as_unit};
use crate::network::prediction::{Enlarger, Prediction};
use crate::network::tone::Tone;
use crate::picture::codec::{Pixel, decode, encode, encode_colour};
use crate::picture::{Format, ViewMut};
use crate::plan::Region;

/// Writes the region's part of the hole, from a prediction of the region at any size.
pub(crate) fn into(
    picture: &mut ViewMut<'_>,
    hole: &Hole,
    region: &Region,
    prediction: &Prediction,
    tone: &Tone,
    keep_alpha: bool,
) -> Result<(), Error> {
    let format = picture.format();
    let rect = region.rect;
    let enlarger = Enlarger::new(prediction, (rect.width, rect.height));
    let runs: Vec<&[Run]> = region.part.runs.chunk_by(|a, b| a.y == b.y).collect();
    let bounds = region.part.bounds;
    let mut rows: Vec<Option<&mut [u8]>> = picture
        .rows_mut(bounds.y..bounds.bottom())
        .map(Some)
        .collect();
    // A part has runs in every row between its first and last only if it is connected, so rows are picked one by one.
    let rows: Vec<_> = runs
        .iter()
        .filter_map(|runs| Some((*runs, rows[runs[0].y - bounds.y].take()?)))
        .collect();
    rows.into_par_iter()
        .try_for_each_init(Vec::new, |line: &mut Vec<Pixel>, (runs, row)| {
            enlarger.lay(runs[0].y - rect.y, line)?;
            for run in runs {
                let columns = run.x - rect.x..run.right() - rect.x;
                let colours = columns.map(|x| enlarger.at(x, line));
                let colours = colours.map(|colour| colour.map(|value| tone.decode(value)));
                self::run(
                    format,
                    row,
                    run.x,
                    hole.coverage_of(run),
                    colours,
                    keep_alpha,
                );
            }
            Ok(())
        })
}

/// Writes colours, in the picture's own numbers, into the pixels of a row from column `x` on.
pub(crate) fn run(
    format: Format,
    row: &mut [u8],
    x: usize,
    coverage: &[u16],
    colours: impl Iterator<Item = [f32; 3]>,
    keep_alpha: bool,
) {
    let pixels = row[x * format.pixel_bytes()..].chunks_exact_mut(format.pixel_bytes());
    for ((bytes, coverage), colour) in pixels.zip(coverage).zip(colours) {
        pixel(format, bytes, colour, as_unit(*coverage), keep_alpha);
    }
}

/// Alpha and coverage that add up to more than this, or to anything above 1, add up to 1: coverage was rounded to the
/// nearest of 65535 steps when it was taken from alpha.
const OPAQUE: f32 = 1.0 - 0.6 / 65535.0;

/// Blends one colour into one pixel.
pub(crate) fn pixel(
    format: Format,
    bytes: &mut [u8],
    predicted: [f32; 3],
    coverage: f32,
    keep_alpha: bool,
) {
    let mut pixel: [Pixel; 1] = Default::default();
    decode(format, bytes, &mut pixel);
    let [known @ .., alpha] = pixel[0];
    // NaN and infinity are mended rather than mixed, and so is an alpha that is no number.
    let is_sound = known.iter().chain([&alpha]).all(|value| value.is_finite());
    let alpha = if alpha.is_finite() {
        alpha.clamp(0.0, 1.0)
    } else {
        1.0
    };
    let (share, opacity) = match (is_sound, keep_alpha) {
        (false, true) => (0.0, alpha),
        (false, false) => (0.0, 1.0),
        (true, true) => (1.0 - coverage, alpha),
        (true, false) => {
            // What is known shows as far as it is there and uncovered; the prediction lies under it.
            // Coverage is stored in steps, so what is as good as opaque is opaque.
            let opacity = alpha + coverage;
            let opacity = if opacity > OPAQUE { 1.0 } else { opacity };
            (alpha.min(1.0 - coverage) / opacity, opacity)
        }
    };
    let mut mixed = [0.0, 0.0, 0.0, opacity];
    for channel in 0..3 {
        mixed[channel] = if share > 0.0 {
            predicted[channel] + (known[channel] - predicted[channel]) * share
        } else {
            predicted[channel]
        };
    }
    if keep_alpha {
        encode_colour(format, mixed, bytes);
    } else {
        encode(format, mixed, bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::{Channels, Depth};

    fn blended(format: Format, bytes: &[u8], coverage: f32, keep_alpha: bool) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        pixel(format, &mut bytes, [1.0, 0.5, 0.0], coverage, keep_alpha);
        bytes
    }

    const RGBA8: Format = Format::srgb(Depth::U8, Channels::Rgba);

    #[test]
    fn half_coverage_lies_half_way_and_alpha_is_kept() {
        assert_eq!(blended(RGBA8, &[0, 0, 0, 77], 0.5, true), [128, 64, 0, 77]);
        assert_eq!(blended(RGBA8, &[9, 9, 9, 77], 1.0, true), [255, 128, 0, 77]);
    }

    #[test]
    fn a_hole_in_alpha_becomes_opaque_with_the_known_colour_on_top() {
        // A quarter there, three quarters hole: over.
        assert_eq!(
            blended(RGBA8, &[0, 0, 0, 51], 0.8, false),
            [204, 102, 0, 255]
        );
        assert_eq!(
            blended(RGBA8, &[200, 200, 200, 0], 1.0, false),
            [255, 128, 0, 255]
        );
        // Made opaque by a mask: what is fully known stays.
        assert_eq!(
            blended(RGBA8, &[0, 0, 0, 255], 0.5, false),
            [128, 64, 0, 255]
        );
    }

    #[test]
    fn a_hole_in_a_float_alpha_becomes_opaque_to_the_last_bit() {
        let format = Format::srgb(Depth::F32, Channels::Rgba);
        for step in 0..2000 {
            let alpha = step as f32 / 2001.3;
            let bytes = [0.2f32, 0.4, 0.6, alpha].map(f32::to_ne_bytes).concat();
            let coverage = ((1.0 - alpha) * 65535.0).round() / 65535.0;
            let after = blended(format, &bytes, coverage, false);
            assert_eq!(after[12..], 1.0f32.to_ne_bytes(), "{alpha}");
        }
    }

    #[test]
    fn premultiplied_pixels_stay_premultiplied() {
        let premultiplied = RGBA8.premultiplied();
        assert_eq!(
            blended(premultiplied, &[10, 10, 10, 51], 1.0, true),
            [51, 26, 0, 51]
        );
        assert_eq!(
            blended(premultiplied, &[10, 10, 10, 0], 1.0, true),
            [0, 0, 0, 0]
        );
        assert_eq!(
            blended(premultiplied, &[0, 0, 0, 0], 1.0, false),
            [255, 128, 0, 255]
        );
    }

    #[test]
    fn nan_is_mended_even_where_the_hole_is_soft() {
        let format = Format::linear(Depth::F32, Channels::Grey);
        let bytes = blended(format, &f32::NAN.to_ne_bytes(), 0.1, true);
        assert!(f32::from_ne_bytes(bytes.try_into().unwrap()).is_finite());
    }
}
