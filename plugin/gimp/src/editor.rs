//! What a fill asks of the program that it works in. GIMP 3 and GIMP 2.10 call the same things by other names.
//!
//! All rectangles are in pixels of the image unless it says otherwise.

use crate::engine::Format;
use crate::pixels::{Layout, Pixels};
use crate::rect::Rect;

/// A layer, a layer mask, a channel or the selection: whatever holds pixels.
pub trait Drawable: Copy {
    /// Its place and size.
    fn rect(self) -> Rect;
    /// Its name, as the user sees it.
    fn name(self) -> String;
    /// Whether it is a layer, and not a mask or a channel.
    fn is_layer(self) -> bool;
    /// Whether it is a group of layers.
    fn is_group(self) -> bool;
    /// Whether it is a text that is drawn anew when it is edited.
    fn is_text(self) -> bool;
    /// Whether it is a layer of another kind that has no pixels of its own.
    fn is_drawn(self) -> bool;
    /// Whether its pixels are numbers of colours.
    fn is_indexed(self) -> bool;
    /// Whether it has no colours.
    fn is_grey(self) -> bool;
    /// Whether its pixels are locked, by itself or by a group that it is in.
    fn is_locked(self) -> bool;
    /// The layout in which the program holds its pixels.
    fn native(self) -> Layout;
    /// The layout in which the engine gets its pixels, and the engine's word for it.
    fn for_engine(self) -> (Layout, Format);
    /// Its pixels; `rect` is in its own.
    fn read(self, rect: Rect, layout: Layout) -> Pixels;
    /// Writes pixels (in its own) with no step of undo of its own.
    fn write(self, pixels: &Pixels);
    /// Merges pixels (in its own) through the selection, as one step of undo; `false` if that was refused. All that
    /// selection and drawable share is merged: the pixels have to cover that.
    fn merge(self, pixels: &Pixels) -> bool;
    /// What selection and drawable share, in its own pixels: all of it when nothing is selected.
    fn selected(self) -> Rect;
}

/// The image that the user works on.
pub trait Image: Copy {
    type Drawable: Drawable;
    /// The canvas: (0, 0) and its size.
    fn canvas(self) -> Rect;
    /// The smallest rectangle round the selection; empty if nothing is selected.
    fn selection_bounds(self) -> Rect;
    /// The layer or channel of a number; `None` where there is none.
    fn drawable(self, number: i32) -> Option<Self::Drawable>;
    /// The selection, as something with pixels.
    fn selection(self) -> Self::Drawable;
    /// Everything visible as one layer, which is not in the image and has to be deleted.
    fn visible(self) -> Option<Self::Drawable>;
    /// Deletes a layer that is in no image.
    fn delete(self, drawable: Self::Drawable);
    /// A new transparent layer right above `below`.
    fn insert_layer(
        self,
        name: &str,
        rect: Rect,
        grey: bool,
        below: Self::Drawable,
    ) -> Option<Self::Drawable>;
    /// Gives a layer a mask that shows everything.
    fn add_mask(self, layer: Self::Drawable) -> Option<Self::Drawable>;
    /// Turns a layer's mask into transparency; `false` if that was refused.
    fn apply_mask(self, layer: Self::Drawable) -> bool;
    /// From here to [`Image::end_step`], all changes are one step of undo.
    fn start_step(self);
    /// Ends what [`Image::start_step`] has begun.
    fn end_step(self);
    /// What was said about the last refusal.
    fn last_refusal(self) -> String;
}

/// The progress bar.
pub trait Bar {
    /// Something goes on, nobody knows how long.
    fn pulse(&mut self);
    /// A share of all is done.
    fn show(&mut self, share: f32);
}
