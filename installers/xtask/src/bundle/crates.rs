//! The libraries that are linked into the programs, as cargo tells them.

use crate::command::run_quietly;
use crate::house::House;
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::process::Command;

/// A library by others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Crate {
    pub name: String,
    pub version: String,
    /// Its licence, as an expression of SPDX.
    pub licence: String,
    /// Where its sources lie on this machine.
    pub folder: PathBuf,
    /// The sha256 of its sources in the registry.
    pub sha256: String,
}

/// Rust's standard library, a part of every program.
#[derive(Clone, Debug)]
pub struct StandardLibrary {
    /// The version of the compiler that it comes with.
    pub version: String,
    /// Its licences and those of what it contains of others: a page that the compiler brings along.
    pub notices: PathBuf,
    /// The version of the compiler whose page that is: Debian's brings none.
    pub version_of_notices: String,
}

/// The one of the compiler that builds here.
pub fn standard_library() -> Result<StandardLibrary> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let ask = |words: &[&str]| -> Result<String> {
        let answer = run_quietly(Command::new(&rustc).args(words))?;
        Ok(answer.trim().to_owned())
    };
    let sysroot = PathBuf::from(ask(&["--print", "sysroot"])?);
    let notices = sysroot.join("share/doc/rust/COPYRIGHT-library.html");
    ensure!(
        notices.is_file(),
        "{} is not there: a package has to bring the licences of Rust's standard library; the compilers that rustup \
         installs have them",
        notices.display()
    );
    let version = ask(&["--version"])?;
    let version = version.split_whitespace().nth(1).unwrap_or(&version);
    Ok(StandardLibrary {
        version: version.to_owned(),
        notices,
        version_of_notices: version.to_owned(),
    })
}

/// What `packages` are linked with on a system, in rustc's word: not what builds them, tests them, or writes code for them.
pub fn linked(house: &House, packages: &[&str], target: &str) -> Result<Vec<Crate>> {
    let mut cargo = house.cargo(&["metadata", "--locked", "--format-version", "1"]);
    cargo.args(["--filter-platform", target]);
    let metadata: Value = serde_json::from_str(&run_quietly(&mut cargo)?)?;
    let lock: toml::Table = std::fs::read_to_string(house.root.join("Cargo.lock"))?.parse()?;
    reachable(&metadata, packages)
        .into_iter()
        .map(|package| describe(package, &lock))
        .collect()
}

/// The packages that are no members of the workspace and are reached from these by dependencies of the usual kind.
fn reachable<'a>(metadata: &'a Value, roots: &[&str]) -> Vec<&'a Value> {
    let list = |value: &'a Value| value.as_array().into_iter().flatten();
    let packages: HashMap<&str, &Value> = list(&metadata["packages"])
        .filter_map(|package| Some((package["id"].as_str()?, package)))
        .collect();
    let nodes: HashMap<&str, &Value> = list(&metadata["resolve"]["nodes"])
        .filter_map(|node| Some((node["id"].as_str()?, node)))
        .collect();
    let mut waiting: Vec<&str> = packages
        .iter()
        .filter(|(_, package)| roots.iter().any(|root| package["name"] == *root))
        .map(|(id, _)| *id)
        .collect();
    let mut seen: BTreeSet<&str> = waiting.iter().copied().collect();
    while let Some(id) = waiting.pop() {
        for dependency in nodes
            .get(id)
            .into_iter()
            .flat_map(|node| list(&node["deps"]))
        {
            let is_usual = list(&dependency["dep_kinds"]).any(|kind| kind["kind"].is_null());
            let Some(id) = dependency["pkg"].as_str().filter(|_| is_usual) else {
                continue;
            };
            let writes_code = packages.get(id).is_some_and(|package| {
                list(&package["targets"]).any(|target| target["kind"][0] == "proc-macro")
            });
            if !writes_code && seen.insert(id) {
                waiting.push(id);
            }
        }
    }
    let mut found: Vec<_> = seen
        .iter()
        .filter_map(|id| packages.get(id).copied())
        .filter(|package| !package["source"].is_null())
        .collect();
    found.sort_by_key(|package| {
        let text = |key: &str| package[key].as_str().unwrap_or_default();
        (text("name"), text("version"))
    });
    found
}

fn describe(package: &Value, lock: &toml::Table) -> Result<Crate> {
    let text = |key: &str| package[key].as_str().unwrap_or_default().to_owned();
    let (name, version) = (text("name"), text("version"));
    let manifest = PathBuf::from(text("manifest_path"));
    let locked = lock["package"].as_array().into_iter().flatten();
    let sha256 = locked
        .filter_map(toml::Value::as_table)
        .find(|entry| {
            entry["name"].as_str() == Some(&name) && entry["version"].as_str() == Some(&version)
        })
        .and_then(|entry| entry.get("checksum")?.as_str())
        .with_context(|| format!("Cargo.lock has no {name} {version}"))?;
    Ok(Crate {
        licence: text("license"),
        folder: manifest.parent().unwrap_or(&manifest).to_owned(),
        sha256: sha256.to_owned(),
        name,
        version,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundle::parts::PACKED;

    /// What runs in the programs is listed, and what only builds or tests them is not.
    #[test]
    fn linked_crates_are_those_that_run() {
        let house = House::find().unwrap();
        let crates = linked(&house, &PACKED, "x86_64-unknown-linux-gnu").unwrap();
        let has = |name: &str| crates.iter().any(|found| found.name == name);
        assert!(!has("windows-sys"));
        let on_windows = linked(&house, &PACKED, "x86_64-pc-windows-gnu").unwrap();
        assert!(on_windows.iter().any(|found| found.name == "windows-sys"));
        assert!(has("ort") && has("rten") && has("png") && has("libloading"));
        assert!(!has("proptest") && !has("serde_derive") && !has("tch") && !has("reweave"));
        assert!(crates.iter().all(|found| !found.licence.is_empty()));
    }
}
