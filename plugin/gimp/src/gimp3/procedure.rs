//! What GIMP is told about the procedure: menu, documentation, arguments.

use super::arguments::{Argument, arguments};
use super::core::{core, to_c};
use crate::engine::{Kind, Setting};
use crate::text::tr;
use reweave_gimp_sys::gimp3::types as c;
use std::ffi::CStr;

/// The name for scripts.
pub const NAME: &CStr = c"plug-in-reweave-fill";

/// Arguments are read and written.
const READ_WRITE: c::GParamFlags = c::G_PARAM_READABLE | c::G_PARAM_WRITABLE;

/// Fills in what a new procedure is.
///
/// # Safety
/// `procedure` was just made by libgimp.
pub unsafe fn describe(procedure: *mut c::GimpProcedure, table: &[Setting]) {
    let gimp = &core().gimp;
    let label = to_c(&tr("Content-Aware _Fill..."));
    let blurb = to_c(&tr(
        "Fills the selection from its surroundings, so that what was there is gone",
    ));
    let help = to_c(&tr(
        "A trained network fills the selection of the selected layers from the picture round it. A soft selection \
         blends. Several selected layers are filled as one step of undo.",
    ));
    let sensitivity = c::GIMP_PROCEDURE_SENSITIVE_DRAWABLE | c::GIMP_PROCEDURE_SENSITIVE_DRAWABLES;
    // SAFETY: the procedure is new and valid, and all texts are copied.
    unsafe {
        // Indexed pictures too: they get a sentence that says what to do, and not a grey entry that says nothing.
        gimp.gimp_procedure_set_image_types(procedure, c"*".as_ptr());
        gimp.gimp_procedure_set_sensitivity_mask(procedure, sensitivity as i32);
        gimp.gimp_procedure_set_menu_label(procedure, label.as_ptr());
        gimp.gimp_procedure_set_icon_name(procedure, c"gimp-tool-heal".as_ptr());
        gimp.gimp_procedure_add_menu_path(procedure, c"<Image>/Filters/Enhance".as_ptr());
        gimp.gimp_procedure_add_menu_path(procedure, c"<Image>/Edit".as_ptr());
        gimp.gimp_procedure_set_documentation(
            procedure,
            blurb.as_ptr(),
            help.as_ptr(),
            NAME.as_ptr(),
        );
        let who = c"The Reweave authors".as_ptr();
        gimp.gimp_procedure_set_attribution(procedure, who, who, c"2026".as_ptr());
    }
    for argument in arguments(table) {
        // SAFETY: the caller's promise.
        unsafe { add_argument(procedure, &argument) };
    }
}

/// # Safety
/// As for [`describe`].
unsafe fn add_argument(procedure: *mut c::GimpProcedure, argument: &Argument<'_>) {
    let gimp = &core().gimp;
    let setting = argument.setting;
    let (name, label, help, default) = (
        to_c(&argument.name),
        to_c(&argument.label),
        to_c(&argument.help),
        to_c(&setting.default),
    );
    let (name, label, help) = (name.as_ptr(), label.as_ptr(), help.as_ptr());
    let number = setting.default.parse().unwrap_or(0.0);
    // SAFETY: the procedure is valid, all texts are copied, and the procedure takes the choice over.
    unsafe {
        match &setting.kind {
            Kind::Toggle => {
                let on = c::gboolean::from(setting.default == "true");
                gimp.gimp_procedure_add_boolean_argument(
                    procedure, name, label, help, on, READ_WRITE,
                );
            }
            Kind::Whole {
                range: (low, high), ..
            } => {
                gimp.gimp_procedure_add_int_argument(
                    procedure,
                    name,
                    label,
                    help,
                    *low,
                    *high,
                    number as i32,
                    READ_WRITE,
                );
            }
            Kind::Number {
                range: (low, high), ..
            } => {
                gimp.gimp_procedure_add_double_argument(
                    procedure, name, label, help, *low, *high, number, READ_WRITE,
                );
            }
            Kind::Choice(choices) => {
                let list = core().base.gimp_choice_new();
                for (index, choice) in choices.iter().enumerate() {
                    let (id, label, help) = (
                        to_c(&choice.id),
                        to_c(&tr(&choice.label)),
                        to_c(&tr(&choice.help)),
                    );
                    let index = index as i32;
                    core().base.gimp_choice_add(
                        list,
                        id.as_ptr(),
                        index,
                        label.as_ptr(),
                        help.as_ptr(),
                    );
                }
                gimp.gimp_procedure_add_choice_argument(
                    procedure,
                    name,
                    label,
                    help,
                    list,
                    default.as_ptr(),
                    READ_WRITE,
                );
            }
            Kind::Drawable => {
                let none_is_fine = 1;
                gimp.gimp_procedure_add_drawable_argument(
                    procedure,
                    name,
                    label,
                    help,
                    none_is_fine,
                    READ_WRITE,
                );
            }
            Kind::Text => {
                gimp.gimp_procedure_add_string_argument(
                    procedure,
                    name,
                    label,
                    help,
                    default.as_ptr(),
                    READ_WRITE,
                );
            }
        }
    }
}
