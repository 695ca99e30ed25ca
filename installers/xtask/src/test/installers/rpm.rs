//! The package for Fedora and its kin, installed by rpm into a bare system: that of a Debian, because the packages it depends
//! on lie there too, under names that rpm does not know.

use super::Workshop;
use crate::command::run_quietly;
use crate::fetch::roots;
use crate::root::{HOME, Root};
use anyhow::{Result, ensure};
use std::process::Command;

/// Install, doctor, fill, remove.
pub fn run(workshop: &Workshop) -> Result<()> {
    let root = Root::unpack(&workshop.cache, &roots::CLEAN, &workshop.packages)?;
    let before = root.files()?;
    workshop.lay(&root.path(HOME))?;
    let rpm = |arguments: &[&str]| {
        let mut command = Command::new("rpm");
        command.arg("--root").arg(root.path("")).arg("--nodeps");
        command.args(arguments);
        command
    };
    run_quietly(rpm(&["--install"]).arg(workshop.package(".rpm")?))?;
    let said = root.run("reweave doctor\nreweave fill photo.jpg --mask mask.png -o filled.png")?;
    workshop.is_well(&said)?;
    workshop.is_filled(&root.path(&format!("{HOME}/filled.png")))?;
    run_quietly(&mut rpm(&["--erase", "reweave"]))?;
    let mut left = root.files()?;
    left.retain(|path| {
        // Folders that all packages share are a package of their own on the systems that this one is for.
        let is_shared = root.path(path).is_dir() && !path.contains("eweave");
        let is_of_rpm = path.starts_with("./var/lib/rpm") || path.contains(".rpmdb");
        !before.contains(path) && !path.starts_with("./home/user/") && !is_shared && !is_of_rpm
    });
    ensure!(left.is_empty(), "left behind: {left:?}");
    Ok(())
}
