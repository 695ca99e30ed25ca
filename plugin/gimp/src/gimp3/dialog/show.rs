//! Pixels on the screen.

use crate::fill::Coverage;
use crate::gimp3::core::{core, window};
use crate::pixels::{Layout, Pixels};
use reweave_gimp_sys::gimp3::types as c;
use std::ptr::null_mut;

/// The largest side of a picture in the preview, in pixels of the screen.
pub const SIDE: i32 = 260;

/// Pixels as the screen shows them: sRGB, 8 bits, red, green, blue, alpha.
pub fn for_screen(pixels: &Pixels) -> Vec<u8> {
    pixels.layout.convert(&pixels.bytes, &Layout::screen())
}

/// Fill over picture, as much of each as the coverage asks. All three are of one size.
pub fn blend(before: &[u8], filled: &[u8], coverage: &Coverage) -> Vec<u8> {
    let mut blended = before.to_vec();
    for (index, share) in coverage.bytes.iter().enumerate() {
        let share = u32::from(*share);
        for at in 4 * index..4 * index + 4 {
            let mixed = u32::from(before[at]) * (255 - share) + u32::from(filled[at]) * share;
            blended[at] = ((mixed + 127) / 255) as u8;
        }
    }
    blended
}

/// Shows a picture in an image widget, as large as fits.
pub fn show(image: *mut c::GtkImage, pixels: &[u8], width: i32, height: i32) {
    let Ok(window) = window() else { return };
    let scale = f64::from(SIDE) / f64::from(width.max(height).max(1));
    let shown = |side: i32| ((f64::from(side) * scale).round() as i32).max(1);
    // SAFETY: the pixels are there during the call, as large as width and height say; the copy is ours to give back.
    unsafe {
        let (pixbuf, gobject) = (&window.pixbuf, &core().gobject);
        let whole = pixbuf.gdk_pixbuf_new_from_data(
            pixels.as_ptr(),
            c::GDK_COLORSPACE_RGB,
            1,
            8,
            width,
            height,
            width * 4,
            None,
            null_mut(),
        );
        // Scaling copies, also to the same size.
        let scaled = pixbuf.gdk_pixbuf_scale_simple(
            whole,
            shown(width),
            shown(height),
            c::GDK_INTERP_BILINEAR,
        );
        window.gtk.gtk_image_set_from_pixbuf(image, scaled);
        gobject.g_object_unref(whole.cast());
        if !scaled.is_null() {
            gobject.g_object_unref(scaled.cast());
        }
    }
}
