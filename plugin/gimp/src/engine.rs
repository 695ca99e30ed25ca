//! The engine, as this program sees it: the shared library that lies beside it, through `reweave.h`.

use reweave_abi::{
    Library, OpenError, ReweaveFormat, ReweaveHole, ReweaveModel, ReweavePixels, ReweaveRect,
    ReweaveReport, ReweaveSetting, ReweaveSettings, ReweaveSketch, ReweaveStatus, alpha, channels,
    depth, kind, level, stage, status, transfer,
};
use std::ffi::{CStr, CString, c_char, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::ptr::{null, null_mut};

pub use reweave_abi::ReweaveFormat as Format;
pub use reweave_abi::ReweaveReport as Report;
pub use reweave_abi::{
    alpha as alphas, channels as channel_sets, depth as depths, transfer as transfers,
};

/// Why the engine did not do what it was asked, as a sentence for people.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The library is not there or does not fit.
    #[error("{error}{cause}", error = .0, cause = cause(.0))]
    Open(#[from] OpenError),
    /// The progress function asked to stop.
    #[error("cancelled")]
    Cancelled,
    /// What the engine said.
    #[error("{0}")]
    Said(String),
}

fn cause(error: &OpenError) -> String {
    std::error::Error::source(error)
        .map(|source| format!(" ({source})"))
        .unwrap_or_default()
}

/// One row of the settings table.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    pub id: String,
    pub label: String,
    pub help: String,
    pub unit: String,
    pub group: String,
    pub default: String,
    /// Whether the dialog shows it when it opens; the rest waits behind "More options".
    pub basic: bool,
    /// Whether the hole gets its shape by it, before anything else is done.
    pub shapes_hole: bool,
    pub kind: Kind,
}

/// What a setting takes.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// "true" or "false".
    Toggle,
    Whole {
        range: (i32, i32),
        slider: (f64, f64),
    },
    Number {
        range: (f64, f64),
        slider: (f64, f64),
    },
    Choice(Vec<Choice>),
    /// A layer or channel by its number, or "" for none.
    Drawable,
    Text,
}

/// One of the words that a setting takes.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    pub id: String,
    pub label: String,
    pub help: String,
}

/// A model that was found.
#[derive(Clone, Debug)]
pub struct ModelInfo {
    pub name: String,
    pub title: String,
    pub problem: String,
}

/// The open library.
#[derive(Clone, Copy)]
pub struct Engine {
    library: Library,
}

impl Engine {
    /// The name of the library's file.
    pub fn file_name() -> String {
        format!(
            "{}reweave_plugin{}",
            std::env::consts::DLL_PREFIX,
            std::env::consts::DLL_SUFFIX
        )
    }

    /// Opens the library beside this program.
    pub fn open() -> Result<Self, Error> {
        // GIMP starts its plug-ins by their full path; a system may not tell us of it in any other way.
        let named = std::env::args_os()
            .next()
            .map(PathBuf::from)
            .filter(|path| path.is_absolute());
        let program = match named {
            Some(program) => program,
            None => std::env::current_exe().map_err(|error| Error::Said(error.to_string()))?,
        };
        Self::open_in(program.parent().unwrap_or(&program))
    }

    /// Opens the library in this folder.
    pub fn open_in(folder: &Path) -> Result<Self, Error> {
        Ok(Self {
            library: Library::open(&folder.join(Self::file_name()))?,
        })
    }

    /// Serves as a worker until its input ends; gives the exit status.
    pub fn be_worker(&self) -> i32 {
        // SAFETY: this process was started for it, and has no other thread.
        unsafe { (self.library.worker)() }
    }

    fn check(&self, status: ReweaveStatus) -> Result<(), Error> {
        match status {
            status::OK => Ok(()),
            status::CANCELLED => Err(Error::Cancelled),
            // SAFETY: the text lives until this thread's next call, and is copied before that.
            _ => Err(Error::Said(unsafe { text((self.library.last_error)()) })),
        }
    }

    /// The settings table.
    pub fn table(&self) -> Vec<Setting> {
        // SAFETY: it may be called at any time; rows live as long as the library, which is never closed.
        let row = |index| unsafe { (self.library.setting_at)(index).as_ref() };
        // SAFETY: it may be called at any time.
        let count = unsafe { (self.library.setting_count)() };
        (0..count)
            .filter_map(row)
            // SAFETY: the library keeps what its header says of rows.
            .map(|row| unsafe { setting(row) })
            .collect()
    }

    /// The models in the models folders.
    pub fn models(&self) -> Result<Vec<ModelInfo>, Error> {
        let mut list = null_mut();
        // SAFETY: `list` is a place for a pointer.
        self.check(unsafe { (self.library.models_list)(null(), &mut list) })?;
        // SAFETY: the list was just made, and what it holds is copied before it is freed.
        unsafe {
            let found = (0..(self.library.models_count)(list))
                .filter_map(|index| (self.library.models_at)(list, index).as_ref())
                .map(|info| ModelInfo {
                    name: text(info.name),
                    title: text(info.title),
                    problem: text(info.problem),
                })
                .collect();
            (self.library.models_free)(list);
            Ok(found)
        }
    }

    /// Opens a model; quick when this process had it open before.
    pub fn open_model(&self, name: &str, device: &str) -> Result<Model, Error> {
        let (name, device) = (to_c(name), to_c(device));
        let mut handle = null_mut();
        // SAFETY: the texts end with a zero byte, and `handle` is a place for a pointer.
        self.check(unsafe {
            (self.library.model_open)(name.as_ptr(), device.as_ptr(), &mut handle)
        })?;
        Ok(Model {
            engine: *self,
            handle,
        })
    }

    /// All settings at their defaults.
    pub fn settings(&self) -> Result<Settings, Error> {
        let mut handle = null_mut();
        // SAFETY: `handle` is a place for a pointer.
        self.check(unsafe { (self.library.settings_new)(&mut handle) })?;
        Ok(Settings {
            engine: *self,
            handle,
        })
    }

    /// A hole from a mask: one byte a pixel, 255 is hole.
    pub fn hole(&self, mask: &[u8], width: usize, height: usize) -> Result<Hole, Error> {
        let mut handle = null_mut();
        let pixels = pixels(mask, MASK, 1, width, height)?;
        // SAFETY: the pixels are readable during the call and only read; `handle` is a place for a pointer.
        self.check(unsafe { (self.library.hole_from_mask)(&pixels, &mut handle) })?;
        Ok(Hole {
            engine: *self,
            handle,
        })
    }

    /// The lines of a drawing.
    pub fn sketch(
        &self,
        drawing: &[u8],
        format: ReweaveFormat,
        width: usize,
        height: usize,
    ) -> Result<Sketch, Error> {
        let mut handle = null_mut();
        let pixels = pixels(drawing, format, pixel_bytes(format), width, height)?;
        // SAFETY: the pixels are readable during the call and only read; `handle` is a place for a pointer.
        self.check(unsafe { (self.library.sketch_from_drawing)(&pixels, &mut handle) })?;
        Ok(Sketch {
            engine: *self,
            handle,
        })
    }

    /// A mask (one byte a pixel, 255 is hole), widened and faded as `settings` ask.
    pub fn coverage(
        &self,
        mask: &[u8],
        width: usize,
        height: usize,
        settings: &Settings,
    ) -> Result<Vec<u8>, Error> {
        let hole = self.hole(mask, width, height)?;
        let mut coverage = vec![0; width * height];
        let mut target = pixels(&coverage, MASK, 1, width, height)?;
        target.top_left = coverage.as_mut_ptr().cast();
        // SAFETY: the pixels are ours alone during the call; hole and settings live.
        self.check(unsafe { (self.library.hole_coverage)(hole.handle, settings.handle, &target) })?;
        Ok(coverage)
    }
}

/// The format of a mask.
const MASK: ReweaveFormat = ReweaveFormat {
    depth: depth::U8,
    channels: channels::GREY,
    transfer: transfer::LINEAR,
    alpha: alpha::STRAIGHT,
};

/// A value for each setting.
pub struct Settings {
    engine: Engine,
    handle: *mut ReweaveSettings,
}

// SAFETY: the header allows one thread at a time, which the borrow checker sees to.
unsafe impl Send for Settings {}

impl Settings {
    pub fn set(&mut self, id: &str, value: &str) -> Result<(), Error> {
        let (id, value) = (to_c(id), to_c(value));
        // SAFETY: the settings are ours and nobody else uses them; the texts end with a zero byte.
        self.engine.check(unsafe {
            (self.engine.library.settings_set)(self.handle, id.as_ptr(), value.as_ptr())
        })
    }

    /// A value as the engine writes it; "" for an id that it does not know.
    pub fn get(&mut self, id: &str) -> String {
        let id = to_c(id);
        // SAFETY: the settings are ours and nobody else uses them; the answer is copied before they are used again.
        unsafe { text((self.engine.library.settings_get)(self.handle, id.as_ptr())) }
    }

    /// How far, in pixels, a hole is widened on each side at the most.
    pub fn reach(&self) -> Result<usize, Error> {
        let mut pixels = 0;
        // SAFETY: the settings are alive, and `pixels` is a place for a number.
        let status = unsafe { (self.engine.library.hole_reach)(self.handle, &mut pixels) };
        self.engine.check(status)?;
        Ok(pixels)
    }
}

impl Drop for Settings {
    fn drop(&mut self) {
        // SAFETY: made by the library and not freed yet.
        unsafe { (self.engine.library.settings_free)(self.handle) }
    }
}

/// A model, open on a device.
pub struct Model {
    engine: Engine,
    handle: *mut ReweaveModel,
}

// SAFETY: the header allows models in any thread, in several at once.
unsafe impl Send for Model {}
// SAFETY: as above.
unsafe impl Sync for Model {}

impl Model {
    /// Which runtime answers, and why not a better one.
    pub fn runtime(&self) -> String {
        // SAFETY: the text lives as long as the model.
        unsafe { text((self.engine.library.model_runtime)(self.handle)) }
    }

    /// Which part of a picture of this size a fill of a hole inside `hole` looks at.
    pub fn needs(
        &self,
        hole: ReweaveRect,
        width: usize,
        height: usize,
        settings: &Settings,
    ) -> Result<ReweaveRect, Error> {
        let mut needed = ReweaveRect::default();
        // SAFETY: all of them live during the call.
        let status = unsafe {
            (self.engine.library.fill_needs)(
                &hole,
                width,
                height,
                self.handle,
                settings.handle,
                &mut needed,
            )
        };
        self.engine.check(status).map(|()| needed)
    }

    /// Fills the hole in a picture of the hole's size, in place, along the lines of a sketch of that size. `progress` gets the share that is done and what is
    /// being done, and gives `false` to stop.
    #[allow(clippy::too_many_arguments)]
    pub fn fill(
        &self,
        picture: &mut [u8],
        format: ReweaveFormat,
        width: usize,
        height: usize,
        hole: &Hole,
        sketch: Option<&Sketch>,
        settings: &Settings,
        progress: &mut dyn FnMut(f32, &str) -> bool,
    ) -> Result<Report, Error> {
        let mut pixels = pixels(picture, format, pixel_bytes(format), width, height)?;
        pixels.top_left = picture.as_mut_ptr().cast();
        let mut report = ReweaveReport::default();
        let mut progress: *mut (dyn FnMut(f32, &str) -> bool + '_) = progress;
        // SAFETY: the pixels are ours alone during the call, as is what `progress` points to, which has the type that
        // `report_progress` takes it for.
        let status = unsafe {
            (self.engine.library.fill_guided)(
                &pixels,
                hole.handle,
                sketch.map_or(null(), |sketch| sketch.handle),
                self.handle,
                settings.handle,
                Some(report_progress),
                (&raw mut progress).cast(),
                &mut report,
            )
        };
        self.engine.check(status).map(|()| report)
    }
}

impl Drop for Model {
    fn drop(&mut self) {
        // SAFETY: made by the library and not freed yet.
        unsafe { (self.engine.library.model_free)(self.handle) }
    }
}

/// What to fill.
pub struct Hole {
    engine: Engine,
    handle: *mut ReweaveHole,
}

// SAFETY: the header allows holes in any thread, in several at once.
unsafe impl Send for Hole {}

impl Drop for Hole {
    fn drop(&mut self) {
        // SAFETY: made by the library and not freed yet.
        unsafe { (self.engine.library.hole_free)(self.handle) }
    }
}

/// Lines that a fill follows.
pub struct Sketch {
    engine: Engine,
    handle: *mut ReweaveSketch,
}

impl Drop for Sketch {
    fn drop(&mut self) {
        // SAFETY: made by the library and not freed yet.
        unsafe { (self.engine.library.sketch_free)(self.handle) }
    }
}

/// Bytes of a pixel.
pub fn pixel_bytes(format: ReweaveFormat) -> usize {
    let values = match format.channels {
        channels::GREY => 1,
        channels::GREY_ALPHA => 2,
        channels::RGB => 3,
        _ => 4,
    };
    values
        * match format.depth {
            depth::U8 => 1,
            depth::U16 | depth::HALF => 2,
            _ => 4,
        }
}

/// Tightly packed pixels for the library.
fn pixels(
    bytes: &[u8],
    format: ReweaveFormat,
    pixel_bytes: usize,
    width: usize,
    height: usize,
) -> Result<ReweavePixels, Error> {
    let row = width * pixel_bytes;
    if bytes.len() < row * height {
        return Err(Error::Said(format!(
            "{} bytes are too few for {width} x {height} pixels",
            bytes.len()
        )));
    }
    Ok(ReweavePixels {
        top_left: bytes.as_ptr().cast_mut().cast(),
        row_stride: row as isize,
        width,
        height,
        format,
    })
}

/// Hands a report on to the closure that `data` points to; a panic in it cancels.
unsafe extern "C" fn report_progress(data: *mut c_void, done: f32, doing: *const c_char) -> i32 {
    let go_on = catch_unwind(AssertUnwindSafe(|| {
        // SAFETY: `Model::fill` made it point to this, and waits in its call.
        let progress = unsafe { &mut **data.cast::<*mut (dyn FnMut(f32, &str) -> bool + '_)>() };
        // SAFETY: the text lives during this call.
        progress(done, &unsafe { text(doing) })
    }));
    i32::from(!go_on.unwrap_or(false))
}

/// A copy of a row.
///
/// # Safety
/// No pointer of the row is null, and all its texts end with a zero byte.
pub(crate) unsafe fn setting(row: &ReweaveSetting) -> Setting {
    // SAFETY: the caller's promise.
    unsafe {
        let slider = (row.slider_minimum, row.slider_maximum);
        let kind = match row.kind {
            kind::INTEGER => Kind::Whole {
                range: (row.minimum as i32, row.maximum as i32),
                slider,
            },
            kind::NUMBER => Kind::Number {
                range: (row.minimum, row.maximum),
                slider,
            },
            kind::TOGGLE => Kind::Toggle,
            kind::CHOICE if row.choice_count > 0 => {
                let choices = std::slice::from_raw_parts(row.choices, row.choice_count as usize);
                Kind::Choice(
                    choices
                        .iter()
                        .map(|choice| Choice {
                            id: text(choice.id),
                            label: text(choice.label),
                            help: text(choice.help),
                        })
                        .collect(),
                )
            }
            _ => Kind::Text,
        };
        Setting {
            id: text(row.id),
            label: text(row.label),
            help: text(row.help),
            unit: text(row.unit),
            group: text(row.group),
            default: text(row.default_value),
            basic: row.level == level::BASIC,
            shapes_hole: row.stage == stage::HOLE,
            kind,
        }
    }
}

/// A copy of C's text.
///
/// # Safety
/// The pointer is null or points to text that ends with a zero byte.
unsafe fn text(pointer: *const c_char) -> String {
    if pointer.is_null() {
        return String::new();
    }
    // SAFETY: the caller's promise.
    unsafe { CStr::from_ptr(pointer) }
        .to_string_lossy()
        .into_owned()
}

fn to_c(text: &str) -> CString {
    CString::new(text.replace('\0', "")).unwrap_or_default()
}
