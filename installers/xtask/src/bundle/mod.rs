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
//! | `deb.rs`, `rpm.rs`, `tar.rs`, `openfx.rs` | one kind of package each |
//! | `sums.rs` | SHA256SUMS |
//!
//! The same parts packed again give the same bytes: files are dated by `SOURCE_DATE_EPOCH` or by the last commit, and
//! belong to root.

mod crates;
mod deb;
mod licences;
mod openfx;
mod parts;
mod pieces;
mod rpm;
mod sbom;
mod sums;
mod system;
mod tar;
mod tree;

pub use parts::{PACKED, Parts};

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
    /// All of these
    All,
}

impl Kind {
    /// What it is called on the command line.
    pub fn name(self) -> String {
        let value = self.to_possible_value();
        value.map_or_else(String::new, |value| value.get_name().to_owned())
    }

    fn is_wanted(self, kinds: &[Self]) -> bool {
        kinds.contains(&self) || kinds.contains(&Self::All)
    }
}

/// Builds, and makes the packages.
pub fn run(kinds: &[Kind]) -> Result<()> {
    let house = House::find()?;
    let out = house.target.join("bundle");
    let parts = Parts::build(&house)?;
    for file in pack(&parts, kinds, &out)? {
        println!("{}", file.display());
    }
    Ok(())
}

/// Makes the packages of these parts in the folder `out`, with their check sums and the list of what is inside.
pub fn pack(parts: &Parts, kinds: &[Kind], out: &Path) -> Result<Vec<PathBuf>> {
    fs::create_dir_all(out)?;
    let mut files = Vec::new();
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
    files.push(sbom::write(parts, out)?);
    files.push(sums::write(&files, out)?);
    Ok(files)
}
