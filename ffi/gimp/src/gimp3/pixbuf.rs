// Written by `cargo xtask bindings`; not to be edited.

use super::types::*;

pub struct Pixbufs {
    __library: ::libloading::Library,
    pub gdk_pixbuf_new_from_data: Result<
        unsafe extern "C" fn(
            data: *const guchar,
            colorspace: GdkColorspace,
            has_alpha: gboolean,
            bits_per_sample: ::std::os::raw::c_int,
            width: ::std::os::raw::c_int,
            height: ::std::os::raw::c_int,
            rowstride: ::std::os::raw::c_int,
            destroy_fn: GdkPixbufDestroyNotify,
            destroy_fn_data: gpointer,
        ) -> *mut GdkPixbuf,
        ::libloading::Error,
    >,
    pub gdk_pixbuf_scale_simple: Result<
        unsafe extern "C" fn(
            src: *const GdkPixbuf,
            dest_width: ::std::os::raw::c_int,
            dest_height: ::std::os::raw::c_int,
            interp_type: GdkInterpType,
        ) -> *mut GdkPixbuf,
        ::libloading::Error,
    >,
}
impl Pixbufs {
    pub unsafe fn from_library<L>(library: L) -> Result<Self, ::libloading::Error>
    where
        L: Into<::libloading::Library>,
    {
        let __library = library.into();
        let gdk_pixbuf_new_from_data =
            unsafe { __library.get(b"gdk_pixbuf_new_from_data\0") }.map(|sym| *sym);
        let gdk_pixbuf_scale_simple =
            unsafe { __library.get(b"gdk_pixbuf_scale_simple\0") }.map(|sym| *sym);
        Ok(Pixbufs {
            __library,
            gdk_pixbuf_new_from_data,
            gdk_pixbuf_scale_simple,
        })
    }
    pub unsafe fn gdk_pixbuf_new_from_data(
        &self,
        data: *const guchar,
        colorspace: GdkColorspace,
        has_alpha: gboolean,
        bits_per_sample: ::std::os::raw::c_int,
        width: ::std::os::raw::c_int,
        height: ::std::os::raw::c_int,
        rowstride: ::std::os::raw::c_int,
        destroy_fn: GdkPixbufDestroyNotify,
        destroy_fn_data: gpointer,
    ) -> *mut GdkPixbuf {
        unsafe {
            (self
                .gdk_pixbuf_new_from_data
                .as_ref()
                .expect("Expected function, got error."))(
                data,
                colorspace,
                has_alpha,
                bits_per_sample,
                width,
                height,
                rowstride,
                destroy_fn,
                destroy_fn_data,
            )
        }
    }
    pub unsafe fn gdk_pixbuf_scale_simple(
        &self,
        src: *const GdkPixbuf,
        dest_width: ::std::os::raw::c_int,
        dest_height: ::std::os::raw::c_int,
        interp_type: GdkInterpType,
    ) -> *mut GdkPixbuf {
        unsafe {
            (self
                .gdk_pixbuf_scale_simple
                .as_ref()
                .expect("Expected function, got error."))(
                src, dest_width, dest_height, interp_type
            )
        }
    }
}
