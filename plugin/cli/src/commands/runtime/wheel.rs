//! A wheel is a zip file. Only its shared libraries are taken out.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use zip::ZipArchive;
use zip::read::ZipFile;

/// Why a wheel could not be unpacked.
#[derive(Debug, thiserror::Error)]
pub enum WheelError {
    /// It is no zip file, or a damaged one.
    #[error("{}: is no wheel that can be read ({why}); fetch it again", wheel.display())]
    Damaged {
        /// The wheel.
        wheel: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// There is no library in it.
    #[error("{}: has no library for this system in it; fetch the wheel for {}", wheel.display(), std::env::consts::OS)]
    Empty {
        /// The wheel.
        wheel: PathBuf,
    },
    /// The disk said no.
    #[error("{}: cannot be written ({why}); check its folder", file.display())]
    Write {
        /// The file.
        file: PathBuf,
        /// What is wrong.
        why: io::Error,
    },
}

/// Takes the shared libraries out of `wheel` into `folder`, which is made, and returns their names.
pub fn unpack(wheel: &Path, folder: &Path) -> Result<Vec<String>, WheelError> {
    std::fs::create_dir_all(folder).map_err(|why| WheelError::Write {
        file: folder.to_owned(),
        why,
    })?;
    each_library(wheel, |name, mut entry| {
        let path = folder.join(&name);
        let failed = |why: io::Error| WheelError::Write {
            file: path.clone(),
            why,
        };
        let mut target = File::create(&path).map_err(failed)?;
        io::copy(&mut entry, &mut target).map_err(failed)?;
        Ok(name)
    })
}

/// What the libraries of a wheel take on the disk.
pub fn bytes_of_libraries(wheel: &Path) -> Result<u64, WheelError> {
    Ok(each_library(wheel, |_, entry| Ok(entry.size()))?
        .iter()
        .sum())
}

/// Does something with each shared library of a wheel, of which there has to be one.
fn each_library<T>(
    wheel: &Path,
    mut work: impl FnMut(String, ZipFile<'_, File>) -> Result<T, WheelError>,
) -> Result<Vec<T>, WheelError> {
    let damaged = |why: String| WheelError::Damaged {
        wheel: wheel.to_owned(),
        why,
    };
    let file = File::open(wheel).map_err(|error| damaged(error.to_string()))?;
    let mut archive = ZipArchive::new(file).map_err(|error| damaged(error.to_string()))?;
    let mut done = Vec::new();
    for index in 0..archive.len() {
        let entry = archive
            .by_index(index)
            .map_err(|error| damaged(error.to_string()))?;
        // Only the last part of the name counts, so that no entry can reach outside the folder.
        let inside = entry
            .name()
            .map_err(|error| damaged(error.to_string()))?
            .into_owned();
        if let Some(name) = library(inside.rsplit('/').next().unwrap_or_default()) {
            done.push(work(name, entry)?);
        }
    }
    if done.is_empty() {
        return Err(WheelError::Empty {
            wheel: wheel.to_owned(),
        });
    }
    Ok(done)
}

/// The name under which a library of a wheel is kept. None where the file is no library for this system, one that only
/// Python can load, or one for TensorRT, which Reweave does not use. ONNX Runtime's own name loses its version, so that
/// the newest one is always found.
fn library(name: &str) -> Option<String> {
    if name.contains("pybind11") || name.contains("tensorrt") || name.ends_with(".pyd") {
        return None;
    }
    if cfg!(windows) {
        return name
            .to_ascii_lowercase()
            .ends_with(".dll")
            .then(|| name.to_owned());
    }
    let (main, is_library) = if cfg!(target_os = "macos") {
        ("libonnxruntime.dylib", name.ends_with(".dylib"))
    } else {
        (
            "libonnxruntime.so",
            name.ends_with(".so") || name.contains(".so."),
        )
    };
    let versioned = name.starts_with("libonnxruntime.") && is_library;
    is_library.then(|| {
        if versioned {
            main.to_owned()
        } else {
            name.to_owned()
        }
    })
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn libraries_come_out_under_the_names_that_are_searched() {
        assert_eq!(
            library("libonnxruntime.so.1.31.1").unwrap(),
            "libonnxruntime.so"
        );
        assert_eq!(
            library("libonnxruntime_providers_cuda.so").unwrap(),
            "libonnxruntime_providers_cuda.so"
        );
        assert_eq!(library("libcudnn.so.9").unwrap(), "libcudnn.so.9");
        assert_eq!(
            library("onnxruntime_pybind11_state.cpython-312-x86_64-linux-gnu.so"),
            None
        );
        assert_eq!(library("__init__.py"), None);
    }

    #[test]
    fn nothing_is_written_outside_the_folder() {
        let here = tempfile::tempdir().unwrap();
        let wheel = here.path().join("x.whl");
        let mut zip = zip::ZipWriter::new(File::create(&wheel).unwrap());
        zip.start_file("../../evil.so", zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(b"library").unwrap();
        zip.finish().unwrap();
        let folder = here.path().join("a");
        assert_eq!(unpack(&wheel, &folder).unwrap(), ["evil.so"]);
        assert!(folder.join("evil.so").is_file());
        std::fs::write(&wheel, b"no zip").unwrap();
        assert!(
            unpack(&wheel, &folder)
                .unwrap_err()
                .to_string()
                .contains("x.whl")
        );
    }
}
