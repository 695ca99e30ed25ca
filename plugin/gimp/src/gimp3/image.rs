//! The image.

use super::core::{core, from_c, to_c, yes};
use super::drawable::Drawable;
use crate::editor;
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
}

impl editor::Image for Image {
    type Drawable = Drawable;

    fn canvas(self) -> Rect {
        let gimp = &core().gimp;
        // SAFETY: the image is valid during the run.
        unsafe {
            Rect::new(
                0,
                0,
                gimp.gimp_image_get_width(self.0),
                gimp.gimp_image_get_height(self.0),
            )
        }
    }

    fn selection_bounds(self) -> Rect {
        let (mut any, mut left, mut top, mut right, mut bottom) = (0, 0, 0, 0, 0);
        // SAFETY: the image is valid during the run.
        unsafe {
            let gimp = &core().gimp;
            gimp.gimp_selection_bounds(
                self.0,
                &mut any,
                &mut left,
                &mut top,
                &mut right,
                &mut bottom,
            );
        }
        if yes(any) {
            Rect::new(left, top, right - left, bottom - top)
        } else {
            Rect::default()
        }
    }

    fn drawable(self, number: i32) -> Option<Drawable> {
        // SAFETY: any number may be asked about.
        let drawable = unsafe { core().gimp.gimp_drawable_get_by_id(number) };
        // SAFETY: libgimp gave it.
        (!drawable.is_null()).then(|| unsafe { Drawable::new(drawable) })
    }

    fn selection(self) -> Drawable {
        // SAFETY: the image is valid during the run, and so is its selection.
        unsafe { Drawable::new(core().gimp.gimp_image_get_selection(self.0).cast()) }
    }

    fn visible(self) -> Option<Drawable> {
        // SAFETY: the image is valid during the run.
        let layer = unsafe {
            core()
                .gimp
                .gimp_layer_new_from_visible(self.0, self.0, c"visible".as_ptr())
        };
        // SAFETY: libgimp gave it.
        (!layer.is_null()).then(|| unsafe { Drawable::new(layer.cast()) })
    }

    fn insert_layer(self, name: &str, rect: Rect, grey: bool, below: Drawable) -> Option<Drawable> {
        let gimp = &core().gimp;
        let name = to_c(name);
        let kind = if grey {
            c::GIMP_GRAYA_IMAGE
        } else {
            c::GIMP_RGBA_IMAGE
        };
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
            let inserted =
                yes(gimp.gimp_image_insert_layer(self.0, layer, parent.cast(), position));
            inserted.then(|| Drawable::new(layer.cast()))
        }
    }

    fn delete(self, drawable: Drawable) {
        // SAFETY: libgimp gave it, and nobody uses it any more.
        unsafe { core().gimp.gimp_item_delete(drawable.item()) };
    }

    fn add_mask(self, layer: Drawable) -> Option<Drawable> {
        // SAFETY: the layer is valid during the run; the mask is checked.
        unsafe {
            let mask = core()
                .gimp
                .gimp_layer_create_mask(layer.item().cast(), c::GIMP_ADD_MASK_WHITE);
            let added =
                !mask.is_null() && yes(core().gimp.gimp_layer_add_mask(layer.item().cast(), mask));
            added.then(|| Drawable::new(mask.cast()))
        }
    }

    fn apply_mask(self, layer: Drawable) -> bool {
        // SAFETY: the layer is valid during the run.
        yes(unsafe {
            core()
                .gimp
                .gimp_layer_remove_mask(layer.item().cast(), c::GIMP_MASK_APPLY)
        })
    }

    fn start_step(self) {
        // SAFETY: the image is valid during the run.
        unsafe { core().gimp.gimp_image_undo_group_start(self.0) };
    }

    fn end_step(self) {
        // SAFETY: as above.
        unsafe { core().gimp.gimp_image_undo_group_end(self.0) };
    }

    fn last_refusal(self) -> String {
        let gimp = &core().gimp;
        // SAFETY: the database belongs to libgimp, and the text lives until the next call of a procedure.
        unsafe { from_c(gimp.gimp_pdb_get_last_error(gimp.gimp_get_pdb())) }
    }
}
