// Written by `cargo xtask bindings`; not to be edited.

use super::types::*;

pub struct Gimp {
    __library: ::libloading::Library,
    pub gimp_procedure_set_image_types: Result<
        unsafe extern "C" fn(procedure: *mut GimpProcedure, image_types: *const gchar),
        ::libloading::Error,
    >,
    pub gimp_procedure_set_sensitivity_mask: Result<
        unsafe extern "C" fn(procedure: *mut GimpProcedure, sensitivity_mask: gint),
        ::libloading::Error,
    >,
    pub gimp_procedure_set_menu_label: Result<
        unsafe extern "C" fn(procedure: *mut GimpProcedure, menu_label: *const gchar),
        ::libloading::Error,
    >,
    pub gimp_procedure_add_menu_path: Result<
        unsafe extern "C" fn(procedure: *mut GimpProcedure, menu_path: *const gchar),
        ::libloading::Error,
    >,
    pub gimp_procedure_set_icon_name: Result<
        unsafe extern "C" fn(procedure: *mut GimpProcedure, icon_name: *const gchar),
        ::libloading::Error,
    >,
    pub gimp_procedure_set_documentation: Result<
        unsafe extern "C" fn(
            procedure: *mut GimpProcedure,
            blurb: *const gchar,
            help: *const gchar,
            help_id: *const gchar,
        ),
        ::libloading::Error,
    >,
    pub gimp_procedure_set_attribution: Result<
        unsafe extern "C" fn(
            procedure: *mut GimpProcedure,
            authors: *const gchar,
            copyright: *const gchar,
            date: *const gchar,
        ),
        ::libloading::Error,
    >,
    pub gimp_procedure_new_return_values: Result<
        unsafe extern "C" fn(
            procedure: *mut GimpProcedure,
            status: GimpPDBStatusType,
            error: *mut GError,
        ) -> *mut GimpValueArray,
        ::libloading::Error,
    >,
    pub gimp_item_is_layer:
        Result<unsafe extern "C" fn(item: *mut GimpItem) -> gboolean, ::libloading::Error>,
    pub gimp_item_is_text_layer:
        Result<unsafe extern "C" fn(item: *mut GimpItem) -> gboolean, ::libloading::Error>,
    pub gimp_drawable_get_buffer: Result<
        unsafe extern "C" fn(drawable: *mut GimpDrawable) -> *mut GeglBuffer,
        ::libloading::Error,
    >,
    pub gimp_drawable_get_shadow_buffer: Result<
        unsafe extern "C" fn(drawable: *mut GimpDrawable) -> *mut GeglBuffer,
        ::libloading::Error,
    >,
    pub gimp_drawable_get_format: Result<
        unsafe extern "C" fn(drawable: *mut GimpDrawable) -> *const Babl,
        ::libloading::Error,
    >,
    pub gimp_image_procedure_new: Result<
        unsafe extern "C" fn(
            plug_in: *mut GimpPlugIn,
            name: *const gchar,
            proc_type: GimpPDBProcType,
            run_func: GimpRunImageFunc,
            run_data: gpointer,
            run_data_destroy: GDestroyNotify,
        ) -> *mut GimpProcedure,
        ::libloading::Error,
    >,
    pub gimp_pdb_get_last_error:
        Result<unsafe extern "C" fn(pdb: *mut GimpPDB) -> *const gchar, ::libloading::Error>,
    pub gimp_plug_in_get_type: Result<unsafe extern "C" fn() -> GType, ::libloading::Error>,
    pub gimp_procedure_add_boolean_argument: Result<
        unsafe extern "C" fn(
            procedure: *mut GimpProcedure,
            name: *const gchar,
            nick: *const gchar,
            blurb: *const gchar,
            value: gboolean,
            flags: GParamFlags,
        ),
        ::libloading::Error,
    >,
    pub gimp_procedure_add_int_argument: Result<
        unsafe extern "C" fn(
            procedure: *mut GimpProcedure,
            name: *const gchar,
            nick: *const gchar,
            blurb: *const gchar,
            min: gint,
            max: gint,
            value: gint,
            flags: GParamFlags,
        ),
        ::libloading::Error,
    >,
    pub gimp_procedure_add_double_argument: Result<
        unsafe extern "C" fn(
            procedure: *mut GimpProcedure,
            name: *const gchar,
            nick: *const gchar,
            blurb: *const gchar,
            min: gdouble,
            max: gdouble,
            value: gdouble,
            flags: GParamFlags,
        ),
        ::libloading::Error,
    >,
    pub gimp_procedure_add_choice_argument: Result<
        unsafe extern "C" fn(
            procedure: *mut GimpProcedure,
            name: *const gchar,
            nick: *const gchar,
            blurb: *const gchar,
            choice: *mut GimpChoice,
            value: *const gchar,
            flags: GParamFlags,
        ),
        ::libloading::Error,
    >,
    pub gimp_procedure_add_drawable_argument: Result<
        unsafe extern "C" fn(
            procedure: *mut GimpProcedure,
            name: *const gchar,
            nick: *const gchar,
            blurb: *const gchar,
            none_ok: gboolean,
            flags: GParamFlags,
        ),
        ::libloading::Error,
    >,
    pub gimp_procedure_add_string_argument: Result<
        unsafe extern "C" fn(
            procedure: *mut GimpProcedure,
            name: *const gchar,
            nick: *const gchar,
            blurb: *const gchar,
            value: *const gchar,
            flags: GParamFlags,
        ),
        ::libloading::Error,
    >,
    pub gimp_progress_init:
        Result<unsafe extern "C" fn(message: *const gchar) -> gboolean, ::libloading::Error>,
    pub gimp_progress_update:
        Result<unsafe extern "C" fn(percentage: gdouble) -> gboolean, ::libloading::Error>,
    pub gimp_displays_flush: Result<unsafe extern "C" fn() -> gboolean, ::libloading::Error>,
    pub gimp_drawable_is_gray:
        Result<unsafe extern "C" fn(drawable: *mut GimpDrawable) -> gboolean, ::libloading::Error>,
    pub gimp_drawable_is_indexed:
        Result<unsafe extern "C" fn(drawable: *mut GimpDrawable) -> gboolean, ::libloading::Error>,
    pub gimp_drawable_get_width:
        Result<unsafe extern "C" fn(drawable: *mut GimpDrawable) -> gint, ::libloading::Error>,
    pub gimp_drawable_get_height:
        Result<unsafe extern "C" fn(drawable: *mut GimpDrawable) -> gint, ::libloading::Error>,
    pub gimp_drawable_get_offsets: Result<
        unsafe extern "C" fn(
            drawable: *mut GimpDrawable,
            offset_x: *mut gint,
            offset_y: *mut gint,
        ) -> gboolean,
        ::libloading::Error,
    >,
    pub gimp_drawable_mask_intersect: Result<
        unsafe extern "C" fn(
            drawable: *mut GimpDrawable,
            x: *mut gint,
            y: *mut gint,
            width: *mut gint,
            height: *mut gint,
        ) -> gboolean,
        ::libloading::Error,
    >,
    pub gimp_drawable_merge_shadow: Result<
        unsafe extern "C" fn(drawable: *mut GimpDrawable, undo: gboolean) -> gboolean,
        ::libloading::Error,
    >,
    pub gimp_drawable_update: Result<
        unsafe extern "C" fn(
            drawable: *mut GimpDrawable,
            x: gint,
            y: gint,
            width: gint,
            height: gint,
        ) -> gboolean,
        ::libloading::Error,
    >,
    pub gimp_image_get_width:
        Result<unsafe extern "C" fn(image: *mut GimpImage) -> gint, ::libloading::Error>,
    pub gimp_image_get_height:
        Result<unsafe extern "C" fn(image: *mut GimpImage) -> gint, ::libloading::Error>,
    pub gimp_image_insert_layer: Result<
        unsafe extern "C" fn(
            image: *mut GimpImage,
            layer: *mut GimpLayer,
            parent: *mut GimpLayer,
            position: gint,
        ) -> gboolean,
        ::libloading::Error,
    >,
    pub gimp_image_get_item_position: Result<
        unsafe extern "C" fn(image: *mut GimpImage, item: *mut GimpItem) -> gint,
        ::libloading::Error,
    >,
    pub gimp_image_get_selection: Result<
        unsafe extern "C" fn(image: *mut GimpImage) -> *mut GimpSelection,
        ::libloading::Error,
    >,
    pub gimp_image_undo_group_start:
        Result<unsafe extern "C" fn(image: *mut GimpImage) -> gboolean, ::libloading::Error>,
    pub gimp_image_undo_group_end:
        Result<unsafe extern "C" fn(image: *mut GimpImage) -> gboolean, ::libloading::Error>,
    pub gimp_item_delete:
        Result<unsafe extern "C" fn(item: *mut GimpItem) -> gboolean, ::libloading::Error>,
    pub gimp_item_is_group:
        Result<unsafe extern "C" fn(item: *mut GimpItem) -> gboolean, ::libloading::Error>,
    pub gimp_item_get_id:
        Result<unsafe extern "C" fn(item: *mut GimpItem) -> gint, ::libloading::Error>,
    pub gimp_drawable_get_by_id:
        Result<unsafe extern "C" fn(drawable_id: gint) -> *mut GimpDrawable, ::libloading::Error>,
    pub gimp_item_get_parent:
        Result<unsafe extern "C" fn(item: *mut GimpItem) -> *mut GimpItem, ::libloading::Error>,
    pub gimp_item_get_name:
        Result<unsafe extern "C" fn(item: *mut GimpItem) -> *mut gchar, ::libloading::Error>,
    pub gimp_item_get_lock_content:
        Result<unsafe extern "C" fn(item: *mut GimpItem) -> gboolean, ::libloading::Error>,
    pub gimp_layer_new: Result<
        unsafe extern "C" fn(
            image: *mut GimpImage,
            name: *const gchar,
            width: gint,
            height: gint,
            type_: GimpImageType,
            opacity: gdouble,
            mode: GimpLayerMode,
        ) -> *mut GimpLayer,
        ::libloading::Error,
    >,
    pub gimp_layer_new_from_visible: Result<
        unsafe extern "C" fn(
            image: *mut GimpImage,
            dest_image: *mut GimpImage,
            name: *const gchar,
        ) -> *mut GimpLayer,
        ::libloading::Error,
    >,
    pub gimp_layer_set_offsets: Result<
        unsafe extern "C" fn(layer: *mut GimpLayer, offx: gint, offy: gint) -> gboolean,
        ::libloading::Error,
    >,
    pub gimp_layer_create_mask: Result<
        unsafe extern "C" fn(
            layer: *mut GimpLayer,
            mask_type: GimpAddMaskType,
        ) -> *mut GimpLayerMask,
        ::libloading::Error,
    >,
    pub gimp_layer_add_mask: Result<
        unsafe extern "C" fn(layer: *mut GimpLayer, mask: *mut GimpLayerMask) -> gboolean,
        ::libloading::Error,
    >,
    pub gimp_layer_remove_mask: Result<
        unsafe extern "C" fn(layer: *mut GimpLayer, mode: GimpMaskApplyMode) -> gboolean,
        ::libloading::Error,
    >,
    pub gimp_progress_pulse: Result<unsafe extern "C" fn() -> gboolean, ::libloading::Error>,
    pub gimp_progress_end: Result<unsafe extern "C" fn() -> gboolean, ::libloading::Error>,
    pub gimp_selection_bounds: Result<
        unsafe extern "C" fn(
            image: *mut GimpImage,
            non_empty: *mut gboolean,
            x1: *mut gint,
            y1: *mut gint,
            x2: *mut gint,
            y2: *mut gint,
        ) -> gboolean,
        ::libloading::Error,
    >,
    pub gimp_main: Result<
        unsafe extern "C" fn(plug_in_type: GType, argc: gint, argv: *mut *mut gchar) -> gint,
        ::libloading::Error,
    >,
    pub gimp_get_pdb: Result<unsafe extern "C" fn() -> *mut GimpPDB, ::libloading::Error>,
}
impl Gimp {
    pub unsafe fn from_library<L>(library: L) -> Result<Self, ::libloading::Error>
    where
        L: Into<::libloading::Library>,
    {
        let __library = library.into();
        let gimp_procedure_set_image_types =
            unsafe { __library.get(b"gimp_procedure_set_image_types\0") }.map(|sym| *sym);
        let gimp_procedure_set_sensitivity_mask =
            unsafe { __library.get(b"gimp_procedure_set_sensitivity_mask\0") }.map(|sym| *sym);
        let gimp_procedure_set_menu_label =
            unsafe { __library.get(b"gimp_procedure_set_menu_label\0") }.map(|sym| *sym);
        let gimp_procedure_add_menu_path =
            unsafe { __library.get(b"gimp_procedure_add_menu_path\0") }.map(|sym| *sym);
        let gimp_procedure_set_icon_name =
            unsafe { __library.get(b"gimp_procedure_set_icon_name\0") }.map(|sym| *sym);
        let gimp_procedure_set_documentation =
            unsafe { __library.get(b"gimp_procedure_set_documentation\0") }.map(|sym| *sym);
        let gimp_procedure_set_attribution =
            unsafe { __library.get(b"gimp_procedure_set_attribution\0") }.map(|sym| *sym);
        let gimp_procedure_new_return_values =
            unsafe { __library.get(b"gimp_procedure_new_return_values\0") }.map(|sym| *sym);
        let gimp_item_is_layer = unsafe { __library.get(b"gimp_item_is_layer\0") }.map(|sym| *sym);
        let gimp_item_is_text_layer =
            unsafe { __library.get(b"gimp_item_is_text_layer\0") }.map(|sym| *sym);
        let gimp_drawable_get_buffer =
            unsafe { __library.get(b"gimp_drawable_get_buffer\0") }.map(|sym| *sym);
        let gimp_drawable_get_shadow_buffer =
            unsafe { __library.get(b"gimp_drawable_get_shadow_buffer\0") }.map(|sym| *sym);
        let gimp_drawable_get_format =
            unsafe { __library.get(b"gimp_drawable_get_format\0") }.map(|sym| *sym);
        let gimp_image_procedure_new =
            unsafe { __library.get(b"gimp_image_procedure_new\0") }.map(|sym| *sym);
        let gimp_pdb_get_last_error =
            unsafe { __library.get(b"gimp_pdb_get_last_error\0") }.map(|sym| *sym);
        let gimp_plug_in_get_type =
            unsafe { __library.get(b"gimp_plug_in_get_type\0") }.map(|sym| *sym);
        let gimp_procedure_add_boolean_argument =
            unsafe { __library.get(b"gimp_procedure_add_boolean_argument\0") }.map(|sym| *sym);
        let gimp_procedure_add_int_argument =
            unsafe { __library.get(b"gimp_procedure_add_int_argument\0") }.map(|sym| *sym);
        let gimp_procedure_add_double_argument =
            unsafe { __library.get(b"gimp_procedure_add_double_argument\0") }.map(|sym| *sym);
        let gimp_procedure_add_choice_argument =
            unsafe { __library.get(b"gimp_procedure_add_choice_argument\0") }.map(|sym| *sym);
        let gimp_procedure_add_drawable_argument =
            unsafe { __library.get(b"gimp_procedure_add_drawable_argument\0") }.map(|sym| *sym);
        let gimp_procedure_add_string_argument =
            unsafe { __library.get(b"gimp_procedure_add_string_argument\0") }.map(|sym| *sym);
        let gimp_progress_init = unsafe { __library.get(b"gimp_progress_init\0") }.map(|sym| *sym);
        let gimp_progress_update =
            unsafe { __library.get(b"gimp_progress_update\0") }.map(|sym| *sym);
        let gimp_displays_flush =
            unsafe { __library.get(b"gimp_displays_flush\0") }.map(|sym| *sym);
        let gimp_drawable_is_gray =
            unsafe { __library.get(b"gimp_drawable_is_gray\0") }.map(|sym| *sym);
        let gimp_drawable_is_indexed =
            unsafe { __library.get(b"gimp_drawable_is_indexed\0") }.map(|sym| *sym);
        let gimp_drawable_get_width =
            unsafe { __library.get(b"gimp_drawable_get_width\0") }.map(|sym| *sym);
        let gimp_drawable_get_height =
            unsafe { __library.get(b"gimp_drawable_get_height\0") }.map(|sym| *sym);
        let gimp_drawable_get_offsets =
            unsafe { __library.get(b"gimp_drawable_get_offsets\0") }.map(|sym| *sym);
        let gimp_drawable_mask_intersect =
            unsafe { __library.get(b"gimp_drawable_mask_intersect\0") }.map(|sym| *sym);
        let gimp_drawable_merge_shadow =
            unsafe { __library.get(b"gimp_drawable_merge_shadow\0") }.map(|sym| *sym);
        let gimp_drawable_update =
            unsafe { __library.get(b"gimp_drawable_update\0") }.map(|sym| *sym);
        let gimp_image_get_width =
            unsafe { __library.get(b"gimp_image_get_width\0") }.map(|sym| *sym);
        let gimp_image_get_height =
            unsafe { __library.get(b"gimp_image_get_height\0") }.map(|sym| *sym);
        let gimp_image_insert_layer =
            unsafe { __library.get(b"gimp_image_insert_layer\0") }.map(|sym| *sym);
        let gimp_image_get_item_position =
            unsafe { __library.get(b"gimp_image_get_item_position\0") }.map(|sym| *sym);
        let gimp_image_get_selection =
            unsafe { __library.get(b"gimp_image_get_selection\0") }.map(|sym| *sym);
        let gimp_image_undo_group_start =
            unsafe { __library.get(b"gimp_image_undo_group_start\0") }.map(|sym| *sym);
        let gimp_image_undo_group_end =
            unsafe { __library.get(b"gimp_image_undo_group_end\0") }.map(|sym| *sym);
        let gimp_item_delete = unsafe { __library.get(b"gimp_item_delete\0") }.map(|sym| *sym);
        let gimp_item_is_group = unsafe { __library.get(b"gimp_item_is_group\0") }.map(|sym| *sym);
        let gimp_item_get_id = unsafe { __library.get(b"gimp_item_get_id\0") }.map(|sym| *sym);
        let gimp_drawable_get_by_id =
            unsafe { __library.get(b"gimp_drawable_get_by_id\0") }.map(|sym| *sym);
        let gimp_item_get_parent =
            unsafe { __library.get(b"gimp_item_get_parent\0") }.map(|sym| *sym);
        let gimp_item_get_name = unsafe { __library.get(b"gimp_item_get_name\0") }.map(|sym| *sym);
        let gimp_item_get_lock_content =
            unsafe { __library.get(b"gimp_item_get_lock_content\0") }.map(|sym| *sym);
        let gimp_layer_new = unsafe { __library.get(b"gimp_layer_new\0") }.map(|sym| *sym);
        let gimp_layer_new_from_visible =
            unsafe { __library.get(b"gimp_layer_new_from_visible\0") }.map(|sym| *sym);
        let gimp_layer_set_offsets =
            unsafe { __library.get(b"gimp_layer_set_offsets\0") }.map(|sym| *sym);
        let gimp_layer_create_mask =
            unsafe { __library.get(b"gimp_layer_create_mask\0") }.map(|sym| *sym);
        let gimp_layer_add_mask =
            unsafe { __library.get(b"gimp_layer_add_mask\0") }.map(|sym| *sym);
        let gimp_layer_remove_mask =
            unsafe { __library.get(b"gimp_layer_remove_mask\0") }.map(|sym| *sym);
        let gimp_progress_pulse =
            unsafe { __library.get(b"gimp_progress_pulse\0") }.map(|sym| *sym);
        let gimp_progress_end = unsafe { __library.get(b"gimp_progress_end\0") }.map(|sym| *sym);
        let gimp_selection_bounds =
            unsafe { __library.get(b"gimp_selection_bounds\0") }.map(|sym| *sym);
        let gimp_main = unsafe { __library.get(b"gimp_main\0") }.map(|sym| *sym);
        let gimp_get_pdb = unsafe { __library.get(b"gimp_get_pdb\0") }.map(|sym| *sym);
        Ok(Gimp {
            __library,
            gimp_procedure_set_image_types,
            gimp_procedure_set_sensitivity_mask,
            gimp_procedure_set_menu_label,
            gimp_procedure_add_menu_path,
            gimp_procedure_set_icon_name,
            gimp_procedure_set_documentation,
            gimp_procedure_set_attribution,
            gimp_procedure_new_return_values,
            gimp_item_is_layer,
            gimp_item_is_text_layer,
            gimp_drawable_get_buffer,
            gimp_drawable_get_shadow_buffer,
            gimp_drawable_get_format,
            gimp_image_procedure_new,
            gimp_pdb_get_last_error,
            gimp_plug_in_get_type,
            gimp_procedure_add_boolean_argument,
            gimp_procedure_add_int_argument,
            gimp_procedure_add_double_argument,
            gimp_procedure_add_choice_argument,
            gimp_procedure_add_drawable_argument,
            gimp_procedure_add_string_argument,
            gimp_progress_init,
            gimp_progress_update,
            gimp_displays_flush,
            gimp_drawable_is_gray,
            gimp_drawable_is_indexed,
            gimp_drawable_get_width,
            gimp_drawable_get_height,
            gimp_drawable_get_offsets,
            gimp_drawable_mask_intersect,
            gimp_drawable_merge_shadow,
            gimp_drawable_update,
            gimp_image_get_width,
            gimp_image_get_height,
            gimp_image_insert_layer,
            gimp_image_get_item_position,
            gimp_image_get_selection,
            gimp_image_undo_group_start,
            gimp_image_undo_group_end,
            gimp_item_delete,
            gimp_item_is_group,
            gimp_item_get_id,
            gimp_drawable_get_by_id,
            gimp_item_get_parent,
            gimp_item_get_name,
            gimp_item_get_lock_content,
            gimp_layer_new,
            gimp_layer_new_from_visible,
            gimp_layer_set_offsets,
            gimp_layer_create_mask,
            gimp_layer_add_mask,
            gimp_layer_remove_mask,
            gimp_progress_pulse,
            gimp_progress_end,
            gimp_selection_bounds,
            gimp_main,
            gimp_get_pdb,
        })
    }
    pub unsafe fn gimp_procedure_set_image_types(
        &self,
        procedure: *mut GimpProcedure,
        image_types: *const gchar,
    ) {
        unsafe {
            (self
                .gimp_procedure_set_image_types
                .as_ref()
                .expect("Expected function, got error."))(procedure, image_types)
        }
    }
    pub unsafe fn gimp_procedure_set_sensitivity_mask(
        &self,
        procedure: *mut GimpProcedure,
        sensitivity_mask: gint,
    ) {
        unsafe {
            (self
                .gimp_procedure_set_sensitivity_mask
                .as_ref()
                .expect("Expected function, got error."))(procedure, sensitivity_mask)
        }
    }
    pub unsafe fn gimp_procedure_set_menu_label(
        &self,
        procedure: *mut GimpProcedure,
        menu_label: *const gchar,
    ) {
        unsafe {
            (self
                .gimp_procedure_set_menu_label
                .as_ref()
                .expect("Expected function, got error."))(procedure, menu_label)
        }
    }
    pub unsafe fn gimp_procedure_add_menu_path(
        &self,
        procedure: *mut GimpProcedure,
        menu_path: *const gchar,
    ) {
        unsafe {
            (self
                .gimp_procedure_add_menu_path
                .as_ref()
                .expect("Expected function, got error."))(procedure, menu_path)
        }
    }
    pub unsafe fn gimp_procedure_set_icon_name(
        &self,
        procedure: *mut GimpProcedure,
        icon_name: *const gchar,
    ) {
        unsafe {
            (self
                .gimp_procedure_set_icon_name
                .as_ref()
                .expect("Expected function, got error."))(procedure, icon_name)
        }
    }
    pub unsafe fn gimp_procedure_set_documentation(
        &self,
        procedure: *mut GimpProcedure,
        blurb: *const gchar,
        help: *const gchar,
        help_id: *const gchar,
    ) {
        unsafe {
            (self
                .gimp_procedure_set_documentation
                .as_ref()
                .expect("Expected function, got error."))(
                procedure, blurb, help, help_id
            )
        }
    }
    pub unsafe fn gimp_procedure_set_attribution(
        &self,
        procedure: *mut GimpProcedure,
        authors: *const gchar,
        copyright: *const gchar,
        date: *const gchar,
    ) {
        unsafe {
            (self
                .gimp_procedure_set_attribution
                .as_ref()
                .expect("Expected function, got error."))(
                procedure, authors, copyright, date
            )
        }
    }
    pub unsafe fn gimp_procedure_new_return_values(
        &self,
        procedure: *mut GimpProcedure,
        status: GimpPDBStatusType,
        error: *mut GError,
    ) -> *mut GimpValueArray {
        unsafe {
            (self
                .gimp_procedure_new_return_values
                .as_ref()
                .expect("Expected function, got error."))(procedure, status, error)
        }
    }
    pub unsafe fn gimp_item_is_layer(&self, item: *mut GimpItem) -> gboolean {
        unsafe {
            (self
                .gimp_item_is_layer
                .as_ref()
                .expect("Expected function, got error."))(item)
        }
    }
    pub unsafe fn gimp_item_is_text_layer(&self, item: *mut GimpItem) -> gboolean {
        unsafe {
            (self
                .gimp_item_is_text_layer
                .as_ref()
                .expect("Expected function, got error."))(item)
        }
    }
    pub unsafe fn gimp_drawable_get_buffer(&self, drawable: *mut GimpDrawable) -> *mut GeglBuffer {
        unsafe {
            (self
                .gimp_drawable_get_buffer
                .as_ref()
                .expect("Expected function, got error."))(drawable)
        }
    }
    pub unsafe fn gimp_drawable_get_shadow_buffer(
        &self,
        drawable: *mut GimpDrawable,
    ) -> *mut GeglBuffer {
        unsafe {
            (self
                .gimp_drawable_get_shadow_buffer
                .as_ref()
                .expect("Expected function, got error."))(drawable)
        }
    }
    pub unsafe fn gimp_drawable_get_format(&self, drawable: *mut GimpDrawable) -> *const Babl {
        unsafe {
            (self
                .gimp_drawable_get_format
                .as_ref()
                .expect("Expected function, got error."))(drawable)
        }
    }
    pub unsafe fn gimp_image_procedure_new(
        &self,
        plug_in: *mut GimpPlugIn,
        name: *const gchar,
        proc_type: GimpPDBProcType,
        run_func: GimpRunImageFunc,
        run_data: gpointer,
        run_data_destroy: GDestroyNotify,
    ) -> *mut GimpProcedure {
        unsafe {
            (self
                .gimp_image_procedure_new
                .as_ref()
                .expect("Expected function, got error."))(
                plug_in,
                name,
                proc_type,
                run_func,
                run_data,
                run_data_destroy,
            )
        }
    }
    pub unsafe fn gimp_pdb_get_last_error(&self, pdb: *mut GimpPDB) -> *const gchar {
        unsafe {
            (self
                .gimp_pdb_get_last_error
                .as_ref()
                .expect("Expected function, got error."))(pdb)
        }
    }
    pub unsafe fn gimp_plug_in_get_type(&self) -> GType {
        unsafe {
            (self
                .gimp_plug_in_get_type
                .as_ref()
                .expect("Expected function, got error."))()
        }
    }
    pub unsafe fn gimp_procedure_add_boolean_argument(
        &self,
        procedure: *mut GimpProcedure,
        name: *const gchar,
        nick: *const gchar,
        blurb: *const gchar,
        value: gboolean,
        flags: GParamFlags,
    ) {
        unsafe {
            (self
                .gimp_procedure_add_boolean_argument
                .as_ref()
                .expect("Expected function, got error."))(
                procedure, name, nick, blurb, value, flags,
            )
        }
    }
    pub unsafe fn gimp_procedure_add_int_argument(
        &self,
        procedure: *mut GimpProcedure,
        name: *const gchar,
        nick: *const gchar,
        blurb: *const gchar,
        min: gint,
        max: gint,
        value: gint,
        flags: GParamFlags,
    ) {
        unsafe {
            (self
                .gimp_procedure_add_int_argument
                .as_ref()
                .expect("Expected function, got error."))(
                procedure, name, nick, blurb, min, max, value, flags,
            )
        }
    }
    pub unsafe fn gimp_procedure_add_double_argument(
        &self,
        procedure: *mut GimpProcedure,
        name: *const gchar,
        nick: *const gchar,
        blurb: *const gchar,
        min: gdouble,
        max: gdouble,
        value: gdouble,
        flags: GParamFlags,
    ) {
        unsafe {
            (self
                .gimp_procedure_add_double_argument
                .as_ref()
                .expect("Expected function, got error."))(
                procedure, name, nick, blurb, min, max, value, flags,
            )
        }
    }
    pub unsafe fn gimp_procedure_add_choice_argument(
        &self,
        procedure: *mut GimpProcedure,
        name: *const gchar,
        nick: *const gchar,
        blurb: *const gchar,
        choice: *mut GimpChoice,
        value: *const gchar,
        flags: GParamFlags,
    ) {
        unsafe {
            (self
                .gimp_procedure_add_choice_argument
                .as_ref()
                .expect("Expected function, got error."))(
                procedure, name, nick, blurb, choice, value, flags,
            )
        }
    }
    pub unsafe fn gimp_procedure_add_drawable_argument(
        &self,
        procedure: *mut GimpProcedure,
        name: *const gchar,
        nick: *const gchar,
        blurb: *const gchar,
        none_ok: gboolean,
        flags: GParamFlags,
    ) {
        unsafe {
            (self
                .gimp_procedure_add_drawable_argument
                .as_ref()
                .expect("Expected function, got error."))(
                procedure, name, nick, blurb, none_ok, flags,
            )
        }
    }
    pub unsafe fn gimp_procedure_add_string_argument(
        &self,
        procedure: *mut GimpProcedure,
        name: *const gchar,
        nick: *const gchar,
        blurb: *const gchar,
        value: *const gchar,
        flags: GParamFlags,
    ) {
        unsafe {
            (self
                .gimp_procedure_add_string_argument
                .as_ref()
                .expect("Expected function, got error."))(
                procedure, name, nick, blurb, value, flags,
            )
        }
    }
    pub unsafe fn gimp_progress_init(&self, message: *const gchar) -> gboolean {
        unsafe {
            (self
                .gimp_progress_init
                .as_ref()
                .expect("Expected function, got error."))(message)
        }
    }
    pub unsafe fn gimp_progress_update(&self, percentage: gdouble) -> gboolean {
        unsafe {
            (self
                .gimp_progress_update
                .as_ref()
                .expect("Expected function, got error."))(percentage)
        }
    }
    pub unsafe fn gimp_displays_flush(&self) -> gboolean {
        unsafe {
            (self
                .gimp_displays_flush
                .as_ref()
                .expect("Expected function, got error."))()
        }
    }
    pub unsafe fn gimp_drawable_is_gray(&self, drawable: *mut GimpDrawable) -> gboolean {
        unsafe {
            (self
                .gimp_drawable_is_gray
                .as_ref()
                .expect("Expected function, got error."))(drawable)
        }
    }
    pub unsafe fn gimp_drawable_is_indexed(&self, drawable: *mut GimpDrawable) -> gboolean {
        unsafe {
            (self
                .gimp_drawable_is_indexed
                .as_ref()
                .expect("Expected function, got error."))(drawable)
        }
    }
    pub unsafe fn gimp_drawable_get_width(&self, drawable: *mut GimpDrawable) -> gint {
        unsafe {
            (self
                .gimp_drawable_get_width
                .as_ref()
                .expect("Expected function, got error."))(drawable)
        }
    }
    pub unsafe fn gimp_drawable_get_height(&self, drawable: *mut GimpDrawable) -> gint {
        unsafe {
            (self
                .gimp_drawable_get_height
                .as_ref()
                .expect("Expected function, got error."))(drawable)
        }
    }
    pub unsafe fn gimp_drawable_get_offsets(
        &self,
        drawable: *mut GimpDrawable,
        offset_x: *mut gint,
        offset_y: *mut gint,
    ) -> gboolean {
        unsafe {
            (self
                .gimp_drawable_get_offsets
                .as_ref()
                .expect("Expected function, got error."))(drawable, offset_x, offset_y)
        }
    }
    pub unsafe fn gimp_drawable_mask_intersect(
        &self,
        drawable: *mut GimpDrawable,
        x: *mut gint,
        y: *mut gint,
        width: *mut gint,
        height: *mut gint,
    ) -> gboolean {
        unsafe {
            (self
                .gimp_drawable_mask_intersect
                .as_ref()
                .expect("Expected function, got error."))(drawable, x, y, width, height)
        }
    }
    pub unsafe fn gimp_drawable_merge_shadow(
        &self,
        drawable: *mut GimpDrawable,
        undo: gboolean,
    ) -> gboolean {
        unsafe {
            (self
                .gimp_drawable_merge_shadow
                .as_ref()
                .expect("Expected function, got error."))(drawable, undo)
        }
    }
    pub unsafe fn gimp_drawable_update(
        &self,
        drawable: *mut GimpDrawable,
        x: gint,
        y: gint,
        width: gint,
        height: gint,
    ) -> gboolean {
        unsafe {
            (self
                .gimp_drawable_update
                .as_ref()
                .expect("Expected function, got error."))(drawable, x, y, width, height)
        }
    }
    pub unsafe fn gimp_image_get_width(&self, image: *mut GimpImage) -> gint {
        unsafe {
            (self
                .gimp_image_get_width
                .as_ref()
                .expect("Expected function, got error."))(image)
        }
    }
    pub unsafe fn gimp_image_get_height(&self, image: *mut GimpImage) -> gint {
        unsafe {
            (self
                .gimp_image_get_height
                .as_ref()
                .expect("Expected function, got error."))(image)
        }
    }
    pub unsafe fn gimp_image_insert_layer(
        &self,
        image: *mut GimpImage,
        layer: *mut GimpLayer,
        parent: *mut GimpLayer,
        position: gint,
    ) -> gboolean {
        unsafe {
            (self
                .gimp_image_insert_layer
                .as_ref()
                .expect("Expected function, got error."))(image, layer, parent, position)
        }
    }
    pub unsafe fn gimp_image_get_item_position(
        &self,
        image: *mut GimpImage,
        item: *mut GimpItem,
    ) -> gint {
        unsafe {
            (self
                .gimp_image_get_item_position
                .as_ref()
                .expect("Expected function, got error."))(image, item)
        }
    }
    pub unsafe fn gimp_image_get_selection(&self, image: *mut GimpImage) -> *mut GimpSelection {
        unsafe {
            (self
                .gimp_image_get_selection
                .as_ref()
                .expect("Expected function, got error."))(image)
        }
    }
    pub unsafe fn gimp_image_undo_group_start(&self, image: *mut GimpImage) -> gboolean {
        unsafe {
            (self
                .gimp_image_undo_group_start
                .as_ref()
                .expect("Expected function, got error."))(image)
        }
    }
    pub unsafe fn gimp_image_undo_group_end(&self, image: *mut GimpImage) -> gboolean {
        unsafe {
            (self
                .gimp_image_undo_group_end
                .as_ref()
                .expect("Expected function, got error."))(image)
        }
    }
    pub unsafe fn gimp_item_delete(&self, item: *mut GimpItem) -> gboolean {
        unsafe {
            (self
                .gimp_item_delete
                .as_ref()
                .expect("Expected function, got error."))(item)
        }
    }
    pub unsafe fn gimp_item_is_group(&self, item: *mut GimpItem) -> gboolean {
        unsafe {
            (self
                .gimp_item_is_group
                .as_ref()
                .expect("Expected function, got error."))(item)
        }
    }
    pub unsafe fn gimp_item_get_id(&self, item: *mut GimpItem) -> gint {
        unsafe {
            (self
                .gimp_item_get_id
                .as_ref()
                .expect("Expected function, got error."))(item)
        }
    }
    pub unsafe fn gimp_drawable_get_by_id(&self, drawable_id: gint) -> *mut GimpDrawable {
        unsafe {
            (self
                .gimp_drawable_get_by_id
                .as_ref()
                .expect("Expected function, got error."))(drawable_id)
        }
    }
    pub unsafe fn gimp_item_get_parent(&self, item: *mut GimpItem) -> *mut GimpItem {
        unsafe {
            (self
                .gimp_item_get_parent
                .as_ref()
                .expect("Expected function, got error."))(item)
        }
    }
    pub unsafe fn gimp_item_get_name(&self, item: *mut GimpItem) -> *mut gchar {
        unsafe {
            (self
                .gimp_item_get_name
                .as_ref()
                .expect("Expected function, got error."))(item)
        }
    }
    pub unsafe fn gimp_item_get_lock_content(&self, item: *mut GimpItem) -> gboolean {
        unsafe {
            (self
                .gimp_item_get_lock_content
                .as_ref()
                .expect("Expected function, got error."))(item)
        }
    }
    pub unsafe fn gimp_layer_new(
        &self,
        image: *mut GimpImage,
        name: *const gchar,
        width: gint,
        height: gint,
        type_: GimpImageType,
        opacity: gdouble,
        mode: GimpLayerMode,
    ) -> *mut GimpLayer {
        unsafe {
            (self
                .gimp_layer_new
                .as_ref()
                .expect("Expected function, got error."))(
                image, name, width, height, type_, opacity, mode,
            )
        }
    }
    pub unsafe fn gimp_layer_new_from_visible(
        &self,
        image: *mut GimpImage,
        dest_image: *mut GimpImage,
        name: *const gchar,
    ) -> *mut GimpLayer {
        unsafe {
            (self
                .gimp_layer_new_from_visible
                .as_ref()
                .expect("Expected function, got error."))(image, dest_image, name)
        }
    }
    pub unsafe fn gimp_layer_set_offsets(
        &self,
        layer: *mut GimpLayer,
        offx: gint,
        offy: gint,
    ) -> gboolean {
        unsafe {
            (self
                .gimp_layer_set_offsets
                .as_ref()
                .expect("Expected function, got error."))(layer, offx, offy)
        }
    }
    pub unsafe fn gimp_layer_create_mask(
        &self,
        layer: *mut GimpLayer,
        mask_type: GimpAddMaskType,
    ) -> *mut GimpLayerMask {
        unsafe {
            (self
                .gimp_layer_create_mask
                .as_ref()
                .expect("Expected function, got error."))(layer, mask_type)
        }
    }
    pub unsafe fn gimp_layer_add_mask(
        &self,
        layer: *mut GimpLayer,
        mask: *mut GimpLayerMask,
    ) -> gboolean {
        unsafe {
            (self
                .gimp_layer_add_mask
                .as_ref()
                .expect("Expected function, got error."))(layer, mask)
        }
    }
    pub unsafe fn gimp_layer_remove_mask(
        &self,
        layer: *mut GimpLayer,
        mode: GimpMaskApplyMode,
    ) -> gboolean {
        unsafe {
            (self
                .gimp_layer_remove_mask
                .as_ref()
                .expect("Expected function, got error."))(layer, mode)
        }
    }
    pub unsafe fn gimp_progress_pulse(&self) -> gboolean {
        unsafe {
            (self
                .gimp_progress_pulse
                .as_ref()
                .expect("Expected function, got error."))()
        }
    }
    pub unsafe fn gimp_progress_end(&self) -> gboolean {
        unsafe {
            (self
                .gimp_progress_end
                .as_ref()
                .expect("Expected function, got error."))()
        }
    }
    pub unsafe fn gimp_selection_bounds(
        &self,
        image: *mut GimpImage,
        non_empty: *mut gboolean,
        x1: *mut gint,
        y1: *mut gint,
        x2: *mut gint,
        y2: *mut gint,
    ) -> gboolean {
        unsafe {
            (self
                .gimp_selection_bounds
                .as_ref()
                .expect("Expected function, got error."))(
                image, non_empty, x1, y1, x2, y2
            )
        }
    }
    pub unsafe fn gimp_main(&self, plug_in_type: GType, argc: gint, argv: *mut *mut gchar) -> gint {
        unsafe {
            (self
                .gimp_main
                .as_ref()
                .expect("Expected function, got error."))(plug_in_type, argc, argv)
        }
    }
    pub unsafe fn gimp_get_pdb(&self) -> *mut GimpPDB {
        unsafe {
            (self
                .gimp_get_pdb
                .as_ref()
                .expect("Expected function, got error."))()
        }
    }
}
