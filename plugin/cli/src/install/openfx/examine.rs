//! Why the node does not show: hosts pass over bundles that they do not like without a word.

use super::{BUNDLE, places};
use crate::install::finding::Finding::{self, Fine, Note, Problem};
use reweave::installation::Installation;
use std::error::Error;
use std::path::Path;
use std::process::{Command, Stdio};

/// Looks at all folders in which hosts look.
pub fn examine() -> Vec<Finding> {
    let folders = places::all();
    let found: Vec<_> = folders
        .iter()
        .filter(|folder| folder.join(BUNDLE).exists())
        .collect();
    if found.is_empty() {
        let folders: Vec<_> = folders
            .iter()
            .map(|folder| folder.display().to_string())
            .collect();
        return vec![Note(format!(
            "the node for OpenFX hosts (Natron, Nuke, Resolve, Kdenlive, …) is not installed in {}: type `reweave install \
             openfx`",
            folders.join(", ")
        ))];
    }
    let mut findings: Vec<_> = found
        .iter()
        .flat_map(|folder| bundle(&folder.join(BUNDLE)))
        .collect();
    if found.len() > 1 {
        findings.push(Note(
            "there is more than one bundle: hosts take the first, or complain".into(),
        ));
    }
    findings
}

/// Looks at one bundle.
fn bundle(bundle: &Path) -> Vec<Finding> {
    let contents = bundle.join("Contents");
    let Installation {
        library, models, ..
    } = Installation::bundle(&contents);
    let again = "type `reweave install openfx`";
    if !library.is_file() {
        return vec![Problem(format!(
            "{} is not there, and hosts pass over such a bundle in silence: {again}",
            library.display()
        ))];
    }
    let mut findings = vec![match loads(&library) {
        Ok(()) => Fine(format!("{} loads", library.display())),
        Err(why) => Problem(format!(
            "{} does not load: {why}. {again}",
            library.display()
        )),
    }];
    if !contents.join("Info.plist").is_file() {
        findings.push(Problem(format!(
            "{} has no Contents/Info.plist, which strict hosts ask for: {again}",
            bundle.display()
        )));
    }
    let has_models = !reweave::zoo::list(std::slice::from_ref(&models)).is_empty();
    if !has_models {
        findings.push(Problem(format!(
            "there are no models in {}: {again}",
            models.display()
        )));
    }
    findings.push(Note("a host that was open has to be started again; Nuke, Resolve and Natron remember what they found".into()));
    findings
}

/// Tries to load a library, in a process of its own: what is wrong with it must not end this one.
fn loads(library: &Path) -> Result<(), String> {
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    let answer = Command::new(own)
        .args(["doctor", "--load"])
        .arg(library)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| error.to_string())?;
    if answer.status.success() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&answer.stderr);
    Err(text.trim().trim_start_matches("error: ").to_owned())
}

/// Loads a library and asks how many plug-ins are in it, as hosts do.
pub fn load(library: &Path) -> Result<(), String> {
    // SAFETY: our own library runs nothing when it is opened; another one runs in a process made for this.
    let library = unsafe { libloading::Library::new(library) };
    // What the system says about it stands in the cause.
    let library = library.map_err(|error| {
        error
            .source()
            .map_or_else(|| error.to_string(), ToString::to_string)
    })?;
    // SAFETY: the standard gives the function this type.
    let count = unsafe {
        library.get::<unsafe extern "C" fn() -> std::ffi::c_int>(b"OfxGetNumberOfPlugins\0")
    };
    let count = count.map_err(|_| "it is no OpenFX plug-in".to_owned())?;
    // SAFETY: it takes nothing and may be called first.
    if unsafe { count() } < 1 {
        return Err("there are no plug-ins in it".into());
    }
    Ok(())
}
