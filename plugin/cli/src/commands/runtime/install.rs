//! `reweave runtime install`: ONNX Runtime into the user's data folder, where the engine looks for it.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::pip::{Pip, PipError};
use super::wheel::{WheelError, unpack};

/// The version that Reweave is tested with.
const VERSION: &str = "1.31.1";
/// The newest one that is there for DirectML.
const DIRECTML_VERSION: &str = "1.24.4";
/// What the CUDA provider loads: CUDA 13 and cuDNN 9.
const CUDA_LIBRARIES: [&str; 7] = [
    "nvidia-cuda-runtime~=13.0",
    "nvidia-nvjitlink~=13.0",
    "nvidia-cublas~=13.0",
    "nvidia-cuda-nvrtc~=13.0",
    "nvidia-cufft~=12.0",
    "nvidia-curand~=10.0",
    "nvidia-cudnn-cu13~=9.0",
];

/// Download ONNX Runtime with pip into your data folder
///
/// Nothing is installed into Python, and nothing outside the folder changes; to undo it, remove the folder.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The one for NVIDIA cards, with the CUDA libraries it needs (a download of about 1.7 GB)
    #[arg(long, conflicts_with = "directml")]
    cuda: bool,
    /// The one for any graphics card on Windows
    #[arg(long)]
    directml: bool,
    /// Take this wheel instead of downloading one
    #[arg(long, value_name = "WHEEL", conflicts_with_all = ["cuda", "directml"])]
    from: Option<PathBuf>,
    /// Put it here instead of your data folder
    #[arg(long, value_name = "FOLDER")]
    folder: Option<PathBuf>,
}

/// Why nothing was installed.
#[derive(Debug, thiserror::Error)]
enum InstallError {
    #[error(transparent)]
    Pip(#[from] PipError),
    #[error(transparent)]
    Wheel(#[from] WheelError),
    #[error(
        "your data folder cannot be found; name a folder with --folder and set REWEAVE_ONNXRUNTIME to the library in it"
    )]
    NoFolder,
    #[error("{}: cannot be written ({why}); check its permissions or name another --folder", folder.display())]
    Folder {
        folder: PathBuf,
        why: std::io::Error,
    },
    #[error("--directml is for Windows; `reweave runtime install --cuda` serves NVIDIA cards here")]
    NotWindows,
    #[error("there is no ONNX Runtime with CUDA for this system")]
    NoCuda,
}

impl Args {
    pub fn run(self) -> ExitCode {
        match self.install() {
            Ok(folder) => {
                crate::report::print_line(format_args!(
                    "ONNX Runtime is in {}; `reweave devices` shows what it can use.",
                    folder.display()
                ));
                ExitCode::SUCCESS
            }
            Err(error) => crate::report::fail(error),
        }
    }

    fn install(&self) -> Result<PathBuf, InstallError> {
        if self.directml && !cfg!(windows) {
            return Err(InstallError::NotWindows);
        }
        if self.cuda && cfg!(target_os = "macos") {
            return Err(InstallError::NoCuda);
        }
        let folder = match &self.folder {
            Some(folder) => folder.clone(),
            None => reweave::installation::runtime_of_user().ok_or(InstallError::NoFolder)?,
        };
        let parent = folder
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        let refused = |path: &Path, why| InstallError::Folder {
            folder: path.to_owned(),
            why,
        };
        std::fs::create_dir_all(parent).map_err(|why| refused(parent, why))?;
        // Beside its place, so that the last step is a rename: the folder is there whole or not at all.
        let workshop = tempfile::Builder::new()
            .prefix(".reweave-")
            .tempdir_in(parent)
            .map_err(|why| refused(parent, why))?;
        let fresh = workshop.path().join("onnxruntime");
        std::fs::create_dir(&fresh).map_err(|why| refused(&fresh, why))?;
        for (number, wheel) in self.wheels(workshop.path())?.into_iter().enumerate() {
            // The engine loads what lies in `cuda` before the runtime.
            let into = if number == 0 {
                fresh.clone()
            } else {
                fresh.join("cuda")
            };
            std::fs::create_dir_all(&into).map_err(|why| refused(&into, why))?;
            for name in unpack(&wheel, &into)? {
                crate::report::complain(format_args!("  {name}"));
            }
        }
        if folder.exists() {
            std::fs::rename(&folder, workshop.path().join("old"))
                .map_err(|why| refused(&folder, why))?;
        }
        std::fs::rename(&fresh, &folder).map_err(|why| refused(&folder, why))?;
        Ok(folder)
    }

    /// The wheels to unpack, downloaded where none was given.
    fn wheels(&self, workshop: &Path) -> Result<Vec<PathBuf>, InstallError> {
        if let Some(wheel) = &self.from {
            return Ok(vec![wheel.clone()]);
        }
        let packages = self.packages();
        let pip = Pip::find(&packages[0])?;
        let mut wheels = Vec::new();
        for (number, package) in packages.iter().enumerate() {
            let folder = workshop.join(format!("wheel{number}"));
            std::fs::create_dir(&folder).map_err(|why| InstallError::Folder {
                folder: folder.clone(),
                why,
            })?;
            wheels.push(pip.download(package, &folder)?);
        }
        Ok(wheels)
    }

    fn packages(&self) -> Vec<String> {
        if self.directml {
            return vec![format!("onnxruntime-directml=={DIRECTML_VERSION}")];
        }
        if !self.cuda {
            return vec![format!("onnxruntime=={VERSION}")];
        }
        let libraries = CUDA_LIBRARIES.iter().map(|package| (*package).to_owned());
        std::iter::once(format!("onnxruntime-gpu=={VERSION}"))
            .chain(libraries)
            .collect()
    }
}
