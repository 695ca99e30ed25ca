// Written by `cargo xtask bindings`; not to be edited.

use super::types::*;

pub struct Glib {
    __library: ::libloading::Library,
    pub g_free: Result<unsafe extern "C" fn(mem: gpointer), ::libloading::Error>,
}
impl Glib {
    pub unsafe fn from_library<L>(library: L) -> Result<Self, ::libloading::Error>
    where
        L: Into<::libloading::Library>,
    {
        let __library = library.into();
        let g_free = unsafe { __library.get(b"g_free\0") }.map(|sym| *sym);
        Ok(Glib { __library, g_free })
    }
    pub unsafe fn g_free(&self, mem: gpointer) {
        unsafe { (self.g_free.as_ref().expect("Expected function, got error."))(mem) }
    }
}
