//! Where ONNX Runtime's library may lie. It is always opened by its absolute path: a bare name would find whatever the
//! host, or the system, has of it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// The environment variable with the absolute path of ONNX Runtime's library.
pub(super) const VARIABLE: &str = "REWEAVE_ONNXRUNTIME";

static CHOSEN: Mutex<Option<PathBuf>> = Mutex::new(None);

/// Names this library before all other places that are searched for ONNX Runtime. Has no effect once a model has been
/// opened with ONNX Runtime: a process loads one only.
pub fn use_onnxruntime(path: impl Into<PathBuf>) {
    if let Ok(mut chosen) = CHOSEN.lock() {
        *chosen = Some(path.into());
    }
}

/// Libraries that were asked for by name, and then those that were found, best first; all paths are absolute.
pub(super) fn candidates() -> Vec<PathBuf> {
    let chosen = CHOSEN.lock().ok().and_then(|chosen| chosen.clone());
    let named = chosen.into_iter().chain(
        env::var_os(VARIABLE)
            .filter(|path| !path.is_empty())
            .map(PathBuf::from),
    );
    let mut candidates: Vec<_> = named
        .filter_map(|path| std::path::absolute(path).ok())
        .collect();
    for folder in folders() {
        candidates.extend(libraries_in(&folder));
    }
    let mut seen = std::collections::HashSet::new();
    candidates.retain(|path| seen.insert(path.clone()));
    candidates
}

/// Folders that are searched, in order.
pub(super) fn folders() -> Vec<PathBuf> {
    let beside = own_file().into_iter().chain(env::current_exe().ok());
    let beside = beside.filter_map(|file| Some(file.parent()?.to_path_buf()));
    let mut folders: Vec<_> = beside
        .flat_map(|folder| [folder.join("onnxruntime"), folder])
        .collect();
    folders.extend(data_folder().map(|folder| folder.join("onnxruntime")));
    folders.retain(|folder| folder.is_absolute());
    folders
}

/// Reweave's own folder in the user's data.
fn data_folder() -> Option<PathBuf> {
    let variable = |name: &str| {
        env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    let base = if cfg!(windows) {
        variable("LOCALAPPDATA")?
    } else if cfg!(target_os = "macos") {
        variable("HOME")?.join("Library/Application Support")
    } else {
        variable("XDG_DATA_HOME").or_else(|| Some(variable("HOME")?.join(".local/share")))?
    };
    Some(base.join("reweave"))
}

/// Libraries in a folder that are ONNX Runtime by their name, in order of their names. Bundles may carry it under a
/// name of their own, so that the host's cannot be mistaken for it.
fn libraries_in(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let is_library = |name: &str| {
        let stem = name.strip_prefix("lib").unwrap_or(name);
        let stem = stem.strip_prefix("reweave-").unwrap_or(stem);
        let Some(rest) = stem.strip_prefix("onnxruntime") else {
            return false;
        };
        if cfg!(windows) {
            rest == ".dll"
        } else if cfg!(target_os = "macos") {
            rest.ends_with(".dylib") && !rest.starts_with('_')
        } else {
            rest == ".so" || rest.starts_with(".so.")
        }
    };
    let files = entries
        .flatten()
        .filter(|entry| entry.file_name().to_str().is_some_and(is_library));
    let mut files: Vec<_> = files
        .map(|entry| entry.path())
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    files
}

/// The file that this code was loaded from: the program, or the library inside a host.
#[cfg(unix)]
fn own_file() -> Option<PathBuf> {
    use std::ffi::{CStr, OsStr};
    use std::os::unix::ffi::OsStrExt;

    let mut info = std::mem::MaybeUninit::<libc::Dl_info>::zeroed();
    // SAFETY: dladdr takes any address and writes the struct, which outlives the call, when it returns non-zero. The
    // name it points to belongs to the loader and stays as long as this code is loaded.
    let name = unsafe {
        if libc::dladdr(
            own_file as *const () as *const libc::c_void,
            info.as_mut_ptr(),
        ) == 0
        {
            return None;
        }
        let name = info.assume_init().dli_fname;
        if name.is_null() {
            return None;
        }
        CStr::from_ptr(name)
    };
    fs::canonicalize(OsStr::from_bytes(name.to_bytes())).ok()
}

/// The file that this code was loaded from: the program, or the library inside a host.
#[cfg(windows)]
fn own_file() -> Option<PathBuf> {
    use std::ffi::{OsString, c_void};
    use std::os::windows::ffi::OsStringExt;

    const FROM_ADDRESS: u32 = 4;
    const UNCHANGED_REFCOUNT: u32 = 2;
    #[link(name = "kernel32")]
    unsafe extern "system" {
        fn GetModuleHandleExW(flags: u32, address: *const c_void, module: *mut *mut c_void) -> i32;
        fn GetModuleFileNameW(module: *mut c_void, name: *mut u16, len: u32) -> u32;
    }
    let mut name = [0u16; 32768];
    let mut module = std::ptr::null_mut();
    // SAFETY: the address lies in this module, `module` and `name` outlive the calls, and the length is the buffer's.
    let len = unsafe {
        if GetModuleHandleExW(
            FROM_ADDRESS | UNCHANGED_REFCOUNT,
            own_file as *const c_void,
            &mut module,
        ) == 0
        {
            return None;
        }
        GetModuleFileNameW(module, name.as_mut_ptr(), name.len() as u32) as usize
    };
    (len > 0 && len < name.len()).then(|| OsString::from_wide(&name[..len]).into())
}

/// The file that this code was loaded from cannot be told here.
#[cfg(not(any(unix, windows)))]
fn own_file() -> Option<PathBuf> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_knows_its_own_file() {
        let own = own_file().unwrap();
        assert_eq!(own, fs::canonicalize(env::current_exe().unwrap()).unwrap());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_runtime_is_known_by_its_names_and_its_helpers_are_not() {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "libonnxruntime.so.1.31.1",
            "libonnxruntime.so",
            "libreweave-onnxruntime.so",
            "libonnxruntime_providers_cuda.so",
            "libonnx.so",
        ] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let found: Vec<_> = libraries_in(folder.path())
            .into_iter()
            .map(|path| path.file_name().unwrap().to_owned())
            .collect();
        assert_eq!(
            found,
            [
                "libonnxruntime.so",
                "libonnxruntime.so.1.31.1",
                "libreweave-onnxruntime.so"
            ]
        );
        assert!(libraries_in(&folder.path().join("nowhere")).is_empty());
    }
}
