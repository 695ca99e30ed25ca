// Written by `cargo xtask bindings`; not to be edited.

use super::types::*;

pub struct GimpBase {
    __library: ::libloading::Library,
    pub gimp_choice_new: Result<unsafe extern "C" fn() -> *mut GimpChoice, ::libloading::Error>,
    pub gimp_choice_add: Result<
        unsafe extern "C" fn(
            choice: *mut GimpChoice,
            nick: *const gchar,
            id: gint,
            label: *const gchar,
            help: *const gchar,
        ),
        ::libloading::Error,
    >,
}
impl GimpBase {
    pub unsafe fn from_library<L>(library: L) -> Result<Self, ::libloading::Error>
    where
        L: Into<::libloading::Library>,
    {
        let __library = library.into();
        let gimp_choice_new = unsafe { __library.get(b"gimp_choice_new\0") }.map(|sym| *sym);
        let gimp_choice_add = unsafe { __library.get(b"gimp_choice_add\0") }.map(|sym| *sym);
        Ok(GimpBase {
            __library,
            gimp_choice_new,
            gimp_choice_add,
        })
    }
    pub unsafe fn gimp_choice_new(&self) -> *mut GimpChoice {
        unsafe {
            (self
                .gimp_choice_new
                .as_ref()
                .expect("Expected function, got error."))()
        }
    }
    pub unsafe fn gimp_choice_add(
        &self,
        choice: *mut GimpChoice,
        nick: *const gchar,
        id: gint,
        label: *const gchar,
        help: *const gchar,
    ) {
        unsafe {
            (self
                .gimp_choice_add
                .as_ref()
                .expect("Expected function, got error."))(choice, nick, id, label, help)
        }
    }
}
