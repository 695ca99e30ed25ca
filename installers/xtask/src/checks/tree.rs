//! Nothing in the repository may name the machine that it was made on: a folder, a home, a private package registry.

use crate::house::House;
use anyhow::{Result, bail, ensure};
use std::fs;
use std::path::Path;

/// Folders that are one machine's own. Written in two parts, so that this file does not fail its own check.
const FOLDERS: [&str; 2] = [concat!("/wo", "rk/"), concat!("/ro", "ot/")];
/// The only registry that a lock file may name.
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";
/// What picks another registry, for cargo, pip and npm.
const REGISTRY_SETTINGS: [&str; 4] = [
    concat!("replace-", "with"),
    concat!("index", "-url"),
    concat!("find-", "links"),
    concat!("registry", "="),
];
/// A repository is cloned whole: no file in it may be larger than this.
const LARGEST: usize = 64 << 20;

/// Reads every file that git has or would take.
pub fn check(house: &House) -> Result<()> {
    let mut folders: Vec<String> = FOLDERS.map(String::from).to_vec();
    folders.extend(own_folders(&house.root));
    let mut complaints = Vec::new();
    for name in files(house)? {
        let Ok(bytes) = fs::read(house.root.join(&name)) else {
            continue; // deleted, and not committed yet
        };
        complaints.extend(complaint(&name, &bytes, &folders));
    }
    if complaints.is_empty() {
        return Ok(());
    }
    bail!("{}", complaints.join("\n"))
}

/// What is wrong with one file, if something is.
fn complaint(name: &str, bytes: &[u8], folders: &[String]) -> Option<String> {
    if bytes.len() > LARGEST {
        return Some(format!("{name} is larger than {} MB", LARGEST >> 20));
    }
    if let Some(folder) = folders.iter().find(|folder| contains(bytes, folder)) {
        return Some(format!("{name} names {folder}, a folder of one machine"));
    }
    if name == "Cargo.lock" {
        let text = String::from_utf8_lossy(bytes);
        let mut sources = text
            .lines()
            .filter_map(|line| line.strip_prefix("source = "));
        let foreign = sources.find(|source| source.trim_matches('"') != REGISTRY)?;
        return Some(format!("{name} takes a crate from {foreign}"));
    }
    let settings = [".toml", ".npmrc", ".txt", ".cfg", ".conf"];
    if settings.iter().any(|end| name.ends_with(end)) {
        let setting = REGISTRY_SETTINGS
            .iter()
            .find(|setting| contains(bytes, setting))?;
        return Some(format!("{name} chooses a package registry ({setting})"));
    }
    None
}

/// This checkout's own folder and this user's home: wherever the check runs, they belong in no file.
fn own_folders(root: &Path) -> Vec<String> {
    [Some(root.to_path_buf()), std::env::home_dir()]
        .into_iter()
        .flatten()
        .filter(|folder| folder.components().count() > 2)
        .map(|folder| folder.display().to_string())
        .collect()
}

/// The names of the files, relative to the root, that are committed or could be.
fn files(house: &House) -> Result<Vec<String>> {
    let answer = std::process::Command::new("git")
        .args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ])
        .current_dir(&house.root)
        .output()?;
    ensure!(
        answer.status.success(),
        "git ls-files failed: {}",
        String::from_utf8_lossy(&answer.stderr)
    );
    let names = String::from_utf8_lossy(&answer.stdout);
    Ok(names.split_terminator('\0').map(str::to_owned).collect())
}

fn contains(bytes: &[u8], text: &str) -> bool {
    let Some((&first, rest)) = text.as_bytes().split_first() else {
        return true;
    };
    // The first byte is searched for alone: most of a large file is passed over that way.
    let mut tail = bytes;
    while let Some(at) = tail.iter().position(|&byte| byte == first) {
        tail = &tail[at + 1..];
        if tail.starts_with(rest) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str, text: &str) -> Option<String> {
        complaint(name, text.as_bytes(), &FOLDERS.map(String::from))
    }

    #[test]
    fn machine_paths_are_found_in_any_file() {
        assert!(of("a.onnx", concat!("\u{1}saved from /wo", "rk/main\u{2}")).is_some());
        assert!(of("a.md", "the network/works/on a path like src/work.rs").is_none());
    }

    #[test]
    fn only_the_public_registry_may_be_named() {
        assert!(of("Cargo.lock", &format!("source = \"{REGISTRY}\"\n")).is_none());
        assert!(
            of(
                "Cargo.lock",
                "source = \"registry+https://crates.example\"\n"
            )
            .is_some()
        );
        let replaced = format!("[source.crates-io]\n{} = \"mine\"\n", REGISTRY_SETTINGS[0]);
        assert!(of(".cargo/config.toml", &replaced).is_some());
    }
}
