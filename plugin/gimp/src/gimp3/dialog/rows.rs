//! The settings as rows of widgets.

use super::Subject;
use crate::engine::{Kind, Setting};
use crate::gimp3::arguments::{argument_name, pages};
use crate::gimp3::core::{core, to_c, window};
use crate::gimp3::values;
use crate::text::tr;
use reweave_gimp_sys::gimp3::types as c;
use std::ffi::CString;
use std::ptr::null_mut;

/// GLib's type for "no particular one", which is a macro in its headers.
const TYPE_NONE: c::GType = 1 << 2;
/// Wide enough for the sliders, in pixels of the screen.
const WIDTH: i32 = 400;

/// Makes a box of all rows.
///
/// # Safety
/// `dialog` is the dialog of this run.
pub unsafe fn build(
    dialog: *mut c::GimpProcedureDialog,
    subject: &Subject<'_>,
) -> *mut c::GtkWidget {
    // SAFETY: gtk is open and initialised; widgets are given to the dialog, and the window is open.
    unsafe {
        let (ui, gtk) = match window() {
            Ok(window) => (&window.ui, &window.gtk),
            Err(_) => return null_mut(),
        };
        for setting in subject.table {
            add_slider(dialog, setting);
        }
        choose_model(dialog, subject);
        let (first, more) = pages(subject.table);
        let settings = gtk.gtk_box_new(c::GTK_ORIENTATION_VERTICAL, 6);
        let rows = fill_box(dialog, c"reweave-first", &first);
        gtk.gtk_box_pack_start(settings.cast(), rows, 0, 0, 0);
        fill_box(dialog, c"reweave-more", &more);
        let label = to_c(&tr("More options"));
        ui.gimp_procedure_dialog_get_label(
            dialog,
            c"reweave-more-label".as_ptr(),
            label.as_ptr(),
            0,
            0,
        );
        let expander = ui.gimp_procedure_dialog_fill_expander(
            dialog,
            c"reweave-expander".as_ptr(),
            c"reweave-more-label".as_ptr(),
            0,
            c"reweave-more".as_ptr(),
        );
        gtk.gtk_box_pack_start(settings.cast(), expander, 0, 0, 0);
        gtk.gtk_widget_show(rows);
        gtk.gtk_widget_show(expander);
        gtk.gtk_widget_set_size_request(settings, WIDTH, -1);
        gtk.gtk_widget_show(settings);
        settings
    }
}

/// # Safety
/// As for [`build`].
unsafe fn fill_box(
    dialog: *mut c::GimpProcedureDialog,
    name: &std::ffi::CStr,
    settings: &[&Setting],
) -> *mut c::GtkWidget {
    let names: Vec<CString> = settings
        .iter()
        .map(|setting| to_c(&argument_name(setting)))
        .collect();
    let glib = &core().glib;
    // SAFETY: the list is ours; GIMP reads the names during the call.
    unsafe {
        let list = names.iter().fold(null_mut(), |list, name| {
            glib.g_list_append(list, name.as_ptr().cast_mut().cast())
        });
        let rows = match window() {
            Ok(window) => {
                window
                    .ui
                    .gimp_procedure_dialog_fill_box_list(dialog, name.as_ptr(), list)
            }
            Err(_) => null_mut(),
        };
        glib.g_list_free(list);
        rows
    }
}

/// Numbers with a range of use get a slider over that range; any allowed number can still be typed.
///
/// # Safety
/// As for [`build`].
unsafe fn add_slider(dialog: *mut c::GimpProcedureDialog, setting: &Setting) {
    let (Kind::Whole { slider, .. } | Kind::Number { slider, .. }) = setting.kind else {
        return;
    };
    let (Ok(window), name) = (window(), to_c(&argument_name(setting))) else {
        return;
    };
    // SAFETY: the property is a number, for which GIMP gives a scale entry.
    unsafe {
        let entry = window
            .ui
            .gimp_procedure_dialog_get_scale_entry(dialog, name.as_ptr(), 1.0);
        window
            .widgets
            .gimp_scale_entry_set_bounds(entry.cast(), slider.0, slider.1, 1);
    }
}

/// Puts a list of the models that are there in the place of the text field that GIMP makes for their name.
///
/// # Safety
/// As for [`build`].
unsafe fn choose_model(dialog: *mut c::GimpProcedureDialog, subject: &Subject<'_>) {
    let Ok(window) = window() else { return };
    let Ok(models) = subject.engine.models() else {
        return;
    };
    // SAFETY: the configuration is that of this run.
    let chosen = unsafe { values::read(subject.config, subject.table) };
    let chosen = chosen
        .into_iter()
        .find(|(id, _)| id == "model")
        .map(|(_, value)| value)
        .unwrap_or_default();
    let gtk = &window.gtk;
    // SAFETY: GIMP's widget for a text is a grid of label and field, in columns 0 and 1.
    unsafe {
        let row = window
            .ui
            .gimp_procedure_dialog_get_widget(dialog, c"model".as_ptr(), TYPE_NONE);
        let field = window.widgets.gimp_label_entry_get_entry(row.cast());
        gtk.gtk_widget_set_no_show_all(field, 1);
        gtk.gtk_widget_hide(field);
        let list = gtk.gtk_combo_box_text_new();
        let append = |name: &str, title: &str| {
            let (name, title) = (to_c(name), to_c(title));
            gtk.gtk_combo_box_text_append(list.cast(), name.as_ptr(), title.as_ptr());
        };
        for model in &models {
            let usable = model.problem.is_empty();
            let title = if usable {
                model.title.clone()
            } else {
                format!("{} ({})", model.title, tr("cannot be used"))
            };
            append(&model.name, &title);
        }
        // A file that a script chose, or a model that is gone: it stays chosen until another one is.
        if !models.iter().any(|model| model.name == chosen) {
            append(&chosen, &chosen);
        }
        let flags = c::G_BINDING_BIDIRECTIONAL | c::G_BINDING_SYNC_CREATE;
        core().gobject.g_object_bind_property(
            subject.config.cast(),
            c"model".as_ptr(),
            list.cast(),
            c"active-id".as_ptr(),
            flags,
        );
        gtk.gtk_widget_set_hexpand(list, 1);
        gtk.gtk_grid_attach(row.cast(), list, 1, 0, 1, 1);
        gtk.gtk_widget_show(list);
    }
}
