//! Writing the output: Source as it is, and over it the fill.

use super::trouble::Trouble;
use super::watch::Watch;
use crate::numbers::Numbers;
use crate::openfx::clip::Image;
use reweave::{Alpha, Channels, Format, Picture, Rect, Transfer};
use reweave_openfx_sys::OfxRectI;

/// Turns pixels of one format into another.
struct Conversion {
    from: Format,
    to: Format,
}

impl Conversion {
    /// Whether pixels only have to be copied.
    fn is_copy(&self) -> bool {
        let alpha = !self.from.channels.has_alpha() || self.from.alpha == self.to.alpha;
        self.from.depth == self.to.depth && self.from.channels == self.to.channels && alpha
    }

    /// Red, green, blue, alpha of a pixel, as the output has them.
    fn read(&self, row: &[u8], x: usize) -> [f32; 4] {
        let numbers = Numbers::of(&self.from);
        let get = |channel| numbers.get(row, x, channel);
        let mut pixel = match self.from.channels {
            // Grey stands for an alpha clip here.
            Channels::Grey => [0.0, 0.0, 0.0, get(0)],
            Channels::GreyAlpha => [get(0), get(0), get(0), get(1)],
            Channels::Rgb => [get(0), get(1), get(2), 1.0],
            Channels::Rgba => [get(0), get(1), get(2), get(3)],
        };
        let factor = match (self.from.alpha, self.to.alpha) {
            _ if !self.from.channels.has_alpha() => 1.0,
            (Alpha::Straight, Alpha::Premultiplied) => pixel[3],
            (Alpha::Premultiplied, Alpha::Straight) if pixel[3] > 0.0 => pixel[3].recip(),
            _ => 1.0,
        };
        pixel[..3].iter_mut().for_each(|value| *value *= factor);
        pixel
    }

    fn write(&self, row: &mut [u8], x: usize, pixel: [f32; 4]) {
        let numbers = Numbers::of(&self.to);
        match self.to.channels {
            Channels::Grey => numbers.set(row, x, 0, pixel[3]),
            Channels::GreyAlpha => {
                numbers.set(row, x, 0, pixel[1]);
                numbers.set(row, x, 1, pixel[3]);
            }
            Channels::Rgb => {
                (0..3).for_each(|channel| numbers.set(row, x, channel, pixel[channel]))
            }
            Channels::Rgba => {
                (0..4).for_each(|channel| numbers.set(row, x, channel, pixel[channel]))
            }
        }
    }
}

/// The common part of two rectangles; empty ones end where they start.
fn common(a: OfxRectI, b: OfxRectI) -> OfxRectI {
    let (x1, y1) = (a.x1.max(b.x1), a.y1.max(b.y1));
    OfxRectI {
        x1,
        y1,
        x2: a.x2.min(b.x2).max(x1),
        y2: a.y2.min(b.y2).max(y1),
    }
}

/// Offset of a column from the left edge of an image that reaches at least that far.
fn column(x: i32, image: OfxRectI) -> usize {
    usize::try_from(i64::from(x) - i64::from(image.x1)).unwrap_or(0)
}

/// Row of an image, counted from its top, for a row in OpenFX's coordinates.
fn row(y: i32, image: OfxRectI) -> usize {
    usize::try_from(i64::from(image.y2) - 1 - i64::from(y)).unwrap_or(0)
}

/// Copies Source to the output within a window; where Source has no pixels, the output is empty.
pub fn copy_source(
    source: Option<&Image<'_>>,
    output: &mut Image<'_>,
    window: OfxRectI,
    alpha: Option<Alpha>,
    watch: &Watch<'_>,
) -> Result<(), Trouble> {
    let bounds = output.bounds;
    let window = common(window, bounds);
    let to = as_said(output.format(Transfer::Srgb), alpha);
    let mut pixels = output.view_mut(Transfer::Srgb)?;
    let bytes = to.pixel_bytes();
    let (left, right) = (column(window.x1, bounds), column(window.x2, bounds));
    let Some(source) = source else {
        return watch.rows(window.y1..window.y2, right - left, |y| {
            pixels.row_mut(row(y, bounds))[left * bytes..right * bytes].fill(0);
        });
    };
    let conversion = Conversion {
        from: as_said(source.format(Transfer::Srgb), alpha),
        to,
    };
    let view = source.view(Transfer::Srgb)?;
    let shared = common(window, source.bounds);
    let (first, last) = (column(shared.x1, bounds), column(shared.x2, bounds));
    let start = column(shared.x1, source.bounds);
    watch.rows(window.y1..window.y2, right - left, |y| {
        let to = pixels.row_mut(row(y, bounds));
        if y < shared.y1 || y >= shared.y2 || first == last {
            to[left * bytes..right * bytes].fill(0);
            return;
        }
        to[left * bytes..first * bytes].fill(0);
        to[last * bytes..right * bytes].fill(0);
        let from = view.row(row(y, source.bounds));
        if conversion.is_copy() {
            to[first * bytes..last * bytes]
                .copy_from_slice(&from[start * bytes..(start + last - first) * bytes]);
        } else {
            (first..last)
                .for_each(|x| conversion.write(to, x, conversion.read(from, start + x - first)));
        }
    })
}

/// A format with the premultiplication that the user chose, if any.
pub fn as_said(format: Format, alpha: Option<Alpha>) -> Format {
    Format {
        alpha: alpha.unwrap_or(format.alpha),
        ..format
    }
}

/// A filled part of Source.
pub struct Patch<'a> {
    /// Its pixels before the fill.
    pub before: &'a Picture,
    /// Its pixels after it.
    pub after: &'a Picture,
    /// The part of both that the fill may have changed.
    pub changed: Rect,
    /// Where the left top corner of both lies: column, and the row above, in OpenFX's coordinates.
    pub corner: (i32, i32),
    /// How much of the fill is seen.
    pub mix: f64,
}

/// Writes the pixels that a fill has changed.
pub fn paste(
    patch: &Patch<'_>,
    output: &mut Image<'_>,
    window: OfxRectI,
    alpha: Option<Alpha>,
    watch: &Watch<'_>,
) -> Result<(), Trouble> {
    let bounds = output.bounds;
    let from = patch.after.format();
    let conversion = Conversion {
        from,
        to: as_said(output.format(Transfer::Srgb), alpha),
    };
    let bytes = from.pixel_bytes();
    let (left, top) = patch.corner;
    let changed = patch.changed;
    let area = OfxRectI {
        x1: left + changed.x as i32,
        y1: top - changed.bottom() as i32,
        x2: left + changed.right() as i32,
        y2: top - changed.y as i32,
    };
    let area = common(common(window, bounds), area);
    let (before, after) = (patch.before.view(), patch.after.view());
    let mut pixels = output.view_mut(Transfer::Srgb)?;
    let width = column(area.x2, bounds) - column(area.x1, bounds);
    watch.rows(area.y1..area.y2, width, |y| {
        let inner = (i64::from(top) - 1 - i64::from(y)) as usize;
        let (before, after, to) = (
            before.row(inner),
            after.row(inner),
            pixels.row_mut(row(y, bounds)),
        );
        for x in area.x1..area.x2 {
            let (inner, outer) = ((i64::from(x) - i64::from(left)) as usize, column(x, bounds));
            let (was, is) = (
                &before[inner * bytes..][..bytes],
                &after[inner * bytes..][..bytes],
            );
            if was == is {
                continue;
            }
            if patch.mix >= 1.0 && conversion.is_copy() {
                to[outer * bytes..][..bytes].copy_from_slice(is);
                continue;
            }
            let (was, is) = (
                conversion.read(before, inner),
                conversion.read(after, inner),
            );
            let mix = patch.mix as f32;
            let mixed = if mix < 1.0 {
                std::array::from_fn(|i| was[i] + (is[i] - was[i]) * mix)
            } else {
                is
            };
            conversion.write(to, outer, mixed);
        }
    })
}
