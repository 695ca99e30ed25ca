//! A second plug-in, for the tests in real GIMPs: writes a drawable's bytes to a file, exactly as GIMP holds them, and
//! waits for a file to appear.
//!
//! Scripts can read single colours only, and files that GIMP writes have been converted on the way.

use reweave_gimp_sys::Pixelwork;
use reweave_gimp_sys::gimp3::{Core, types as c};
use std::ffi::{CStr, CString, c_char, c_void};
use std::io::Write;
use std::path::Path;
use std::ptr::{null, null_mut};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

const DUMP: &CStr = c"plug-in-reweave-test-dump";
const WAIT: &CStr = c"plug-in-reweave-test-wait";
const FILE: &CStr = c"file";
const STRING: c::GType = 16 << 2;

static CORE: OnceLock<Core> = OnceLock::new();
static PIXELWORK: OnceLock<Pixelwork> = OnceLock::new();

fn core() -> &'static Core {
    CORE.get().expect("opened by main")
}

fn pixelwork() -> &'static Pixelwork {
    PIXELWORK.get().expect("opened by main")
}

/// The drawable's bytes, then those of the selection over it, after a line of text about them.
unsafe fn dump(
    image: *mut c::GimpImage,
    drawable: *mut c::GimpDrawable,
    file: &Path,
) -> std::io::Result<()> {
    let Core { gimp, gobject, .. } = core();
    let Pixelwork { gegl, babl } = pixelwork();
    // SAFETY: GIMP hands over valid objects, and the memory is as large as width, height and format say.
    let (header, pixels, selection) = unsafe {
        let (mut x, mut y) = (0, 0);
        gimp.gimp_drawable_get_offsets(drawable, &mut x, &mut y);
        let (width, height) = (
            gimp.gimp_drawable_get_width(drawable),
            gimp.gimp_drawable_get_height(drawable),
        );
        let read = |of: *mut c::GimpDrawable, x, y, format| {
            let size = babl.babl_format_get_bytes_per_pixel(format) as usize;
            let mut bytes = vec![0_u8; width as usize * height as usize * size];
            let buffer = gimp.gimp_drawable_get_buffer(of);
            let rect = c::GeglRectangle {
                x,
                y,
                width,
                height,
            };
            gegl.gegl_buffer_get(
                buffer,
                &rect,
                1.0,
                format,
                bytes.as_mut_ptr().cast(),
                0,
                c::GEGL_ABYSS_NONE,
            );
            gobject.g_object_unref(buffer.cast());
            bytes
        };
        let format = gimp.gimp_drawable_get_format(drawable);
        let name = CStr::from_ptr(babl.babl_get_name(format))
            .to_string_lossy()
            .into_owned();
        let size = babl.babl_format_get_bytes_per_pixel(format);
        let mask = gimp.gimp_image_get_selection(image).cast();
        let pixels = read(drawable, 0, 0, format);
        let selection = read(mask, x, y, babl.babl_format(c"Y float".as_ptr()));
        (
            format!("{width} {height} {x} {y} {size} {name}\n"),
            pixels,
            selection,
        )
    };
    let part = file.with_extension("part");
    let mut out = std::fs::File::create(&part)?;
    out.write_all(header.as_bytes())?;
    out.write_all(&pixels)?;
    out.write_all(&selection)?;
    std::fs::rename(part, file)
}

/// Waits until the file is there, a minute at most.
fn wait(file: &Path) -> std::io::Result<()> {
    let start = Instant::now();
    while !file.exists() {
        if start.elapsed() > Duration::from_secs(60) {
            return Err(std::io::Error::other(format!(
                "{} did not come",
                file.display()
            )));
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}

unsafe extern "C" fn run(
    procedure: *mut c::GimpProcedure,
    _mode: c::GimpRunMode,
    image: *mut c::GimpImage,
    drawables: *mut *mut c::GimpDrawable,
    config: *mut c::GimpProcedureConfig,
    data: *mut c_void,
) -> *mut c::GimpValueArray {
    // SAFETY: GIMP hands over valid objects; the argument is in the procedure that `create` made.
    unsafe {
        pixelwork().gegl.gegl_init(null_mut(), null_mut());
        let mut value: c::GValue = std::mem::zeroed();
        core().gobject.g_value_init(&mut value, STRING);
        core()
            .gobject
            .g_object_get_property(config.cast(), FILE.as_ptr(), &mut value);
        let file = CStr::from_ptr(core().gobject.g_value_get_string(&value))
            .to_string_lossy()
            .into_owned();
        let file = Path::new(&file);
        let done = if data.is_null() {
            dump(image, *drawables, file)
        } else {
            wait(file)
        };
        let glib = &core().glib;
        let (status, error) = match done {
            Ok(()) => (c::GIMP_PDB_SUCCESS, null_mut()),
            Err(error) => {
                let text = CString::new(error.to_string()).unwrap_or_default();
                let quark = glib.g_quark_from_static_string(c"helper".as_ptr());
                (
                    c::GIMP_PDB_EXECUTION_ERROR,
                    glib.g_error_new_literal(quark, 0, text.as_ptr()),
                )
            }
        };
        core()
            .gimp
            .gimp_procedure_new_return_values(procedure, status, error)
    }
}

unsafe extern "C" fn query(_plug_in: *mut c::GimpPlugIn) -> *mut c::GList {
    let glib = &core().glib;
    // SAFETY: GIMP takes the list and the copies of the names over.
    unsafe {
        let list = glib.g_list_append(null_mut(), glib.g_strdup(DUMP.as_ptr()).cast());
        glib.g_list_append(list, glib.g_strdup(WAIT.as_ptr()).cast())
    }
}

unsafe extern "C" fn create(
    plug_in: *mut c::GimpPlugIn,
    name: *const c_char,
) -> *mut c::GimpProcedure {
    let gimp = &core().gimp;
    // SAFETY: GIMP hands over its plug-in and a name that ends with a zero byte.
    unsafe {
        // Whether `run` has data tells the two procedures apart.
        let data = if CStr::from_ptr(name) == WAIT {
            (&raw const CORE).cast_mut().cast()
        } else {
            null_mut()
        };
        let kind = c::GIMP_PDB_PROC_TYPE_PLUGIN;
        let procedure = gimp.gimp_image_procedure_new(plug_in, name, kind, Some(run), data, None);
        let text = c"For tests".as_ptr();
        gimp.gimp_procedure_set_image_types(procedure, c"*".as_ptr());
        gimp.gimp_procedure_set_sensitivity_mask(procedure, i32::MAX);
        gimp.gimp_procedure_set_documentation(procedure, text, text, name);
        gimp.gimp_procedure_set_attribution(procedure, text, text, text);
        let flags = c::G_PARAM_READABLE | c::G_PARAM_WRITABLE;
        gimp.gimp_procedure_add_string_argument(
            procedure,
            FILE.as_ptr(),
            FILE.as_ptr(),
            text,
            c"".as_ptr(),
            flags,
        );
        procedure
    }
}

unsafe extern "C" fn class_init(class: *mut c_void, _data: *mut c_void) {
    let class = class.cast::<c::GimpPlugInClass>();
    // SAFETY: libgimp hands over the class of the type that was registered with its size.
    unsafe {
        (*class).query_procedures = Some(query);
        (*class).create_procedure = Some(create);
        (*class).set_i18n = None;
    }
}

fn main() {
    let (Ok(opened), Ok(pixelwork)) = (Core::open(), Pixelwork::open()) else {
        eprintln!("for tests only: GIMP starts it");
        std::process::exit(1);
    };
    let core = CORE.get_or_init(|| opened);
    PIXELWORK.get_or_init(|| pixelwork);
    let arguments: Vec<CString> = std::env::args_os()
        .map(|argument| CString::new(argument.into_encoded_bytes()).unwrap_or_default())
        .collect();
    let mut pointers: Vec<*mut c_char> = arguments
        .iter()
        .map(|argument| argument.as_ptr().cast_mut())
        .collect();
    pointers.push(null_mut());
    // SAFETY: sizes come from the running library; the arguments outlive the call.
    let status = unsafe {
        let parent = core.gimp.gimp_plug_in_get_type();
        let mut query: c::GTypeQuery = std::mem::zeroed();
        core.gobject.g_type_query(parent, &mut query);
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
        let kind =
            core.gobject
                .g_type_register_static(parent, c"ReweaveTestHelper".as_ptr(), &info, 0);
        core.gimp
            .gimp_main(kind, arguments.len() as i32, pointers.as_mut_ptr())
    };
    std::process::exit(status)
}
