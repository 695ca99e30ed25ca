//! Layers, layer masks, channels and the selection, by their numbers.

use super::core::{core, from_c, yes};
use crate::editor;
use crate::engine::Format;
use crate::pixels::{Layout, Pixels};
use crate::rect::Rect;

/// A layer, a layer mask, a channel or the selection. GIMP answers for a number that is none with an error of its own,
/// so no number does harm.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Drawable(pub i32);

impl editor::Drawable for Drawable {
    fn rect(self) -> Rect {
        let (mut x, mut y) = (0, 0);
        let gimp = &core().gimp;
        // SAFETY: any number may be asked about.
        unsafe {
            gimp.gimp_drawable_offsets(self.0, &mut x, &mut y);
            Rect::new(
                x,
                y,
                gimp.gimp_drawable_width(self.0),
                gimp.gimp_drawable_height(self.0),
            )
        }
    }

    fn name(self) -> String {
        // SAFETY: as above; the text is given away, and freed.
        unsafe {
            let name = core().gimp.gimp_item_get_name(self.0);
            let text = from_c(name);
            core().glib.g_free(name.cast());
            text
        }
    }

    fn is_layer(self) -> bool {
        // SAFETY: any number may be asked about.
        yes(unsafe { core().gimp.gimp_item_is_layer(self.0) })
    }

    fn is_group(self) -> bool {
        // SAFETY: as above.
        yes(unsafe { core().gimp.gimp_item_is_group(self.0) })
    }

    fn is_text(self) -> bool {
        // SAFETY: as above.
        yes(unsafe { core().gimp.gimp_item_is_text_layer(self.0) })
    }

    fn is_drawn(self) -> bool {
        // GIMP 2.10 has no other layers that are drawn.
        false
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
        let mut item = self.0;
        while item > 0 {
            // SAFETY: as above.
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
        // SAFETY: as above.
        Layout::native(unsafe { core().gimp.gimp_drawable_get_format(self.0) }.cast())
    }

    fn for_engine(self) -> (Layout, Format) {
        // SAFETY: as above.
        Layout::for_engine(unsafe { core().gimp.gimp_drawable_get_format(self.0) }.cast())
    }

    fn read(self, rect: Rect, layout: Layout) -> Pixels {
        // SAFETY: as above; the buffer is ours to give back.
        unsafe {
            let buffer = core().gimp.gimp_drawable_get_buffer(self.0);
            let pixels = Pixels::read(buffer.cast(), rect, layout);
            core().gobject.g_object_unref(buffer.cast());
            pixels
        }
    }

    fn write(self, pixels: &Pixels) {
        let rect = pixels.rect;
        // SAFETY: as in `read`.
        unsafe {
            let buffer = core().gimp.gimp_drawable_get_buffer(self.0);
            pixels.write(buffer.cast());
            core().gobject.g_object_unref(buffer.cast());
            core()
                .gimp
                .gimp_drawable_update(self.0, rect.x, rect.y, rect.width, rect.height);
        }
    }

    fn merge(self, pixels: &Pixels) -> bool {
        let rect = pixels.rect;
        // SAFETY: as in `read`; giving the buffer back sends it to GIMP, before the merge.
        unsafe {
            let shadow = core().gimp.gimp_drawable_get_shadow_buffer(self.0);
            pixels.write(shadow.cast());
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
        // SAFETY: any number may be asked about.
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
