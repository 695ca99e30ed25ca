//! What GIMP calls: the program's type for libgimp, and the three questions that GIMP asks of it.

use super::bar::Bar;
use super::core::{self, core, to_c};
use super::dialog::Subject;
use super::drawable::Drawable;
use super::image::Image;
use super::{dialog, procedure, values};
use crate::engine::Engine;
use crate::options::{self, Options};
use crate::stop::Stop;
use crate::text::{set_translate, tr};
use crate::{fill, gegl};
use reweave_gimp_sys::gimp3::types as c;
use std::any::Any;
use std::ffi::{CStr, CString, OsString, c_char, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr::{null, null_mut};

/// Runs as a plug-in of GIMP 3; gives the exit status.
pub fn main(arguments: Vec<OsString>) -> i32 {
    if let Err(error) = core::open() {
        eprintln!("reweave: {error}");
        return 1;
    }
    set_translate(core::translate);
    let arguments: Vec<CString> = arguments
        .into_iter()
        .map(|argument| CString::new(argument.into_encoded_bytes()).unwrap_or_default())
        .collect();
    let mut pointers: Vec<*mut c_char> = arguments
        .iter()
        .map(|argument| argument.as_ptr().cast_mut())
        .collect();
    pointers.push(null_mut());
    let gobject = &core().gobject;
    // SAFETY: sizes come from the running library and not from headers; the arguments outlive the call.
    unsafe {
        let parent = core().gimp.gimp_plug_in_get_type();
        let mut query: c::GTypeQuery = std::mem::zeroed();
        gobject.g_type_query(parent, &mut query);
        let info = c::GTypeInfo {
            class_size: query.class_size as u16,
            base_init: None,
            base_finalize: None,
            class_init: Some(class_init),
            class_finalize: None,
            class_data: null(),
            instance_size: query.instance_size as u16,
            n_preallocs: 0,
            instance_init: None,
            value_table: null(),
        };
        let kind = gobject.g_type_register_static(parent, c"Reweave".as_ptr(), &info, 0);
        core()
            .gimp
            .gimp_main(kind, arguments.len() as i32, pointers.as_mut_ptr())
    }
}

/// Fills in what GIMP calls on our type. Translation stays as GIMP does it by default: the domain is the name of the
/// plug-in's folder, the catalogues are in its `locale/`.
unsafe extern "C" fn class_init(class: *mut c_void, _data: *mut c_void) {
    let class = class.cast::<c::GimpPlugInClass>();
    // SAFETY: libgimp hands over the class of the type that was registered with its size.
    unsafe {
        (*class).query_procedures = Some(query);
        (*class).create_procedure = Some(create);
    }
}

/// Which procedures are there?
unsafe extern "C" fn query(_plug_in: *mut c::GimpPlugIn) -> *mut c::GList {
    let glib = &core().glib;
    // SAFETY: GIMP takes the list and the copy of the name over.
    unsafe { glib.g_list_append(null_mut(), glib.g_strdup(procedure::NAME.as_ptr()).cast()) }
}

/// What is this procedure?
unsafe extern "C" fn create(
    plug_in: *mut c::GimpPlugIn,
    name: *const c_char,
) -> *mut c::GimpProcedure {
    let made = catch_unwind(AssertUnwindSafe(|| {
        // SAFETY: GIMP's name ends with a zero byte.
        if unsafe { CStr::from_ptr(name) } != procedure::NAME {
            return null_mut();
        }
        // A library that cannot be opened is told of when somebody wants to fill: the menu entry is there all the same.
        let table = Engine::open().map(|engine| engine.table());
        let table = options::table(table.unwrap_or_default());
        // SAFETY: GIMP hands over its plug-in; the new procedure is described at once.
        unsafe {
            let new = core().gimp.gimp_image_procedure_new(
                plug_in,
                name,
                c::GIMP_PDB_PROC_TYPE_PLUGIN,
                Some(run_procedure),
                null_mut(),
                None,
            );
            procedure::describe(new, &table);
            new
        }
    }));
    made.unwrap_or(null_mut())
}

/// Do it.
unsafe extern "C" fn run_procedure(
    procedure: *mut c::GimpProcedure,
    mode: c::GimpRunMode,
    image: *mut c::GimpImage,
    drawables: *mut *mut c::GimpDrawable,
    config: *mut c::GimpProcedureConfig,
    _data: *mut c_void,
) -> *mut c::GimpValueArray {
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        // SAFETY: GIMP hands over valid objects; the list of drawables ends with null.
        unsafe {
            gegl::start();
            let image = Image::new(image);
            let targets: Vec<Drawable> = (0..)
                .map(|index| *drawables.add(index))
                .take_while(|drawable| !drawable.is_null())
                .map(|drawable| Drawable::new(drawable))
                .collect();
            run_modes(procedure, mode, image, &targets, config)
        }
    }));
    let outcome = outcome.unwrap_or_else(|panic| Err(Stop::Because(mistake(&*panic))));
    let (status, sentence) = match outcome {
        Ok(()) => (c::GIMP_PDB_SUCCESS, None),
        Err(Stop::Cancelled) => (c::GIMP_PDB_CANCEL, None),
        Err(Stop::Because(sentence)) => (c::GIMP_PDB_EXECUTION_ERROR, Some(to_c(&sentence))),
    };
    let glib = &core().glib;
    // SAFETY: GIMP takes the error over, which copies the text.
    unsafe {
        let error = match &sentence {
            Some(text) => glib.g_error_new_literal(
                glib.g_quark_from_static_string(c"reweave".as_ptr()),
                0,
                text.as_ptr(),
            ),
            None => null_mut(),
        };
        core()
            .gimp
            .gimp_procedure_new_return_values(procedure, status, error)
    }
}

/// # Safety
/// `procedure` and `config` are those of this run.
unsafe fn run_modes(
    procedure: *mut c::GimpProcedure,
    mode: c::GimpRunMode,
    image: Image,
    targets: &[Drawable],
    config: *mut c::GimpProcedureConfig,
) -> Result<(), Stop> {
    let engine = Engine::open()?;
    let table = options::table(engine.table());
    let mut previewed = None;
    if mode == c::GIMP_RUN_INTERACTIVE {
        // What will be refused anyhow is refused before somebody fills in a dialog.
        fill::check(image, targets)?;
        let subject = Subject {
            engine: &engine,
            table: &table,
            image,
            targets,
            config,
        };
        // SAFETY: the caller's promise.
        match unsafe { dialog::run(procedure, subject) }? {
            Some(job) => previewed = job,
            None => return Err(Stop::Cancelled),
        }
    }
    // SAFETY: the caller's promise.
    let options = Options::new(&engine, &table, &unsafe { values::read(config, &table) })?;
    fill::fill(
        &engine,
        image,
        targets,
        &options,
        previewed,
        &mut Bar::start(),
    )?;
    // SAFETY: it may be called at any time.
    unsafe { core().gimp.gimp_displays_flush() };
    Ok(())
}

fn mistake(panic: &(dyn Any + Send)) -> String {
    let said = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let said = said
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_default();
    format!("{} {said}", tr("A mistake in Reweave, please report it:"))
}
