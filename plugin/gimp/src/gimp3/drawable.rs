//! Layers, layer masks, channels and the selection: everything that holds pixels.

use super::core::{core, from_c, take_c, yes};
use crate::editor;
use crate::engine::Format;
use crate::pixels::{Layout, Pixels};
use crate::rect::Rect;
use reweave_gimp_sys::gimp3::types as c;

/// A layer, a layer mask, a channel or the selection.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Drawable(*mut c::GimpDrawable);

impl Drawable {
    /// # Safety
    /// The pointer came from libgimp in this run.
    pub unsafe fn new(pointer: *mut c::GimpDrawable) -> Self {
        Self(pointer)
    }

    pub fn item(self) -> *mut c::GimpItem {
        self.0.cast()
    }

    /// The name of its type, as `GimpTextLayer`.
    fn type_name(self) -> String {
        // SAFETY: the drawable is a GObject, and types keep their names.
        unsafe { from_c(core().gobject.g_type_name_from_instance(self.0.cast())) }
    }
}

impl editor::Drawable for Drawable {
    fn rect(self) -> Rect {
        let (mut x, mut y) = (0, 0);
        let gimp = &core().gimp;
        // SAFETY: the drawable is valid during the run.
        unsafe {
            gimp.gimp_drawable_get_offsets(self.0, &mut x, &mut y);
            Rect::new(
                x,
                y,
                gimp.gimp_drawable_get_width(self.0),
                gimp.gimp_drawable_get_height(self.0),
            )
        }
    }

    fn name(self) -> String {
        // SAFETY: the drawable is valid during the run; the text is given away.
        unsafe { take_c(core().gimp.gimp_item_get_name(self.item())) }
    }

    fn is_layer(self) -> bool {
        // SAFETY: the drawable is valid during the run.
        yes(unsafe { core().gimp.gimp_item_is_layer(self.item()) })
    }

    fn is_group(self) -> bool {
        // SAFETY: as above.
        yes(unsafe { core().gimp.gimp_item_is_group(self.item()) })
    }

    fn is_text(self) -> bool {
        // SAFETY: as above.
        yes(unsafe { core().gimp.gimp_item_is_text_layer(self.item()) })
    }

    fn is_drawn(self) -> bool {
        // Since GIMP 3.2; there is no other way to ask in 3.0.
        matches!(
            self.type_name().as_str(),
            "GimpVectorLayer" | "GimpLinkLayer"
        )
    }

    fn is_indexed(self) -> bool {
        // SAFETY: as above.
        yes(unsafe { core().gimp.gimp_drawable_is_indexed(self.0) })
    }

    fn is_grey(self) -> bool {
        // SAFETY: as above.
        yes(unsafe { core().gimp.gimp_drawable_is_gray(self.0) })
    }

    fn is_locked(self) -> bool {
        let mut item = self.item();
        while !item.is_null() {
            // SAFETY: the drawable is valid during the run, and so are the groups that it is in.
            unsafe {
                if yes(core().gimp.gimp_item_get_lock_content(item)) {
                    return true;
                }
                item = core().gimp.gimp_item_get_parent(item);
            }
        }
        false
    }

    fn native(self) -> Layout {
        // SAFETY: the drawable is valid during the run.
        Layout::native(unsafe { core().gimp.gimp_drawable_get_format(self.0) })
    }

    fn for_engine(self) -> (Layout, Format) {
        // SAFETY: as above.
        Layout::for_engine(unsafe { core().gimp.gimp_drawable_get_format(self.0) })
    }

    fn read(self, rect: Rect, layout: Layout) -> Pixels {
        // SAFETY: the drawable is valid during the run; the buffer is ours to give back.
        unsafe {
            let buffer = core().gimp.gimp_drawable_get_buffer(self.0);
            let pixels = Pixels::read(buffer, rect, layout);
            core().gobject.g_object_unref(buffer.cast());
            pixels
        }
    }

    fn write(self, pixels: &Pixels) {
        let rect = pixels.rect;
        // SAFETY: as in `read`.
        unsafe {
            let buffer = core().gimp.gimp_drawable_get_buffer(self.0);
            pixels.write(buffer);
            core().gobject.g_object_unref(buffer.cast());
            core()
                .gimp
                .gimp_drawable_update(self.0, rect.x, rect.y, rect.width, rect.height);
        }
    }

    fn merge(self, pixels: &Pixels) -> bool {
        let rect = pixels.rect;
        // SAFETY: the drawable is valid during the run; giving the buffer back sends it to GIMP, before the merge.
        unsafe {
            let shadow = core().gimp.gimp_drawable_get_shadow_buffer(self.0);
            pixels.write(shadow);
            core().gobject.g_object_unref(shadow.cast());
            let merged = core().gimp.gimp_drawable_merge_shadow(self.0, 1);
            core()
                .gimp
                .gimp_drawable_update(self.0, rect.x, rect.y, rect.width, rect.height);
            yes(merged)
        }
    }

    fn selected(self) -> Rect {
        let (mut x, mut y, mut width, mut height) = (0, 0, 0, 0);
        // SAFETY: the drawable is valid during the run.
        let any = unsafe {
            core().gimp.gimp_drawable_mask_intersect(
                self.0,
                &mut x,
                &mut y,
                &mut width,
                &mut height,
            )
        };
        if yes(any) {
            Rect::new(x, y, width, height)
        } else {
            Rect::default()
        }
    }
}
