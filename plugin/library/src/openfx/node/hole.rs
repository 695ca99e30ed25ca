//! The hole of a frame, on the pixels of Source.

use super::error::NodeError;
use super::parameters::HoleFrom;
use super::watch::Watch;
use crate::openfx::clip::{Components, Image};
use reweave::{Channels, Depth, Error, Format, Hole, Picture, Transfer, View, codec};

/// The hole of a frame. `source` is the frame as the engine sees it; `mask` is the frame of the input Mask.
///
/// Without a mask there is no hole where it should come from one: hosts say of unwired inputs that they are wired, and
/// a picture that is filled all over helps nobody.
pub fn of_frame(
    from: HoleFrom,
    source: View<'_>,
    bounds: Bounds,
    mask: Option<&Image<'_>>,
    watch: &Watch<'_>,
) -> Result<Hole, NodeError> {
    let hole = match from {
        HoleFrom::SourceAlpha | HoleFrom::SourceAlphaInverted
            if !source.format().channels.has_alpha() =>
        {
            Hole::from_mask(nothing(bounds)?.view())
        }
        HoleFrom::SourceAlpha => Hole::from_alpha_with(source, &mut watch.quietly()),
        HoleFrom::SourceAlphaInverted => {
            Hole::from_alpha_with(source, &mut watch.quietly())?.inverted()
        }
        HoleFrom::Mask | HoleFrom::MaskInverted => match mask {
            None => Hole::from_mask(nothing(bounds)?.view()),
            Some(mask) => {
                let matte = matte(mask, bounds, watch)?;
                let hole = Hole::from_mask_with(matte.view(), &mut watch.quietly())?;
                if from == HoleFrom::MaskInverted {
                    hole.inverted()
                } else {
                    Ok(hole)
                }
            }
        },
    };
    Ok(hole?)
}

/// Where the pixels of Source lie: left and top in OpenFX's coordinates, and their size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Column of the leftmost pixel.
    pub left: i32,
    /// The row above the topmost one.
    pub top: i32,
    /// Columns.
    pub width: usize,
    /// Rows.
    pub height: usize,
}

impl Bounds {
    /// Those of an image.
    pub fn of(image: &Image<'_>) -> Self {
        Self {
            left: image.bounds.x1,
            top: image.bounds.y2,
            width: image.width(),
            height: image.height(),
        }
    }

    /// Column and row of the left top pixel, rows counted downwards.
    pub fn corner(&self) -> (i64, i64) {
        (i64::from(self.left), -i64::from(self.top))
    }
}

const MATTE: Format = Format::linear(Depth::F32, Channels::Grey);

fn nothing(bounds: Bounds) -> Result<Picture, Error> {
    Picture::new(bounds.width, bounds.height, MATTE)
}

/// A mask or a sketch moved onto the pixels of Source: its alpha, where it has one; outside its own bounds it is black.
pub fn matte(mask: &Image<'_>, bounds: Bounds, watch: &Watch<'_>) -> Result<Picture, NodeError> {
    let mut matte = nothing(bounds)?;
    let Ok(view) = mask.view(Transfer::Linear) else {
        return Ok(matte);
    };
    let format = view.format();
    let channel = match mask.components {
        // What hosts call a mask of four numbers carries it in alpha; of three, all are alike.
        Components::Rgba => 3,
        Components::Rgb | Components::Alpha => 0,
    };
    let own = Bounds::of(mask);
    let (right, down) = (
        i64::from(bounds.left) - i64::from(own.left),
        i64::from(own.top) - i64::from(bounds.top),
    );
    let mut grey = matte.view_mut();
    watch.rows(0..bounds.height as i32, bounds.width, |y| {
        let Some(from) = usize::try_from(i64::from(y) + down)
            .ok()
            .filter(|y| *y < own.height)
        else {
            return;
        };
        let row = view.row(from);
        for (x, grey) in grey.row_mut(y as usize).chunks_exact_mut(4).enumerate() {
            let Some(from) = usize::try_from(x as i64 + right)
                .ok()
                .filter(|x| *x < own.width)
            else {
                continue;
            };
            let at = from * format.pixel_bytes() + channel * format.depth.bytes();
            let value = codec::load(format.depth, &row[at..]);
            grey.copy_from_slice(&value.to_ne_bytes());
        }
    })?;
    Ok(matte)
}
