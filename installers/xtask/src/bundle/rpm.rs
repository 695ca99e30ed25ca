//! The package for Fedora, openSUSE and their kin: everything for all users.

use super::parts::Parts;
use super::system::{self, DOCUMENTS, System};
use super::tree::Tree;
use crate::command::run_quietly;
use crate::fetch::system as programs;
use anyhow::Result;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const FEDORA: System = System {
    gimp_plug_ins: &["usr/lib64/gimp/3.0/plug-ins"],
    zsh: "usr/share/zsh/site-functions",
};

/// Makes `reweave-VERSION-1.x86_64.rpm` in the folder `out`.
pub fn pack(parts: &Parts, out: &Path) -> Result<PathBuf> {
    programs::need("rpmbuild", "rpm")?;
    let work = out.join("work");
    let tree = Tree::new(&work.join("tree"))?;
    system::lay(parts, &tree, &FEDORA)?;
    for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
        tree.file(&format!("{DOCUMENTS}/{licence}"), &parts.root.join(licence))?;
    }
    tree.set_rights()?;
    let spec = work.join("reweave.spec");
    fs::write(&spec, parts.template("rpm/reweave.spec", &[])?)?;
    run_quietly(
        Command::new("rpmbuild")
            .env("SOURCE_DATE_EPOCH", parts.date.to_string())
            .args(["-bb", "--quiet", "--target", "x86_64", "--buildroot"])
            .arg(&tree.top)
            .arg("--define")
            .arg(format!("_topdir {}", work.display()))
            .arg(&spec),
    )?;
    let name = format!("reweave-{}-1.x86_64.rpm", parts.version);
    let file = out.join(&name);
    fs::rename(work.join("RPMS/x86_64").join(&name), &file)?;
    fs::remove_dir_all(&work)?;
    Ok(file)
}
