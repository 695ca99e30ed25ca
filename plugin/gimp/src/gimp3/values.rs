//! The values that a configuration has for the arguments of the procedure.

use super::arguments::argument_name;
use super::core::{core, from_c, to_c, yes};
use crate::engine::{Kind, Setting};
use crate::options::Values;
use reweave_gimp_sys::gimp3::types as c;

/// GLib's fundamental types, which are macros in its headers.
const BOOLEAN: c::GType = 5 << 2;
const INT: c::GType = 6 << 2;
const DOUBLE: c::GType = 15 << 2;
const STRING: c::GType = 16 << 2;
const OBJECT: c::GType = 20 << 2;

/// The value of each setting, as text.
///
/// # Safety
/// `config` is the configuration of a run of our procedure.
pub unsafe fn read(config: *mut c::GimpProcedureConfig, table: &[Setting]) -> Values {
    table
        .iter()
        // SAFETY: the caller's promise.
        .map(|setting| (setting.id.clone(), unsafe { value(config, setting) }))
        .collect()
}

/// # Safety
/// As for [`read`].
unsafe fn value(config: *mut c::GimpProcedureConfig, setting: &Setting) -> String {
    let kind = match setting.kind {
        Kind::Toggle => BOOLEAN,
        Kind::Whole { .. } => INT,
        Kind::Number { .. } => DOUBLE,
        Kind::Drawable => OBJECT,
        Kind::Choice(_) | Kind::Text => STRING,
    };
    let gobject = &core().gobject;
    let name = to_c(&argument_name(setting));
    // SAFETY: an empty GValue is all zeros; the property exists because the procedure was made from the same table.
    unsafe {
        let mut value: c::GValue = std::mem::zeroed();
        gobject.g_value_init(&mut value, kind);
        gobject.g_object_get_property(config.cast(), name.as_ptr(), &mut value);
        let text = match kind {
            BOOLEAN => yes(gobject.g_value_get_boolean(&value)).to_string(),
            INT => gobject.g_value_get_int(&value).to_string(),
            DOUBLE => gobject.g_value_get_double(&value).to_string(),
            OBJECT => match gobject.g_value_get_object(&value) {
                none if none.is_null() => String::new(),
                drawable => core().gimp.gimp_item_get_id(drawable.cast()).to_string(),
            },
            _ => from_c(gobject.g_value_get_string(&value)),
        };
        gobject.g_value_unset(&mut value);
        text
    }
}
