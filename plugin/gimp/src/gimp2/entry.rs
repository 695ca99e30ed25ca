//! What GIMP 2.10 calls.

use super::bar::Bar;
use super::core::{self, core, from_c, to_c};
use super::drawable::Drawable;
use super::image::Image;
use crate::engine::Engine;
use crate::options::{self, Options};
use crate::stop::Stop;
use crate::{fill, gegl};
use reweave_gimp_sys::gimp2::types as c;
use std::cell::RefCell;
use std::ffi::{CStr, CString, OsString, c_char};
use std::panic::catch_unwind;
use std::ptr::{null, null_mut};

/// The name for scripts, the same as in GIMP 3.
const NAME: &CStr = c"plug-in-reweave-fill";

/// What GIMP calls.
static CALLS: c::GimpPlugInInfo = c::GimpPlugInInfo {
    init_proc: None,
    quit_proc: None,
    query_proc: Some(query),
    run_proc: Some(run),
};

/// Runs as a plug-in of GIMP 2.10; gives the exit status.
pub fn main(arguments: Vec<OsString>) -> i32 {
    if let Err(error) = core::open() {
        eprintln!("reweave: {error}");
        return 1;
    }
    let arguments: Vec<CString> = arguments
        .into_iter()
        .map(|argument| CString::new(argument.into_encoded_bytes()).unwrap_or_default())
        .collect();
    let mut pointers: Vec<*mut c_char> = arguments
        .iter()
        .map(|argument| argument.as_ptr().cast_mut())
        .collect();
    pointers.push(null_mut());
    // SAFETY: the calls are static, and the arguments outlive the call.
    unsafe {
        core()
            .gimp
            .gimp_main(&CALLS, arguments.len() as i32, pointers.as_mut_ptr())
    }
}

/// What is there?
unsafe extern "C" fn query() {
    let argument = |kind, name: &'static CStr, about: &'static CStr| c::GimpParamDef {
        type_: kind,
        name: name.as_ptr().cast_mut(),
        description: about.as_ptr().cast_mut(),
    };
    let arguments = [
        argument(
            c::GIMP_PDB_INT32,
            c"run-mode",
            c"RUN-INTERACTIVE, RUN-NONINTERACTIVE or RUN-WITH-LAST-VALS",
        ),
        argument(c::GIMP_PDB_IMAGE, c"image", c"The image"),
        argument(
            c::GIMP_PDB_DRAWABLE,
            c"drawable",
            c"The layer, layer mask or channel to fill",
        ),
        argument(
            c::GIMP_PDB_STRING,
            c"settings",
            c"As \"grow=4 output=new-layer\"; what is left out has its default",
        ),
    ];
    let who = c"The Reweave authors".as_ptr();
    // SAFETY: all texts end with a zero byte; GIMP copies them, and the list of arguments.
    unsafe {
        let gimp = &core().gimp;
        gimp.gimp_install_procedure(
            NAME.as_ptr(),
            c"Fills the selection from its surroundings, so that what was there is gone".as_ptr(),
            c"A trained network fills the selection from the picture round it. A soft selection blends.".as_ptr(),
            who,
            who,
            c"2026".as_ptr(),
            c"Content-Aware _Fill".as_ptr(),
            c"RGB*, GRAY*, INDEXED*".as_ptr(),
            c::GIMP_PLUGIN,
            arguments.len() as i32,
            0,
            arguments.as_ptr(),
            null(),
        );
        gimp.gimp_plugin_menu_register(NAME.as_ptr(), c"<Image>/Filters/Enhance".as_ptr());
        gimp.gimp_plugin_menu_register(NAME.as_ptr(), c"<Image>/Edit".as_ptr());
    }
}

thread_local! {
    /// What the last run gave back: GIMP reads it after `run` has returned.
    static ANSWER: RefCell<(CString, Vec<c::GimpParam>)> = RefCell::default();
}

/// Do it.
unsafe extern "C" fn run(
    _name: *const c_char,
    count: i32,
    parameters: *const c::GimpParam,
    answers: *mut i32,
    answer: *mut *mut c::GimpParam,
) {
    let outcome = catch_unwind(|| {
        // SAFETY: GIMP hands over as many parameters as it says, of the types that `query` told it: a menu entry has the
        // first three.
        let (image, drawable, settings) = unsafe {
            let parameter = |index: i32| (index < count).then(|| &*parameters.add(index as usize));
            let (image, drawable) = (parameter(1), parameter(2));
            (
                image.map_or(-1, |parameter| parameter.data.d_image),
                drawable.map_or(-1, |parameter| parameter.data.d_drawable),
                parameter(3)
                    .map(|parameter| from_c(parameter.data.d_string))
                    .unwrap_or_default(),
            )
        };
        gegl::start();
        fill_with(Image(image), Drawable(drawable), &settings)
    });
    let outcome = outcome.unwrap_or_else(|_| {
        Err(Stop::Because(
            "A mistake in Reweave, please report it".into(),
        ))
    });
    let (status, sentence) = match outcome {
        Ok(()) => (c::GIMP_PDB_SUCCESS, None),
        Err(Stop::Cancelled) => (c::GIMP_PDB_CANCEL, None),
        Err(Stop::Because(sentence)) => (c::GIMP_PDB_EXECUTION_ERROR, Some(sentence)),
    };
    ANSWER.with_borrow_mut(|(text, values)| {
        let mut value = |kind, data| values.push(c::GimpParam { type_: kind, data });
        value(c::GIMP_PDB_STATUS, c::GimpParamData { d_status: status });
        if let Some(sentence) = sentence {
            *text = to_c(&sentence);
            value(
                c::GIMP_PDB_STRING,
                c::GimpParamData {
                    d_string: text.as_ptr().cast_mut(),
                },
            );
        }
        // SAFETY: GIMP hands over places for the count and the list, which live on in this thread.
        unsafe {
            *answers = values.len() as i32;
            *answer = values.as_mut_ptr();
        }
    });
}

fn fill_with(image: Image, drawable: Drawable, settings: &str) -> Result<(), Stop> {
    let engine = Engine::open()?;
    let table = options::table(engine.table());
    let values = options::from_text(&table, settings)?;
    let options = Options::new(&engine, &table, &values)?;
    fill::fill(
        &engine,
        image,
        &[drawable],
        &options,
        None,
        &mut Bar::start(),
    )?;
    // SAFETY: it may be called at any time.
    unsafe { core().gimp.gimp_displays_flush() };
    Ok(())
}
