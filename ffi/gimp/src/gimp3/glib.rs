// Written by `cargo xtask bindings`; not to be edited.

use super::types::*;

pub struct Glib {
    __library: ::libloading::Library,
    pub g_quark_from_static_string:
        Result<unsafe extern "C" fn(string: *const gchar) -> GQuark, ::libloading::Error>,
    pub g_error_new_literal: Result<
        unsafe extern "C" fn(domain: GQuark, code: gint, message: *const gchar) -> *mut GError,
        ::libloading::Error,
    >,
    pub g_dgettext: Result<
        unsafe extern "C" fn(domain: *const gchar, msgid: *const gchar) -> *const gchar,
        ::libloading::Error,
    >,
    pub g_free: Result<unsafe extern "C" fn(mem: gpointer), ::libloading::Error>,
    pub g_list_free: Result<unsafe extern "C" fn(list: *mut GList), ::libloading::Error>,
    pub g_list_append: Result<
        unsafe extern "C" fn(list: *mut GList, data: gpointer) -> *mut GList,
        ::libloading::Error,
    >,
    pub g_main_context_iteration: Result<
        unsafe extern "C" fn(context: *mut GMainContext, may_block: gboolean) -> gboolean,
        ::libloading::Error,
    >,
    pub g_source_remove: Result<unsafe extern "C" fn(tag: guint) -> gboolean, ::libloading::Error>,
    pub g_timeout_add: Result<
        unsafe extern "C" fn(interval: guint, function: GSourceFunc, data: gpointer) -> guint,
        ::libloading::Error,
    >,
    pub g_strdup:
        Result<unsafe extern "C" fn(str_: *const gchar) -> *mut gchar, ::libloading::Error>,
}
impl Glib {
    pub unsafe fn from_library<L>(library: L) -> Result<Self, ::libloading::Error>
    where
        L: Into<::libloading::Library>,
    {
        let __library = library.into();
        let g_quark_from_static_string =
            unsafe { __library.get(b"g_quark_from_static_string\0") }.map(|sym| *sym);
        let g_error_new_literal =
            unsafe { __library.get(b"g_error_new_literal\0") }.map(|sym| *sym);
        let g_dgettext = unsafe { __library.get(b"g_dgettext\0") }.map(|sym| *sym);
        let g_free = unsafe { __library.get(b"g_free\0") }.map(|sym| *sym);
        let g_list_free = unsafe { __library.get(b"g_list_free\0") }.map(|sym| *sym);
        let g_list_append = unsafe { __library.get(b"g_list_append\0") }.map(|sym| *sym);
        let g_main_context_iteration =
            unsafe { __library.get(b"g_main_context_iteration\0") }.map(|sym| *sym);
        let g_source_remove = unsafe { __library.get(b"g_source_remove\0") }.map(|sym| *sym);
        let g_timeout_add = unsafe { __library.get(b"g_timeout_add\0") }.map(|sym| *sym);
        let g_strdup = unsafe { __library.get(b"g_strdup\0") }.map(|sym| *sym);
        Ok(Glib {
            __library,
            g_quark_from_static_string,
            g_error_new_literal,
            g_dgettext,
            g_free,
            g_list_free,
            g_list_append,
            g_main_context_iteration,
            g_source_remove,
            g_timeout_add,
            g_strdup,
        })
    }
    pub unsafe fn g_quark_from_static_string(&self, string: *const gchar) -> GQuark {
        unsafe {
            (self
                .g_quark_from_static_string
                .as_ref()
                .expect("Expected function, got error."))(string)
        }
    }
    pub unsafe fn g_error_new_literal(
        &self,
        domain: GQuark,
        code: gint,
        message: *const gchar,
    ) -> *mut GError {
        unsafe {
            (self
                .g_error_new_literal
                .as_ref()
                .expect("Expected function, got error."))(domain, code, message)
        }
    }
    pub unsafe fn g_dgettext(&self, domain: *const gchar, msgid: *const gchar) -> *const gchar {
        unsafe {
            (self
                .g_dgettext
                .as_ref()
                .expect("Expected function, got error."))(domain, msgid)
        }
    }
    pub unsafe fn g_free(&self, mem: gpointer) {
        unsafe { (self.g_free.as_ref().expect("Expected function, got error."))(mem) }
    }
    pub unsafe fn g_list_free(&self, list: *mut GList) {
        unsafe {
            (self
                .g_list_free
                .as_ref()
                .expect("Expected function, got error."))(list)
        }
    }
    pub unsafe fn g_list_append(&self, list: *mut GList, data: gpointer) -> *mut GList {
        unsafe {
            (self
                .g_list_append
                .as_ref()
                .expect("Expected function, got error."))(list, data)
        }
    }
    pub unsafe fn g_main_context_iteration(
        &self,
        context: *mut GMainContext,
        may_block: gboolean,
    ) -> gboolean {
        unsafe {
            (self
                .g_main_context_iteration
                .as_ref()
                .expect("Expected function, got error."))(context, may_block)
        }
    }
    pub unsafe fn g_source_remove(&self, tag: guint) -> gboolean {
        unsafe {
            (self
                .g_source_remove
                .as_ref()
                .expect("Expected function, got error."))(tag)
        }
    }
    pub unsafe fn g_timeout_add(
        &self,
        interval: guint,
        function: GSourceFunc,
        data: gpointer,
    ) -> guint {
        unsafe {
            (self
                .g_timeout_add
                .as_ref()
                .expect("Expected function, got error."))(interval, function, data)
        }
    }
    pub unsafe fn g_strdup(&self, str_: *const gchar) -> *mut gchar {
        unsafe {
            (self
                .g_strdup
                .as_ref()
                .expect("Expected function, got error."))(str_)
        }
    }
}
