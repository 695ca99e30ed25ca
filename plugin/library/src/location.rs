//! Where this library lies on the disk: models and runtimes may lie beside it.

use std::path::PathBuf;

/// The library's own file, or the executable's where it is linked in. `None` if the system does not say.
#[cfg(unix)]
pub(crate) fn library() -> Option<PathBuf> {
    use std::ffi::{CStr, OsStr};
    use std::os::unix::ffi::OsStrExt;

    let mut info = libc::Dl_info {
        dli_fname: std::ptr::null(),
        dli_fbase: std::ptr::null_mut(),
        dli_sname: std::ptr::null(),
        dli_saddr: std::ptr::null_mut(),
    };
    // SAFETY: the address of a function of this library, and a struct to be filled in.
    let found = unsafe { libc::dladdr(library as *const () as *const libc::c_void, &mut info) };
    if found == 0 || info.dli_fname.is_null() {
        return None;
    }
    // SAFETY: the system's text ends with zero and lives as long as the library is loaded.
    let name = unsafe { CStr::from_ptr(info.dli_fname) };
    // The name is as it was opened: a relative one, or a link's.
    PathBuf::from(OsStr::from_bytes(name.to_bytes()))
        .canonicalize()
        .ok()
}

/// The library's own file, or the executable's where it is linked in. `None` if the system does not say.
#[cfg(windows)]
pub(crate) fn library() -> Option<PathBuf> {
    use std::ffi::OsString;
    use std::os::windows::ffi::OsStringExt;
    use windows_sys::Win32::System::LibraryLoader::{
        GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
        GetModuleFileNameW, GetModuleHandleExW,
    };

    let flags =
        GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT;
    let mut module = std::ptr::null_mut();
    // SAFETY: with these flags the name is any address within the library, and nothing has to be given back.
    if unsafe { GetModuleHandleExW(flags, library as *const () as *const u16, &mut module) } == 0 {
        return None;
    }
    let mut name = vec![0u16; 32768];
    // SAFETY: the buffer has the length that is given, the longest that a path can have.
    let length =
        unsafe { GetModuleFileNameW(module, name.as_mut_ptr(), name.len() as u32) } as usize;
    (length > 0 && length < name.len()).then(|| OsString::from_wide(&name[..length]).into())
}

#[cfg(test)]
mod tests {
    #[test]
    fn is_the_file_that_runs() {
        assert_eq!(
            super::library(),
            Some(std::env::current_exe().unwrap().canonicalize().unwrap())
        );
    }
}
