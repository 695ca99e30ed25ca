//! Writing the output: Source as it is, and over it the fill.

use super::error::NodeError;
use super::watch::Watch;
use crate::openfx::clip::Image;
use reweave::{Alpha, Channels, Format, Picture, Rect, Transfer, codec};
use reweave_openfx_sys::OfxRectI;

/// Turns pixels of one format into another. A grey format is that of an alpha clip: its numbers are alpha.
struct Conversion {
    from: Format,
    to: Format,
}

impl Conversion {
    /// From numbers to numbers: what they mean to the eye is the same on both sides.
    fn new(from: Format, to: Format) -> Self {
        // Where both are premultiplied, nothing is divided: what shines without alpha stays.
        let alike = from.alpha == to.alpha || !from.channels.has_alpha();
        let plain = |format: Format| Format {
            transfer: Transfer::Srgb,
            alpha: if alike { Alpha::Straight } else { format.alpha },
            ..format
        };
        Self {
            from: plain(from),
            to: plain(to),
        }
    }

    /// Converts as many pixels as both sides hold, which is the same number.
    fn row(&self, from: &[u8], to: &mut [u8]) {
        let is_alpha = |format: &Format| format.channels == Channels::Grey;
        if is_alpha(&self.from) == is_alpha(&self.to) {
            codec::convert(self.from, from, self.to, to);
            return;
        }
        let pixels = from.chunks_exact(self.from.pixel_bytes());
        for (from, to) in pixels.zip(to.chunks_exact_mut(self.to.pixel_bytes())) {
            let mut pixel = [codec::Pixel::default()];
            codec::decode(self.from, from, &mut pixel);
            let [grey, .., alpha] = pixel[0];
            if is_alpha(&self.to) {
                codec::store(self.to.depth, alpha, to);
            } else {
                codec::encode(self.to, [0.0, 0.0, 0.0, grey], to);
            }
        }
    }

    /// Writes a pixel that lies between two, `mix` (0 to 1) of the way from the first to the second, by the numbers that
    /// the output has.
    fn mixed(&self, was: &[u8], is: &[u8], mix: f32, to: &mut [u8]) {
        if mix >= 1.0 {
            self.row(is, to);
            return;
        }
        const MOST: usize = 16;
        let (mut first, mut second) = ([0; MOST], [0; MOST]);
        let (depth, bytes) = (self.to.depth, self.to.pixel_bytes());
        self.row(was, &mut first[..bytes]);
        self.row(is, &mut second[..bytes]);
        for at in (0..bytes).step_by(depth.bytes()) {
            let (was, is) = (
                codec::load(depth, &first[at..]),
                codec::load(depth, &second[at..]),
            );
            codec::store(depth, was + (is - was) * mix, &mut to[at..]);
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
) -> Result<(), NodeError> {
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
    let from = as_said(source.format(Transfer::Srgb), alpha);
    let conversion = Conversion::new(from, to);
    let pixel = from.pixel_bytes();
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
        conversion.row(
            &from[start * pixel..(start + last - first) * pixel],
            &mut to[first * bytes..last * bytes],
        );
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
) -> Result<(), NodeError> {
    let bounds = output.bounds;
    let from = patch.after.format();
    let to = as_said(output.format(Transfer::Srgb), alpha);
    let conversion = Conversion::new(from, to);
    let (bytes, pixel) = (from.pixel_bytes(), to.pixel_bytes());
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
            if was != is {
                let to = &mut to[outer * pixel..][..pixel];
                conversion.mixed(was, is, patch.mix as f32, to);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use reweave::Depth;

    const FLOAT: Format = Format::linear(Depth::F32, Channels::Rgba);

    fn converted(from: Format, to: Format, numbers: &[f32]) -> Vec<f32> {
        let bytes: Vec<u8> = numbers.iter().flat_map(|n| n.to_ne_bytes()).collect();
        let mut out = vec![0; to.pixel_bytes()];
        Conversion::new(from, to).row(&bytes, &mut out);
        out.chunks_exact(to.depth.bytes())
            .map(|bytes| codec::load(to.depth, bytes))
            .collect()
    }

    #[test]
    fn an_alpha_clip_is_alpha() {
        let alpha = Format::srgb(Depth::F32, Channels::Grey);
        assert_eq!(converted(FLOAT, alpha, &[0.1, 0.2, 0.3, 0.4]), [0.4]);
        assert_eq!(converted(alpha, FLOAT, &[0.4]), [0.0, 0.0, 0.0, 0.4]);
        assert_eq!(converted(alpha, alpha, &[0.4]), [0.4]);
    }

    #[test]
    fn what_shines_without_alpha_stays_in_another_depth() {
        let half = Format::srgb(Depth::F16, Channels::Rgba).premultiplied();
        let shining = [0.5, 0.25, 2.0, 0.0];
        assert_eq!(converted(FLOAT.premultiplied(), half, &shining), shining);
    }

    #[test]
    fn colours_are_multiplied_and_divided_where_one_side_is_premultiplied() {
        let straight = [0.5, 1.0, 0.25, 0.5];
        let multiplied = [0.25, 0.5, 0.125, 0.5];
        assert_eq!(
            converted(FLOAT, FLOAT.premultiplied(), &straight),
            multiplied
        );
        assert_eq!(
            converted(FLOAT.premultiplied(), FLOAT, &multiplied),
            straight
        );
    }
}
