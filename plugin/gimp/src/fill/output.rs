//! Putting a fill into the image.

use super::coverage::Coverage;
use super::job::Job;
use crate::editor::{Drawable, Image};
use crate::options::Output;
use crate::pixels::{Layout, Pixels};
use crate::rect::Rect;
use crate::stop::Stop;
use crate::text::{tr, tr_with};

/// A fill that is done and wants to be shown.
pub struct Done<I: Image> {
    pub image: I,
    pub target: I::Drawable,
    pub job: Job,
}

impl<I: Image> Done<I> {
    /// Puts it where `output` says. `reshaped`: the hole is not the selection itself.
    pub fn write(&self, output: Output, reshaped: bool) -> Result<(), Stop> {
        match output {
            Output::InPlace if reshaped => {
                let selection = ReplacedSelection::new(self.image, &self.job.coverage)?;
                let merged = self.merge();
                selection.restore()?;
                merged
            }
            Output::InPlace => self.merge(),
            Output::Layer => {
                let layer = self.add_layer()?;
                if self.image.apply_mask(layer) {
                    Ok(())
                } else {
                    Err(refused(self.image))
                }
            }
            Output::LayerWithMask => self.add_layer().map(|_| ()),
        }
    }

    /// GIMP blends the fill in through the selection, feathered as it may be, and keeps what its locks protect.
    fn merge(&self) -> Result<(), Stop> {
        let own = self.target.rect();
        let merged = self
            .target
            .selected()
            .seen_from(-own.x, -own.y)
            .intersection(&self.job.pixels.rect);
        let inside = merged.seen_from(own.x, own.y);
        let before = self.target.read(inside, self.target.native());
        let pixels = self.job.pixels.crop(merged).seen_from(own.x, own.y);
        if !self.target.merge(&pixels) {
            return Err(refused(self.image));
        }
        // GIMP computes the rectangle round the selection anew, in numbers that cannot hold every value of every
        // precision. What nothing of is selected gets its bytes back; undo has them anyway.
        let selected = self.image.selection().read(merged, Layout::exact_mask());
        let mut after = self.target.read(inside, self.target.native());
        if after.put_back(&before, |index| {
            selected.bytes[4 * index..4 * index + 4] == [0; 4]
        }) {
            self.target.write(&after);
        }
        Ok(())
    }

    fn add_layer(&self) -> Result<I::Drawable, Stop> {
        let rect = self.job.coverage.bounds();
        let name = tr_with("{} filled", &self.target.name());
        let refused = || refused(self.image);
        let layer = self
            .image
            .insert_layer(&name, rect, self.target.is_grey(), self.target)
            .ok_or_else(refused)?;
        layer.write(&self.job.pixels.crop(rect).seen_from(rect.x, rect.y));
        let mask = self.image.add_mask(layer).ok_or_else(refused)?;
        let coverage = Pixels {
            rect: Rect { x: 0, y: 0, ..rect },
            layout: Layout::mask(),
            bytes: self.job.coverage.over(rect).bytes,
        };
        mask.write(&coverage);
        Ok(layer)
    }
}

/// For a moment, the selection is what shall be filled; then it is again what the user made it.
struct ReplacedSelection<I: Image> {
    image: I,
    selection: I::Drawable,
    before: Pixels,
}

impl<I: Image> ReplacedSelection<I> {
    fn new(image: I, coverage: &Coverage) -> Result<Self, Stop> {
        let selection = image.selection();
        // Both shapes are written over the same rectangle: neither leaves anything of the other behind.
        let rect = image
            .selection_bounds()
            .union(&coverage.rect)
            .intersection(&image.canvas());
        let before = selection.read(rect, selection.native());
        let now = Pixels {
            rect,
            layout: Layout::mask(),
            bytes: coverage.over(rect).bytes,
        };
        if selection.merge(&now) {
            Ok(Self {
                image,
                selection,
                before,
            })
        } else {
            Err(refused(image))
        }
    }

    fn restore(self) -> Result<(), Stop> {
        if self.selection.merge(&self.before) {
            Ok(())
        } else {
            Err(refused(self.image))
        }
    }
}

fn refused(image: impl Image) -> Stop {
    match image.last_refusal() {
        said if said.is_empty() => tr("GIMP did not take the fill.").into(),
        said => tr_with("GIMP did not take the fill: {}", &said).into(),
    }
}
