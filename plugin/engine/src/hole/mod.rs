//! The hole: which pixels are to be filled, and how much of each.

use crate::error::Error;
use crate::picture::View;
use crate::rect::Rect;

/// Where a hole was taken from; decides what becomes of alpha unless the settings say otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A mask or a selection.
    Mask,
    /// The picture's own alpha channel.
    Alpha,
    /// A colour in the picture.
    Colour,
}

/// Soft coverage of the pixels to fill: 0 is known, 1 is hole, between them the fill is blended in.
#[derive(Clone, Debug)]
pub struct Hole {
    width: usize,
    height: usize,
    origin: Origin,
}

impl Hole {
    /// White is hole.
    ///
    /// # Errors
    /// None yet.
    pub fn from_mask(mask: View<'_>) -> Result<Self, Error> {
        Ok(Self {
            width: mask.width(),
            height: mask.height(),
            origin: Origin::Mask,
        })
    }

    /// Transparent is hole.
    ///
    /// # Errors
    /// [`Error::NoAlpha`] when the picture has no alpha channel.
    pub fn from_alpha(picture: View<'_>) -> Result<Self, Error> {
        if !picture.format().channels.has_alpha() {
            return Err(Error::NoAlpha);
        }
        Ok(Self {
            width: picture.width(),
            height: picture.height(),
            origin: Origin::Alpha,
        })
    }

    /// Pixels of about this colour (sRGB-encoded, 0 to 1) are hole: every channel within `tolerance`.
    ///
    /// # Errors
    /// None yet.
    pub fn from_colour(
        picture: View<'_>,
        _colour: [f32; 3],
        _tolerance: f32,
    ) -> Result<Self, Error> {
        Ok(Self {
            width: picture.width(),
            height: picture.height(),
            origin: Origin::Colour,
        })
    }

    /// Known becomes hole and hole known.
    pub fn inverted(self) -> Self {
        self
    }

    /// Widens the hole by `pixels` on every side.
    pub fn grow(self, _pixels: usize) -> Self {
        self
    }

    /// Fades the hole out over `pixels`, inwards.
    pub fn feather(self, _pixels: f32) -> Self {
        self
    }

    /// Whether there is nothing to fill.
    pub fn is_empty(&self) -> bool {
        true
    }

    /// The smallest rectangle round the hole; empty when there is none.
    pub fn bounds(&self) -> Rect {
        Rect::default()
    }

    /// Pixels with coverage above 0.
    pub fn pixels(&self) -> usize {
        0
    }

    /// Width of the picture it belongs to.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Height of the picture it belongs to.
    pub fn height(&self) -> usize {
        self.height
    }

    /// Where it was taken from.
    pub fn origin(&self) -> Origin {
        self.origin
    }
}
