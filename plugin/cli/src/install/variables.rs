//! Lists of folders that Windows keeps in variables for all programs that this user starts: `Path`, by which terminals find
//! programs, and `OFX_PLUGIN_PATH`, by which OpenFX hosts find bundles.
//!
//! They lie in the registry. Only the entry in question is touched: what else stands in the list stays as it was written.

/// What parts the folders of a list.
const BETWEEN: char = ';';

/// The list with the folder at its end; `None` if it is there already.
fn with(list: &str, folder: &str) -> Option<String> {
    if entries(list).any(|entry| is_same(entry, folder)) {
        return None;
    }
    let list = list.trim_end_matches(BETWEEN);
    Some(match list.is_empty() {
        true => folder.to_owned(),
        false => format!("{list}{BETWEEN}{folder}"),
    })
}

/// The list without the folder; `None` if it was not there.
fn without(list: &str, folder: &str) -> Option<String> {
    let others: Vec<_> = entries(list)
        .filter(|entry| !is_same(entry, folder))
        .collect();
    (others.len() < entries(list).count()).then(|| others.join(&BETWEEN.to_string()))
}

fn entries(list: &str) -> impl Iterator<Item = &str> {
    list.split(BETWEEN)
}

/// Windows tells no capitals from small letters in the names of folders.
fn is_same(entry: &str, folder: &str) -> bool {
    let plain = |text: &str| text.trim_matches('"').trim_end_matches('\\').to_lowercase();
    plain(entry) == plain(folder)
}

#[cfg(windows)]
pub use registry::{add, folders, remove};

#[cfg(windows)]
mod registry {
    use super::{entries, with, without};
    use std::io;
    use std::path::{Path, PathBuf};
    use windows_registry::{CURRENT_USER, Key, Type};

    /// The folders in a variable of this user; none where it is not set.
    pub fn folders(variable: &str) -> Vec<PathBuf> {
        let list = environment().and_then(|key| list(&key, variable));
        let (list, _) = list.unwrap_or_default();
        let named = entries(&list).filter(|entry| !entry.is_empty());
        named.map(PathBuf::from).collect()
    }

    /// Puts a folder at the end of the list; `false` if it was there already.
    pub fn add(variable: &str, folder: &Path) -> io::Result<bool> {
        change(variable, folder, with)
    }

    /// Takes a folder out of the list; `false` if it was not there. A variable without folders is removed.
    pub fn remove(variable: &str, folder: &Path) -> io::Result<bool> {
        change(variable, folder, without)
    }

    fn change(
        variable: &str,
        folder: &Path,
        changed: impl Fn(&str, &str) -> Option<String>,
    ) -> io::Result<bool> {
        let named = |error: io::Error| {
            let why = format!("the variable {variable} of this user cannot be changed: {error}");
            io::Error::new(error.kind(), why)
        };
        let key = environment().map_err(named)?;
        let (list, is_expanded) = list(&key, variable).map_err(named)?;
        let folder = folder.to_str().ok_or_else(|| {
            let why = format!("{} is no name for a variable", folder.display());
            named(io::Error::other(why))
        })?;
        let Some(list) = changed(&list, folder) else {
            return Ok(false);
        };
        let written = match (list.is_empty(), is_expanded) {
            (true, _) => key.remove_value(variable),
            (false, true) => key.set_expand_string(variable, &list),
            (false, false) => key.set_string(variable, &list),
        };
        written.map_err(|error| named(error.into()))?;
        tell_programs();
        Ok(true)
    }

    fn environment() -> io::Result<Key> {
        Ok(CURRENT_USER.create("Environment")?)
    }

    /// A list, and whether it names other variables in it (`%USERPROFILE%`); empty where it is not set.
    fn list(key: &Key, variable: &str) -> io::Result<(String, bool)> {
        match key.get_type(variable) {
            Err(_) => Ok((String::new(), false)),
            Ok(kind @ (Type::String | Type::ExpandString)) => {
                Ok((key.get_string(variable)?, kind == Type::ExpandString))
            }
            Ok(_) => Err(io::Error::other("it is no text")),
        }
    }

    /// The desktop reads the variables again, so that what is started from it sees them.
    fn tell_programs() {
        use windows_sys::Win32::UI::WindowsAndMessaging::{
            HWND_BROADCAST, SMTO_ABORTIFHUNG, SendMessageTimeoutW, WM_SETTINGCHANGE,
        };
        const MILLISECONDS: u32 = 1000;
        let what: Vec<u16> = "Environment\0".encode_utf16().collect();
        // SAFETY: the text ends with a null and outlives the call, which waits for the answers; a program that does not
        // answer is passed over, and the sum of the answers is of no use.
        unsafe {
            SendMessageTimeoutW(
                HWND_BROADCAST,
                WM_SETTINGCHANGE,
                0,
                what.as_ptr() as isize,
                SMTO_ABORTIFHUNG,
                MILLISECONDS,
                std::ptr::null_mut(),
            )
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_added_once_and_the_rest_stays() {
        let old = r"C:\Tools;;%USERPROFILE%\bin";
        let new = with(old, r"C:\Users\me\Reweave").unwrap();
        assert_eq!(new, format!(r"{old};C:\Users\me\Reweave"));
        assert_eq!(with(&new, r"c:\users\ME\reweave\"), None);
        assert_eq!(with("", r"C:\Reweave").unwrap(), r"C:\Reweave");
        assert_eq!(
            with(r"C:\Tools;", r"C:\Reweave").unwrap(),
            r"C:\Tools;C:\Reweave"
        );
    }

    #[test]
    fn what_was_added_is_taken_out_and_nothing_else() {
        let old = r"C:\Tools;;%USERPROFILE%\bin";
        let new = with(old, r"C:\Reweave").unwrap();
        assert_eq!(without(&new, r"c:\reweave").unwrap(), old);
        assert_eq!(without(old, r"C:\Reweave"), None);
        assert_eq!(without(r"C:\Reweave\", r"C:\Reweave").unwrap(), "");
        assert_eq!(without(r"C:\Reweave 2", r"C:\Reweave"), None);
    }
}
