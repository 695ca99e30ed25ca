// Written by `cargo xtask bindings`; not to be edited.

use super::types::*;

pub struct GObjects {
    __library: ::libloading::Library,
    pub g_type_query:
        Result<unsafe extern "C" fn(type_: GType, query: *mut GTypeQuery), ::libloading::Error>,
    pub g_type_register_static: Result<
        unsafe extern "C" fn(
            parent_type: GType,
            type_name: *const gchar,
            info: *const GTypeInfo,
            flags: GTypeFlags,
        ) -> GType,
        ::libloading::Error,
    >,
    pub g_type_name_from_instance: Result<
        unsafe extern "C" fn(instance: *mut GTypeInstance) -> *const gchar,
        ::libloading::Error,
    >,
    pub g_value_init: Result<
        unsafe extern "C" fn(value: *mut GValue, g_type: GType) -> *mut GValue,
        ::libloading::Error,
    >,
    pub g_value_unset: Result<unsafe extern "C" fn(value: *mut GValue), ::libloading::Error>,
    pub g_signal_connect_data: Result<
        unsafe extern "C" fn(
            instance: gpointer,
            detailed_signal: *const gchar,
            c_handler: GCallback,
            data: gpointer,
            destroy_data: GClosureNotify,
            connect_flags: GConnectFlags,
        ) -> gulong,
        ::libloading::Error,
    >,
    pub g_signal_handlers_disconnect_matched: Result<
        unsafe extern "C" fn(
            instance: gpointer,
            mask: GSignalMatchType,
            signal_id: guint,
            detail: GQuark,
            closure: *mut GClosure,
            func: gpointer,
            data: gpointer,
        ) -> guint,
        ::libloading::Error,
    >,
    pub g_object_get_property: Result<
        unsafe extern "C" fn(object: *mut GObject, property_name: *const gchar, value: *mut GValue),
        ::libloading::Error,
    >,
    pub g_object_unref: Result<unsafe extern "C" fn(object: gpointer), ::libloading::Error>,
    pub g_object_bind_property: Result<
        unsafe extern "C" fn(
            source: gpointer,
            source_property: *const gchar,
            target: gpointer,
            target_property: *const gchar,
            flags: GBindingFlags,
        ) -> *mut GBinding,
        ::libloading::Error,
    >,
    pub g_value_get_boolean:
        Result<unsafe extern "C" fn(value: *const GValue) -> gboolean, ::libloading::Error>,
    pub g_value_get_int:
        Result<unsafe extern "C" fn(value: *const GValue) -> gint, ::libloading::Error>,
    pub g_value_get_double:
        Result<unsafe extern "C" fn(value: *const GValue) -> gdouble, ::libloading::Error>,
    pub g_value_get_object:
        Result<unsafe extern "C" fn(value: *const GValue) -> gpointer, ::libloading::Error>,
    pub g_value_get_string:
        Result<unsafe extern "C" fn(value: *const GValue) -> *const gchar, ::libloading::Error>,
}
impl GObjects {
    pub unsafe fn from_library<L>(library: L) -> Result<Self, ::libloading::Error>
    where
        L: Into<::libloading::Library>,
    {
        let __library = library.into();
        let g_type_query = unsafe { __library.get(b"g_type_query\0") }.map(|sym| *sym);
        let g_type_register_static =
            unsafe { __library.get(b"g_type_register_static\0") }.map(|sym| *sym);
        let g_type_name_from_instance =
            unsafe { __library.get(b"g_type_name_from_instance\0") }.map(|sym| *sym);
        let g_value_init = unsafe { __library.get(b"g_value_init\0") }.map(|sym| *sym);
        let g_value_unset = unsafe { __library.get(b"g_value_unset\0") }.map(|sym| *sym);
        let g_signal_connect_data =
            unsafe { __library.get(b"g_signal_connect_data\0") }.map(|sym| *sym);
        let g_signal_handlers_disconnect_matched =
            unsafe { __library.get(b"g_signal_handlers_disconnect_matched\0") }.map(|sym| *sym);
        let g_object_get_property =
            unsafe { __library.get(b"g_object_get_property\0") }.map(|sym| *sym);
        let g_object_unref = unsafe { __library.get(b"g_object_unref\0") }.map(|sym| *sym);
        let g_object_bind_property =
            unsafe { __library.get(b"g_object_bind_property\0") }.map(|sym| *sym);
        let g_value_get_boolean =
            unsafe { __library.get(b"g_value_get_boolean\0") }.map(|sym| *sym);
        let g_value_get_int = unsafe { __library.get(b"g_value_get_int\0") }.map(|sym| *sym);
        let g_value_get_double = unsafe { __library.get(b"g_value_get_double\0") }.map(|sym| *sym);
        let g_value_get_object = unsafe { __library.get(b"g_value_get_object\0") }.map(|sym| *sym);
        let g_value_get_string = unsafe { __library.get(b"g_value_get_string\0") }.map(|sym| *sym);
        Ok(GObjects {
            __library,
            g_type_query,
            g_type_register_static,
            g_type_name_from_instance,
            g_value_init,
            g_value_unset,
            g_signal_connect_data,
            g_signal_handlers_disconnect_matched,
            g_object_get_property,
            g_object_unref,
            g_object_bind_property,
            g_value_get_boolean,
            g_value_get_int,
            g_value_get_double,
            g_value_get_object,
            g_value_get_string,
        })
    }
    pub unsafe fn g_type_query(&self, type_: GType, query: *mut GTypeQuery) {
        unsafe {
            (self
                .g_type_query
                .as_ref()
                .expect("Expected function, got error."))(type_, query)
        }
    }
    pub unsafe fn g_type_register_static(
        &self,
        parent_type: GType,
        type_name: *const gchar,
        info: *const GTypeInfo,
        flags: GTypeFlags,
    ) -> GType {
        unsafe {
            (self
                .g_type_register_static
                .as_ref()
                .expect("Expected function, got error."))(
                parent_type, type_name, info, flags
            )
        }
    }
    pub unsafe fn g_type_name_from_instance(&self, instance: *mut GTypeInstance) -> *const gchar {
        unsafe {
            (self
                .g_type_name_from_instance
                .as_ref()
                .expect("Expected function, got error."))(instance)
        }
    }
    pub unsafe fn g_value_init(&self, value: *mut GValue, g_type: GType) -> *mut GValue {
        unsafe {
            (self
                .g_value_init
                .as_ref()
                .expect("Expected function, got error."))(value, g_type)
        }
    }
    pub unsafe fn g_value_unset(&self, value: *mut GValue) {
        unsafe {
            (self
                .g_value_unset
                .as_ref()
                .expect("Expected function, got error."))(value)
        }
    }
    pub unsafe fn g_signal_connect_data(
        &self,
        instance: gpointer,
        detailed_signal: *const gchar,
        c_handler: GCallback,
        data: gpointer,
        destroy_data: GClosureNotify,
        connect_flags: GConnectFlags,
    ) -> gulong {
        unsafe {
            (self
                .g_signal_connect_data
                .as_ref()
                .expect("Expected function, got error."))(
                instance,
                detailed_signal,
                c_handler,
                data,
                destroy_data,
                connect_flags,
            )
        }
    }
    pub unsafe fn g_signal_handlers_disconnect_matched(
        &self,
        instance: gpointer,
        mask: GSignalMatchType,
        signal_id: guint,
        detail: GQuark,
        closure: *mut GClosure,
        func: gpointer,
        data: gpointer,
    ) -> guint {
        unsafe {
            (self
                .g_signal_handlers_disconnect_matched
                .as_ref()
                .expect("Expected function, got error."))(
                instance, mask, signal_id, detail, closure, func, data,
            )
        }
    }
    pub unsafe fn g_object_get_property(
        &self,
        object: *mut GObject,
        property_name: *const gchar,
        value: *mut GValue,
    ) {
        unsafe {
            (self
                .g_object_get_property
                .as_ref()
                .expect("Expected function, got error."))(object, property_name, value)
        }
    }
    pub unsafe fn g_object_unref(&self, object: gpointer) {
        unsafe {
            (self
                .g_object_unref
                .as_ref()
                .expect("Expected function, got error."))(object)
        }
    }
    pub unsafe fn g_object_bind_property(
        &self,
        source: gpointer,
        source_property: *const gchar,
        target: gpointer,
        target_property: *const gchar,
        flags: GBindingFlags,
    ) -> *mut GBinding {
        unsafe {
            (self
                .g_object_bind_property
                .as_ref()
                .expect("Expected function, got error."))(
                source,
                source_property,
                target,
                target_property,
                flags,
            )
        }
    }
    pub unsafe fn g_value_get_boolean(&self, value: *const GValue) -> gboolean {
        unsafe {
            (self
                .g_value_get_boolean
                .as_ref()
                .expect("Expected function, got error."))(value)
        }
    }
    pub unsafe fn g_value_get_int(&self, value: *const GValue) -> gint {
        unsafe {
            (self
                .g_value_get_int
                .as_ref()
                .expect("Expected function, got error."))(value)
        }
    }
    pub unsafe fn g_value_get_double(&self, value: *const GValue) -> gdouble {
        unsafe {
            (self
                .g_value_get_double
                .as_ref()
                .expect("Expected function, got error."))(value)
        }
    }
    pub unsafe fn g_value_get_object(&self, value: *const GValue) -> gpointer {
        unsafe {
            (self
                .g_value_get_object
                .as_ref()
                .expect("Expected function, got error."))(value)
        }
    }
    pub unsafe fn g_value_get_string(&self, value: *const GValue) -> *const gchar {
        unsafe {
            (self
                .g_value_get_string
                .as_ref()
                .expect("Expected function, got error."))(value)
        }
    }
}
