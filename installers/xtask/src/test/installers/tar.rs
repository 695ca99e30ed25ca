//! The folder for any Linux, on a Debian with a GIMP that has been started once, and on one that is years old.

use super::Workshop;
use crate::fetch::roots;
use crate::root::{HOME, Root};
use crate::test::page;
use anyhow::{Result, bail, ensure};
use std::fs;

const PAGE: &str = "docs/install/linux.md";
const SECTION: &str = "Any Linux";

/// The page's first commands on a system that is years old.
pub fn on_an_old_system(workshop: &Workshop) -> Result<()> {
    let root = Root::unpack(&workshop.cache, &roots::OLD, &workshop.packages)?;
    workshop.lay(&root.path(HOME))?;
    let blocks = page::blocks(workshop.house, PAGE, SECTION)?;
    root.run(&blocks[0])?;
    workshop.is_filled(&root.path(&format!("{HOME}/filled.png")))?;
    let said =
        root.run("cd reweave-*-linux-x86_64\nsudo ./reweave install openfx\n./reweave doctor")?;
    workshop.is_well(&said)
}

/// The page's commands, one block after the other; a shell that goes into the unpacked folder stays in it.
pub fn run(workshop: &Workshop) -> Result<()> {
    let root = Root::unpack(&workshop.cache, &roots::GIMP[0], &workshop.packages)?;
    workshop.lay(&root.path(HOME))?;
    let profile = root.path(&format!("{HOME}/.config/GIMP/3.0"));
    fs::create_dir_all(&profile)?;
    let blocks = page::blocks(workshop.house, PAGE, SECTION)?;
    let [unpack, install, remove] = &blocks[..] else {
        bail!(
            "{PAGE} has {} blocks of commands below {SECTION}",
            blocks.len()
        );
    };
    root.run(unpack)?;
    workshop.is_filled(&root.path(&format!("{HOME}/filled.png")))?;
    let there = "cd reweave-*-linux-x86_64\n";
    let said = root.run(&format!("{there}{install}"))?;
    ensure!(
        said.contains("runs on: ONNX Runtime"),
        "reweave doctor said:\n{said}"
    );
    let plug_in = profile.join("plug-ins/reweave/reweave");
    let bundle = root.path("usr/OFX/Plugins/Reweave.ofx.bundle");
    ensure!(
        plug_in.is_file() && bundle.is_dir(),
        "not everything was installed:\n{said}"
    );
    root.run(&format!("{there}{remove}"))?;
    ensure!(
        !plug_in.exists() && !bundle.exists(),
        "not everything was removed"
    );
    Ok(())
}
