//! What goes into every package.

use super::crates::{self, Crate, StandardLibrary};
use super::tree::sha256_as_laid;
use crate::command::run_quietly;
use crate::cross;
use crate::fetch::onnxruntime::OnnxRuntime;
use crate::fetch::place::sha256;
use crate::fetch::{Cache, system};
use crate::house::House;
use anyhow::{Context, Result, ensure};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Whom packages name as the one who made them: a package has to name somebody, and the project has no address yet.
const NOBODY: &str = "The Reweave authors <reweave@example.org>";
/// The variable that names somebody else.
const MAINTAINER: &str = "REWEAVE_MAINTAINER";

/// The crates whose programs and libraries are packed.
pub const PACKED: [&str; 3] = ["reweave-cli", "reweave-plugin", "reweave-gimp"];

/// A system that packages are for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Platform {
    /// Linux on x86-64, with a glibc of years ago or a later one.
    Linux,
    /// Windows on x86-64, built in a Debian made for that.
    Windows,
    /// macOS on Apple's processors, built there too.
    MacOs,
}

impl Platform {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Linux, Self::Windows, Self::MacOs];

    /// What rustc calls it.
    fn target(self) -> &'static str {
        match self {
            Self::Linux => cross::linux::TARGET,
            Self::Windows => cross::WINDOWS.target,
            Self::MacOs => cross::MACOS.target,
        }
    }

    /// The names of the command, of the program that GIMP starts, and of the library, as cargo makes them.
    fn built(self) -> [&'static str; 3] {
        match self {
            Self::Linux => ["reweave", "reweave-gimp", "libreweave_plugin.so"],
            Self::Windows => ["reweave.exe", "reweave-gimp.exe", "reweave_plugin.dll"],
            Self::MacOs => ["reweave", "reweave-gimp", "libreweave_plugin.dylib"],
        }
    }
}

/// Programs, library, models and ONNX Runtime, and what has to be said of them.
#[derive(Clone)]
pub struct Parts {
    /// The system that they run on.
    pub platform: Platform,
    /// The repository.
    pub root: PathBuf,
    /// The one version, from `Cargo.toml`.
    pub version: String,
    /// Who makes the package: a name and an address.
    pub maintainer: String,
    /// When it was made, in seconds since 1970: of the last commit, so that the same sources give the same package.
    pub date: u64,
    /// The command `reweave`.
    pub command: PathBuf,
    /// The program that GIMP starts.
    pub gimp: PathBuf,
    /// The shared library.
    pub library: PathBuf,
    /// The models with their cards.
    pub models: Vec<PathBuf>,
    /// ONNX Runtime for the processor.
    pub runtime: OnnxRuntime,
    /// The crates that are linked into all that.
    pub crates: Vec<Crate>,
    /// Rust's own library, which is too.
    pub standard_library: StandardLibrary,
}

impl Parts {
    /// Builds what is packed, and gathers it.
    pub fn build(house: &House, platform: Platform) -> Result<Self> {
        match platform {
            Platform::Linux => Self::build_for_linux(house),
            Platform::Windows => Self::build_for_windows(house),
            Platform::MacOs => Self::build_for_macos(house),
        }
    }

    fn build_for_windows(house: &House) -> Result<Self> {
        let workshop = cross::Workshop::open(house).context("building for Windows")?;
        let built = workshop.build(&cross::WINDOWS, &PACKED)?;
        Self::gather_for_windows(house, &workshop, built)
    }

    fn build_for_macos(house: &House) -> Result<Self> {
        let workshop = cross::Workshop::open(house).context("building for macOS")?;
        let built = workshop.build(&cross::MACOS, &PACKED)?;
        let runtime = Cache::locate()?.onnxruntime_for_macos()?;
        let library = of_workshop(&workshop)?;
        Self::of(Platform::MacOs, house, built, runtime, library)
    }

    /// Gathers what was built for Windows, and lies in the folder `built`.
    pub fn gather_for_windows(
        house: &House,
        workshop: &cross::Workshop,
        built: &Path,
    ) -> Result<Self> {
        let runtime = Cache::locate()?.onnxruntime_for_windows()?;
        let library = of_workshop(workshop)?;
        Self::of(Platform::Windows, house, built, runtime, library)
    }

    fn build_for_linux(house: &House) -> Result<Self> {
        let built = cross::linux::build(house, &PACKED)?;
        let runtime = Cache::locate()?.onnxruntime()?;
        let library = crates::standard_library()?;
        Self::of(Platform::Linux, house, &built, runtime, library)
    }

    fn of(
        platform: Platform,
        house: &House,
        built: &Path,
        runtime: OnnxRuntime,
        standard_library: StandardLibrary,
    ) -> Result<Self> {
        let version = house.package(PACKED[0]).context("no command reweave")?;
        let zoo = house.root.join("models/zoo");
        let mut models: Vec<PathBuf> = zoo
            .read_dir()?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<_, _>>()?;
        models.sort();
        let [command, gimp, library] = platform.built().map(|name| built.join(name));
        let parts = Self {
            platform,
            version: version.version.clone(),
            maintainer: std::env::var(MAINTAINER).unwrap_or_else(|_| NOBODY.into()),
            date: date(house)?,
            command,
            gimp,
            library,
            models,
            runtime,
            crates: crates::linked(house, &PACKED, platform.target())?,
            standard_library,
            root: house.root.clone(),
        };
        for file in [&parts.command, &parts.gimp, &parts.library] {
            ensure!(file.is_file(), "{} was not built", file.display());
        }
        Ok(parts)
    }

    /// The sha256 of ONNX Runtime as it lies in a package.
    pub fn sha256_of_runtime(&self) -> Result<String> {
        match self.platform {
            Platform::Linux => sha256_as_laid(&self.runtime.library),
            Platform::Windows | Platform::MacOs => sha256(&self.runtime.library),
        }
    }

    /// A text from the repository with `@VERSION@` and the like filled in.
    pub fn template(&self, file: &str, more: &[(&str, &str)]) -> Result<String> {
        let path = self.root.join("installers").join(file);
        let mut text =
            std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let own = [
            ("VERSION", self.version.as_str()),
            ("MAINTAINER", &self.maintainer),
        ];
        for (name, value) in own.iter().chain(more) {
            text = text.replace(&format!("@{name}@"), value);
        }
        let is_place =
            |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_uppercase());
        let open = text.split('@').find(|word| is_place(word));
        ensure!(
            open.is_none(),
            "{}: nothing is known for {open:?}",
            path.display()
        );
        Ok(text)
    }

    /// A program that takes the date of the package for that of its run, which it writes into what it makes.
    pub fn at_its_date(&self, program: &str) -> Result<Command> {
        system::need("faketime", "faketime")?;
        let date = self.date_as("+%F %T")?;
        let mut command = Command::new("faketime");
        command.env("TZ", "UTC").args(["-f", &date, program]);
        Ok(command)
    }

    /// The date in a form that `date` knows, such as `+%F`.
    pub fn date_as(&self, form: &str) -> Result<String> {
        let date = format!("@{}", self.date);
        let text = run_quietly(
            Command::new("date")
                .env("LC_ALL", "C")
                .args(["-u", "-d", &date, form]),
        )?;
        Ok(text.trim().to_owned())
    }
}

/// The library of the Rust that builds for other systems.
fn of_workshop(workshop: &cross::Workshop) -> Result<StandardLibrary> {
    Ok(StandardLibrary {
        version: workshop.rust_version()?,
        ..crates::standard_library()?
    })
}

/// `SOURCE_DATE_EPOCH`, as <https://reproducible-builds.org> has it, or when the last commit was made.
fn date(house: &House) -> Result<u64> {
    if let Ok(set) = std::env::var("SOURCE_DATE_EPOCH") {
        return set.parse().context("SOURCE_DATE_EPOCH is no number");
    }
    let mut git = Command::new("git");
    git.args(["log", "-1", "--format=%ct"])
        .current_dir(&house.root);
    let seconds = run_quietly(&mut git).context("set SOURCE_DATE_EPOCH")?;
    seconds.trim().parse().context("git told no date")
}
