//! The dialog.

use super::core::window;
use super::drawable::Drawable;
use super::image::Image;
use crate::engine::{Engine, Setting};
use crate::stop::Stop;
use crate::text::tr;
use reweave_gimp_sys::gimp3::types as c;
use std::ptr::null_mut;

/// Shows it; `true` if the user pressed OK.
///
/// # Safety
/// `procedure` and `config` are those of this run.
pub unsafe fn run(
    procedure: *mut c::GimpProcedure,
    config: *mut c::GimpProcedureConfig,
    _engine: &Engine,
    _table: &[Setting],
    _image: Image,
    _targets: &[Drawable],
) -> Result<bool, Stop> {
    let window = window().map_err(|error| error.to_string())?;
    let title = super::core::to_c(&tr("Content-Aware Fill"));
    // SAFETY: the caller's promise.
    unsafe {
        window.ui.gimp_ui_init(c"reweave".as_ptr());
        let dialog = window.ui.gimp_procedure_dialog_new(procedure, config, title.as_ptr());
        window.ui.gimp_procedure_dialog_get_widget(dialog.cast(), c"grow".as_ptr(), 0);
        let ok = window.ui.gimp_procedure_dialog_run(dialog.cast());
        window.gtk.gtk_widget_destroy(dialog);
        let _ = null_mut::<()>();
        Ok(ok != 0)
    }
}
