//! The plug-in for the GIMP that came by Flatpak, as an extension of it: a folder that GIMP's sandbox shows it.

use super::licences;
use super::parts::Parts;
use super::pieces;
use super::tree::Tree;
use crate::command::run_quietly;
use crate::fetch::system as programs;
use anyhow::Result;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The extension's name: GIMP looks for those that begin so.
pub const NAME: &str = "org.gimp.GIMP.Plugin.Reweave";
/// The version of GIMP's extension point, which is that of its interface for plug-ins.
pub const BRANCH: &str = "3";
/// The plug-in in it, in a folder of its own name as everywhere.
pub const PLUG_IN: &str = "files/plug-ins/reweave";

/// Makes `reweave-VERSION-gimp.flatpak` in the folder `out`.
pub fn pack(parts: &Parts, out: &Path) -> Result<PathBuf> {
    programs::need("flatpak", "flatpak")?;
    let work = out.join("work");
    let tree = Tree::new(&work.join("extension"))?;
    lay(parts, &tree)?;
    tree.set_rights()?;
    let repository = work.join("repository");
    let date = parts.date_as("+%FT%TZ")?;
    run_quietly(
        Command::new("flatpak")
            .args(["build-export", "--disable-sandbox", "--arch=x86_64"])
            .arg(format!("--timestamp={date}"))
            .arg(format!("--subject=Reweave {}", parts.version))
            .args([&repository, &tree.top])
            .arg(BRANCH),
    )?;
    let file = out.join(format!("reweave-{}-gimp.flatpak", parts.version));
    run_quietly(
        parts
            .at_its_date("flatpak")?
            .args(["build-bundle", "--runtime", "--arch=x86_64"])
            .args([&repository, &file])
            .args([NAME, BRANCH]),
    )?;
    fs::remove_dir_all(&work)?;
    Ok(file)
}

/// The folder of GIMP's plug-in, and what Flatpak wants to know of it.
fn lay(parts: &Parts, tree: &Tree) -> Result<()> {
    let within = |name: &str| format!("{PLUG_IN}/{name}");
    tree.program(&within("reweave"), &parts.gimp)?;
    tree.library(&within("libreweave_plugin.so"), &parts.library)?;
    tree.library(&within("libreweave-onnxruntime.so"), &parts.runtime.library)?;
    pieces::models(parts, tree, &within("models"))?;
    run_quietly(
        Command::new(tree.path(&within("reweave")))
            .arg("--locale")
            .arg(tree.path(&within("locale"))),
    )?;
    for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
        let file = format!("files/share/licenses/reweave/{licence}");
        tree.file(&file, &parts.root.join(licence))?;
    }
    tree.text(
        "files/share/licenses/reweave/THIRD-PARTY-LICENCES.txt",
        &licences::text(parts)?,
    )?;
    let metainfo = format!("{NAME}.metainfo.xml");
    let date = parts.date_as("+%F")?;
    let text = parts.template(&format!("flatpak/{metainfo}"), &[("DATE", &date)])?;
    tree.text(&format!("files/share/metainfo/{metainfo}"), &text)?;
    tree.text("metadata", &parts.template("flatpak/metadata", &[])?)
}
