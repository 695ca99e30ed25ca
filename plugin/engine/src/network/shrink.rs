//! Shrinking a region to the size of the network's input.
//!
//! Areas are averaged, and known pixels only: nothing of what is to be removed bleeds into its surroundings. The picture
//! is read row by row, so that even a region of the whole picture needs no copy of it.

use rayon::prelude::*;

use crate::error::{Error, try_vec};
use crate::hole::Part;
use crate::picture::View;
use crate::picture::codec::{Pixel, decode};
use crate::plan::Region;

/// Averages of the known pixels under each pixel of the smaller size, and in place of alpha the share that is known.
pub(super) fn shrink(
    picture: &View<'_>,
    region: &Region,
    size: (usize, usize),
    unfilled: &[Region],
) -> Result<Vec<Pixel>, Error> {
    let rect = region.rect;
    let mut unknown = try_vec(false, rect.area(), "the hole in a region")?;
    let parts = std::iter::once(&region.part).chain(unfilled.iter().map(|region| &region.part));
    for part in parts.filter(|part: &&Part| !part.bounds.intersection(&rect).is_empty()) {
        part.mark(&rect, &mut unknown);
    }
    let (width, height) = size;
    let format = picture.format();
    let (step_x, step_y) = (
        rect.width as f64 / width as f64,
        rect.height as f64 / height as f64,
    );
    let columns: Vec<_> = (0..rect.width)
        .map(|x| Column::new(x, step_x, width))
        .collect();
    let whole = (step_x * step_y) as f32;
    let row_bytes = rect.x * format.pixel_bytes()..rect.right() * format.pixel_bytes();

    let mut averages = try_vec([0.0; 4], width * height, "a region")?;
    let rows = averages.par_chunks_mut(width).enumerate();
    if size == (rect.width, rect.height) {
        // Nothing to average, which is much quicker.
        rows.for_each(|(y, pixels)| {
            decode(format, &picture.row(rect.y + y)[row_bytes.clone()], pixels);
            for (pixel, unknown) in pixels.iter_mut().zip(&unknown[y * width..]) {
                let known = !unknown && is_sound(pixel);
                pixel[3] = if known { 1.0 } else { 0.0 };
            }
        });
        return Ok(averages);
    }
    rows.try_for_each_init(Vec::new, |pixels: &mut Vec<Pixel>, (row, sums)| {
        if pixels.is_empty() {
            *pixels = try_vec([0.0; 4], rect.width, "a row of a region")?;
        }
        let (from, to) = (row as f64 * step_y, (row + 1) as f64 * step_y);
        for y in from as usize..(to.ceil() as usize).min(rect.height) {
            let weight = (to.min((y + 1) as f64) - from.max(y as f64)) as f32;
            decode(format, &picture.row(rect.y + y)[row_bytes.clone()], pixels);
            let unknown = &unknown[y * rect.width..(y + 1) * rect.width];
            for ((pixel, unknown), column) in pixels.iter().zip(unknown).zip(&columns) {
                if !unknown && is_sound(pixel) {
                    column.add(pixel, weight, sums);
                }
            }
        }
        for sum in sums {
            if sum[3] > 0.0 {
                *sum = [
                    sum[0] / sum[3],
                    sum[1] / sum[3],
                    sum[2] / sum[3],
                    sum[3] / whole,
                ];
            }
        }
        Ok::<(), Error>(())
    })?;
    Ok(averages)
}

/// Whether the greater part of what an average stands for is known.
pub(super) fn is_known(average: &Pixel) -> bool {
    average[3] >= 0.5
}

/// Whether a pixel can be shown to a network: of finite colour, and not invisible.
fn is_sound(pixel: &Pixel) -> bool {
    pixel[..3].iter().all(|colour| colour.is_finite()) && pixel[3] > 0.0
}

/// Which one or two columns of the smaller picture a column of the region falls into, and how much of it.
struct Column {
    first: usize,
    into_first: f32,
    into_next: f32,
}

impl Column {
    fn new(x: usize, step: f64, width: usize) -> Self {
        let first = ((x as f64 / step) as usize).min(width - 1);
        let border = (first + 1) as f64 * step;
        let into_first = (border - x as f64).clamp(0.0, 1.0);
        let into_next = if first + 1 < width {
            1.0 - into_first
        } else {
            0.0
        };
        Self {
            first,
            into_first: into_first as f32,
            into_next: into_next as f32,
        }
    }

    fn add(&self, pixel: &Pixel, weight: f32, sums: &mut [Pixel]) {
        add(&mut sums[self.first], pixel, weight * self.into_first);
        if self.into_next > 0.0 {
            add(&mut sums[self.first + 1], pixel, weight * self.into_next);
        }
    }
}

fn add(sum: &mut Pixel, pixel: &Pixel, weight: f32) {
    for channel in 0..3 {
        sum[channel] += pixel[channel] * weight;
    }
    sum[3] += weight;
}
