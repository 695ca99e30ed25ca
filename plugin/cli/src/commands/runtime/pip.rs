//! pip, the ordinary client of the Python Package Index, used as a downloader: nothing is installed into any Python.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Why a package could not be fetched.
#[derive(Debug, thiserror::Error)]
pub enum PipError {
    /// Neither Python nor pip is on this machine.
    #[error(
        "pip is not on this machine; it is only needed to download.\n{}\n\
         Or fetch the wheel of {package} from the Python Package Index with a browser and run\n  \
         reweave runtime install --from WHEEL",
        advice()
    )]
    Missing {
        /// What was to be fetched.
        package: String,
    },
    /// pip ran and failed; it has said why.
    #[error("pip could not fetch {package}; what it said stands above")]
    Failed {
        /// What was to be fetched.
        package: String,
    },
    /// pip ended well, but brought nothing.
    #[error("pip brought no wheel of {package}")]
    NoWheel {
        /// What was to be fetched.
        package: String,
    },
}

fn advice() -> &'static str {
    if cfg!(windows) {
        "Install Python from the Microsoft Store or with `winget install Python.Python.3.13`."
    } else if cfg!(target_os = "macos") {
        "Install it with `xcode-select --install` or `brew install python`."
    } else {
        "Install it with `sudo apt install python3-pip`, `sudo dnf install python3-pip` or `sudo pacman -S python-pip`."
    }
}

/// A way to run pip.
#[derive(Debug)]
pub struct Pip(&'static [&'static str]);

impl Pip {
    /// The first way that works on this machine.
    pub fn find(package: &str) -> Result<Self, PipError> {
        const WAYS: [&[&str]; 5] = [
            &["python3", "-m", "pip"],
            &["python", "-m", "pip"],
            &["py", "-3", "-m", "pip"],
            &["pip3"],
            &["pip"],
        ];
        WAYS.into_iter()
            .find(|way| {
                let mut command = Command::new(way[0]);
                command
                    .args(&way[1..])
                    .arg("--version")
                    .stdout(Stdio::null())
                    .stderr(Stdio::null());
                command.status().is_ok_and(|status| status.success())
            })
            .map(Self)
            .ok_or_else(|| PipError::Missing {
                package: package.split("==").next().unwrap_or(package).to_owned(),
            })
    }

    /// Downloads the wheel of `package` into `folder`, which is this package's own, unless it is there already, and checks it
    /// by the sha256 that the index tells. What pip says goes to the terminal: bytes, rate and time left.
    pub fn download(&self, package: &str, folder: &Path) -> Result<PathBuf, PipError> {
        let mut command = Command::new(self.0[0]);
        // The library in the wheel knows nothing of Python, so any Python's wheel will do.
        command.args(&self.0[1..]).args([
            "download",
            "--no-deps",
            "--only-binary=:all:",
            "--python-version=3.12",
            "--disable-pip-version-check",
            "--dest",
        ]);
        // Newer ones go on where the line broke; older ones know no such setting and leave it.
        command.env("PIP_RESUME_RETRIES", "5");
        command.arg(folder).arg(package).stdout(std::io::stderr());
        crate::report::complain(format_args!(
            "> {} download --no-deps {package}",
            self.0.join(" ")
        ));
        let failed = || PipError::Failed {
            package: package.to_owned(),
        };
        if !command.status().map_err(|_| failed())?.success() {
            return Err(failed());
        }
        let wheels = std::fs::read_dir(folder).map_err(|_| failed())?;
        wheels
            .filter_map(|entry| Some(entry.ok()?.path()))
            .find(|path| path.extension().is_some_and(|ending| ending == "whl"))
            .ok_or_else(|| PipError::NoWheel {
                package: package.to_owned(),
            })
    }
}
