//! Every relative link in a document leads to a file.

use crate::house::House;
use anyhow::{Result, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// Looks through the Markdown files at the root, in `docs/` and in `docs/install/`.
pub fn check(house: &House) -> Result<()> {
    let mut dead = Vec::new();
    for document in documents(&house.root)? {
        let text = fs::read_to_string(&document)?;
        let folder = document.parent().unwrap_or(&house.root);
        for link in links(&text) {
            if !folder.join(link).exists() {
                dead.push(format!(
                    "{} links to {link}, which is not there",
                    document.display()
                ));
            }
        }
    }
    if dead.is_empty() {
        return Ok(());
    }
    bail!("{}", dead.join("\n"))
}

fn documents(root: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for folder in ["", "docs", "docs/install"].map(|folder| root.join(folder)) {
        let Ok(entries) = fs::read_dir(folder) else {
            continue;
        };
        for entry in entries {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "md") {
                found.push(path);
            }
        }
    }
    Ok(found)
}

/// The targets of `[..](target)` that are files: no web addresses, no places within the page.
fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split("](").skip(1).filter_map(|rest| {
        let target = rest.split([')', '#', ' ']).next()?;
        (!target.is_empty() && !target.contains(':')).then_some(target)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_files_and_leaves_addresses() {
        let text =
            "[a](docs/a.md) ![b](b.png \"t\") [c](https://example.org) [d](#part) [e](f.md#part)";
        assert_eq!(
            links(text).collect::<Vec<_>>(),
            ["docs/a.md", "b.png", "f.md"]
        );
    }
}
