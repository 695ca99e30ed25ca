//! The user's folder of runtimes, and the list of what is in it, which lies in it too.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::package::Package;
use crate::install::replace::{replace, take_out};

const LIST: &str = "packages.json";

/// What was fetched, by package.
pub type Contents = BTreeMap<Package, Installed>;

/// One package in the folder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Installed {
    /// The wheels that it was taken from: each file's name has the version.
    pub wheels: Vec<String>,
    /// Its files, by their path in the folder.
    pub files: Vec<PathBuf>,
}

impl Installed {
    /// The version of the package's own wheel.
    pub fn version(&self) -> &str {
        let first = self.wheels.first().map_or("", String::as_str);
        first.split('-').nth(1).unwrap_or("")
    }

    /// Bytes on the disk.
    pub fn bytes(&self, folder: &Path) -> u64 {
        let size = |file: &PathBuf| fs::metadata(folder.join(file)).map_or(0, |data| data.len());
        self.files.iter().map(size).sum()
    }
}

/// What is in the folder; nothing where there is none, or none of ours.
pub fn contents(folder: &Path) -> Contents {
    let text = fs::read(folder.join(LIST)).unwrap_or_default();
    serde_json::from_slice(&text).unwrap_or_default()
}

/// Refuses a folder with things in it that were not fetched: it is replaced as a whole by what is.
///
/// # Errors
/// What is wrong and what to do, in words.
pub fn check_own(folder: &Path) -> Result<(), String> {
    let holds_something = fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if holds_something && contents(folder).is_empty() {
        return Err(format!(
            "{} has things in it that `reweave runtime install` did not put there; name a new folder with --folder, or \
             empty it",
            folder.display()
        ));
    }
    Ok(())
}

/// Puts a new folder in the place of the old one, whole or not at all: what `keep` says of the old one, and what `add` lays
/// into the new one and tells of.
pub fn renew(
    folder: &Path,
    keep: impl Fn(Package) -> bool,
    add: impl FnOnce(&Path) -> io::Result<Contents>,
) -> io::Result<()> {
    let mut kept = contents(folder);
    kept.retain(|package, _| keep(*package));
    replace(folder, &workshop(folder), |new| {
        for file in kept.values().flat_map(|installed| &installed.files) {
            let to = new.join(file);
            if let Some(parent) = to.parent() {
                fs::create_dir_all(parent)?;
            }
            let from = folder.join(file);
            // A link costs nothing; a disk that has none gets a copy.
            fs::hard_link(&from, &to).or_else(|_| fs::copy(&from, &to).map(drop))?;
        }
        kept.extend(add(new)?);
        let list = serde_json::to_vec_pretty(&kept).map_err(io::Error::other)?;
        fs::write(new.join(LIST), list)
    })
}

/// Removes packages; the folder goes with the last.
pub fn remove(folder: &Path, packages: &[Package]) -> io::Result<()> {
    let stays = |package: Package| !packages.contains(&package);
    if contents(folder).into_keys().any(stays) {
        renew(folder, stays, |_| Ok(Contents::new()))
    } else {
        take_out(folder, &workshop(folder)).map(drop)
    }
}

/// Where a new folder is made and wheels are kept until it is: on the same disk, and no place in which runtimes are looked
/// for.
pub fn workshop(folder: &Path) -> PathBuf {
    let parent = folder
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    parent.unwrap_or(Path::new(".")).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn add(package: Package, file: &str) -> impl FnOnce(&Path) -> io::Result<Contents> {
        move |new| {
            let path = new.join(file);
            fs::create_dir_all(path.parent().unwrap())?;
            fs::write(path, file)?;
            let installed = Installed {
                wheels: vec![format!("{}-1.2.3-py3-none-any.whl", package.id())],
                files: vec![file.into()],
            };
            Ok(Contents::from([(package, installed)]))
        }
    }

    #[test]
    fn packages_come_and_go_and_leave_the_others() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("onnxruntime");
        renew(&folder, |_| true, add(Package::Cpu, "runtime")).unwrap();
        renew(&folder, |_| true, add(Package::WebGpu, "sub/webgpu")).unwrap();
        let there = contents(&folder);
        assert_eq!(
            there.keys().copied().collect::<Vec<_>>(),
            [Package::Cpu, Package::WebGpu]
        );
        assert_eq!(there[&Package::WebGpu].version(), "1.2.3");
        assert_eq!(there[&Package::WebGpu].bytes(&folder), 10);

        renew(
            &folder,
            |_| true,
            |_| Err(io::Error::other("the disk is full")),
        )
        .unwrap_err();
        assert_eq!(contents(&folder), there, "a failure leaves all as it was");

        check_own(&folder).unwrap();

        remove(&folder, &[Package::Cpu]).unwrap();
        assert!(!folder.join("runtime").exists() && folder.join("sub/webgpu").is_file());
        remove(&folder, &[Package::WebGpu]).unwrap();
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_folder_of_others_is_refused() {
        let home = tempfile::tempdir().unwrap();
        check_own(&home.path().join("new")).unwrap();
        check_own(home.path()).unwrap();
        fs::write(home.path().join("thesis.txt"), "mine").unwrap();
        assert!(check_own(home.path()).unwrap_err().contains("--folder"));
    }
}
