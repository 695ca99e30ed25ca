//! The package for Debian and its kin: everything for all users.

use super::parts::Parts;
use super::system::{self, COMMAND, DOCUMENTS, GIMP_PROGRAM, LIBRARY, RUNTIME, System};
use super::tree::Tree;
use crate::command::run_quietly;
use crate::fetch::system as programs;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const DEBIAN: System = System {
    // Of GIMP 3, and of GIMP 2.10.
    gimp_plug_ins: &[
        "usr/lib/x86_64-linux-gnu/gimp/3.0/plug-ins",
        "usr/lib/gimp/2.0/plug-ins",
    ],
    zsh: "usr/share/zsh/vendor-completions",
};

/// Makes `reweave_VERSION_amd64.deb` in the folder `out`.
pub fn pack(parts: &Parts, out: &Path) -> Result<PathBuf> {
    programs::need("dpkg-shlibdeps", "dpkg-dev")?;
    let work = out.join("work");
    let tree = Tree::new(&work.join("deb"))?;
    system::lay(parts, &tree, &DEBIAN)?;
    lay_documents(parts, &tree)?;
    describe(parts, &tree, &work)?;
    tree.set_rights()?;
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

/// What Debian wants to be told of a package.
fn lay_documents(parts: &Parts, tree: &Tree) -> Result<()> {
    let overrides = parts.template("deb/lintian-overrides", &[])?;
    tree.text("usr/share/lintian/overrides/reweave", &overrides)?;
    let copyright = parts.template("deb/copyright", &[])?;
    tree.text(&format!("{DOCUMENTS}/copyright"), &copyright)?;
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
    for file in [COMMAND, GIMP_PROGRAM, LIBRARY, RUNTIME] {
        command.arg(format!("-e{}", tree.path(file).display()));
    }
    let answer = run_quietly(&mut command)?;
    let depends = answer.trim().strip_prefix("shlibs:Depends=");
    Ok(depends.context("dpkg-shlibdeps found nothing")?.to_owned())
}
