//! Where the pixels round a hole come from.

use super::drawable::Drawable;
use super::image::{Image, delete};
use crate::engine::Format;
use crate::pixels::{Layout, Pixels};
use crate::rect::Rect;
use crate::stop::Stop;
use crate::text::tr;

/// A drawable to look at. All rectangles are in pixels of the image.
pub struct Source {
    drawable: Drawable,
    /// Where it has pixels.
    pub rect: Rect,
    layout: Layout,
    /// What the engine calls the layout of what [`Source::read`] gives.
    pub format: Format,
    temporary: bool,
}

impl Source {
    /// The target itself: all of it, also what lies outside the canvas.
    pub fn own(target: Drawable) -> Self {
        let (layout, format) = target.for_engine();
        Self { drawable: target, rect: target.rect(), layout, format, temporary: false }
    }

    /// Everything that is visible, in the layout of the target.
    pub fn merged(image: Image, target: Drawable) -> Result<Self, Stop> {
        let drawable = image.visible().ok_or_else(|| tr("GIMP could not merge the visible layers."))?;
        let (layout, format) = target.for_engine();
        Ok(Self { drawable, rect: image.canvas(), layout, format, temporary: true })
    }

    /// Takes pixels out of it.
    pub fn read(&self, rect: Rect) -> Pixels {
        let own = rect.seen_from(self.rect.x, self.rect.y);
        self.drawable.read(own, self.layout).seen_from(-self.rect.x, -self.rect.y)
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        if self.temporary {
            delete(self.drawable);
        }
    }
}
