//! `cargo xtask bundle`: Reweave for people who do not build it, into `target/bundle`.
//!
//! | file | what it knows |
//! |---|---|
//! | `parts.rs` | what goes into every package, and how it is built |
//! | `crates.rs` | the libraries that are linked into the programs |
//! | `licences.rs`, `sbom.rs` | the texts of their licences, and the list of them for machines |
//! | `tree.rs` | a folder that becomes a package |
//! | `pieces.rs` | what several kinds of package are laid from |
//! | `system.rs` | what is installed for all users, below `/usr` |
//! | `windows.rs` | what is installed on Windows |
//! | `macos.rs` | a folder for macOS, and its package |
//! | `deb.rs`, `rpm.rs`, `tar.rs`, `openfx.rs`, `flatpak.rs`, `nsis.rs`, `msi.rs` | one kind of package each |
//! | `sums.rs` | SHA256SUMS |
//!
//! The same parts packed again give the same bytes: files are dated by `SOURCE_DATE_EPOCH` or by the last commit, and
//! belong to root.

mod crates;
mod deb;
pub mod flatpak;
mod licences;
mod macos;
mod msi;
mod nsis;
mod openfx;
mod parts;
mod pieces;
mod rpm;
mod sbom;
mod sums;
mod system;
mod tar;
mod tree;
mod windows;

pub use msi::PROGRAMS as MSI;
pub use parts::{PACKED, Parts, Platform};

use crate::house::House;
use anyhow::Result;
use clap::ValueEnum;
use std::fs;
use std::path::{Path, PathBuf};

/// A kind of package.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// Debian, Ubuntu and others: command, GIMP plug-in and OpenFX node for all users
    Deb,
    /// Fedora, openSUSE and others: the same
    Rpm,
    /// Any Linux: a folder to unpack, for one user
    Tar,
    /// The bundle for OpenFX hosts alone
    Openfx,
    /// The plug-in for a GIMP that came by Flatpak
    Flatpak,
    /// Windows: a program that installs command, GIMP plug-in and OpenFX node for one user
    Nsis,
    /// Windows: a package with which administrators install command and OpenFX node for all users
    Msi,
    /// macOS: the bundle for OpenFX hosts, and the command, which installs GIMP's plug-in; nobody has run them yet
    Macos,
    /// All of these
    All,
}

impl Kind {
    /// What it is called on the command line.
    pub fn name(self) -> String {
        let value = self.to_possible_value();
        value.map_or_else(String::new, |value| value.get_name().to_owned())
    }

    /// The system that it is for; none for the word for all.
    fn platform(self) -> Option<Platform> {
        match self {
            Self::Deb | Self::Rpm | Self::Tar | Self::Openfx | Self::Flatpak => {
                Some(Platform::Linux)
            }
            Self::Nsis | Self::Msi => Some(Platform::Windows),
            Self::Macos => Some(Platform::MacOs),
            Self::All => None,
        }
    }

    fn is_wanted(self, kinds: &[Self]) -> bool {
        kinds.contains(&self) || kinds.contains(&Self::All)
    }
}

/// Builds, and makes the packages.
pub fn run(kinds: &[Kind]) -> Result<()> {
    let house = House::find()?;
    let out = house.target.join("bundle");
    let is_wanted = |platform: &Platform| {
        kinds
            .iter()
            .any(|kind| kind.platform().is_none_or(|own| own == *platform))
    };
    let parts = Platform::ALL
        .into_iter()
        .filter(is_wanted)
        .map(|platform| Parts::build(&house, platform))
        .collect::<Result<Vec<_>>>()?;
    for file in pack(&parts, kinds, &out)? {
        println!("{}", file.display());
    }
    Ok(())
}

/// Makes the packages of these parts, those of each system once, in the folder `out`, with their check sums and the lists of
/// what is inside.
pub fn pack(parts: &[Parts], kinds: &[Kind], out: &Path) -> Result<Vec<PathBuf>> {
    fs::create_dir_all(out)?;
    let mut files = Vec::new();
    for parts in parts {
        match parts.platform {
            Platform::Linux => pack_for_linux(parts, kinds, out, &mut files)?,
            Platform::Windows => pack_for_windows(parts, kinds, out, &mut files)?,
            Platform::MacOs => files.push(macos::pack(parts, out)?),
        }
        files.push(sbom::write(parts, out)?);
    }
    files.push(sums::write(&files, out)?);
    Ok(files)
}

fn pack_for_linux(
    parts: &Parts,
    kinds: &[Kind],
    out: &Path,
    files: &mut Vec<PathBuf>,
) -> Result<()> {
    if Kind::Deb.is_wanted(kinds) {
        files.push(deb::pack(parts, out)?);
    }
    if Kind::Rpm.is_wanted(kinds) {
        files.push(rpm::pack(parts, out)?);
    }
    if Kind::Tar.is_wanted(kinds) {
        files.push(tar::pack(parts, out)?);
    }
    if Kind::Openfx.is_wanted(kinds) {
        files.push(openfx::pack(parts, out)?);
    }
    if Kind::Flatpak.is_wanted(kinds) {
        files.push(flatpak::pack(parts, out)?);
    }
    Ok(())
}

fn pack_for_windows(
    parts: &Parts,
    kinds: &[Kind],
    out: &Path,
    files: &mut Vec<PathBuf>,
) -> Result<()> {
    if Kind::Nsis.is_wanted(kinds) {
        files.push(nsis::pack(parts, out)?);
    }
    if Kind::Msi.is_wanted(kinds) {
        files.push(msi::pack(parts, out)?);
    }
    Ok(())
}
