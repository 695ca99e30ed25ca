//! Whether what was unpacked works: tried before it takes the place of what does.

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::path::Path;
use std::process::{Command, Stdio};

use reweave::installation::runtimes_in;

use super::package::Package;

/// Tries a package that was laid into `folder`.
///
/// # Errors
/// Why it is not what it should be, in words.
pub fn try_out(package: Package, folder: &Path) -> Result<(), String> {
    if !package.is_runtime() {
        let library = format!("{DLL_PREFIX}onnxruntime_providers_webgpu{DLL_SUFFIX}");
        return match folder.join(&library).is_file() {
            true => Ok(()),
            false => Err(format!("there is no {library} in it")),
        };
    }
    let libraries = runtimes_in(folder);
    let library = libraries
        .first()
        .ok_or("there is no ONNX Runtime for this system in it")?;
    loads(library).map_err(|why| format!("its ONNX Runtime cannot be used: {why}"))
}

/// Loads a library in a process of its own: what is wrong with it must not end this one.
fn loads(library: &Path) -> Result<(), String> {
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    let answer = Command::new(own)
        .args(["doctor", "--load-runtime"])
        .arg(library)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| error.to_string())?;
    if answer.status.success() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&answer.stderr);
    let text = text.trim().trim_start_matches("error: ");
    Err(match text.is_empty() {
        true => format!("it ends the program that loads it ({})", answer.status),
        false => text.to_owned(),
    })
}
