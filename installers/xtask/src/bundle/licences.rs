//! The licences of everything inside, in one text.

use super::crates::Crate;
use super::parts::Parts;
use anyhow::Result;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// How the names of files with licences begin.
const NAMES: [&str; 5] = ["LICEN", "COPYING", "COPYRIGHT", "NOTICE", "UNLICEN"];
/// Where in a crate they lie: at its top, and where it keeps the sources of others.
const FOLDERS: [&str; 3] = ["", "vendor", "LICENSES"];

/// Writes them out: of ONNX Runtime, and of each crate. A text that several share stands once.
pub fn text(parts: &Parts) -> Result<String> {
    let mut text = format!(
        "Reweave {} contains work of others, under these licences.\n",
        parts.version
    );
    let runtime = &parts.runtime;
    section(
        &mut text,
        &format!("ONNX Runtime {} (MIT)", runtime.version),
        &fs::read_to_string(&runtime.licence)?,
    )?;
    section(
        &mut text,
        "What ONNX Runtime contains of others",
        &fs::read_to_string(&runtime.notices)?,
    )?;
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for found in &parts.crates {
        let title = format!("{} {} ({})", found.name, found.version, found.licence);
        let files = files(found)?;
        if files.is_empty() {
            texts
                .entry("Its sources come without a text; its licence is named above.\n".into())
                .or_default()
                .push(title.clone());
        }
        for file in files {
            let text = String::from_utf8_lossy(&fs::read(file)?).replace('\r', "");
            texts.entry(text).or_default().push(title.clone());
        }
    }
    let mut sections: Vec<_> = texts.into_iter().collect();
    sections.sort_by(|one, other| one.1.cmp(&other.1));
    for (licence, titles) in sections {
        section(&mut text, &titles.join("\n"), &licence)?;
    }
    Ok(text)
}

fn section(text: &mut String, title: &str, licence: &str) -> Result<()> {
    let line = "=".repeat(80);
    Ok(writeln!(
        text,
        "\n{line}\n{title}\n{line}\n\n{}",
        licence.trim_end()
    )?)
}

/// The files with licences of one crate.
fn files(found: &Crate) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for folder in FOLDERS {
        let folder = found.folder.join(folder);
        if !folder.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_file() && is_licence(&path) {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

fn is_licence(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = name.to_uppercase();
    NAMES.iter().any(|start| name.starts_with(start)) && !name.ends_with(".RS")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn licences_are_known_by_their_names() {
        for (name, is) in [
            ("LICENSE-MIT", true),
            ("license.txt", true),
            ("COPYING", true),
            ("UNLICENSE", true),
            ("license.rs", false),
            ("README.md", false),
        ] {
            assert_eq!(is_licence(Path::new(name)), is, "{name}");
        }
    }
}
