//! `reweave runtime install`: fetches ONNX Runtime into the user's data folder, where the engine looks for it, so that every
//! frontend finds it.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::package::{Package, Wheel};
use super::pip::{Pip, PipError};
use super::wheel::{WheelError, bytes_of_libraries, unpack};
use super::{Place, card, folder, proof};
use crate::commands::downloads::Downloads;
use crate::report::{complain, fail, print_line};

/// Download ONNX Runtime with pip into your data folder
///
/// Without a choice the one for the processor. Nothing is installed into Python, and nothing outside the folder changes. What
/// is fetched is checked by the sha256 that the index tells, and tried before it takes the place of what was there; what was
/// fetched before an interruption is not fetched again.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What fits the graphics card of this machine
    #[arg(long, conflicts_with_all = ["cuda", "directml", "webgpu"])]
    gpu: bool,
    /// The one for NVIDIA cards, with the CUDA libraries it needs (a download of about 1.7 GB)
    #[arg(long, conflicts_with_all = ["directml", "webgpu"])]
    cuda: bool,
    /// The one for any graphics card on Windows
    #[arg(long, conflicts_with = "webgpu")]
    directml: bool,
    /// The addition for any graphics card, through Vulkan, Direct3D 12 or Metal (7 MB); used where it is faster than the
    /// processor
    #[arg(long)]
    webgpu: bool,
    /// Take this wheel instead of downloading one
    #[arg(long, value_name = "WHEEL", conflicts_with_all = ["gpu", "cuda", "directml", "webgpu"])]
    from: Option<PathBuf>,
    #[command(flatten)]
    place: Place,
}

/// A wheel of a package, and the folder that its libraries belong to.
type Fetched = (Package, (PathBuf, &'static str));

/// Why nothing was installed.
#[derive(Debug, thiserror::Error)]
enum InstallError {
    #[error(transparent)]
    Pip(#[from] PipError),
    #[error(transparent)]
    Wheel(#[from] WheelError),
    #[error("{}: {why}; what was installed stays. Fetch another wheel", wheel.display())]
    Useless { wheel: PathBuf, why: String },
    #[error("{0}")]
    Folder(String),
    #[error("{}: cannot be written ({why}); check its permissions or name another --folder", folder.display())]
    Write { folder: PathBuf, why: io::Error },
    #[error("--{}: {why}", package.id())]
    NotHere { package: Package, why: &'static str },
    #[error(
        "no graphics card is found on this machine; if it has one, its driver is missing. `reweave runtime install` \
         without --gpu serves the processor"
    )]
    NoCard,
}

impl Args {
    pub fn run(self) -> ExitCode {
        match self.install() {
            Ok(folder) => {
                print_line(format_args!(
                    "ONNX Runtime is in {}; `reweave devices` shows what it can use.",
                    folder.display()
                ));
                ExitCode::SUCCESS
            }
            Err(error) => fail(error),
        }
    }

    fn install(self) -> Result<PathBuf, InstallError> {
        let folder = self.place.folder().map_err(InstallError::Folder)?;
        folder::check_own(&folder).map_err(InstallError::Folder)?;
        let mut wanted = vec![self.package()?];
        if let Some((package, why)) = wanted[0].why_not_here().map(|why| (wanted[0], why)) {
            return Err(InstallError::NotHere { package, why });
        }
        let has_runtime = folder::contents(&folder)
            .into_keys()
            .any(Package::is_runtime);
        if self.from.is_none() && !wanted[0].is_runtime() && !has_runtime {
            // An addition has to have something to be added to.
            wanted.insert(0, Package::Cpu);
        }
        if let Some(wheel) = &self.from {
            tell_size_of(wheel, &folder)?;
        } else {
            for package in &wanted {
                tell_size(*package, &folder);
            }
        }
        let refused = |why| InstallError::Write {
            folder: folder.clone(),
            why,
        };
        let downloads = Downloads::beside(&folder);
        let mut fetched = Vec::new();
        for package in &wanted {
            for wheel in self.wheels(*package, &downloads)? {
                fetched.push((*package, wheel));
            }
        }
        let new_runtime = wanted.iter().any(|package| package.is_runtime());
        // A folder holds one runtime: a new one takes the place of the old one, and additions stay.
        let is_replaced =
            |package: Package| wanted.contains(&package) || new_runtime && package.is_runtime();
        let keep = |package: Package| !is_replaced(package);
        let mut broken = None;
        let renewed = folder::renew(&folder, keep, |new| {
            lay(&fetched, new)
                .and_then(|contents| {
                    works(&fetched, new)?;
                    Ok(contents)
                })
                .map_err(|error| {
                    broken = Some(error);
                    io::Error::other("a wheel cannot be used")
                })
        });
        if let Some(error) = broken {
            return Err(error);
        }
        renewed.map_err(refused)?;
        if self.from.is_none() {
            for wheel in wanted.iter().flat_map(|package| package.wheels()) {
                downloads.forget(&name_of(wheel)).map_err(refused)?;
            }
        }
        Ok(folder)
    }

    /// What was asked for.
    fn package(&self) -> Result<Package, InstallError> {
        if let Some(wheel) = &self.from {
            let name = wheel.file_name().unwrap_or_default().to_string_lossy();
            return Ok(Package::of_wheel(&name).unwrap_or(Package::Cpu));
        }
        match self {
            Self { gpu: true, .. } => card::fitting().ok_or(InstallError::NoCard),
            Self { cuda: true, .. } => Ok(Package::Cuda),
            Self { directml: true, .. } => Ok(Package::DirectMl),
            Self { webgpu: true, .. } => Ok(Package::WebGpu),
            _ => Ok(Package::Cpu),
        }
    }

    /// The wheels of a package, each with the folder that its libraries belong to; downloaded where none was given.
    fn wheels(
        &self,
        package: Package,
        downloads: &Downloads,
    ) -> Result<Vec<(PathBuf, &'static str)>, InstallError> {
        if let Some(wheel) = &self.from {
            return Ok(vec![(wheel.clone(), "")]);
        }
        let pip = Pip::find(package.wheels()[0].requirement)?;
        let fetch = |wheel: &Wheel| {
            let own = downloads.own(&name_of(wheel));
            Ok((pip.download(wheel.requirement, &own)?, wheel.folder))
        };
        package.wheels().iter().map(fetch).collect()
    }
}

/// Says what a package takes before anything is fetched.
fn tell_size(package: Package, folder: &Path) {
    let (fetched, installed) = package.megabytes();
    let installed =
        installed.map_or_else(|| "more".to_owned(), |installed| format!("{installed} MB"));
    complain(format_args!(
        "{}: about {fetched} MB to download, {installed} on the disk, in {}",
        package.title(),
        folder.display()
    ));
}

/// Says what a wheel at hand takes.
fn tell_size_of(wheel: &Path, folder: &Path) -> Result<(), WheelError> {
    complain(format_args!(
        "{}: {:.0} MB on the disk, in {}",
        wheel.display(),
        bytes_of_libraries(wheel)? as f64 / 1e6,
        folder.display()
    ));
    Ok(())
}

/// The name of a wheel among the downloads.
fn name_of(wheel: &Wheel) -> String {
    wheel.requirement.replace(['=', '~'], "-")
}

/// Takes the libraries out of the wheels into the new folder.
fn lay(fetched: &[Fetched], new: &Path) -> Result<folder::Contents, InstallError> {
    let mut contents = folder::Contents::new();
    for (package, (wheel, sub)) in fetched {
        let installed = contents.entry(*package).or_default();
        let name = wheel.file_name().unwrap_or_default().to_string_lossy();
        installed.wheels.push(name.into_owned());
        for name in unpack(wheel, &new.join(sub))? {
            installed.files.push(Path::new(sub).join(name));
        }
    }
    Ok(contents)
}

/// Tries what was laid.
fn works(fetched: &[Fetched], new: &Path) -> Result<(), InstallError> {
    // The first wheel of a package is its own, and the others are what that needs.
    let mut packages: Vec<&Fetched> = fetched.iter().collect();
    packages.dedup_by_key(|(package, _)| *package);
    for (package, (wheel, _)) in packages {
        proof::try_out(*package, new).map_err(|why| InstallError::Useless {
            wheel: wheel.clone(),
            why,
        })?;
    }
    Ok(())
}
