//! The extension for a GIMP by Flatpak. That GIMP itself lies on a server of its own and is not here: what can be shown is that
//! Flatpak takes the extension, and that the plug-in in it finds all its parts.

use super::Workshop;
use crate::bundle::flatpak::{BRANCH, NAME, PLUG_IN};
use crate::command::run_quietly;
use crate::test::page;
use anyhow::{Result, bail, ensure};
use std::path::Path;
use std::process::Command;

const PAGE: &str = "docs/install/linux.md";
const SECTION: &str = "GIMP from Flatpak";

/// The page's commands for a user who has nothing else: install, let the plug-in look for its parts, remove.
pub fn run(workshop: &Workshop) -> Result<()> {
    let home = tempfile::tempdir()?;
    let typed = |block: &str| {
        let mut shell = Command::new("sh");
        shell
            .env("HOME", home.path())
            .env("FLATPAK_USER_DIR", home.path().join("flatpak"))
            .args(["-e", "-c", block])
            .current_dir(&workshop.packages);
        run_quietly(&mut shell)
    };
    let blocks = page::blocks(workshop.house, PAGE, SECTION)?;
    let [install, remove] = &blocks[..] else {
        bail!(
            "{PAGE} has {} blocks of commands below {SECTION}",
            blocks.len()
        );
    };
    typed(install)?;
    let there = format!("flatpak/runtime/{NAME}/x86_64/{BRANCH}/active");
    let there = home.path().join(there);
    let metadata = std::fs::read_to_string(there.join("metadata"))?;
    ensure!(
        metadata.contains("app/org.gimp.GIMP/x86_64/stable"),
        "it extends another program:\n{metadata}"
    );
    is_complete(&there.join(PLUG_IN))?;
    typed(remove)?;
    ensure!(!there.exists(), "it is still installed");
    Ok(())
}

/// Fails unless the plug-in there finds its library and models, and has its other parts beside it.
fn is_complete(plug_in: &Path) -> Result<()> {
    run_quietly(
        Command::new(plug_in.join("reweave"))
            .arg("--check")
            .env_remove("REWEAVE_MODELS")
            .env_remove("REWEAVE_ONNXRUNTIME"),
    )?;
    for part in [
        "libreweave-onnxruntime.so",
        "models/gated.onnx",
        "locale/de",
    ] {
        ensure!(plug_in.join(part).exists(), "it has no {part}");
    }
    Ok(())
}
