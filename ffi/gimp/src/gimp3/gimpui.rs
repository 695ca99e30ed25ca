// Written by `cargo xtask bindings`; not to be edited.

use super::types::*;

pub struct GimpUi {
    __library: ::libloading::Library,
    pub gimp_procedure_dialog_new: Result<
        unsafe extern "C" fn(
            procedure: *mut GimpProcedure,
            config: *mut GimpProcedureConfig,
            title: *const gchar,
        ) -> *mut GtkWidget,
        ::libloading::Error,
    >,
    pub gimp_procedure_dialog_get_widget: Result<
        unsafe extern "C" fn(
            dialog: *mut GimpProcedureDialog,
            property: *const gchar,
            widget_type: GType,
        ) -> *mut GtkWidget,
        ::libloading::Error,
    >,
    pub gimp_procedure_dialog_get_scale_entry: Result<
        unsafe extern "C" fn(
            dialog: *mut GimpProcedureDialog,
            property: *const gchar,
            factor: gdouble,
        ) -> *mut GtkWidget,
        ::libloading::Error,
    >,
    pub gimp_procedure_dialog_get_label: Result<
        unsafe extern "C" fn(
            dialog: *mut GimpProcedureDialog,
            label_id: *const gchar,
            text: *const gchar,
            is_markup: gboolean,
            with_mnemonic: gboolean,
        ) -> *mut GtkWidget,
        ::libloading::Error,
    >,
    pub gimp_procedure_dialog_fill_box_list: Result<
        unsafe extern "C" fn(
            dialog: *mut GimpProcedureDialog,
            container_id: *const gchar,
            properties: *mut GList,
        ) -> *mut GtkWidget,
        ::libloading::Error,
    >,
    pub gimp_procedure_dialog_fill_expander: Result<
        unsafe extern "C" fn(
            dialog: *mut GimpProcedureDialog,
            container_id: *const gchar,
            title_id: *const gchar,
            invert_title: gboolean,
            contents_id: *const gchar,
        ) -> *mut GtkWidget,
        ::libloading::Error,
    >,
    pub gimp_procedure_dialog_run: Result<
        unsafe extern "C" fn(dialog: *mut GimpProcedureDialog) -> gboolean,
        ::libloading::Error,
    >,
    pub gimp_ui_init: Result<unsafe extern "C" fn(prog_name: *const gchar), ::libloading::Error>,
}
impl GimpUi {
    pub unsafe fn from_library<L>(library: L) -> Result<Self, ::libloading::Error>
    where
        L: Into<::libloading::Library>,
    {
        let __library = library.into();
        let gimp_procedure_dialog_new =
            unsafe { __library.get(b"gimp_procedure_dialog_new\0") }.map(|sym| *sym);
        let gimp_procedure_dialog_get_widget =
            unsafe { __library.get(b"gimp_procedure_dialog_get_widget\0") }.map(|sym| *sym);
        let gimp_procedure_dialog_get_scale_entry =
            unsafe { __library.get(b"gimp_procedure_dialog_get_scale_entry\0") }.map(|sym| *sym);
        let gimp_procedure_dialog_get_label =
            unsafe { __library.get(b"gimp_procedure_dialog_get_label\0") }.map(|sym| *sym);
        let gimp_procedure_dialog_fill_box_list =
            unsafe { __library.get(b"gimp_procedure_dialog_fill_box_list\0") }.map(|sym| *sym);
        let gimp_procedure_dialog_fill_expander =
            unsafe { __library.get(b"gimp_procedure_dialog_fill_expander\0") }.map(|sym| *sym);
        let gimp_procedure_dialog_run =
            unsafe { __library.get(b"gimp_procedure_dialog_run\0") }.map(|sym| *sym);
        let gimp_ui_init = unsafe { __library.get(b"gimp_ui_init\0") }.map(|sym| *sym);
        Ok(GimpUi {
            __library,
            gimp_procedure_dialog_new,
            gimp_procedure_dialog_get_widget,
            gimp_procedure_dialog_get_scale_entry,
            gimp_procedure_dialog_get_label,
            gimp_procedure_dialog_fill_box_list,
            gimp_procedure_dialog_fill_expander,
            gimp_procedure_dialog_run,
            gimp_ui_init,
        })
    }
    pub unsafe fn gimp_procedure_dialog_new(
        &self,
        procedure: *mut GimpProcedure,
        config: *mut GimpProcedureConfig,
        title: *const gchar,
    ) -> *mut GtkWidget {
        unsafe {
            (self
                .gimp_procedure_dialog_new
                .as_ref()
                .expect("Expected function, got error."))(procedure, config, title)
        }
    }
    pub unsafe fn gimp_procedure_dialog_get_widget(
        &self,
        dialog: *mut GimpProcedureDialog,
        property: *const gchar,
        widget_type: GType,
    ) -> *mut GtkWidget {
        unsafe {
            (self
                .gimp_procedure_dialog_get_widget
                .as_ref()
                .expect("Expected function, got error."))(dialog, property, widget_type)
        }
    }
    pub unsafe fn gimp_procedure_dialog_get_scale_entry(
        &self,
        dialog: *mut GimpProcedureDialog,
        property: *const gchar,
        factor: gdouble,
    ) -> *mut GtkWidget {
        unsafe {
            (self
                .gimp_procedure_dialog_get_scale_entry
                .as_ref()
                .expect("Expected function, got error."))(dialog, property, factor)
        }
    }
    pub unsafe fn gimp_procedure_dialog_get_label(
        &self,
        dialog: *mut GimpProcedureDialog,
        label_id: *const gchar,
        text: *const gchar,
        is_markup: gboolean,
        with_mnemonic: gboolean,
    ) -> *mut GtkWidget {
        unsafe {
            (self
                .gimp_procedure_dialog_get_label
                .as_ref()
                .expect("Expected function, got error."))(
                dialog,
                label_id,
                text,
                is_markup,
                with_mnemonic,
            )
        }
    }
    pub unsafe fn gimp_procedure_dialog_fill_box_list(
        &self,
        dialog: *mut GimpProcedureDialog,
        container_id: *const gchar,
        properties: *mut GList,
    ) -> *mut GtkWidget {
        unsafe {
            (self
                .gimp_procedure_dialog_fill_box_list
                .as_ref()
                .expect("Expected function, got error."))(
                dialog, container_id, properties
            )
        }
    }
    pub unsafe fn gimp_procedure_dialog_fill_expander(
        &self,
        dialog: *mut GimpProcedureDialog,
        container_id: *const gchar,
        title_id: *const gchar,
        invert_title: gboolean,
        contents_id: *const gchar,
    ) -> *mut GtkWidget {
        unsafe {
            (self
                .gimp_procedure_dialog_fill_expander
                .as_ref()
                .expect("Expected function, got error."))(
                dialog,
                container_id,
                title_id,
                invert_title,
                contents_id,
            )
        }
    }
    pub unsafe fn gimp_procedure_dialog_run(&self, dialog: *mut GimpProcedureDialog) -> gboolean {
        unsafe {
            (self
                .gimp_procedure_dialog_run
                .as_ref()
                .expect("Expected function, got error."))(dialog)
        }
    }
    pub unsafe fn gimp_ui_init(&self, prog_name: *const gchar) {
        unsafe {
            (self
                .gimp_ui_init
                .as_ref()
                .expect("Expected function, got error."))(prog_name)
        }
    }
}
