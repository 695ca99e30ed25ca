// Written by `cargo xtask bindings`; not to be edited.

use super::types::*;

pub struct GObjects {
    __library: ::libloading::Library,
    pub g_object_unref: Result<unsafe extern "C" fn(object: gpointer), ::libloading::Error>,
}
impl GObjects {
    pub unsafe fn from_library<L>(library: L) -> Result<Self, ::libloading::Error>
    where
        L: Into<::libloading::Library>,
    {
        let __library = library.into();
        let g_object_unref = unsafe { __library.get(b"g_object_unref\0") }.map(|sym| *sym);
        Ok(GObjects {
            __library,
            g_object_unref,
        })
    }
    pub unsafe fn g_object_unref(&self, object: gpointer) {
        unsafe {
            (self
                .g_object_unref
                .as_ref()
                .expect("Expected function, got error."))(object)
        }
    }
}
