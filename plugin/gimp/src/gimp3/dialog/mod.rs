//! The dialog: GIMP's own frame for procedures, filled from the settings table, with a preview beside the settings.

mod pane;
mod rows;
mod show;

use super::core::{core, to_c, window};
use super::drawable::Drawable;
use super::image::Image;
use crate::engine::{Engine, Setting};
use crate::fill::Job;
use crate::stop::Stop;
use crate::text::tr;
use pane::Pane;
use reweave_gimp_sys::gimp3::types as c;
use std::ptr::null_mut;

/// What a run is about, for all parts of the dialog.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    pub engine: &'a Engine,
    pub table: &'a [Setting],
    pub image: Image,
    pub targets: &'a [Drawable],
    pub config: *mut c::GimpProcedureConfig,
}

/// Shows the dialog until the user has decided. `None` if not OK; else the fill of the first target if the preview has
/// made it already.
///
/// # Safety
/// `procedure` and `subject.config` are those of this run.
pub unsafe fn run(
    procedure: *mut c::GimpProcedure,
    subject: Subject<'_>,
) -> Result<Option<Option<Job>>, Stop> {
    let window = window().map_err(|error| error.to_string())?;
    let title = to_c(&tr("Content-Aware Fill"));
    // SAFETY: the caller's promise; widgets belong to the dialog, which lives until it is destroyed below.
    unsafe {
        window.ui.gimp_ui_init(c"reweave".as_ptr());
        let dialog = window
            .ui
            .gimp_procedure_dialog_new(procedure, subject.config, title.as_ptr());
        let columns = window.gtk.gtk_box_new(c::GTK_ORIENTATION_HORIZONTAL, 12);
        let mut pane = Pane::new(subject, columns.cast());
        let settings = rows::build(dialog.cast(), &subject);
        window
            .gtk
            .gtk_box_pack_start(columns.cast(), settings, 1, 1, 0);
        let content = window.gtk.gtk_dialog_get_content_area(dialog.cast());
        window
            .gtk
            .gtk_box_pack_start(content.cast(), columns, 1, 1, 0);
        window.gtk.gtk_widget_show(columns);

        pane.start();
        let ok = window.ui.gimp_procedure_dialog_run(dialog.cast()) != 0;
        pane.stop();
        window.gtk.gtk_widget_destroy(dialog);
        // The dialog is gone from the screen when GTK has sent that off, and not before: what comes now may take long.
        while core().glib.g_main_context_iteration(null_mut(), 0) != 0 {}
        Ok(ok.then(|| pane.finish()))
    }
}
