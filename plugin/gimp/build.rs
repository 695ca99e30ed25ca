//! Compiles the translations in `po/` into gettext's binary form, for `src/locale.rs` to take in.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=po");
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut list = String::from("[");
    let mut files: Vec<PathBuf> = fs::read_dir("po")?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    files.sort();
    for file in files
        .iter()
        .filter(|file| file.extension().is_some_and(|extension| extension == "po"))
    {
        let language = file
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let catalogue = out.join(format!("{language}.mo"));
        fs::write(&catalogue, compile(&read(file)?))?;
        list += &format!("({language:?}, include_bytes!({catalogue:?})),");
    }
    fs::write(out.join("catalogues.rs"), list + "]")?;
    Ok(())
}

/// The messages of a catalogue: `msgid` and `msgstr`, which may go on in quoted lines. What is not translated is left out.
fn read(file: &Path) -> Result<BTreeMap<String, String>, Box<dyn Error>> {
    let mut messages = BTreeMap::new();
    let (mut id, mut text, mut in_text) = (String::new(), String::new(), false);
    let mut keep = |id: &str, text: &str| {
        if !text.is_empty() {
            messages.insert(id.to_owned(), text.to_owned());
        }
    };
    for (number, line) in fs::read_to_string(file)?.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let quoted = if let Some(rest) = line.strip_prefix("msgid ") {
            keep(&id, &text);
            (id, text, in_text) = (String::new(), String::new(), false);
            rest
        } else if let Some(rest) = line.strip_prefix("msgstr ") {
            in_text = true;
            rest
        } else {
            line
        };
        let quoted = quoted
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'));
        let quoted = quoted
            .ok_or_else(|| format!("{}:{}: not a quoted text", file.display(), number + 1))?;
        let target = if in_text { &mut text } else { &mut id };
        target.push_str(
            &quoted
                .replace("\\n", "\n")
                .replace("\\\"", "\"")
                .replace("\\\\", "\\"),
        );
    }
    keep(&id, &text);
    Ok(messages)
}

/// The binary form: a head, two tables of lengths and places, and the texts, sorted and each ended by a zero byte.
fn compile(messages: &BTreeMap<String, String>) -> Vec<u8> {
    const HEAD: usize = 28;
    let count = messages.len();
    let texts_start = HEAD + 16 * count;
    let (mut tables, mut texts) = (Vec::new(), Vec::new());
    let all = messages.keys().chain(messages.values());
    for text in all {
        tables.extend([text.len(), texts_start + texts.len()]);
        texts.extend_from_slice(text.as_bytes());
        texts.push(0);
    }
    let head = [
        0x9504_12de,
        0,
        count,
        HEAD,
        HEAD + 8 * count,
        0,
        texts_start,
    ];
    let mut file: Vec<u8> = Vec::new();
    for number in head.into_iter().chain(tables) {
        file.extend_from_slice(&(number as u32).to_le_bytes());
    }
    file.extend(texts);
    file
}
