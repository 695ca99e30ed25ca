// Written by `cargo xtask bindings`; not to be edited.

use super::types::*;

pub struct Gegl {
    __library: ::libloading::Library,
    pub gegl_buffer_get: Result<
        unsafe extern "C" fn(
            buffer: *mut GeglBuffer,
            rect: *const GeglRectangle,
            scale: gdouble,
            format: *const Babl,
            dest: gpointer,
            rowstride: gint,
            repeat_mode: GeglAbyssPolicy,
        ),
        ::libloading::Error,
    >,
    pub gegl_buffer_set: Result<
        unsafe extern "C" fn(
            buffer: *mut GeglBuffer,
            rect: *const GeglRectangle,
            mipmap_level: gint,
            format: *const Babl,
            src: *const ::std::os::raw::c_void,
            rowstride: gint,
        ),
        ::libloading::Error,
    >,
    pub gegl_init: Result<
        unsafe extern "C" fn(argc: *mut gint, argv: *mut *mut *mut gchar),
        ::libloading::Error,
    >,
}
impl Gegl {
    pub unsafe fn from_library<L>(library: L) -> Result<Self, ::libloading::Error>
    where
        L: Into<::libloading::Library>,
    {
        let __library = library.into();
        let gegl_buffer_get = unsafe { __library.get(b"gegl_buffer_get\0") }.map(|sym| *sym);
        let gegl_buffer_set = unsafe { __library.get(b"gegl_buffer_set\0") }.map(|sym| *sym);
        let gegl_init = unsafe { __library.get(b"gegl_init\0") }.map(|sym| *sym);
        Ok(Gegl {
            __library,
            gegl_buffer_get,
            gegl_buffer_set,
            gegl_init,
        })
    }
    pub unsafe fn gegl_buffer_get(
        &self,
        buffer: *mut GeglBuffer,
        rect: *const GeglRectangle,
        scale: gdouble,
        format: *const Babl,
        dest: gpointer,
        rowstride: gint,
        repeat_mode: GeglAbyssPolicy,
    ) {
        unsafe {
            (self
                .gegl_buffer_get
                .as_ref()
                .expect("Expected function, got error."))(
                buffer,
                rect,
                scale,
                format,
                dest,
                rowstride,
                repeat_mode,
            )
        }
    }
    pub unsafe fn gegl_buffer_set(
        &self,
        buffer: *mut GeglBuffer,
        rect: *const GeglRectangle,
        mipmap_level: gint,
        format: *const Babl,
        src: *const ::std::os::raw::c_void,
        rowstride: gint,
    ) {
        unsafe {
            (self
                .gegl_buffer_set
                .as_ref()
                .expect("Expected function, got error."))(
                buffer,
                rect,
                mipmap_level,
                format,
                src,
                rowstride,
            )
        }
    }
    pub unsafe fn gegl_init(&self, argc: *mut gint, argv: *mut *mut *mut gchar) {
        unsafe {
            (self
                .gegl_init
                .as_ref()
                .expect("Expected function, got error."))(argc, argv)
        }
    }
}
