//! The bundle: one folder with all that the node needs, laid out as [`Installation::bundle`] says.
//!
//! ```text
//! Reweave.ofx.bundle/Contents/
//!   Info.plist                      strict hosts refuse a bundle without it
//!   Linux-x86-64/Reweave.ofx        the shared library
//!   Linux-x86-64/reweave            the command, which runs models where `REWEAVE_WORKER` asks for it
//!   Linux-x86-64/libreweave-onnxruntime.so   if this installation has ONNX Runtime: not by its own name, because a
//!                                   host may have another version of it
//!   Resources/models/               models with their cards
//!   Resources/org.reweave.Fill.png  the icon, by the plug-in's identifier
//! ```

use super::BUNDLE;
use crate::install::parts::{Incomplete, Parts, copy, make_folder, naming};
use crate::install::replace::{replace, take_out};
use reweave::installation::{
    Installation, own_name_of_runtime, runtime_of_user, runtime_with_helpers_in,
};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What the bundle is made of. A runtime that the user has installed goes into it, too: hosts may run as another user.
pub fn find() -> Result<Parts, Incomplete> {
    let mut parts = Parts::find("openfx")?;
    if let (true, Some(folder)) = (parts.runtime.is_empty(), runtime_of_user()) {
        parts.runtime = runtime_with_helpers_in(&folder);
    }
    Ok(parts)
}

/// Writes the bundle into `folder`, in the place of an older one. A failure leaves the older one as it was.
pub fn install(parts: &Parts, folder: &Path) -> io::Result<PathBuf> {
    let bundle = folder.join(BUNDLE);
    // Names with another ending than the bundle's are none to hosts.
    replace(&bundle, folder, |new| write(parts, &new.join("Contents")))?;
    Ok(bundle)
}

fn write(parts: &Parts, contents: &Path) -> io::Result<()> {
    let installation = Installation::bundle(contents);
    if let Some(folder) = installation.library.parent() {
        make_folder(folder)?;
    }
    copy(&parts.library, &installation.library)?;
    copy(&parts.command, &installation.command)?;
    for file in &parts.runtime {
        let name = file.file_name().and_then(|name| name.to_str());
        if let Some(name) = name.and_then(own_name_of_runtime) {
            copy(file, &installation.beside_library(name))?;
        }
    }
    parts.copy_models(&installation.models)?;
    let info = info();
    let resources = contents.join("Resources");
    let files: [(PathBuf, &[u8]); 3] = [
        (
            resources.join("org.reweave.Fill.png"),
            include_bytes!("../../../../library/resources/org.reweave.Fill.png"),
        ),
        (
            resources.join("org.reweave.Fill.svg"),
            include_bytes!("../../../../library/resources/org.reweave.Fill.svg"),
        ),
        (contents.join("Info.plist"), info.as_bytes()),
    ];
    for (file, bytes) in files {
        fs::write(&file, bytes).map_err(|error| naming(error, &file))?;
    }
    Ok(())
}

/// Takes the bundle out of a folder; `false` if it was not there.
pub fn uninstall(folder: &Path) -> io::Result<bool> {
    take_out(&folder.join(BUNDLE), folder)
}

/// The library of a bundle in `folder` that a package of the system has laid, and that is thus none of ours to replace or to
/// remove: in such a bundle it is a link to where the package keeps it, in ours a file.
pub fn library_of_package(folder: &Path) -> Option<PathBuf> {
    let library = Installation::bundle(&folder.join(BUNDLE).join("Contents")).library;
    let is_link = fs::symlink_metadata(&library).is_ok_and(|found| found.is_symlink());
    is_link.then_some(library)
}

/// What the bundle is, in the form that macOS and strict hosts read.
fn info() -> String {
    include_str!("../../../../library/resources/Info.plist")
        .replace("@VERSION@", env!("CARGO_PKG_VERSION"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use reweave::installation::runtimes_in;

    #[cfg(unix)]
    #[test]
    fn a_bundle_of_a_package_is_known_by_its_link() {
        let folder = tempfile::tempdir().unwrap();
        let library = Installation::bundle(&folder.path().join(BUNDLE).join("Contents")).library;
        fs::create_dir_all(library.parent().unwrap()).unwrap();
        fs::write(&library, "ours").unwrap();
        assert_eq!(library_of_package(folder.path()), None);
        fs::remove_file(&library).unwrap();
        std::os::unix::fs::symlink("/usr/lib/reweave/libreweave_plugin.so", &library).unwrap();
        assert_eq!(library_of_package(folder.path()), Some(library));
    }

    /// What the installer puts down is what the engine, loaded from there, looks for.
    #[test]
    fn everything_installed_is_found_again() {
        let from = tempfile::tempdir().unwrap();
        let file = |name: &str| {
            let path = from.path().join(name);
            fs::write(&path, name).unwrap();
            path
        };
        let runtime =
            reweave::installation::library_name().replace("reweave_plugin", "onnxruntime");
        file("gated.json");
        let parts = Parts {
            command: file("the command"),
            library: file("library"),
            models: vec![file("gated.onnx")],
            runtime: vec![file(&runtime)],
        };
        let to = tempfile::tempdir().unwrap();
        for _ in 0..2 {
            let contents = install(&parts, to.path()).unwrap().join("Contents");
            let code = contents.join(reweave::installation::architecture());
            let found = Installation::around(&code);
            let found = found.iter().find(|found| found.library.is_file()).unwrap();
            assert!(found.command.is_file());
            let models = reweave::zoo::list(std::slice::from_ref(&found.models));
            assert_eq!(models[0].name, "gated");
            assert!(models[0].path.with_extension("json").is_file());
            let runtimes = found.runtime_folders().map(|folder| runtimes_in(&folder));
            assert_eq!(
                runtimes.concat(),
                [code.join(own_name_of_runtime(&runtime).unwrap())]
            );
            assert!(contents.join("Resources/org.reweave.Fill.png").is_file());
            let info = fs::read_to_string(contents.join("Info.plist")).unwrap();
            let executable = format!(
                "<string>{}</string>",
                reweave::installation::BUNDLED_LIBRARY
            );
            assert!(info.contains(&executable) && !info.contains('@'), "{info}");
        }
        assert_eq!(fs::read_dir(to.path()).unwrap().count(), 1);
        assert!(uninstall(to.path()).unwrap() && !uninstall(to.path()).unwrap());
    }
}
