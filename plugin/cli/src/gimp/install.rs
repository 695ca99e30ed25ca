//! Putting the plug-in into GIMP's folders, and taking it out again.

use super::bundle::Bundle;
use super::places::Place;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Puts the plug-in where this GIMP looks, in the place of an older one. A failure leaves the older one as it was.
pub fn install(bundle: &Bundle, place: &Place) -> io::Result<PathBuf> {
    let plug_ins = place.plug_ins();
    fs::create_dir_all(&plug_ins)?;
    let own = place.own();
    // GIMP would take a folder beside the others for a plug-in: what is not complete yet lies one folder higher.
    let (part, old) = (beside(&plug_ins, "new"), beside(&plug_ins, "old"));
    remove(&part)?;
    remove(&old)?;
    let written = bundle.write(&part);
    if let Err(error) = written {
        remove(&part)?;
        return Err(error);
    }
    if own.exists() {
        fs::rename(&own, &old)?;
    }
    if let Err(error) = fs::rename(&part, &own) {
        // Whatever stood there comes back.
        if old.exists() {
            fs::rename(&old, &own)?;
        }
        return Err(error);
    }
    remove(&old)?;
    Ok(own)
}

/// Takes the plug-in out; `false` if it was not there.
pub fn uninstall(place: &Place) -> io::Result<bool> {
    let own = place.own();
    let there = own.exists();
    remove(&own)?;
    Ok(there)
}

fn beside(plug_ins: &Path, what: &str) -> PathBuf {
    let profile = plug_ins.parent().unwrap_or(plug_ins);
    profile.join(format!("{}-plug-in.{what}", super::NAME))
}

fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(io::Error::new(
            error.kind(),
            format!(
                "{}: {error}; is GIMP running? Close it and try again",
                folder.display()
            ),
        )),
        _ => Ok(()),
    }
}
