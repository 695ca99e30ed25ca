// Written by `cargo xtask bindings`; not to be edited.

use super::types::*;

pub struct Gimp {
    __library: ::libloading::Library,
    pub gimp_drawable_get_buffer:
        Result<unsafe extern "C" fn(drawable_ID: gint32) -> *mut GeglBuffer, ::libloading::Error>,
    pub gimp_drawable_get_shadow_buffer:
        Result<unsafe extern "C" fn(drawable_ID: gint32) -> *mut GeglBuffer, ::libloading::Error>,
    pub gimp_drawable_get_format:
        Result<unsafe extern "C" fn(drawable_ID: gint32) -> *const Babl, ::libloading::Error>,
    pub gimp_layer_new: Result<
        unsafe extern "C" fn(
            image_ID: gint32,
            name: *const gchar,
            width: gint,
            height: gint,
            type_: GimpImageType,
            opacity: gdouble,
            mode: GimpLayerMode,
        ) -> gint32,
        ::libloading::Error,
    >,
    pub gimp_progress_init:
        Result<unsafe extern "C" fn(message: *const gchar) -> gboolean, ::libloading::Error>,
    pub gimp_progress_update:
        Result<unsafe extern "C" fn(percentage: gdouble) -> gboolean, ::libloading::Error>,
    pub gimp_displays_flush: Result<unsafe extern "C" fn() -> gboolean, ::libloading::Error>,
    pub gimp_drawable_is_gray:
        Result<unsafe extern "C" fn(drawable_ID: gint32) -> gboolean, ::libloading::Error>,
    pub gimp_drawable_is_indexed:
        Result<unsafe extern "C" fn(drawable_ID: gint32) -> gboolean, ::libloading::Error>,
    pub gimp_drawable_width:
        Result<unsafe extern "C" fn(drawable_ID: gint32) -> gint, ::libloading::Error>,
    pub gimp_drawable_height:
        Result<unsafe extern "C" fn(drawable_ID: gint32) -> gint, ::libloading::Error>,
    pub gimp_drawable_offsets: Result<
        unsafe extern "C" fn(
            drawable_ID: gint32,
            offset_x: *mut gint,
            offset_y: *mut gint,
        ) -> gboolean,
        ::libloading::Error,
    >,
    pub gimp_drawable_mask_intersect: Result<
        unsafe extern "C" fn(
            drawable_ID: gint32,
            x: *mut gint,
            y: *mut gint,
            width: *mut gint,
            height: *mut gint,
        ) -> gboolean,
        ::libloading::Error,
    >,
    pub gimp_drawable_merge_shadow: Result<
        unsafe extern "C" fn(drawable_ID: gint32, undo: gboolean) -> gboolean,
        ::libloading::Error,
    >,
    pub gimp_drawable_update: Result<
        unsafe extern "C" fn(
            drawable_ID: gint32,
            x: gint,
            y: gint,
            width: gint,
            height: gint,
        ) -> gboolean,
        ::libloading::Error,
    >,
    pub gimp_image_width:
        Result<unsafe extern "C" fn(image_ID: gint32) -> gint, ::libloading::Error>,
    pub gimp_image_height:
        Result<unsafe extern "C" fn(image_ID: gint32) -> gint, ::libloading::Error>,
    pub gimp_image_insert_layer: Result<
        unsafe extern "C" fn(
            image_ID: gint32,
            layer_ID: gint32,
            parent_ID: gint32,
            position: gint,
        ) -> gboolean,
        ::libloading::Error,
    >,
    pub gimp_image_get_item_position: Result<
        unsafe extern "C" fn(image_ID: gint32, item_ID: gint32) -> gint,
        ::libloading::Error,
    >,
    pub gimp_image_get_selection:
        Result<unsafe extern "C" fn(image_ID: gint32) -> gint32, ::libloading::Error>,
    pub gimp_image_undo_group_start:
        Result<unsafe extern "C" fn(image_ID: gint32) -> gboolean, ::libloading::Error>,
    pub gimp_image_undo_group_end:
        Result<unsafe extern "C" fn(image_ID: gint32) -> gboolean, ::libloading::Error>,
    pub gimp_item_delete:
        Result<unsafe extern "C" fn(item_ID: gint32) -> gboolean, ::libloading::Error>,
    pub gimp_item_is_layer:
        Result<unsafe extern "C" fn(item_ID: gint32) -> gboolean, ::libloading::Error>,
    pub gimp_item_is_text_layer:
        Result<unsafe extern "C" fn(item_ID: gint32) -> gboolean, ::libloading::Error>,
    pub gimp_item_is_drawable:
        Result<unsafe extern "C" fn(item_ID: gint32) -> gboolean, ::libloading::Error>,
    pub gimp_item_is_group:
        Result<unsafe extern "C" fn(item_ID: gint32) -> gboolean, ::libloading::Error>,
    pub gimp_item_get_parent:
        Result<unsafe extern "C" fn(item_ID: gint32) -> gint32, ::libloading::Error>,
    pub gimp_item_get_name:
        Result<unsafe extern "C" fn(item_ID: gint32) -> *mut gchar, ::libloading::Error>,
    pub gimp_item_get_lock_content:
        Result<unsafe extern "C" fn(item_ID: gint32) -> gboolean, ::libloading::Error>,
    pub gimp_layer_new_from_visible: Result<
        unsafe extern "C" fn(image_ID: gint32, dest_image_ID: gint32, name: *const gchar) -> gint32,
        ::libloading::Error,
    >,
    pub gimp_layer_set_offsets: Result<
        unsafe extern "C" fn(layer_ID: gint32, offx: gint, offy: gint) -> gboolean,
        ::libloading::Error,
    >,
    pub gimp_layer_create_mask: Result<
        unsafe extern "C" fn(layer_ID: gint32, mask_type: GimpAddMaskType) -> gint32,
        ::libloading::Error,
    >,
    pub gimp_layer_add_mask: Result<
        unsafe extern "C" fn(layer_ID: gint32, mask_ID: gint32) -> gboolean,
        ::libloading::Error,
    >,
    pub gimp_layer_remove_mask: Result<
        unsafe extern "C" fn(layer_ID: gint32, mode: GimpMaskApplyMode) -> gboolean,
        ::libloading::Error,
    >,
    pub gimp_plugin_menu_register: Result<
        unsafe extern "C" fn(procedure_name: *const gchar, menu_path: *const gchar) -> gboolean,
        ::libloading::Error,
    >,
    pub gimp_progress_pulse: Result<unsafe extern "C" fn() -> gboolean, ::libloading::Error>,
    pub gimp_progress_end: Result<unsafe extern "C" fn() -> gboolean, ::libloading::Error>,
    pub gimp_selection_bounds: Result<
        unsafe extern "C" fn(
            image_ID: gint32,
            non_empty: *mut gboolean,
            x1: *mut gint,
            y1: *mut gint,
            x2: *mut gint,
            y2: *mut gint,
        ) -> gboolean,
        ::libloading::Error,
    >,
    pub gimp_main: Result<
        unsafe extern "C" fn(
            info: *const GimpPlugInInfo,
            argc: gint,
            argv: *mut *mut gchar,
        ) -> gint,
        ::libloading::Error,
    >,
    pub gimp_install_procedure: Result<
        unsafe extern "C" fn(
            name: *const gchar,
            blurb: *const gchar,
            help: *const gchar,
            author: *const gchar,
            copyright: *const gchar,
            date: *const gchar,
            menu_label: *const gchar,
            image_types: *const gchar,
            type_: GimpPDBProcType,
            n_params: gint,
            n_return_vals: gint,
            params: *const GimpParamDef,
            return_vals: *const GimpParamDef,
        ),
        ::libloading::Error,
    >,
    pub gimp_get_pdb_error: Result<unsafe extern "C" fn() -> *const gchar, ::libloading::Error>,
}
impl Gimp {
    pub unsafe fn from_library<L>(library: L) -> Result<Self, ::libloading::Error>
    where
        L: Into<::libloading::Library>,
    {
        let __library = library.into();
        let gimp_drawable_get_buffer =
            unsafe { __library.get(b"gimp_drawable_get_buffer\0") }.map(|sym| *sym);
        let gimp_drawable_get_shadow_buffer =
            unsafe { __library.get(b"gimp_drawable_get_shadow_buffer\0") }.map(|sym| *sym);
        let gimp_drawable_get_format =
            unsafe { __library.get(b"gimp_drawable_get_format\0") }.map(|sym| *sym);
        let gimp_layer_new = unsafe { __library.get(b"gimp_layer_new\0") }.map(|sym| *sym);
        let gimp_progress_init = unsafe { __library.get(b"gimp_progress_init\0") }.map(|sym| *sym);
        let gimp_progress_update =
            unsafe { __library.get(b"gimp_progress_update\0") }.map(|sym| *sym);
        let gimp_displays_flush =
            unsafe { __library.get(b"gimp_displays_flush\0") }.map(|sym| *sym);
        let gimp_drawable_is_gray =
            unsafe { __library.get(b"gimp_drawable_is_gray\0") }.map(|sym| *sym);
        let gimp_drawable_is_indexed =
            unsafe { __library.get(b"gimp_drawable_is_indexed\0") }.map(|sym| *sym);
        let gimp_drawable_width =
            unsafe { __library.get(b"gimp_drawable_width\0") }.map(|sym| *sym);
        let gimp_drawable_height =
            unsafe { __library.get(b"gimp_drawable_height\0") }.map(|sym| *sym);
        let gimp_drawable_offsets =
            unsafe { __library.get(b"gimp_drawable_offsets\0") }.map(|sym| *sym);
        let gimp_drawable_mask_intersect =
            unsafe { __library.get(b"gimp_drawable_mask_intersect\0") }.map(|sym| *sym);
        let gimp_drawable_merge_shadow =
            unsafe { __library.get(b"gimp_drawable_merge_shadow\0") }.map(|sym| *sym);
        let gimp_drawable_update =
            unsafe { __library.get(b"gimp_drawable_update\0") }.map(|sym| *sym);
        let gimp_image_width = unsafe { __library.get(b"gimp_image_width\0") }.map(|sym| *sym);
        let gimp_image_height = unsafe { __library.get(b"gimp_image_height\0") }.map(|sym| *sym);
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
        let gimp_item_is_layer = unsafe { __library.get(b"gimp_item_is_layer\0") }.map(|sym| *sym);
        let gimp_item_is_text_layer =
            unsafe { __library.get(b"gimp_item_is_text_layer\0") }.map(|sym| *sym);
        let gimp_item_is_drawable =
            unsafe { __library.get(b"gimp_item_is_drawable\0") }.map(|sym| *sym);
        let gimp_item_is_group = unsafe { __library.get(b"gimp_item_is_group\0") }.map(|sym| *sym);
        let gimp_item_get_parent =
            unsafe { __library.get(b"gimp_item_get_parent\0") }.map(|sym| *sym);
        let gimp_item_get_name = unsafe { __library.get(b"gimp_item_get_name\0") }.map(|sym| *sym);
        let gimp_item_get_lock_content =
            unsafe { __library.get(b"gimp_item_get_lock_content\0") }.map(|sym| *sym);
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
        let gimp_plugin_menu_register =
            unsafe { __library.get(b"gimp_plugin_menu_register\0") }.map(|sym| *sym);
        let gimp_progress_pulse =
            unsafe { __library.get(b"gimp_progress_pulse\0") }.map(|sym| *sym);
        let gimp_progress_end = unsafe { __library.get(b"gimp_progress_end\0") }.map(|sym| *sym);
        let gimp_selection_bounds =
            unsafe { __library.get(b"gimp_selection_bounds\0") }.map(|sym| *sym);
        let gimp_main = unsafe { __library.get(b"gimp_main\0") }.map(|sym| *sym);
        let gimp_install_procedure =
            unsafe { __library.get(b"gimp_install_procedure\0") }.map(|sym| *sym);
        let gimp_get_pdb_error = unsafe { __library.get(b"gimp_get_pdb_error\0") }.map(|sym| *sym);
        Ok(Gimp {
            __library,
            gimp_drawable_get_buffer,
            gimp_drawable_get_shadow_buffer,
            gimp_drawable_get_format,
            gimp_layer_new,
            gimp_progress_init,
            gimp_progress_update,
            gimp_displays_flush,
            gimp_drawable_is_gray,
            gimp_drawable_is_indexed,
            gimp_drawable_width,
            gimp_drawable_height,
            gimp_drawable_offsets,
            gimp_drawable_mask_intersect,
            gimp_drawable_merge_shadow,
            gimp_drawable_update,
            gimp_image_width,
            gimp_image_height,
            gimp_image_insert_layer,
            gimp_image_get_item_position,
            gimp_image_get_selection,
            gimp_image_undo_group_start,
            gimp_image_undo_group_end,
            gimp_item_delete,
            gimp_item_is_layer,
            gimp_item_is_text_layer,
            gimp_item_is_drawable,
            gimp_item_is_group,
            gimp_item_get_parent,
            gimp_item_get_name,
            gimp_item_get_lock_content,
            gimp_layer_new_from_visible,
            gimp_layer_set_offsets,
            gimp_layer_create_mask,
            gimp_layer_add_mask,
            gimp_layer_remove_mask,
            gimp_plugin_menu_register,
            gimp_progress_pulse,
            gimp_progress_end,
            gimp_selection_bounds,
            gimp_main,
            gimp_install_procedure,
            gimp_get_pdb_error,
        })
    }
    pub unsafe fn gimp_drawable_get_buffer(&self, drawable_ID: gint32) -> *mut GeglBuffer {
        unsafe {
            (self
                .gimp_drawable_get_buffer
                .as_ref()
                .expect("Expected function, got error."))(drawable_ID)
        }
    }
    pub unsafe fn gimp_drawable_get_shadow_buffer(&self, drawable_ID: gint32) -> *mut GeglBuffer {
        unsafe {
            (self
                .gimp_drawable_get_shadow_buffer
                .as_ref()
                .expect("Expected function, got error."))(drawable_ID)
        }
    }
    pub unsafe fn gimp_drawable_get_format(&self, drawable_ID: gint32) -> *const Babl {
        unsafe {
            (self
                .gimp_drawable_get_format
                .as_ref()
                .expect("Expected function, got error."))(drawable_ID)
        }
    }
    pub unsafe fn gimp_layer_new(
        &self,
        image_ID: gint32,
        name: *const gchar,
        width: gint,
        height: gint,
        type_: GimpImageType,
        opacity: gdouble,
        mode: GimpLayerMode,
    ) -> gint32 {
        unsafe {
            (self
                .gimp_layer_new
                .as_ref()
                .expect("Expected function, got error."))(
                image_ID, name, width, height, type_, opacity, mode,
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
    pub unsafe fn gimp_drawable_is_gray(&self, drawable_ID: gint32) -> gboolean {
        unsafe {
            (self
                .gimp_drawable_is_gray
                .as_ref()
                .expect("Expected function, got error."))(drawable_ID)
        }
    }
    pub unsafe fn gimp_drawable_is_indexed(&self, drawable_ID: gint32) -> gboolean {
        unsafe {
            (self
                .gimp_drawable_is_indexed
                .as_ref()
                .expect("Expected function, got error."))(drawable_ID)
        }
    }
    pub unsafe fn gimp_drawable_width(&self, drawable_ID: gint32) -> gint {
        unsafe {
            (self
                .gimp_drawable_width
                .as_ref()
                .expect("Expected function, got error."))(drawable_ID)
        }
    }
    pub unsafe fn gimp_drawable_height(&self, drawable_ID: gint32) -> gint {
        unsafe {
            (self
                .gimp_drawable_height
                .as_ref()
                .expect("Expected function, got error."))(drawable_ID)
        }
    }
    pub unsafe fn gimp_drawable_offsets(
        &self,
        drawable_ID: gint32,
        offset_x: *mut gint,
        offset_y: *mut gint,
    ) -> gboolean {
        unsafe {
            (self
                .gimp_drawable_offsets
                .as_ref()
                .expect("Expected function, got error."))(
                drawable_ID, offset_x, offset_y
            )
        }
    }
    pub unsafe fn gimp_drawable_mask_intersect(
        &self,
        drawable_ID: gint32,
        x: *mut gint,
        y: *mut gint,
        width: *mut gint,
        height: *mut gint,
    ) -> gboolean {
        unsafe {
            (self
                .gimp_drawable_mask_intersect
                .as_ref()
                .expect("Expected function, got error."))(
                drawable_ID, x, y, width, height
            )
        }
    }
    pub unsafe fn gimp_drawable_merge_shadow(
        &self,
        drawable_ID: gint32,
        undo: gboolean,
    ) -> gboolean {
        unsafe {
            (self
                .gimp_drawable_merge_shadow
                .as_ref()
                .expect("Expected function, got error."))(drawable_ID, undo)
        }
    }
    pub unsafe fn gimp_drawable_update(
        &self,
        drawable_ID: gint32,
        x: gint,
        y: gint,
        width: gint,
        height: gint,
    ) -> gboolean {
        unsafe {
            (self
                .gimp_drawable_update
                .as_ref()
                .expect("Expected function, got error."))(
                drawable_ID, x, y, width, height
            )
        }
    }
    pub unsafe fn gimp_image_width(&self, image_ID: gint32) -> gint {
        unsafe {
            (self
                .gimp_image_width
                .as_ref()
                .expect("Expected function, got error."))(image_ID)
        }
    }
    pub unsafe fn gimp_image_height(&self, image_ID: gint32) -> gint {
        unsafe {
            (self
                .gimp_image_height
                .as_ref()
                .expect("Expected function, got error."))(image_ID)
        }
    }
    pub unsafe fn gimp_image_insert_layer(
        &self,
        image_ID: gint32,
        layer_ID: gint32,
        parent_ID: gint32,
        position: gint,
    ) -> gboolean {
        unsafe {
            (self
                .gimp_image_insert_layer
                .as_ref()
                .expect("Expected function, got error."))(
                image_ID, layer_ID, parent_ID, position
            )
        }
    }
    pub unsafe fn gimp_image_get_item_position(&self, image_ID: gint32, item_ID: gint32) -> gint {
        unsafe {
            (self
                .gimp_image_get_item_position
                .as_ref()
                .expect("Expected function, got error."))(image_ID, item_ID)
        }
    }
    pub unsafe fn gimp_image_get_selection(&self, image_ID: gint32) -> gint32 {
        unsafe {
            (self
                .gimp_image_get_selection
                .as_ref()
                .expect("Expected function, got error."))(image_ID)
        }
    }
    pub unsafe fn gimp_image_undo_group_start(&self, image_ID: gint32) -> gboolean {
        unsafe {
            (self
                .gimp_image_undo_group_start
                .as_ref()
                .expect("Expected function, got error."))(image_ID)
        }
    }
    pub unsafe fn gimp_image_undo_group_end(&self, image_ID: gint32) -> gboolean {
        unsafe {
            (self
                .gimp_image_undo_group_end
                .as_ref()
                .expect("Expected function, got error."))(image_ID)
        }
    }
    pub unsafe fn gimp_item_delete(&self, item_ID: gint32) -> gboolean {
        unsafe {
            (self
                .gimp_item_delete
                .as_ref()
                .expect("Expected function, got error."))(item_ID)
        }
    }
    pub unsafe fn gimp_item_is_layer(&self, item_ID: gint32) -> gboolean {
        unsafe {
            (self
                .gimp_item_is_layer
                .as_ref()
                .expect("Expected function, got error."))(item_ID)
        }
    }
    pub unsafe fn gimp_item_is_text_layer(&self, item_ID: gint32) -> gboolean {
        unsafe {
            (self
                .gimp_item_is_text_layer
                .as_ref()
                .expect("Expected function, got error."))(item_ID)
        }
    }
    pub unsafe fn gimp_item_is_drawable(&self, item_ID: gint32) -> gboolean {
        unsafe {
            (self
                .gimp_item_is_drawable
                .as_ref()
                .expect("Expected function, got error."))(item_ID)
        }
    }
    pub unsafe fn gimp_item_is_group(&self, item_ID: gint32) -> gboolean {
        unsafe {
            (self
                .gimp_item_is_group
                .as_ref()
                .expect("Expected function, got error."))(item_ID)
        }
    }
    pub unsafe fn gimp_item_get_parent(&self, item_ID: gint32) -> gint32 {
        unsafe {
            (self
                .gimp_item_get_parent
                .as_ref()
                .expect("Expected function, got error."))(item_ID)
        }
    }
    pub unsafe fn gimp_item_get_name(&self, item_ID: gint32) -> *mut gchar {
        unsafe {
            (self
                .gimp_item_get_name
                .as_ref()
                .expect("Expected function, got error."))(item_ID)
        }
    }
    pub unsafe fn gimp_item_get_lock_content(&self, item_ID: gint32) -> gboolean {
        unsafe {
            (self
                .gimp_item_get_lock_content
                .as_ref()
                .expect("Expected function, got error."))(item_ID)
        }
    }
    pub unsafe fn gimp_layer_new_from_visible(
        &self,
        image_ID: gint32,
        dest_image_ID: gint32,
        name: *const gchar,
    ) -> gint32 {
        unsafe {
            (self
                .gimp_layer_new_from_visible
                .as_ref()
                .expect("Expected function, got error."))(image_ID, dest_image_ID, name)
        }
    }
    pub unsafe fn gimp_layer_set_offsets(
        &self,
        layer_ID: gint32,
        offx: gint,
        offy: gint,
    ) -> gboolean {
        unsafe {
            (self
                .gimp_layer_set_offsets
                .as_ref()
                .expect("Expected function, got error."))(layer_ID, offx, offy)
        }
    }
    pub unsafe fn gimp_layer_create_mask(
        &self,
        layer_ID: gint32,
        mask_type: GimpAddMaskType,
    ) -> gint32 {
        unsafe {
            (self
                .gimp_layer_create_mask
                .as_ref()
                .expect("Expected function, got error."))(layer_ID, mask_type)
        }
    }
    pub unsafe fn gimp_layer_add_mask(&self, layer_ID: gint32, mask_ID: gint32) -> gboolean {
        unsafe {
            (self
                .gimp_layer_add_mask
                .as_ref()
                .expect("Expected function, got error."))(layer_ID, mask_ID)
        }
    }
    pub unsafe fn gimp_layer_remove_mask(
        &self,
        layer_ID: gint32,
        mode: GimpMaskApplyMode,
    ) -> gboolean {
        unsafe {
            (self
                .gimp_layer_remove_mask
                .as_ref()
                .expect("Expected function, got error."))(layer_ID, mode)
        }
    }
    pub unsafe fn gimp_plugin_menu_register(
        &self,
        procedure_name: *const gchar,
        menu_path: *const gchar,
    ) -> gboolean {
        unsafe {
            (self
                .gimp_plugin_menu_register
                .as_ref()
                .expect("Expected function, got error."))(procedure_name, menu_path)
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
        image_ID: gint32,
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
                image_ID, non_empty, x1, y1, x2, y2
            )
        }
    }
    pub unsafe fn gimp_main(
        &self,
        info: *const GimpPlugInInfo,
        argc: gint,
        argv: *mut *mut gchar,
    ) -> gint {
        unsafe {
            (self
                .gimp_main
                .as_ref()
                .expect("Expected function, got error."))(info, argc, argv)
        }
    }
    pub unsafe fn gimp_install_procedure(
        &self,
        name: *const gchar,
        blurb: *const gchar,
        help: *const gchar,
        author: *const gchar,
        copyright: *const gchar,
        date: *const gchar,
        menu_label: *const gchar,
        image_types: *const gchar,
        type_: GimpPDBProcType,
        n_params: gint,
        n_return_vals: gint,
        params: *const GimpParamDef,
        return_vals: *const GimpParamDef,
    ) {
        unsafe {
            (self
                .gimp_install_procedure
                .as_ref()
                .expect("Expected function, got error."))(
                name,
                blurb,
                help,
                author,
                copyright,
                date,
                menu_label,
                image_types,
                type_,
                n_params,
                n_return_vals,
                params,
                return_vals,
            )
        }
    }
    pub unsafe fn gimp_get_pdb_error(&self) -> *const gchar {
        unsafe {
            (self
                .gimp_get_pdb_error
                .as_ref()
                .expect("Expected function, got error."))()
        }
    }
}
