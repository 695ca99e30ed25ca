//! The translations, as files for gettext.
//!
//! They are compiled in from `po/`; the installer lets this program write them beside itself, where GIMP looks.

use std::fs;
use std::io;
use std::path::Path;

/// Language, and its catalogue in gettext's binary form.
const CATALOGUES: &[(&str, &[u8])] = &include!(concat!(env!("OUT_DIR"), "/catalogues.rs"));

/// Writes `LANGUAGE/LC_MESSAGES/reweave.mo` for every language into `folder`.
pub fn write(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for (language, catalogue) in CATALOGUES {
        let messages = folder.join(language).join("LC_MESSAGES");
        fs::create_dir_all(&messages)?;
        fs::write(messages.join("reweave.mo"), catalogue)?;
    }
    Ok(())
}
