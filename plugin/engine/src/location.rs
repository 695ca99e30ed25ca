//! Where this code lies on the disk, and where the user keeps what belongs to Reweave. What lies in these places is
//! described in [`crate::installation`].

use std::path::PathBuf;

/// Reweave's own folder in the user's data: `~/.local/share/reweave`, `~/Library/Application Support/reweave`, or
/// `%LOCALAPPDATA%\reweave`. It need not exist. `None` where the user has no home.
pub fn of_user() -> Option<PathBuf> {
    dirs::data_local_dir().map(|data| data.join("reweave"))
}

/// The folder of the file that this code was loaded from: the program's, or the library's inside a host. `None` where the
/// system does not say.
pub fn of_code() -> Option<PathBuf> {
    Some(own_file()?.parent()?.to_owned())
}

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
    let name = OsStr::from_bytes(name.to_bytes());
    if name.as_bytes().contains(&b'/') {
        // The name is as it was opened: it may be relative, or a link's.
        std::fs::canonicalize(name).ok()
    } else {
        // A program that was found by the search path is known to the loader by the word that was typed.
        std::fs::canonicalize(std::env::current_exe().ok()?).ok()
    }
}

#[cfg(windows)]
fn own_file() -> Option<PathBuf> {
    use std::ffi::OsString;
    use std::os::windows::ffi::OsStringExt;
    use windows_sys::Win32::System::LibraryLoader::{
        GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
        GetModuleFileNameW, GetModuleHandleExW,
    };

    let flags =
        GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT;
    let mut module = std::ptr::null_mut();
    // SAFETY: with these flags the name is any address within the module, and nothing has to be given back.
    if unsafe { GetModuleHandleExW(flags, own_file as *const () as *const u16, &mut module) } == 0 {
        return None;
    }
    let mut name = vec![0u16; 32768];
    // SAFETY: the buffer has the length that is given, the longest that a path can have.
    let length =
        unsafe { GetModuleFileNameW(module, name.as_mut_ptr(), name.len() as u32) } as usize;
    (length > 0 && length < name.len()).then(|| OsString::from_wide(&name[..length]).into())
}

#[cfg(not(any(unix, windows)))]
fn own_file() -> Option<PathBuf> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_knows_its_own_file() {
        let program = std::env::current_exe().unwrap();
        assert_eq!(own_file().unwrap(), program.canonicalize().unwrap());
    }

    /// Typed as a word, a program gets that word for its name, which names no file.
    #[cfg(unix)]
    #[test]
    fn code_knows_its_own_file_when_it_was_started_by_the_search_path() {
        use std::os::unix::process::CommandExt;
        const CHILD: &str = "REWEAVE_TEST_SEARCH_PATH";
        let program = std::env::current_exe().unwrap();
        if std::env::var_os(CHILD).is_some() {
            assert_eq!(own_file().unwrap(), program.canonicalize().unwrap());
            return;
        }
        let test = std::thread::current().name().unwrap().to_owned();
        let status = std::process::Command::new(program)
            .arg0("reweave")
            .args(["--exact", &test])
            .env(CHILD, "1")
            .status();
        assert!(status.unwrap().success());
    }
}
