//! The package for Fedora and its kin, in a Debian that has dnf. The libraries that the package asks for lie there too, under
//! names that rpm does not know: a package of the test's own says that they are there.

use super::Workshop;
use crate::command::run_quietly;
use crate::fetch::roots;
use crate::root::{HOME, Root};
use crate::test::page;
use anyhow::{Result, bail, ensure};
use std::fs;
use std::path::Path;
use std::process::Command;

const PAGE: &str = "docs/install/linux.md";
const SECTION: &str = "Fedora";

/// The page's commands, and between them doctor and a fill.
pub fn run(workshop: &Workshop) -> Result<()> {
    let root = Root::unpack(&workshop.cache, &roots::DNF, &workshop.packages)?;
    let before = root.files()?;
    workshop.lay(&root.path(HOME))?;
    lay_the_system(workshop, &root)?;
    let blocks = page::blocks(workshop.house, PAGE, SECTION)?;
    let [install, remove] = &blocks[..] else {
        bail!(
            "{PAGE} has {} blocks of commands below {SECTION}",
            blocks.len()
        );
    };
    // What dnf asks before it does something is answered.
    let answered = |block: &str| block.replace("sudo dnf", "yes | sudo dnf");
    root.run(&answered(install))?;
    let said = root.run("reweave doctor\nreweave fill photo.jpg --mask mask.png -o filled.png")?;
    workshop.is_well(&said)?;
    workshop.is_filled(&root.path(&format!("{HOME}/filled.png")))?;
    root.run(&answered(remove))?;
    let mut left = root.files()?;
    left.retain(|path| {
        // Folders that all packages share are a package of their own on the systems that this one is for.
        let is_shared = root.path(path).is_dir() && !path.contains("eweave");
        let is_of_dnf = path.contains("rpm") || path.contains("dnf");
        !before.contains(path) && !path.starts_with("./home/user/") && !is_shared && !is_of_dnf
    });
    ensure!(left.is_empty(), "left behind: {left:?}");
    Ok(())
}

/// Installs a package in the root that provides what ours asks of the system.
fn lay_the_system(workshop: &Workshop, root: &Root) -> Result<()> {
    let package = workshop.package(".rpm")?;
    let asked = run_quietly(Command::new("rpm").args(["-qp", "--requires"]).arg(package))?;
    let provided: String = asked
        .lines()
        .filter(|line| !line.starts_with("rpmlib("))
        .map(|line| format!("Provides: {line}\n"))
        .collect();
    let folder = tempfile::tempdir()?;
    let spec = folder.path().join("system.spec");
    fs::write(
        &spec,
        format!(
            "Name: the-system\nVersion: 1\nRelease: 1\nSummary: What a system has\nLicense: MIT\nBuildArch: noarch\n\
             {provided}%description\nIt has it.\n%files\n"
        ),
    )?;
    let top = format!("_topdir {}", folder.path().display());
    run_quietly(
        Command::new("rpmbuild")
            .args(["-bb", "--define", &top])
            .arg(&spec),
    )?;
    // Debian's rpm keeps its books in the folder of the user.
    run_quietly(
        Command::new("rpm")
            .env("HOME", Path::new("/").join(HOME))
            .arg("--root")
            .arg(root.path(""))
            .args(["--install", "--nodeps"])
            .arg(folder.path().join("RPMS/noarch/the-system-1-1.noarch.rpm")),
    )?;
    Ok(())
}
