//! An installed Reweave, described once: which part lies where. Whoever looks for a part and whoever installs one reads
//! this.
//!
//! | layout | who has it | library | program | models | ONNX Runtime | translations |
//! |---|---|---|---|---|---|---|
//! | one folder | GIMP's plug-in, an unpacked release, a build | `.` | `.` | `models` | beside the library | `locale` |
//! | a package's | systems that keep programs in `bin` | `lib/reweave` | `bin` | `share/reweave/models` | beside the library | |
//! | an OpenFX bundle's `Contents` | Natron, Nuke, Resolve, … | `Linux-x86-64` | `Linux-x86-64` | `Resources/models` | beside the library | |
//!
//! What the user added lies in the user's data folder, for all of them: [`models_of_user`], [`runtime_of_user`].

use std::env::consts::{ARCH, DLL_PREFIX, DLL_SUFFIX, EXE_SUFFIX, OS};
use std::path::{Path, PathBuf};

use crate::location;

/// Where the parts of one installed Reweave lie. They need not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installation {
    /// The shared library. Programs of plug-ins and ONNX Runtime lie in its folder.
    pub library: PathBuf,
    /// The program `reweave`: the command, or in the folder of GIMP's plug-in what GIMP starts. Either can be a worker.
    pub command: PathBuf,
    /// The folder of models with their cards.
    pub models: PathBuf,
    /// The folder of translations, in layouts that have them.
    pub translations: Option<PathBuf>,
}

impl Installation {
    /// All parts in one folder.
    pub fn folder(folder: &Path) -> Self {
        Self {
            library: folder.join(library_name()),
            command: folder.join(command_name()),
            models: folder.join("models"),
            translations: Some(folder.join("locale")),
        }
    }

    /// Below the prefix of a package, such as `/usr`.
    pub fn package(prefix: &Path) -> Self {
        Self {
            library: prefix.join("lib/reweave").join(library_name()),
            command: prefix.join("bin").join(command_name()),
            models: prefix.join("share/reweave/models"),
            translations: None,
        }
    }

    /// In the folder `Contents` of an OpenFX bundle.
    pub fn bundle(contents: &Path) -> Self {
        Self {
            library: contents.join(architecture()).join(BUNDLED_LIBRARY),
            command: contents.join(architecture()).join(command_name()),
            models: contents.join("Resources/models"),
            translations: None,
        }
    }

    /// The installations that code in this folder may be a part of, best first.
    pub fn around(folder: &Path) -> Vec<Self> {
        let mut found = vec![Self::folder(folder)];
        let above = |levels: usize| folder.ancestors().nth(levels);
        if folder.ends_with("bin") {
            found.extend(above(1).map(Self::package));
        }
        if folder.ends_with("lib/reweave") {
            found.extend(above(2).map(Self::package));
        }
        if folder.ends_with(architecture()) {
            found.extend(above(1).map(Self::bundle));
        }
        found
    }

    /// The installations that this code may be a part of; none where the system does not say where it lies.
    pub fn of_code() -> Vec<Self> {
        location::of_code().map_or_else(Vec::new, |folder| Self::around(&folder))
    }

    /// A file beside the library.
    pub fn beside_library(&self, name: impl AsRef<Path>) -> PathBuf {
        self.library.with_file_name(name.as_ref())
    }

    /// The folders that may hold ONNX Runtime, in the order in which they are searched. Installers use the last.
    pub fn runtime_folders(&self) -> [PathBuf; 2] {
        let folder = self.library.parent().unwrap_or(Path::new(""));
        [folder.join("onnxruntime"), folder.to_owned()]
    }
}

/// The user's own models, which `reweave models add` fills. The folder need not exist.
pub fn models_of_user() -> Option<PathBuf> {
    Some(location::of_user()?.join("models"))
}

/// The user's own ONNX Runtime, which `reweave runtime install` fetches. The folder need not exist.
pub fn runtime_of_user() -> Option<PathBuf> {
    Some(location::of_user()?.join("onnxruntime"))
}

/// The library's file name, except in a bundle: `libreweave_plugin.so`, `reweave_plugin.dll`.
pub fn library_name() -> String {
    format!("{DLL_PREFIX}reweave_plugin{DLL_SUFFIX}")
}

/// The file name of the command, and of GIMP's program in the folder of the plug-in.
pub fn command_name() -> String {
    format!("reweave{EXE_SUFFIX}")
}

/// The library's file name in an OpenFX bundle, which has to be the bundle's own.
pub const BUNDLED_LIBRARY: &str = "Reweave.ofx";

/// The folder in a bundle's `Contents` that has the library for this kind of machine; the standard gives the names.
pub fn architecture() -> String {
    match (OS, ARCH) {
        ("windows", _) => "Win64".into(),
        ("macos", _) => "MacOS".into(),
        (_, "x86_64") => "Linux-x86-64".into(),
        (_, other) => format!("Linux-{other}"),
    }
}

/// Libraries in a folder that are ONNX Runtime by their name, in order of their names. Its helpers are not among them.
pub fn runtimes_in(folder: &Path) -> Vec<PathBuf> {
    let is_runtime = |rest: &str| {
        if cfg!(windows) {
            rest == ".dll"
        } else if cfg!(target_os = "macos") {
            rest.ends_with(".dylib") && !rest.starts_with('_')
        } else {
            rest == ".so" || rest.starts_with(".so.")
        }
    };
    files(folder, |name| after_runtime(name).is_some_and(is_runtime))
}

/// ONNX Runtime in a folder with its helpers (providers): all that has to be copied.
pub fn runtime_with_helpers_in(folder: &Path) -> Vec<PathBuf> {
    files(folder, |name| own_name_of_runtime(name).is_some())
}

/// The name of ONNX Runtime's library under which no host can take it for its own; its helpers keep theirs, by which
/// it looks for them. `None` for a file that is no part of it.
pub fn own_name_of_runtime(file_name: &str) -> Option<String> {
    if file_name == DIRECTML {
        return Some(file_name.to_owned());
    }
    let rest = after_runtime(file_name)?;
    Some(if rest.starts_with('_') {
        file_name.to_owned()
    } else {
        format!("{DLL_PREFIX}reweave-onnxruntime{rest}")
    })
}

/// What a build of ONNX Runtime for Windows opens beside itself, so that Windows' own, which may be older, is not taken.
const DIRECTML: &str = "DirectML.dll";

/// The files in a folder whose names are wanted, in order of their names.
fn files(folder: &Path, is_wanted: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let entries = folder.read_dir().into_iter().flatten().flatten();
    let mut files: Vec<_> = entries
        .filter(|entry| entry.file_name().to_str().is_some_and(&is_wanted))
        .map(|entry| entry.path())
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    files
}

/// What follows `onnxruntime` in a file's name, without what systems and we put before it.
fn after_runtime(file_name: &str) -> Option<&str> {
    let name = file_name.strip_prefix("lib").unwrap_or(file_name);
    let name = name.strip_prefix("reweave-").unwrap_or(name);
    name.strip_prefix("onnxruntime")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// Each layout is found again from wherever its code may lie.
    #[test]
    fn code_finds_the_installation_that_it_is_a_part_of() {
        let root = Path::new("/somewhere");
        let layouts = [
            Installation::folder(root),
            Installation::package(root),
            Installation::bundle(&root.join("Reweave.ofx.bundle/Contents")),
        ];
        for installation in &layouts {
            let code = installation.library.parent().unwrap();
            assert!(
                Installation::around(code).contains(installation),
                "{installation:?}"
            );
            assert!(installation.runtime_folders().contains(&code.to_owned()));
        }
        assert!(Installation::around(&root.join("bin")).contains(&layouts[1]));
        // A folder like any other is no package and no bundle.
        assert_eq!(Installation::around(root), layouts[..1]);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_runtime_is_known_by_its_names_and_its_helpers_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let names = [
            "libonnxruntime.so",
            "libonnxruntime.so.1.31.1",
            "libonnxruntime_providers_cuda.so",
            "libreweave-onnxruntime.so",
        ];
        for name in names.iter().chain(&["libonnx.so"]) {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let named = |files: Vec<PathBuf>| -> Vec<String> {
            let name = |file: PathBuf| file.file_name().unwrap().to_str().unwrap().to_owned();
            files.into_iter().map(name).collect()
        };
        assert_eq!(
            named(runtimes_in(folder.path())),
            [names[0], names[1], names[3]]
        );
        assert_eq!(named(runtime_with_helpers_in(folder.path())), names);
        assert!(runtimes_in(&folder.path().join("nowhere")).is_empty());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_runtime_gets_a_name_of_its_own() {
        for (name, own) in [
            (
                "libonnxruntime.so.1.31.1",
                Some("libreweave-onnxruntime.so.1.31.1"),
            ),
            (
                "libreweave-onnxruntime.so",
                Some("libreweave-onnxruntime.so"),
            ),
            (
                "libonnxruntime_providers_cuda.so",
                Some("libonnxruntime_providers_cuda.so"),
            ),
            ("DirectML.dll", Some("DirectML.dll")),
            ("libother.so", None),
        ] {
            assert_eq!(own_name_of_runtime(name).as_deref(), own);
        }
    }
}
