//! What a package installs for all users, below `/usr`.
//!
//! Programs, library and models lie once, as `reweave::installation` says of a package; the folders in which GIMP and
//! OpenFX hosts look hold links to them.

use super::licences;
use super::parts::Parts;
use super::pieces;
use super::tree::Tree;
use crate::command::run_quietly;
use anyhow::Result;
use std::fs;
use std::process::Command;

/// The command.
pub const COMMAND: &str = "usr/bin/reweave";
/// The shared library.
pub const LIBRARY: &str = "usr/lib/reweave/libreweave_plugin.so";
/// The program that GIMP starts.
pub const GIMP_PROGRAM: &str = "usr/lib/reweave/reweave-gimp";
/// ONNX Runtime.
pub const RUNTIME: &str = "usr/lib/reweave/libreweave-onnxruntime.so";
/// What is to be read by people.
pub const DOCUMENTS: &str = "usr/share/doc/reweave";
const MODELS: &str = "usr/share/reweave/models";
const TRANSLATIONS: &str = "usr/share/reweave/locale";
const BUNDLES: &str = "usr/OFX/Plugins";
const MANUALS: &str = "usr/share/man/man1";
const METAINFO: &str = "org.reweave.Reweave.metainfo.xml";

/// Where the systems that a package is for look for things.
pub struct System {
    /// Folders in which their GIMPs look for plug-ins.
    pub gimp_plug_ins: &'static [&'static str],
    /// The folder of zsh's completions.
    pub zsh: &'static str,
}

/// Lays all that the packages of all systems have in common.
pub fn lay(parts: &Parts, tree: &Tree, system: &System) -> Result<()> {
    tree.program(COMMAND, &parts.command)?;
    tree.program(GIMP_PROGRAM, &parts.gimp)?;
    tree.library(LIBRARY, &parts.library)?;
    tree.library(RUNTIME, &parts.runtime.library)?;
    pieces::models(parts, tree, MODELS)?;
    lay_for_gimp(tree, system)?;
    lay_for_openfx(tree)?;
    lay_documents(parts, tree, system)
}

/// A folder for each GIMP that looks for one, its program called as the folder is.
fn lay_for_gimp(tree: &Tree, system: &System) -> Result<()> {
    run_quietly(
        Command::new(tree.path(GIMP_PROGRAM))
            .arg("--locale")
            .arg(tree.path(TRANSLATIONS)),
    )?;
    for plug_ins in system.gimp_plug_ins {
        let folder = format!("{plug_ins}/reweave");
        tree.link(&format!("{folder}/reweave"), GIMP_PROGRAM)?;
        tree.link(&format!("{folder}/libreweave_plugin.so"), LIBRARY)?;
        tree.link(&format!("{folder}/locale"), TRANSLATIONS)?;
    }
    Ok(())
}

/// The bundle as the command itself installs it, with links in the place of copies.
fn lay_for_openfx(tree: &Tree) -> Result<()> {
    pieces::openfx(tree, COMMAND, tree, BUNDLES)?;
    let contents = format!("{BUNDLES}/Reweave.ofx.bundle/Contents");
    let binaries = format!("{contents}/Linux-x86-64");
    fs::remove_dir_all(tree.path(&binaries))?;
    tree.link(&format!("{binaries}/Reweave.ofx"), LIBRARY)?;
    tree.link(&format!("{contents}/Resources/models"), MODELS)
}

/// Manual pages, completions, licences, and what software centres show.
fn lay_documents(parts: &Parts, tree: &Tree, system: &System) -> Result<()> {
    for page in pieces::manuals(tree, COMMAND, MANUALS)? {
        tree.compress(&page)?;
    }
    pieces::completions(
        tree,
        COMMAND,
        &[
            ("bash", "usr/share/bash-completion/completions/reweave"),
            ("zsh", &format!("{}/_reweave", system.zsh)),
            ("fish", "usr/share/fish/vendor_completions.d/reweave.fish"),
        ],
    )?;
    let date = parts.date_as("+%F")?;
    let text = parts.template(&format!("linux/{METAINFO}"), &[("DATE", &date)])?;
    tree.text(&format!("usr/share/metainfo/{METAINFO}"), &text)?;

    let licences = format!("{DOCUMENTS}/third-party-licences.txt");
    tree.text(&licences, &licences::text(parts)?)?;
    tree.compress(&licences)?;
    let news = format!("{DOCUMENTS}/CHANGELOG.md");
    tree.file(&news, &parts.root.join("CHANGELOG.md"))?;
    tree.compress(&news)
}
