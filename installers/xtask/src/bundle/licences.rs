//! The licences of everything inside, in one text.

use super::crates::Crate;
use super::parts::Parts;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// How the names of files with licences begin.
const NAMES: [&str; 5] = ["LICEN", "COPYING", "COPYRIGHT", "NOTICE", "UNLICEN"];
/// Where in a crate they lie: at its top, and where it keeps the sources of others.
const FOLDERS: [&str; 3] = ["", "vendor", "LICENSES"];

/// Writes them out: of ONNX Runtime, of Rust's own library, and of each crate. A text that several share stands once.
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
    let library = &parts.standard_library;
    let notices = fs::read_to_string(&library.notices)
        .with_context(|| library.notices.display().to_string())?;
    section(
        &mut text,
        &format!(
            "Rust's standard library {} (MIT OR Apache-2.0), and what it contains of others, as Rust {} tells",
            library.version, library.version_of_notices
        ),
        &without_tags(&notices),
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

/// The text of a page, without its head.
fn without_tags(page: &str) -> String {
    let body = page.split_once("<body>").map_or(page, |(_, body)| body);
    let mut plain = String::new();
    for (index, piece) in body.split('<').enumerate() {
        let text = match piece.split_once('>') {
            Some((_, text)) if index > 0 => text,
            _ => piece,
        };
        plain.push_str(text);
    }
    for (code, letter) in [
        ("&#34;", "\""),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#60;", "<"),
        ("&lt;", "<"),
        ("&#62;", ">"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ] {
        plain = plain.replace(code, letter);
    }
    let mut lines: Vec<&str> = plain.lines().map(str::trim_end).collect();
    lines.dedup_by(|line, before| line.trim().is_empty() && before.trim().is_empty());
    lines.join("\n")
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
    fn a_page_becomes_text() {
        let page = "<html><title>no</title><body>\n<h1>Notices</h1>\n\n\n\n<p>Of <b>one</b> &#60;x@y&#62; &amp; so on</p>\n<pre>\n  The &#34;Software&#34;\n</pre></body>";
        let text = without_tags(page);
        assert_eq!(
            text,
            "\nNotices\n\nOf one <x@y> & so on\n\n  The \"Software\""
        );
    }

    /// What the compiler at hand brings is read to its end.
    #[test]
    fn the_notices_of_the_standard_library_are_a_text() {
        let library = super::super::crates::standard_library().unwrap();
        let text = without_tags(&fs::read_to_string(&library.notices).unwrap());
        assert!(text.contains("Copyright notices for The Rust Standard Library"));
        assert!(text.contains("THE SOFTWARE IS PROVIDED \"AS IS\""));
        assert!(
            !text.contains("</") && !text.contains("&#"),
            "tags are left"
        );
    }

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
