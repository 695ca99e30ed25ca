//! Finding and loading ONNX Runtime's library. A process has one environment, made from one library: the first that
//! loads stays.

use std::path::{Path, PathBuf};

use once_cell::sync::OnceCell;
use ort::environment::Environment;

use super::telemetry;
use crate::runtime::guard::guarded;
use crate::runtime::locate;

/// The library that was loaded, once for the process.
pub(super) struct Loaded {
    pub environment: Environment,
    pub path: PathBuf,
    pub version: String,
}

static LOADED: OnceCell<Loaded> = OnceCell::new();

/// Loads the first library that works.
pub(super) fn loaded() -> Result<&'static Loaded, String> {
    LOADED.get_or_try_init(|| {
        let candidates = locate::candidates();
        if candidates.is_empty() {
            let folders: Vec<_> = locate::folders().iter().map(|folder| folder.display().to_string()).collect();
            return Err(format!(
                "not found: {} is not set, and there is none in {} (reweave runtime install fetches it)",
                locate::VARIABLE,
                folders.join(", ")
            ));
        }
        let mut reasons = Vec::new();
        for path in candidates {
            match guarded(|| open(&path)) {
                Ok(loaded) => return Ok(loaded),
                Err(why) => reasons.push(format!("{}: {why}", path.display())),
            }
        }
        Err(reasons.join("; "))
    })
}

/// The version of the library at `path`, if it is an ONNX Runtime that can be used here. It is loaded for that, and nothing
/// else is done with it.
pub(in crate::runtime) fn check(path: &Path) -> Result<String, String> {
    if !path.is_file() {
        return Err("there is no such file".into());
    }
    telemetry::forbid();
    let version = guarded(|| version_of(path))?;
    if is_new_enough(&version) {
        return Ok(version);
    }
    Err(too_old(&version))
}

/// It gives no interface that is newer than itself.
fn is_new_enough(version: &str) -> bool {
    let minor = version.split('.').nth(1).and_then(|text| text.parse().ok());
    minor.is_some_and(|minor: u32| minor >= ort::MINOR_VERSION)
}

fn too_old(version: &str) -> String {
    format!(
        "it is version {version}, at least 1.{} is needed",
        ort::MINOR_VERSION
    )
}

fn open(path: &Path) -> Result<Loaded, String> {
    if !path.is_file() {
        return Err("there is no such file".into());
    }
    telemetry::forbid();
    preload_companions(path);
    let version = version_of(path)?;
    let builder = ort::init_from(path).map_err(|error| match error {
        ort::LoadDynamicError::BadVersion { version_str, .. } => too_old(&version_str),
        other => other.to_string(),
    })?;
    let environment = builder
        .with_name("reweave")
        .with_telemetry(false)
        .build()
        .map_err(|error| error.to_string())?;
    Ok(Loaded {
        environment,
        path: path.into(),
        version,
    })
}

/// Opens what lies in the folder `cuda` beside the runtime (CUDA's and cuDNN's libraries), so that its provider finds
/// them without any search path being set. They depend on one another, hence several rounds.
fn preload_companions(path: &Path) {
    let Some(entries) = path
        .parent()
        .and_then(|folder| std::fs::read_dir(folder.join("cuda")).ok())
    else {
        return;
    };
    let mut waiting: Vec<_> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_file())
        .collect();
    waiting.sort();
    loop {
        let before = waiting.len();
        waiting.retain(|path| {
            // SAFETY: these are NVIDIA's libraries, put there to be loaded; their initialisers ask nothing of us.
            match unsafe { libloading::Library::new(path) } {
                Ok(library) => {
                    // Never unloaded: the provider uses it until the process ends.
                    std::mem::forget(library);
                    false
                }
                Err(_) => true,
            }
        });
        if waiting.len() == before {
            return;
        }
    }
}

/// The version that the library tells of itself. What is no ONNX Runtime is found out here: `ort` would panic.
fn version_of(path: &Path) -> Result<String, String> {
    #[repr(C)]
    struct ApiBase {
        api: unsafe extern "C" fn(u32) -> *const std::ffi::c_void,
        version: unsafe extern "C" fn() -> *const std::ffi::c_char,
    }
    let not_this = || "it is no ONNX Runtime".to_owned();
    // SAFETY: the library was put where ONNX Runtime is looked for, to be loaded; `OrtGetApiBase` is its one documented
    // entry, and it returns a static struct of two functions, of which the second returns a static C string.
    unsafe {
        let library = libloading::Library::new(path).map_err(|error| why_not(&error))?;
        let base = library
            .get::<unsafe extern "C" fn() -> *const ApiBase>(b"OrtGetApiBase\0")
            .map_err(|_| not_this())?;
        let base = base().as_ref().ok_or_else(not_this)?;
        let text = (base.version)();
        if text.is_null() {
            return Err(not_this());
        }
        let version = std::ffi::CStr::from_ptr(text)
            .to_string_lossy()
            .into_owned();
        // What is too old says so by its version.
        if is_new_enough(&version) && (base.api)(ort::MINOR_VERSION).is_null() {
            return Err(not_this());
        }
        // Its threads may be at work from now on.
        std::mem::forget(library);
        Ok(version)
    }
}

/// Why a file that is there does not load, in the system's words. What they mean on Windows is not plain from them.
fn why_not(error: &libloading::Error) -> String {
    let cause = std::error::Error::source(error).map(ToString::to_string);
    let why = cause.unwrap_or_else(|| error.to_string());
    if cfg!(windows) && why.ends_with(LIBRARY_MISSING) {
        return format!(
            "a library that it needs is missing ({why}). It needs Microsoft's Visual C++ Redistributable for x64: \
             https://aka.ms/vs/17/release/vc_redist.x64.exe"
        );
    }
    why
}

/// How the words end with which Windows says that a library, or one that it needs, is missing: ERROR_MOD_NOT_FOUND.
const LIBRARY_MISSING: &str = "(os error 126)";
