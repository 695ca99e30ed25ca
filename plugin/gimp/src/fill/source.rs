//! Where the pixels round a hole come from.

use crate::editor::{Drawable, Image};
use crate::engine::Format;
use crate::pixels::{Layout, Pixels};
use crate::rect::Rect;
use crate::stop::Stop;
use crate::text::tr;

/// A drawable to look at. All rectangles are in pixels of the image.
pub struct Source<I: Image> {
    image: I,
    drawable: I::Drawable,
    /// Where it has pixels.
    pub rect: Rect,
    layout: Layout,
    /// What the engine calls the layout of what [`Source::read`] gives.
    pub format: Format,
    temporary: bool,
}

impl<I: Image> Source<I> {
    /// The target itself: all of it, also what lies outside the canvas.
    pub fn own(image: I, target: I::Drawable) -> Self {
        let (layout, format) = target.for_engine();
        Self {
            image,
            drawable: target,
            rect: target.rect(),
            layout,
            format,
            temporary: false,
        }
    }

    /// Everything that is visible, in the layout of the target.
    pub fn merged(image: I, target: I::Drawable) -> Result<Self, Stop> {
        let drawable = image
            .visible()
            .ok_or_else(|| tr("GIMP could not merge the visible layers."))?;
        let (layout, format) = target.for_engine();
        Ok(Self {
            image,
            drawable,
            rect: image.canvas(),
            layout,
            format,
            temporary: true,
        })
    }

    /// Takes pixels out of it.
    pub fn read(&self, rect: Rect) -> Pixels {
        let own = rect.seen_from(self.rect.x, self.rect.y);
        self.drawable
            .read(own, self.layout)
            .seen_from(-self.rect.x, -self.rect.y)
    }
}

impl<I: Image> Drop for Source<I> {
    fn drop(&mut self) {
        if self.temporary {
            self.image.delete(self.drawable);
        }
    }
}
