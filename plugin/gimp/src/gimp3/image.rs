//! The image.

use super::core::{core, to_c, yes};
use super::drawable::Drawable;
use crate::rect::Rect;
use reweave_gimp_sys::gimp3::types as c;

/// The image that the user works on.
#[derive(Clone, Copy)]
pub struct Image(*mut c::GimpImage);

impl Image {
    /// # Safety
    /// The pointer came from libgimp in this run.
    pub unsafe fn new(pointer: *mut c::GimpImage) -> Self {
        Self(pointer)
    }

    pub fn raw(self) -> *mut c::GimpImage {
        self.0
    }

    /// The canvas: (0, 0) and its size.
    pub fn canvas(self) -> Rect {
        let gimp = &core().gimp;
        // SAFETY: the image is valid during the run.
        unsafe { Rect::new(0, 0, gimp.gimp_image_get_width(self.0), gimp.gimp_image_get_height(self.0)) }
    }

    /// The smallest rectangle round the selection; empty if nothing is selected.
    pub fn selection_bounds(self) -> Rect {
        let (mut any, mut left, mut top, mut right, mut bottom) = (0, 0, 0, 0, 0);
        // SAFETY: the image is valid during the run.
        unsafe {
            let gimp = &core().gimp;
            gimp.gimp_selection_bounds(self.0, &mut any, &mut left, &mut top, &mut right, &mut bottom);
        }
        if yes(any) { Rect::new(left, top, right - left, bottom - top) } else { Rect::default() }
    }

    /// The selection, as something with pixels.
    pub fn selection(self) -> Drawable {
        // SAFETY: the image is valid during the run, and so is its selection.
        unsafe { Drawable::new(core().gimp.gimp_image_get_selection(self.0).cast()) }
    }

    /// Everything visible as one layer, which is not in the image and has to be deleted.
    pub fn visible(self) -> Option<Drawable> {
        // SAFETY: the image is valid during the run.
        let layer = unsafe { core().gimp.gimp_layer_new_from_visible(self.0, self.0, c"visible".as_ptr()) };
        // SAFETY: libgimp gave it.
        (!layer.is_null()).then(|| unsafe { Drawable::new(layer.cast()) })
    }

    /// A new transparent layer right above `below` (or the layer that `below` is the mask of), at this place.
    pub fn insert_layer(self, name: &str, rect: Rect, grey: bool, below: Drawable) -> Option<Layer> {
        let gimp = &core().gimp;
        let name = to_c(name);
        let kind = if grey { c::GIMP_GRAYA_IMAGE } else { c::GIMP_RGBA_IMAGE };
        // SAFETY: image and drawable are valid during the run; what GIMP gives is checked before it is used.
        unsafe {
            let layer = gimp.gimp_layer_new(
                self.0,
                name.as_ptr(),
                rect.width,
                rect.height,
                kind,
                100.0,
                c::GIMP_LAYER_MODE_NORMAL,
            );
            if layer.is_null() {
                return None;
            }
            let parent = gimp.gimp_item_get_parent(below.item());
            let position = gimp.gimp_image_get_item_position(self.0, below.item());
            gimp.gimp_layer_set_offsets(layer, rect.x, rect.y);
            yes(gimp.gimp_image_insert_layer(self.0, layer, parent.cast(), position)).then_some(Layer(layer))
        }
    }
}

/// A layer that this run has made.
#[derive(Clone, Copy)]
pub struct Layer(*mut c::GimpLayer);

impl Layer {
    pub fn drawable(self) -> Drawable {
        // SAFETY: a layer is a drawable, and libgimp gave it.
        unsafe { Drawable::new(self.0.cast()) }
    }

    /// Gives it a mask that shows everything, to be written to.
    pub fn add_mask(self) -> Option<Drawable> {
        // SAFETY: the layer is valid during the run; the mask is checked.
        unsafe {
            let mask = core().gimp.gimp_layer_create_mask(self.0, c::GIMP_ADD_MASK_WHITE);
            let added = !mask.is_null() && yes(core().gimp.gimp_layer_add_mask(self.0, mask));
            added.then(|| Drawable::new(mask.cast()))
        }
    }

    /// Turns its mask into transparency.
    pub fn apply_mask(self) -> bool {
        // SAFETY: the layer is valid during the run.
        yes(unsafe { core().gimp.gimp_layer_remove_mask(self.0, c::GIMP_MASK_APPLY) })
    }
}

/// Deletes a layer that is in no image.
pub fn delete(drawable: Drawable) {
    // SAFETY: libgimp gave it, and nobody uses it any more.
    unsafe { core().gimp.gimp_item_delete(drawable.item()) };
}

/// Several changes as one step of undo, from the making of this value to its end.
pub struct OneStep(Image);

impl OneStep {
    pub fn start(image: Image) -> Self {
        // SAFETY: the image is valid during the run.
        unsafe { core().gimp.gimp_image_undo_group_start(image.raw()) };
        Self(image)
    }
}

impl Drop for OneStep {
    fn drop(&mut self) {
        // SAFETY: as above.
        unsafe { core().gimp.gimp_image_undo_group_end(self.0.raw()) };
    }
}

