// Written by `cargo xtask bindings`; not to be edited.

use super::types::*;

pub struct GimpWidgets {
    __library: ::libloading::Library,
    pub gimp_scale_entry_set_bounds: Result<
        unsafe extern "C" fn(
            entry: *mut GimpScaleEntry,
            lower: gdouble,
            upper: gdouble,
            limit_scale: gboolean,
        ),
        ::libloading::Error,
    >,
    pub gimp_label_entry_get_entry: Result<
        unsafe extern "C" fn(entry: *mut GimpLabelEntry) -> *mut GtkWidget,
        ::libloading::Error,
    >,
}
impl GimpWidgets {
    pub unsafe fn from_library<L>(library: L) -> Result<Self, ::libloading::Error>
    where
        L: Into<::libloading::Library>,
    {
        let __library = library.into();
        let gimp_scale_entry_set_bounds =
            unsafe { __library.get(b"gimp_scale_entry_set_bounds\0") }.map(|sym| *sym);
        let gimp_label_entry_get_entry =
            unsafe { __library.get(b"gimp_label_entry_get_entry\0") }.map(|sym| *sym);
        Ok(GimpWidgets {
            __library,
            gimp_scale_entry_set_bounds,
            gimp_label_entry_get_entry,
        })
    }
    pub unsafe fn gimp_scale_entry_set_bounds(
        &self,
        entry: *mut GimpScaleEntry,
        lower: gdouble,
        upper: gdouble,
        limit_scale: gboolean,
    ) {
        unsafe {
            (self
                .gimp_scale_entry_set_bounds
                .as_ref()
                .expect("Expected function, got error."))(
                entry, lower, upper, limit_scale
            )
        }
    }
    pub unsafe fn gimp_label_entry_get_entry(&self, entry: *mut GimpLabelEntry) -> *mut GtkWidget {
        unsafe {
            (self
                .gimp_label_entry_get_entry
                .as_ref()
                .expect("Expected function, got error."))(entry)
        }
    }
}
