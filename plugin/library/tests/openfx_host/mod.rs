//! An OpenFX host as small as can be, for tests: it opens the built plug-in by its path, renders frames that the test
//! made, and behaves as badly as real hosts do where a test asks for it.
//!
//! - [`properties`], [`suites`], [`messages`]: what the plug-in sees;
//! - [`frame`]: pictures in memory, in every layout that hosts have;
//! - [`scene`]: a picture with a hole, and what must be true of it afterwards;
//! - [`effect`]: descriptions and instances, and the actions that a host sends them;
//! - here: the host itself and its [`Quirks`].

#![allow(dead_code)]

pub mod effect;
pub mod frame;
pub mod messages;
pub mod properties;
pub mod scene;
pub mod suites;

use properties::{PropertySet, Value};
use reweave_openfx_sys::{self as ofx, names::*};
use std::ffi::{CStr, c_char, c_int, c_void};
use std::path::Path;
use std::sync::atomic::{AtomicI32, AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// How a host misbehaves. What one host is known for has that host's name.
#[derive(Clone, Debug, Default)]
pub struct Quirks {
    /// Its name: some hosts are known for what they do with colour.
    pub name: Option<&'static str>,
    /// No suites but the three that every host must have.
    pub required_suites_only: bool,
    /// Message and progress suites whose functions are null.
    pub null_suite_functions: bool,
    /// Properties that it does not know.
    pub unknown_properties: Vec<&'static CStr>,
    /// Leaves row bytes out of images whose rows follow each other without a gap.
    pub no_row_bytes: bool,
    /// Wants the frame no longer from this call of `abort` on, counted from 1.
    pub abort_at: Option<i32>,
    /// Its user cancels at this update of a progress bar, counted from 1.
    pub cancel_at: Option<usize>,
    /// MLT stores images from the top row down: their row bytes are negative.
    pub mlt_negative_strides: bool,
    /// Resolve says of unwired inputs that they are connected, and gives an image without pixels for them.
    pub resolve_unwired_mask_connected: bool,
    /// Resolve 14 has a message suite of version 2 whose `setPersistentMessage` is null and whose
    /// `clearPersistentMessage` is what happens to lie behind it in memory.
    pub resolve_message_suite_v2_null: bool,
    /// Resolve 16, Fusion and Catalyst have version 1 of the message suite and no other.
    pub message_v1_only: bool,
    /// Natron answers "no" to the first updates of a progress bar that was opened off its main thread: its dialog is not
    /// there yet.
    pub natron_progress_off_main_thread: bool,
    /// Vegas and Fusion tell scale 1 with the action whatever that of the image is.
    pub vegas_scale_mismatch: bool,
    /// Fusion, while somebody scrubs, tells the inverse of the action's scale with the image.
    pub fusion_scale_mismatch: bool,
}

/// What happened in the host so far.
#[derive(Default)]
pub struct Record {
    /// Images that were fetched and not given back.
    pub images_out: AtomicI64,
    /// Images that were fetched.
    pub images: AtomicI64,
    /// Calls of `abort`.
    pub aborts: AtomicI32,
    /// Calls that showed progress.
    pub progress: AtomicUsize,
    /// Calls that showed progress in the last bar.
    pub progress_in_bar: AtomicUsize,
    /// Calls of `abort` before the first that showed progress.
    pub aborts_before_progress: AtomicI32,
    /// When `abort` was called.
    pub asked: Mutex<Vec<Instant>>,
    /// Progress bars that are open.
    pub bars_open: AtomicI64,
    /// The message at the node.
    pub message: Mutex<Option<String>>,
    /// Messages that were shown at once, by version 1 of the suite.
    pub dialogs: Mutex<Vec<String>>,
    /// Mistakes of the plug-in.
    pub mistakes: Mutex<Vec<String>>,
}

/// The state that the suites look at. A plug-in has one host in a process, so tests share it and take turns.
pub struct World {
    pub quirks: Quirks,
    pub record: Arc<Record>,
}

static WORLD: Mutex<Option<Arc<World>>> = Mutex::new(None);
static TURN: Mutex<()> = Mutex::new(());

pub fn world() -> Arc<World> {
    WORLD
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .clone()
        .expect("no host is open")
}

/// Notes a mistake of the plug-in.
pub fn mistake(text: impl Into<String>) {
    world().record.mistakes.lock().unwrap().push(text.into());
}

/// The plug-in in the library, which threads may share: it is constants.
#[derive(Clone, Copy)]
pub struct Plugin(pub &'static ofx::OfxPlugin);

// SAFETY: nothing in it ever changes.
unsafe impl Send for Plugin {}
// SAFETY: as above.
unsafe impl Sync for Plugin {}

/// A host with the plug-in loaded and described.
pub struct Host {
    pub plugin: Plugin,
    pub record: Arc<Record>,
    pub descriptor: Arc<effect::Effect>,
    _turn: MutexGuard<'static, ()>,
}

/// What the host says about itself; one for the whole process, as plug-ins expect.
fn host_struct() -> &'static ofx::OfxHost {
    static HOST: std::sync::OnceLock<usize> = std::sync::OnceLock::new();
    let address = HOST.get_or_init(|| {
        let host = ofx::OfxHost {
            host: Arc::into_raw(Arc::new(PropertySet::new())) as *mut c_void,
            fetchSuite: Some(fetch),
        };
        Box::into_raw(Box::new(host)) as usize
    });
    // SAFETY: leaked above.
    unsafe { &*(*address as *const ofx::OfxHost) }
}

unsafe extern "C" fn fetch(
    _host: *mut c_void,
    name: *const c_char,
    version: c_int,
) -> *const c_void {
    // SAFETY: the plug-in names a suite.
    let name = unsafe { CStr::from_ptr(name) };
    suites::find(name, version, &world().quirks)
}

impl Host {
    /// Opens the plug-in and goes with it through load and describe, twice: hosts are known to do that.
    pub fn open(library: &Path, quirks: Quirks) -> Self {
        Self::open_in(library, quirks, kOfxImageEffectContextGeneral)
    }

    pub fn open_in(library: &Path, quirks: Quirks, context: &CStr) -> Self {
        // SAFETY: the plug-in's library runs nothing when opened, and is never closed.
        let library = unsafe { libloading::Library::new(library) }.unwrap();
        Self::of(Box::leak(Box::new(library)), quirks, context)
    }

    /// The host of a library that the caller opened, and may close when the host is gone.
    pub fn of(library: &libloading::Library, quirks: Quirks, context: &CStr) -> Self {
        // SAFETY: these are the types of the standard.
        let plugin = unsafe {
            let count = library
                .get::<unsafe extern "C" fn() -> c_int>(b"OfxGetNumberOfPlugins\0")
                .unwrap();
            let get = library
                .get::<unsafe extern "C" fn(c_int) -> *const ofx::OfxPlugin>(b"OfxGetPlugin\0")
                .unwrap();
            assert_eq!(count(), 1);
            assert!(get(1).is_null() && get(-1).is_null());
            Plugin(&*get(0))
        };
        Self::with(plugin, quirks, context)
    }

    /// Goes with a plug-in through load and describe, twice.
    pub fn with(plugin: Plugin, quirks: Quirks, context: &CStr) -> Self {
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let record = Arc::new(Record::default());
        let host = host_struct();
        // SAFETY: made by `host_struct`.
        let properties = unsafe { &*(host.host as *const PropertySet) };
        properties.set(
            kOfxPropName,
            0,
            Value::text(quirks.name.unwrap_or("org.reweave.test")),
        );
        *WORLD.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(World {
            quirks,
            record: record.clone(),
        }));
        for _ in 0..2 {
            // SAFETY: the host lives for ever.
            unsafe { plugin.0.setHost.unwrap()(std::ptr::from_ref(host).cast_mut()) };
            assert_eq!(
                send(plugin, kOfxActionLoad, std::ptr::null(), None, None),
                ofx::kOfxStatOK
            );
        }
        let descriptor = effect::Effect::describe(plugin, context);
        Self {
            plugin,
            record,
            descriptor,
            _turn: turn,
        }
    }

    /// What the plug-in did that no host can bear.
    pub fn mistakes(&self) -> Vec<String> {
        let mut mistakes = self.record.mistakes.lock().unwrap().clone();
        if self.record.images_out.load(Ordering::SeqCst) != 0 {
            mistakes.push("images were not given back".into());
        }
        if self.record.bars_open.load(Ordering::SeqCst) != 0 {
            mistakes.push("a progress bar was left open".into());
        }
        mistakes
    }

    /// Tells the plug-in that it is no longer needed.
    pub fn unload(self) {
        let status = send(self.plugin, kOfxActionUnload, std::ptr::null(), None, None);
        assert_eq!(status, ofx::kOfxStatOK);
    }

    pub fn message(&self) -> Option<String> {
        self.record.message.lock().unwrap().clone()
    }
}

/// Sends an action.
pub fn send(
    plugin: Plugin,
    action: &CStr,
    handle: *const c_void,
    input: Option<&PropertySet>,
    output: Option<&PropertySet>,
) -> ofx::OfxStatus {
    let pointer = |set: Option<&PropertySet>| {
        set.map_or(std::ptr::null_mut(), |set| {
            std::ptr::from_ref(set).cast_mut().cast()
        })
    };
    // SAFETY: as the standard has it: a name, a handle of this host, and property sets that outlive the call.
    unsafe { plugin.0.mainEntry.unwrap()(action.as_ptr(), handle, pointer(input), pointer(output)) }
}
