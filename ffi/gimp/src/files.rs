//! Where GIMP's libraries are and what they are called.

use libloading::Library;
use std::path::PathBuf;
use std::{error, fmt};

/// One library's file name without what each system puts round it: `gimp` and `3.0` for `libgimp-3.0.so.0`.
pub(crate) struct Name {
    pub(crate) stem: &'static str,
    pub(crate) version: &'static str,
}

impl Name {
    /// The file's name. All of GIMP's libraries have been at revision 0 of their version since there were any.
    fn file(&self) -> String {
        let Self { stem, version } = self;
        if cfg!(windows) {
            format!("lib{stem}-{version}-0.dll")
        } else if cfg!(target_os = "macos") {
            format!("lib{stem}-{version}.0.dylib")
        } else {
            format!("lib{stem}-{version}.so.0")
        }
    }

    /// Opens it where the system's loader finds it: GIMP's own process has set the loader up for its plug-ins, which
    /// are linked against the very same names.
    pub(crate) fn open(&self) -> Result<Library, OpenError> {
        let file = self.file();
        let mut places = vec![PathBuf::from(&file)];
        places.extend(folders().into_iter().map(|folder| folder.join(&file)));
        let mut first = None;
        for place in places {
            // SAFETY: GIMP's libraries run nothing but their own set-up when they are opened.
            match unsafe { Library::new(&place) } {
                Ok(library) => return Ok(library),
                Err(source) => first = first.or(Some(source)),
            }
        }
        Err(OpenError {
            file,
            source: first,
        })
    }
}

/// Opens the library called `$stem-$version` and looks up the functions of `$table` in it.
macro_rules! table {
    ($table:ty, $stem:literal, $version:literal) => {{
        let library = $crate::files::Name { stem: $stem, version: $version }.open()?;
        // SAFETY: a library of this name and version has these functions with these types, or lacks some of them.
        let table = unsafe { <$table>::from_library(library) };
        table.unwrap_or_else(|_| unreachable!("missing functions are kept in the table"))
    }};
}
pub(crate) use table;

/// Folders to look in besides the loader's own. On macOS the libraries lie inside GIMP's bundle, and a plug-in in the
/// user's folder has no path to them.
fn folders() -> Vec<PathBuf> {
    if !cfg!(target_os = "macos") {
        return Vec::new();
    }
    let mut bundles = vec![PathBuf::from("/Applications/GIMP.app")];
    bundles.extend(std::env::home_dir().map(|home| home.join("Applications/GIMP.app")));
    bundles
        .into_iter()
        .map(|bundle| bundle.join("Contents/Resources/lib"))
        .collect()
}

/// A library of GIMP's that could not be opened.
#[derive(Debug)]
pub struct OpenError {
    file: String,
    source: Option<libloading::Error>,
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} cannot be opened: this program is a GIMP plug-in, and GIMP has to start it",
            self.file
        )
    }
}

impl error::Error for OpenError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}
