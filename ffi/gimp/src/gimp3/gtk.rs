// Written by `cargo xtask bindings`; not to be edited.

use super::types::*;

pub struct Gtk {
    __library: ::libloading::Library,
    pub gtk_widget_destroy:
        Result<unsafe extern "C" fn(widget: *mut GtkWidget), ::libloading::Error>,
    pub gtk_widget_show: Result<unsafe extern "C" fn(widget: *mut GtkWidget), ::libloading::Error>,
    pub gtk_widget_hide: Result<unsafe extern "C" fn(widget: *mut GtkWidget), ::libloading::Error>,
    pub gtk_widget_show_all:
        Result<unsafe extern "C" fn(widget: *mut GtkWidget), ::libloading::Error>,
    pub gtk_widget_set_no_show_all: Result<
        unsafe extern "C" fn(widget: *mut GtkWidget, no_show_all: gboolean),
        ::libloading::Error,
    >,
    pub gtk_widget_set_size_request: Result<
        unsafe extern "C" fn(widget: *mut GtkWidget, width: gint, height: gint),
        ::libloading::Error,
    >,
    pub gtk_widget_set_hexpand:
        Result<unsafe extern "C" fn(widget: *mut GtkWidget, expand: gboolean), ::libloading::Error>,
    pub gtk_widget_set_tooltip_text: Result<
        unsafe extern "C" fn(widget: *mut GtkWidget, text: *const gchar),
        ::libloading::Error,
    >,
    pub gtk_dialog_get_content_area:
        Result<unsafe extern "C" fn(dialog: *mut GtkDialog) -> *mut GtkWidget, ::libloading::Error>,
    pub gtk_label_new:
        Result<unsafe extern "C" fn(str_: *const gchar) -> *mut GtkWidget, ::libloading::Error>,
    pub gtk_label_set_text:
        Result<unsafe extern "C" fn(label: *mut GtkLabel, str_: *const gchar), ::libloading::Error>,
    pub gtk_label_set_max_width_chars:
        Result<unsafe extern "C" fn(label: *mut GtkLabel, n_chars: gint), ::libloading::Error>,
    pub gtk_label_set_line_wrap:
        Result<unsafe extern "C" fn(label: *mut GtkLabel, wrap: gboolean), ::libloading::Error>,
    pub gtk_label_set_xalign:
        Result<unsafe extern "C" fn(label: *mut GtkLabel, xalign: gfloat), ::libloading::Error>,
    pub gtk_box_new: Result<
        unsafe extern "C" fn(orientation: GtkOrientation, spacing: gint) -> *mut GtkWidget,
        ::libloading::Error,
    >,
    pub gtk_box_pack_start: Result<
        unsafe extern "C" fn(
            box_: *mut GtkBox,
            child: *mut GtkWidget,
            expand: gboolean,
            fill: gboolean,
            padding: guint,
        ),
        ::libloading::Error,
    >,
    pub gtk_image_new: Result<unsafe extern "C" fn() -> *mut GtkWidget, ::libloading::Error>,
    pub gtk_image_set_from_pixbuf: Result<
        unsafe extern "C" fn(image: *mut GtkImage, pixbuf: *mut GdkPixbuf),
        ::libloading::Error,
    >,
    pub gtk_combo_box_text_new:
        Result<unsafe extern "C" fn() -> *mut GtkWidget, ::libloading::Error>,
    pub gtk_combo_box_text_append: Result<
        unsafe extern "C" fn(combo_box: *mut GtkComboBoxText, id: *const gchar, text: *const gchar),
        ::libloading::Error,
    >,
    pub gtk_grid_attach: Result<
        unsafe extern "C" fn(
            grid: *mut GtkGrid,
            child: *mut GtkWidget,
            left: gint,
            top: gint,
            width: gint,
            height: gint,
        ),
        ::libloading::Error,
    >,
}
impl Gtk {
    pub unsafe fn from_library<L>(library: L) -> Result<Self, ::libloading::Error>
    where
        L: Into<::libloading::Library>,
    {
        let __library = library.into();
        let gtk_widget_destroy = unsafe { __library.get(b"gtk_widget_destroy\0") }.map(|sym| *sym);
        let gtk_widget_show = unsafe { __library.get(b"gtk_widget_show\0") }.map(|sym| *sym);
        let gtk_widget_hide = unsafe { __library.get(b"gtk_widget_hide\0") }.map(|sym| *sym);
        let gtk_widget_show_all =
            unsafe { __library.get(b"gtk_widget_show_all\0") }.map(|sym| *sym);
        let gtk_widget_set_no_show_all =
            unsafe { __library.get(b"gtk_widget_set_no_show_all\0") }.map(|sym| *sym);
        let gtk_widget_set_size_request =
            unsafe { __library.get(b"gtk_widget_set_size_request\0") }.map(|sym| *sym);
        let gtk_widget_set_hexpand =
            unsafe { __library.get(b"gtk_widget_set_hexpand\0") }.map(|sym| *sym);
        let gtk_widget_set_tooltip_text =
            unsafe { __library.get(b"gtk_widget_set_tooltip_text\0") }.map(|sym| *sym);
        let gtk_dialog_get_content_area =
            unsafe { __library.get(b"gtk_dialog_get_content_area\0") }.map(|sym| *sym);
        let gtk_label_new = unsafe { __library.get(b"gtk_label_new\0") }.map(|sym| *sym);
        let gtk_label_set_text = unsafe { __library.get(b"gtk_label_set_text\0") }.map(|sym| *sym);
        let gtk_label_set_max_width_chars =
            unsafe { __library.get(b"gtk_label_set_max_width_chars\0") }.map(|sym| *sym);
        let gtk_label_set_line_wrap =
            unsafe { __library.get(b"gtk_label_set_line_wrap\0") }.map(|sym| *sym);
        let gtk_label_set_xalign =
            unsafe { __library.get(b"gtk_label_set_xalign\0") }.map(|sym| *sym);
        let gtk_box_new = unsafe { __library.get(b"gtk_box_new\0") }.map(|sym| *sym);
        let gtk_box_pack_start = unsafe { __library.get(b"gtk_box_pack_start\0") }.map(|sym| *sym);
        let gtk_image_new = unsafe { __library.get(b"gtk_image_new\0") }.map(|sym| *sym);
        let gtk_image_set_from_pixbuf =
            unsafe { __library.get(b"gtk_image_set_from_pixbuf\0") }.map(|sym| *sym);
        let gtk_combo_box_text_new =
            unsafe { __library.get(b"gtk_combo_box_text_new\0") }.map(|sym| *sym);
        let gtk_combo_box_text_append =
            unsafe { __library.get(b"gtk_combo_box_text_append\0") }.map(|sym| *sym);
        let gtk_grid_attach = unsafe { __library.get(b"gtk_grid_attach\0") }.map(|sym| *sym);
        Ok(Gtk {
            __library,
            gtk_widget_destroy,
            gtk_widget_show,
            gtk_widget_hide,
            gtk_widget_show_all,
            gtk_widget_set_no_show_all,
            gtk_widget_set_size_request,
            gtk_widget_set_hexpand,
            gtk_widget_set_tooltip_text,
            gtk_dialog_get_content_area,
            gtk_label_new,
            gtk_label_set_text,
            gtk_label_set_max_width_chars,
            gtk_label_set_line_wrap,
            gtk_label_set_xalign,
            gtk_box_new,
            gtk_box_pack_start,
            gtk_image_new,
            gtk_image_set_from_pixbuf,
            gtk_combo_box_text_new,
            gtk_combo_box_text_append,
            gtk_grid_attach,
        })
    }
    pub unsafe fn gtk_widget_destroy(&self, widget: *mut GtkWidget) {
        unsafe {
            (self
                .gtk_widget_destroy
                .as_ref()
                .expect("Expected function, got error."))(widget)
        }
    }
    pub unsafe fn gtk_widget_show(&self, widget: *mut GtkWidget) {
        unsafe {
            (self
                .gtk_widget_show
                .as_ref()
                .expect("Expected function, got error."))(widget)
        }
    }
    pub unsafe fn gtk_widget_hide(&self, widget: *mut GtkWidget) {
        unsafe {
            (self
                .gtk_widget_hide
                .as_ref()
                .expect("Expected function, got error."))(widget)
        }
    }
    pub unsafe fn gtk_widget_show_all(&self, widget: *mut GtkWidget) {
        unsafe {
            (self
                .gtk_widget_show_all
                .as_ref()
                .expect("Expected function, got error."))(widget)
        }
    }
    pub unsafe fn gtk_widget_set_no_show_all(&self, widget: *mut GtkWidget, no_show_all: gboolean) {
        unsafe {
            (self
                .gtk_widget_set_no_show_all
                .as_ref()
                .expect("Expected function, got error."))(widget, no_show_all)
        }
    }
    pub unsafe fn gtk_widget_set_size_request(
        &self,
        widget: *mut GtkWidget,
        width: gint,
        height: gint,
    ) {
        unsafe {
            (self
                .gtk_widget_set_size_request
                .as_ref()
                .expect("Expected function, got error."))(widget, width, height)
        }
    }
    pub unsafe fn gtk_widget_set_hexpand(&self, widget: *mut GtkWidget, expand: gboolean) {
        unsafe {
            (self
                .gtk_widget_set_hexpand
                .as_ref()
                .expect("Expected function, got error."))(widget, expand)
        }
    }
    pub unsafe fn gtk_widget_set_tooltip_text(&self, widget: *mut GtkWidget, text: *const gchar) {
        unsafe {
            (self
                .gtk_widget_set_tooltip_text
                .as_ref()
                .expect("Expected function, got error."))(widget, text)
        }
    }
    pub unsafe fn gtk_dialog_get_content_area(&self, dialog: *mut GtkDialog) -> *mut GtkWidget {
        unsafe {
            (self
                .gtk_dialog_get_content_area
                .as_ref()
                .expect("Expected function, got error."))(dialog)
        }
    }
    pub unsafe fn gtk_label_new(&self, str_: *const gchar) -> *mut GtkWidget {
        unsafe {
            (self
                .gtk_label_new
                .as_ref()
                .expect("Expected function, got error."))(str_)
        }
    }
    pub unsafe fn gtk_label_set_text(&self, label: *mut GtkLabel, str_: *const gchar) {
        unsafe {
            (self
                .gtk_label_set_text
                .as_ref()
                .expect("Expected function, got error."))(label, str_)
        }
    }
    pub unsafe fn gtk_label_set_max_width_chars(&self, label: *mut GtkLabel, n_chars: gint) {
        unsafe {
            (self
                .gtk_label_set_max_width_chars
                .as_ref()
                .expect("Expected function, got error."))(label, n_chars)
        }
    }
    pub unsafe fn gtk_label_set_line_wrap(&self, label: *mut GtkLabel, wrap: gboolean) {
        unsafe {
            (self
                .gtk_label_set_line_wrap
                .as_ref()
                .expect("Expected function, got error."))(label, wrap)
        }
    }
    pub unsafe fn gtk_label_set_xalign(&self, label: *mut GtkLabel, xalign: gfloat) {
        unsafe {
            (self
                .gtk_label_set_xalign
                .as_ref()
                .expect("Expected function, got error."))(label, xalign)
        }
    }
    pub unsafe fn gtk_box_new(&self, orientation: GtkOrientation, spacing: gint) -> *mut GtkWidget {
        unsafe {
            (self
                .gtk_box_new
                .as_ref()
                .expect("Expected function, got error."))(orientation, spacing)
        }
    }
    pub unsafe fn gtk_box_pack_start(
        &self,
        box_: *mut GtkBox,
        child: *mut GtkWidget,
        expand: gboolean,
        fill: gboolean,
        padding: guint,
    ) {
        unsafe {
            (self
                .gtk_box_pack_start
                .as_ref()
                .expect("Expected function, got error."))(
                box_, child, expand, fill, padding
            )
        }
    }
    pub unsafe fn gtk_image_new(&self) -> *mut GtkWidget {
        unsafe {
            (self
                .gtk_image_new
                .as_ref()
                .expect("Expected function, got error."))()
        }
    }
    pub unsafe fn gtk_image_set_from_pixbuf(&self, image: *mut GtkImage, pixbuf: *mut GdkPixbuf) {
        unsafe {
            (self
                .gtk_image_set_from_pixbuf
                .as_ref()
                .expect("Expected function, got error."))(image, pixbuf)
        }
    }
    pub unsafe fn gtk_combo_box_text_new(&self) -> *mut GtkWidget {
        unsafe {
            (self
                .gtk_combo_box_text_new
                .as_ref()
                .expect("Expected function, got error."))()
        }
    }
    pub unsafe fn gtk_combo_box_text_append(
        &self,
        combo_box: *mut GtkComboBoxText,
        id: *const gchar,
        text: *const gchar,
    ) {
        unsafe {
            (self
                .gtk_combo_box_text_append
                .as_ref()
                .expect("Expected function, got error."))(combo_box, id, text)
        }
    }
    pub unsafe fn gtk_grid_attach(
        &self,
        grid: *mut GtkGrid,
        child: *mut GtkWidget,
        left: gint,
        top: gint,
        width: gint,
        height: gint,
    ) {
        unsafe {
            (self
                .gtk_grid_attach
                .as_ref()
                .expect("Expected function, got error."))(
                grid, child, left, top, width, height
            )
        }
    }
}
