//! The image, by its number.

use super::core::{core, from_c, to_c, yes};
use super::drawable::Drawable;
use crate::editor;
use crate::rect::Rect;
use reweave_gimp_sys::gimp2::types as c;

/// The image that the user works on.
#[derive(Clone, Copy)]
pub struct Image(pub i32);

impl editor::Image for Image {
    type Drawable = Drawable;

    fn canvas(self) -> Rect {
        let gimp = &core().gimp;
        // SAFETY: any number may be asked about.
        unsafe {
            Rect::new(
                0,
                0,
                gimp.gimp_image_width(self.0),
                gimp.gimp_image_height(self.0),
            )
        }
    }

    fn selection_bounds(self) -> Rect {
        let (mut any, mut left, mut top, mut right, mut bottom) = (0, 0, 0, 0, 0);
        // SAFETY: as above.
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
        // SAFETY: as above.
        let is_one = yes(unsafe { core().gimp.gimp_item_is_drawable(number) });
        is_one.then_some(Drawable(number))
    }

    fn selection(self) -> Drawable {
        // SAFETY: as above.
        Drawable(unsafe { core().gimp.gimp_image_get_selection(self.0) })
    }

    fn visible(self) -> Option<Drawable> {
        // SAFETY: as above.
        let layer = unsafe {
            core()
                .gimp
                .gimp_layer_new_from_visible(self.0, self.0, c"visible".as_ptr())
        };
        (layer > 0).then_some(Drawable(layer))
    }

    fn delete(self, drawable: Drawable) {
        // SAFETY: as above.
        unsafe { core().gimp.gimp_item_delete(drawable.0) };
    }

    fn insert_layer(self, name: &str, rect: Rect, grey: bool, below: Drawable) -> Option<Drawable> {
        let gimp = &core().gimp;
        let name = to_c(name);
        let kind = if grey {
            c::GIMP_GRAYA_IMAGE
        } else {
            c::GIMP_RGBA_IMAGE
        };
        // SAFETY: as above; the name ends with a zero byte.
        unsafe {
            let normal = c::GIMP_LAYER_MODE_NORMAL;
            let layer = gimp.gimp_layer_new(
                self.0,
                name.as_ptr(),
                rect.width,
                rect.height,
                kind,
                100.0,
                normal,
            );
            let parent = gimp.gimp_item_get_parent(below.0);
            let position = gimp.gimp_image_get_item_position(self.0, below.0);
            gimp.gimp_layer_set_offsets(layer, rect.x, rect.y);
            let inserted = layer > 0
                && yes(gimp.gimp_image_insert_layer(self.0, layer, parent.max(0), position));
            inserted.then_some(Drawable(layer))
        }
    }

    fn add_mask(self, layer: Drawable) -> Option<Drawable> {
        // SAFETY: as above.
        unsafe {
            let mask = core()
                .gimp
                .gimp_layer_create_mask(layer.0, c::GIMP_ADD_MASK_WHITE);
            (mask > 0 && yes(core().gimp.gimp_layer_add_mask(layer.0, mask)))
                .then_some(Drawable(mask))
        }
    }

    fn apply_mask(self, layer: Drawable) -> bool {
        // SAFETY: as above.
        yes(unsafe {
            core()
                .gimp
                .gimp_layer_remove_mask(layer.0, c::GIMP_MASK_APPLY)
        })
    }

    fn start_step(self) {
        // SAFETY: as above.
        unsafe { core().gimp.gimp_image_undo_group_start(self.0) };
    }

    fn end_step(self) {
        // SAFETY: as above.
        unsafe { core().gimp.gimp_image_undo_group_end(self.0) };
    }

    fn last_refusal(self) -> String {
        // SAFETY: the text lives until the next call of a procedure.
        unsafe { from_c(core().gimp.gimp_get_pdb_error()) }
    }
}
