//! The program that installs Reweave on Windows, made by NSIS. What it does is told in `installers/windows/setup.nsi`; here it
//! is told which files there are.

use super::parts::Parts;
use super::tree::Tree;
use super::windows;
use crate::command::run_quietly;
use crate::fetch::system as programs;
use anyhow::Result;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Makes `reweave-VERSION-x86_64-setup.exe` in the folder `out`.
pub fn pack(parts: &Parts, out: &Path) -> Result<PathBuf> {
    programs::need("makensis", "nsis")?;
    let work = out.join("work");
    let tree = Tree::new(&work.join("windows"))?;
    windows::lay(parts, &tree)?;
    // They are kept in the package.
    tree.set_dates(parts.date)?;
    let file = out.join(format!("reweave-{}-x86_64-setup.exe", parts.version));
    let script = work.join("setup.nsi");
    let (files, removals) = lists(&tree.files()?)?;
    let numbers = windows::numbers(&parts.version);
    let text = parts.template(
        "windows/setup.nsi",
        &[
            ("FILES", files.as_str()),
            ("REMOVALS", &removals),
            ("NUMBERS", &numbers),
            ("SETUP", &file.to_string_lossy()),
        ],
    )?;
    fs::write(&script, text)?;
    run_quietly(
        Command::new("makensis")
            .env("SOURCE_DATE_EPOCH", parts.date.to_string())
            .args(["-V2", "-WX", "-NOCD"])
            .arg(fs::canonicalize(&script)?)
            .current_dir(&tree.top),
    )?;
    fs::remove_dir_all(&work)?;
    Ok(file)
}

/// The lines that lay the files, and those that remove them and the folders that are then empty. The script has macros for
/// both.
fn lists(files: &[String]) -> Result<(String, String)> {
    let (mut lay, mut remove) = (String::new(), String::new());
    let mut folders = BTreeSet::new();
    for file in files {
        let there = file.replace('/', "\\");
        writeln!(lay, "  File \"/oname={there}\" \"{file}\"")?;
        writeln!(remove, "  !insertmacro Remove \"{there}\"")?;
        let above = Path::new(file).ancestors().skip(1);
        folders.extend(
            above
                .filter_map(Path::to_str)
                .filter(|folder| !folder.is_empty()),
        );
    }
    let made: String = folders
        .iter()
        .map(|folder| {
            format!(
                "  CreateDirectory \"$INSTDIR\\{}\"\n",
                folder.replace('/', "\\")
            )
        })
        .collect();
    // Those within others come first.
    for folder in folders.iter().rev() {
        writeln!(
            remove,
            "  RMDir \"$INSTDIR\\{}\"",
            folder.replace('/', "\\")
        )?;
    }
    Ok((made + &lay, remove))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_laid_is_removed_and_folders_after_their_files() {
        let files = ["a.txt", "models/b.onnx", "models/more/c"].map(str::to_owned);
        let (lay, remove) = lists(&files).unwrap();
        assert!(lay.starts_with("  CreateDirectory \"$INSTDIR\\models\"\n"));
        assert!(lay.contains("  File \"/oname=models\\more\\c\" \"models/more/c\"\n"));
        let lines: Vec<_> = remove.lines().map(str::trim).collect();
        assert_eq!(
            lines,
            [
                "!insertmacro Remove \"a.txt\"",
                "!insertmacro Remove \"models\\b.onnx\"",
                "!insertmacro Remove \"models\\more\\c\"",
                "RMDir \"$INSTDIR\\models\\more\"",
                "RMDir \"$INSTDIR\\models\"",
            ]
        );
    }
}
