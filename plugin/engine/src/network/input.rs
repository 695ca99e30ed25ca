//! A network's input: the crop of a region, shrunk to the size that the network takes it at, in the network's tones.

use rayon::prelude::*;

use super::shrink::{is_known, shrink};
use super::tone::Tone;
use crate::error::{Error, try_vec};
use crate::picture::View;
use crate::picture::codec::Pixel;
use crate::plan::Region;

/// What is shown where nothing at all is known: middle grey.
const NOTHING: f32 = 0.5;

/// What a network is shown of a picture.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NetworkInput {
    pub width: usize,
    pub height: usize,
    /// Three planes (red, green, blue) of `width * height` values from 0 to 1, sRGB-encoded. In the hole they are grey
    /// until they are prefilled.
    pub rgb: Vec<f32>,
    /// Whether a pixel is hole.
    pub hole: Vec<bool>,
    /// The lines of a sketch, 0 to 1; empty where there is none.
    pub lines: Vec<f32>,
}

impl NetworkInput {
    pub fn len(&self) -> usize {
        self.width * self.height
    }
}

/// The crop of a region at the size of the network's input, and the tone for it. `unfilled` are the parts of
/// the hole, other than the region's own, that nobody has filled yet.
pub(crate) fn crop(
    picture: &View<'_>,
    region: &Region,
    unfilled: &[Region],
) -> Result<(NetworkInput, Tone), Error> {
    let averages = shrink(picture, region, region.input_size, unfilled)?;
    let values = averages.par_chunks(region.input_size.0).map(|row| {
        let values = row
            .iter()
            .filter(|average| is_known(average))
            .map(brightness);
        values.fold(0.0, f32::max)
    });
    let tone = Tone::new(
        picture.format().transfer,
        values.reduce(|| 0.0, f32::max),
        || {
            median(
                averages
                    .iter()
                    .filter(|average| is_known(average))
                    .map(brightness)
                    .collect(),
            )
        },
    );
    Ok((toned(&averages, region.input_size, &tone)?, tone))
}

/// Averages in the network's tones.
fn toned(
    averages: &[Pixel],
    (width, height): (usize, usize),
    tone: &Tone,
) -> Result<NetworkInput, Error> {
    let mut rgb = try_vec(NOTHING, 3 * averages.len(), "a region")?;
    let mut hole = try_vec(false, averages.len(), "a region")?;
    let (red, rest) = rgb.split_at_mut(averages.len());
    let (green, blue) = rest.split_at_mut(averages.len());
    let rows = averages
        .par_chunks(width)
        .zip(red.par_chunks_mut(width))
        .zip(green.par_chunks_mut(width))
        .zip(blue.par_chunks_mut(width))
        .zip(hole.par_chunks_mut(width));
    rows.for_each(|((((averages, red), green), blue), hole)| {
        for (channel, plane) in [red, green, blue].into_iter().enumerate() {
            for (value, average) in plane.iter_mut().zip(averages) {
                if is_known(average) {
                    *value = tone.encode(average[channel]);
                }
            }
        }
        for (hole, average) in hole.iter_mut().zip(averages) {
            *hole = !is_known(average);
        }
    });
    Ok(NetworkInput {
        width,
        height,
        rgb,
        hole,
        lines: Vec::new(),
    })
}

fn brightness(pixel: &Pixel) -> f32 {
    pixel[0].max(pixel[1]).max(pixel[2])
}

/// The value in the middle; 0 without values.
fn median(mut values: Vec<f32>) -> f32 {
    let middle = values.len() / 2;
    match values.get(middle) {
        Some(_) => *values.select_nth_unstable_by(middle, f32::total_cmp).1,
        None => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hole::Part;
    use crate::hole::tests::drawn;
    use crate::picture::Rect;
    use crate::picture::{Channels, Depth, Format, Picture};

    fn floats(width: usize, height: usize, values: &[f32]) -> Picture {
        let bytes = values
            .iter()
            .flat_map(|value| value.to_ne_bytes())
            .collect();
        Picture::from_bytes(
            bytes,
            width,
            height,
            Format::srgb(Depth::F32, Channels::Grey),
        )
        .unwrap()
    }

    fn region(rect: Rect, input_size: (usize, usize), hole: &[&str]) -> Region {
        Region {
            rect,
            input_size,
            part: Part::join(&drawn(hole).parts()),
        }
    }

    #[test]
    fn at_full_size_every_value_is_itself() {
        let values: Vec<f32> = (0..12).map(|i| i as f32 / 13.0).collect();
        let picture = floats(4, 3, &values);
        let region = region(Rect::new(1, 0, 3, 3), (3, 3), &["....", "..#.", "...."]);
        let (input, _) = crop(&picture.view(), &region, &[]).unwrap();
        for channel in 0..3 {
            for (index, value) in input.rgb[channel * 9..][..9].iter().enumerate() {
                let want = values[index / 3 * 4 + index % 3 + 1];
                assert!(index == 4 || *value == want);
            }
        }
        assert_eq!(input.hole.iter().filter(|hole| **hole).count(), 1);
    }

    #[test]
    fn the_hole_does_not_bleed_into_its_surroundings() {
        // Two by two pixels become one; the hole is glaring white, the rest dark.
        let picture = floats(4, 2, &[0.2, 1.0, 1.0, 1.0, 0.2, 0.2, 1.0, 0.2]);
        let region = region(Rect::new(0, 0, 4, 2), (2, 1), &[".###", "..#."]);
        let (input, _) = crop(&picture.view(), &region, &[]).unwrap();
        assert!((input.rgb[0] - 0.2).abs() < 1e-6);
        assert_eq!(input.hole, [false, true]);
    }

    #[test]
    fn averages_weigh_by_area() {
        let picture = floats(3, 1, &[0.0, 0.3, 0.9]);
        let region = region(Rect::new(0, 0, 3, 1), (2, 1), &["..."]);
        let (input, _) = crop(&picture.view(), &region, &[]).unwrap();
        assert!(
            (input.rgb[0] - 0.1).abs() < 1e-6 && (input.rgb[1] - 0.7).abs() < 1e-6,
            "{:?}",
            input.rgb
        );
    }

    #[test]
    fn nan_infinity_and_transparent_pixels_are_not_shown() {
        let picture = floats(4, 1, &[f32::NAN, f32::INFINITY, 0.4, f32::NEG_INFINITY]);
        let region = region(Rect::new(0, 0, 4, 1), (4, 1), &["...."]);
        let (input, _) = crop(&picture.view(), &region, &[]).unwrap();
        assert_eq!(input.hole, [true, true, false, true]);
        assert!(input.rgb.iter().all(|value| value.is_finite()));

        let format = Format::srgb(Depth::U8, Channels::GreyAlpha);
        let picture = Picture::from_bytes(vec![9, 0, 9, 1], 2, 1, format).unwrap();
        let region = self::region(Rect::new(0, 0, 2, 1), (2, 1), &[".."]);
        assert_eq!(
            crop(&picture.view(), &region, &[]).unwrap().0.hole,
            [true, false]
        );
    }

    #[test]
    fn holes_that_wait_for_their_turn_are_hole_and_filled_ones_are_known() {
        let picture = floats(3, 1, &[0.1, 0.2, 0.3]);
        let own = region(Rect::new(0, 0, 3, 1), (3, 1), &["#.."]);
        let waiting = region(Rect::new(0, 0, 3, 1), (3, 1), &["..#"]);
        let (input, _) = crop(&picture.view(), &own, &[waiting]).unwrap();
        assert_eq!(input.hole, [true, false, true]);
    }
}
