//! Pixels in GEGL's buffers, taken out and put back without a change of format where the engine knows the format.

use crate::engine::{Format, alphas, channel_sets, depths, pixel_bytes, transfers};
use crate::gegl::{babl, gegl};
use crate::rect::Rect;
use reweave_gimp_sys::gimp3::types as c;
use std::ffi::{CStr, CString};

/// How pixels are laid out in memory.
#[derive(Clone, Copy)]
pub struct Layout {
    /// GEGL's word for it: babl formats live as long as the process.
    babl: *const c::Babl,
    /// Bytes of a pixel.
    size: usize,
}

impl Layout {
    /// The layout in which GIMP itself holds a drawable's pixels.
    pub fn native(format: *const c::Babl) -> Self {
        // SAFETY: it is a pixel format of babl's.
        let size = unsafe { babl().babl_format_get_bytes_per_pixel(format) };
        Self {
            babl: format,
            size: size as usize,
        }
    }

    /// The layout in which the engine gets a drawable's pixels, and its own word for that: same model, same colour
    /// space, same type of number, so that nothing is rounded on the way. The engine has no 32-bit integers and no
    /// doubles: those come as floats.
    pub fn for_engine(native: *const c::Babl) -> (Self, Format) {
        // SAFETY: `native` is a pixel format of babl's, and so is what it gives.
        let (flags, number) = unsafe {
            let model = babl().babl_format_get_model(native);
            let number = babl().babl_format_get_type(native, 0);
            (
                babl().babl_get_model_flags(model),
                CStr::from_ptr(babl().babl_get_name(number)).to_bytes(),
            )
        };
        let (depth, number) = match number {
            b"u8" => (depths::U8, "u8"),
            b"u16" => (depths::U16, "u16"),
            b"half" => (depths::HALF, "half"),
            _ => (depths::FLOAT, "float"),
        };
        let grey = flags & c::BABL_MODEL_FLAG_GRAY != 0;
        let has_alpha = flags & c::BABL_MODEL_FLAG_ALPHA != 0;
        let (transfer, colours) = if flags & c::BABL_MODEL_FLAG_LINEAR != 0 {
            (transfers::LINEAR, if grey { "Y" } else { "RGB" })
        } else if flags & c::BABL_MODEL_FLAG_PERCEPTUAL != 0 {
            (transfers::SRGB, if grey { "Y~" } else { "R~G~B~" })
        } else {
            (transfers::SRGB, if grey { "Y'" } else { "R'G'B'" })
        };
        let channels = match (grey, has_alpha) {
            (true, false) => channel_sets::GREY,
            (true, true) => channel_sets::GREY_ALPHA,
            (false, false) => channel_sets::RGB,
            (false, true) => channel_sets::RGBA,
        };
        let name = format!("{colours}{} {number}", if has_alpha { "A" } else { "" });
        let format = Format {
            depth,
            channels,
            transfer,
            alpha: alphas::STRAIGHT,
        };
        (
            Self {
                babl: named(&name, native),
                size: pixel_bytes(format),
            },
            format,
        )
    }

    /// 8 bits a channel in sRGB, with alpha, for a screen.
    pub fn screen() -> Self {
        Self::native(named("R'G'B'A u8", std::ptr::null()))
    }

    /// 8-bit coverage: a mask or a selection.
    pub fn mask() -> Self {
        Self::native(named("Y u8", std::ptr::null()))
    }

    /// Coverage from 0 to 1, where the least of it counts.
    pub fn exact_mask() -> Self {
        Self::native(named("Y float", std::ptr::null()))
    }

    /// Converts pixels, as `screen` from `of`.
    pub fn convert(&self, pixels: &[u8], to: &Layout) -> Vec<u8> {
        let count = pixels.len() / self.size;
        let mut converted = vec![0; count * to.size];
        // SAFETY: both sides hold `count` pixels of their format.
        unsafe {
            let fish = babl().babl_fish(self.babl.cast(), to.babl.cast());
            let (from, into) = (pixels.as_ptr().cast(), converted.as_mut_ptr().cast());
            babl().babl_process(fish, from, into, count as std::ffi::c_long);
        }
        converted
    }
}

/// The pixel format of this name, in the colour space of `space` if that is not null.
fn named(name: &str, space: *const c::Babl) -> *const c::Babl {
    let name = CString::new(name).unwrap_or_default();
    // SAFETY: the name ends with a zero byte, and babl copies it; a pixel format may stand for its space.
    unsafe {
        match space.is_null() {
            true => babl().babl_format(name.as_ptr()),
            false => babl().babl_format_with_space(name.as_ptr(), space),
        }
    }
}

/// Pixels in memory: a rectangle, in the layout given.
#[derive(Clone)]
pub struct Pixels {
    pub rect: Rect,
    pub layout: Layout,
    pub bytes: Vec<u8>,
}

// SAFETY: babl's formats never change and never go away.
unsafe impl Send for Pixels {}

impl Pixels {
    /// Takes a rectangle out of a buffer; what lies outside the buffer is transparent and black.
    pub fn read(buffer: *mut c::GeglBuffer, rect: Rect, layout: Layout) -> Self {
        let mut bytes = vec![0; rect.area() * layout.size];
        // SAFETY: the bytes hold the rectangle in this format, row after row (stride 0 means so).
        unsafe {
            let into = bytes.as_mut_ptr().cast();
            gegl().gegl_buffer_get(
                buffer,
                &raw_rect(rect),
                1.0,
                layout.babl,
                into,
                0,
                c::GEGL_ABYSS_NONE,
            );
        }
        Self {
            rect,
            layout,
            bytes,
        }
    }

    /// Puts them into a buffer.
    pub fn write(&self, buffer: *mut c::GeglBuffer) {
        // SAFETY: as in `read`.
        unsafe {
            let from = self.bytes.as_ptr().cast();
            gegl().gegl_buffer_set(buffer, &raw_rect(self.rect), 0, self.layout.babl, from, 0);
        }
    }

    /// The part of them within `rect`, which they have to contain.
    pub fn crop(&self, rect: Rect) -> Self {
        let size = self.layout.size;
        let within = rect.seen_from(self.rect.x, self.rect.y);
        let (stride, row) = (self.rect.width as usize * size, rect.width as usize * size);
        let mut bytes = Vec::with_capacity(rect.area() * size);
        for y in 0..rect.height {
            let start = (within.y + y) as usize * stride + within.x as usize * size;
            bytes.extend_from_slice(&self.bytes[start..start + row]);
        }
        Self {
            rect,
            layout: self.layout,
            bytes,
        }
    }

    /// Puts back what `before` has, where `known` says so for the pixel of that number; `true` if that changed anything.
    pub fn put_back(&mut self, before: &Self, known: impl Fn(usize) -> bool) -> bool {
        let size = self.layout.size;
        let mut changed = false;
        for (index, (now, was)) in self
            .bytes
            .chunks_exact_mut(size)
            .zip(before.bytes.chunks_exact(size))
            .enumerate()
        {
            if now != was && known(index) {
                now.copy_from_slice(was);
                changed = true;
            }
        }
        changed
    }

    /// The same pixels, counted from a point that lies at (`x`, `y`) until now.
    pub fn seen_from(mut self, x: i32, y: i32) -> Self {
        self.rect = self.rect.seen_from(x, y);
        self
    }
}

fn raw_rect(rect: Rect) -> c::GeglRectangle {
    c::GeglRectangle {
        x: rect.x,
        y: rect.y,
        width: rect.width,
        height: rect.height,
    }
}
