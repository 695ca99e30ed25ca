//! The fills that are scored and shown: of the same pictures, by our models and by the peers.

use crate::Tools;
use crate::entrants::Entrant;
use anyhow::{Context, Result, ensure};
use std::path::{Path, PathBuf};
use std::process::Command;

const PEERS: &str = include_str!("../fills.py");
/// The kinds of holes; each picture has a mask of each.
pub const KINDS: [&str; 2] = ["narrow", "wide"];

/// A folder with a fill for each mask, under the mask's name.
pub struct Method {
    /// As people read it.
    pub name: String,
    /// Where its fills lie.
    pub folder: PathBuf,
}

/// Fills all pictures by all methods, each into a folder in `out`. Beside them come `truth`, the pictures, and `input`,
/// what is known of them.
pub fn by_all(tools: &Tools, ours: &[Entrant], pictures: &Path, out: &Path) -> Result<Vec<Method>> {
    let mut methods = Vec::new();
    let mut fill = |model: &Path, method: &str, folder: PathBuf, name: String| -> Result<()> {
        by_reweave(tools, model, method, pictures, &folder)?;
        methods.push(Method { name, folder });
        Ok(())
    };
    for Entrant { name, file } in ours {
        for (method, how) in [("both", "and patches"), ("network", "alone")] {
            let folder = out.join(format!("{name}-{method}"));
            fill(file, method, folder, format!("Reweave `{name}` {how}"))?;
        }
    }
    // Patches alone see no model, whichever is named.
    if let Some(Entrant { file, .. }) = ours.first() {
        let name = "Reweave, patches alone".to_owned();
        fill(file, "patch", out.join("patch"), name)?;
    }
    eprintln!("peers: filling");
    let status = Command::new(&tools.python)
        .args(["-c", PEERS])
        .arg(pictures)
        .arg(out)
        .args(&tools.migan)
        .status()
        .context("cannot start Python")?;
    ensure!(status.success(), "the peers failed ({status})");
    let migan = tools.migan.as_ref().map(|_| ("MI-GAN, bare", "migan"));
    for (name, folder) in [("OpenCV Telea", "telea")].into_iter().chain(migan) {
        methods.push(Method {
            name: name.into(),
            folder: out.join(folder),
        });
    }
    Ok(methods)
}

fn by_reweave(
    tools: &Tools,
    model: &Path,
    method: &str,
    pictures: &Path,
    folder: &Path,
) -> Result<()> {
    let within = |folder: &Path, name: &str| folder.join(name).display().to_string();
    for kind in KINDS {
        eprintln!("{}, {method}: filling {kind} holes", model.display());
        let status = Command::new(&tools.reweave)
            .args(["fill", "--quiet", "--overwrite"])
            .arg(within(pictures, "*.webp"))
            .arg("--mask")
            .arg(within(pictures, &format!("{{stem}}_{kind}.png")))
            .arg("--output")
            .arg(within(folder, &format!("{{stem}}_{kind}.png")))
            .arg("--model")
            .arg(model)
            .args(["--method", method])
            .env("REWEAVE_ONNXRUNTIME", &tools.onnxruntime)
            .status()
            .context("cannot start reweave")?;
        ensure!(status.success(), "reweave fill failed ({status})");
    }
    Ok(())
}
