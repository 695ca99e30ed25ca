//! The package for Debian and its kin: everything for all users, below `/usr`.
//!
//! Programs, library and models lie once, as `reweave::installation` says of a package; the folders in which GIMP and
//! OpenFX hosts look hold links to them.

use super::licences;
use super::parts::Parts;
use super::tree::Tree;
use crate::command::run_quietly;
use crate::fetch::system;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const LIBRARY: &str = "usr/lib/reweave/libreweave_plugin.so";
const GIMP_PROGRAM: &str = "usr/lib/reweave/reweave-gimp";
const RUNTIME: &str = "usr/lib/reweave/libreweave-onnxruntime.so";
const MODELS: &str = "usr/share/reweave/models";
const TRANSLATIONS: &str = "usr/share/reweave/locale";
const DOCUMENTS: &str = "usr/share/doc/reweave";
const BUNDLES: &str = "usr/OFX/Plugins";

/// Where Debian's GIMP 3 and its GIMP 2.10 look for plug-ins.
const GIMP_PLUG_INS: [&str; 2] = [
    "usr/lib/x86_64-linux-gnu/gimp/3.0/plug-ins/reweave",
    "usr/lib/gimp/2.0/plug-ins/reweave",
];

/// Makes `reweave_VERSION_amd64.deb` in the folder `out`.
pub fn pack(parts: &Parts, out: &Path) -> Result<PathBuf> {
    system::need("dpkg-shlibdeps", "dpkg-dev")?;
    let work = out.join("work");
    let tree = Tree::new(&work.join("deb"))?;
    lay(parts, &tree)?;
    describe(parts, &tree, &work)?;
    tree.folders()?;
    let file = out.join(format!("reweave_{}_amd64.deb", parts.version));
    run_quietly(
        Command::new("dpkg-deb")
            .env("SOURCE_DATE_EPOCH", parts.date.to_string())
            .args(["--root-owner-group", "-Zgzip", "--build"])
            .arg(&tree.top)
            .arg(&file),
    )?;
    fs::remove_dir_all(&work)?;
    Ok(file)
}

/// What is installed.
fn lay(parts: &Parts, tree: &Tree) -> Result<()> {
    tree.program("usr/bin/reweave", &parts.command)?;
    tree.program(GIMP_PROGRAM, &parts.gimp)?;
    tree.library(LIBRARY, &parts.library)?;
    tree.library(RUNTIME, &parts.runtime.library)?;
    for model in &parts.models {
        let name = model.file_name().unwrap_or_default().to_string_lossy();
        tree.file(&format!("{MODELS}/{name}"), model)?;
    }
    lay_for_gimp(tree)?;
    lay_for_openfx(tree)?;
    lay_documents(parts, tree)
}

/// A folder for each GIMP that looks for one, its program called as the folder is.
fn lay_for_gimp(tree: &Tree) -> Result<()> {
    run_quietly(
        Command::new(tree.path(GIMP_PROGRAM))
            .arg("--locale")
            .arg(tree.path(TRANSLATIONS)),
    )?;
    for folder in GIMP_PLUG_INS {
        tree.link(&format!("{folder}/reweave"), GIMP_PROGRAM)?;
        tree.link(&format!("{folder}/libreweave_plugin.so"), LIBRARY)?;
        tree.link(&format!("{folder}/locale"), TRANSLATIONS)?;
    }
    Ok(())
}

/// The bundle as the command itself installs it, with links in the place of copies.
fn lay_for_openfx(tree: &Tree) -> Result<()> {
    let command = tree.path("usr/bin/reweave");
    run_quietly(
        Command::new(command)
            .args(["install", "openfx", "--folder"])
            .arg(tree.path(BUNDLES))
            .env_remove("REWEAVE_MODELS"),
    )?;
    let contents = format!("{BUNDLES}/Reweave.ofx.bundle/Contents");
    let binaries = format!("{contents}/Linux-x86-64");
    fs::remove_dir_all(tree.path(&binaries))?;
    tree.link(&format!("{binaries}/Reweave.ofx"), LIBRARY)?;
    tree.link(&format!("{contents}/Resources/models"), MODELS)
}

/// Manual pages, completions, licences, and what software centres show.
fn lay_documents(parts: &Parts, tree: &Tree) -> Result<()> {
    let command = tree.path("usr/bin/reweave");
    let manuals = "usr/share/man/man1";
    run_quietly(
        Command::new(&command)
            .args(["man", "--output"])
            .arg(tree.path(manuals)),
    )?;
    for page in fs::read_dir(tree.path(manuals))? {
        let name = page?.file_name().to_string_lossy().into_owned();
        tree.compress(&format!("{manuals}/{name}"))?;
    }
    for (shell, file) in [
        ("bash", "usr/share/bash-completion/completions/reweave"),
        ("zsh", "usr/share/zsh/vendor-completions/_reweave"),
        ("fish", "usr/share/fish/vendor_completions.d/reweave.fish"),
    ] {
        let text = run_quietly(Command::new(&command).args(["completions", shell]))?;
        tree.text(file, &text)?;
    }
    let metainfo = "org.reweave.Reweave.metainfo.xml";
    let date = parts.date_as("+%F")?;
    let text = parts.template(&format!("linux/{metainfo}"), &[("DATE", &date)])?;
    tree.text(&format!("usr/share/metainfo/{metainfo}"), &text)?;
    let overrides = parts.template("deb/lintian-overrides", &[])?;
    tree.text("usr/share/lintian/overrides/reweave", &overrides)?;

    let copyright = parts.template("deb/copyright", &[])?;
    tree.text(&format!("{DOCUMENTS}/copyright"), &copyright)?;
    let licences = format!("{DOCUMENTS}/third-party-licences.txt");
    tree.text(&licences, &licences::text(parts)?)?;
    tree.compress(&licences)?;
    let news = format!("{DOCUMENTS}/CHANGELOG.md");
    tree.file(&news, &parts.root.join("CHANGELOG.md"))?;
    tree.compress(&news)?;
    let changes = format!("{DOCUMENTS}/changelog");
    let date = parts.date_as("--rfc-email")?;
    let text = parts.template("deb/changelog", &[("DATE", &date)])?;
    tree.text(&changes, &text)?;
    tree.compress(&changes)
}

/// What dpkg has to know: the folder `DEBIAN`.
fn describe(parts: &Parts, tree: &Tree, work: &Path) -> Result<()> {
    let kibibytes = run_quietly(
        Command::new("du")
            .args(["-sk", "--apparent-size"])
            .arg(&tree.top),
    )?;
    let kibibytes = kibibytes.split_whitespace().next().unwrap_or_default();
    let depends = dependencies(tree, work)?;
    let control = parts.template(
        "deb/control",
        &[("KIBIBYTES", kibibytes), ("DEPENDS", &depends)],
    )?;
    let sums = run_quietly(
        Command::new("sh")
            .args([
                "-c",
                "find usr -type f | LC_ALL=C sort | xargs -d '\\n' md5sum",
            ])
            .current_dir(&tree.top),
    )?;
    tree.text("DEBIAN/control", &control)?;
    tree.text("DEBIAN/md5sums", &sums)
}

/// The packages whose libraries ours need, with the versions that they need.
fn dependencies(tree: &Tree, work: &Path) -> Result<String> {
    // The program reads about the package that it works for.
    let debian = work.join("debian");
    fs::create_dir_all(&debian)?;
    fs::write(
        debian.join("control"),
        "Source: reweave\n\nPackage: reweave\nArchitecture: amd64\n",
    )?;
    let mut command = Command::new("dpkg-shlibdeps");
    command.arg("-O").current_dir(work);
    for file in ["usr/bin/reweave", GIMP_PROGRAM, LIBRARY, RUNTIME] {
        command.arg(format!("-e{}", tree.path(file).display()));
    }
    let answer = run_quietly(&mut command)?;
    let depends = answer.trim().strip_prefix("shlibs:Depends=");
    Ok(depends.context("dpkg-shlibdeps found nothing")?.to_owned())
}
