//! The translations, as files for gettext.
//!
//! They are compiled in from `po/`; the installer lets this program write them beside itself, where GIMP looks.

use std::fs;
use std::io;
use std::path::Path;

/// Language, and its catalogue in gettext's binary form.
const CATALOGUES: &[(&str, &[u8])] = &include!(concat!(env!("OUT_DIR"), "/catalogues.rs"));

/// Writes `LANGUAGE/LC_MESSAGES/reweave.mo` for every language into `folder`.
pub fn write(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for (language, catalogue) in CATALOGUES {
        let messages = folder.join(language).join("LC_MESSAGES");
        fs::create_dir_all(&messages)?;
        fs::write(messages.join("reweave.mo"), catalogue)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::PathBuf;

    /// The English texts of a catalogue: its first table lists their lengths and places.
    fn texts(catalogue: &[u8]) -> BTreeSet<String> {
        let number =
            |at: usize| u32::from_le_bytes(catalogue[at..at + 4].try_into().unwrap()) as usize;
        assert_eq!(number(0), 0x9504_12de);
        let (count, table) = (number(8), number(12));
        let text = |index: usize| {
            let (length, place) = (number(table + 8 * index), number(table + 8 * index + 4));
            String::from_utf8(catalogue[place..place + length].to_vec()).unwrap()
        };
        (0..count).map(text).collect()
    }

    /// Every literal that follows `tr(` or `tr_with(` in the sources.
    fn sentences(folder: PathBuf, found: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sentences(path, found);
                continue;
            }
            let source = fs::read_to_string(&path).unwrap();
            // Written in two parts, so that this is no such call itself.
            let (plain, with) = (concat!("tr", "("), concat!("tr_with", "("));
            let calls = source
                .split(plain)
                .skip(1)
                .chain(source.split(with).skip(1));
            for call in calls {
                let Some(literal) = call.trim_start().strip_prefix('"') else {
                    continue;
                };
                let Some(end) = literal.find('"') else {
                    continue;
                };
                // A backslash at the end of a line joins it with the next.
                let mut pieces = literal[..end].split("\\\n");
                let first = pieces.next().unwrap_or_default().to_owned();
                found.insert(pieces.fold(first, |text, piece| text + piece.trim_start()));
            }
        }
    }

    #[test]
    fn the_sentences_are_translated() {
        let mut wanted = BTreeSet::new();
        sentences(
            Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
            &mut wanted,
        );
        assert!(wanted.len() > 20, "{wanted:?}");
        assert_eq!(CATALOGUES.len(), 3);
        for (language, catalogue) in CATALOGUES {
            let there = texts(catalogue);
            let missing: Vec<_> = wanted
                .iter()
                .filter(|text| !there.contains(*text))
                .collect();
            assert!(missing.is_empty(), "{language} lacks {missing:#?}");
        }
    }

    /// New settings may wait for their translation, but not all of them.
    #[test]
    fn the_settings_are_translated() {
        let mut wanted = BTreeSet::new();
        for row in reweave::settings::TABLE {
            wanted.extend([row.label, row.help, row.unit]);
            if let reweave::settings::Kind::Choice { choices, .. } = row.kind {
                wanted.extend(
                    choices
                        .iter()
                        .flat_map(|choice| [choice.label, choice.help]),
                );
            }
        }
        wanted.remove("");
        for (language, catalogue) in CATALOGUES {
            let there = texts(catalogue);
            let missing: Vec<_> = wanted
                .iter()
                .filter(|text| !there.contains(**text))
                .collect();
            assert!(
                missing.len() * 5 < wanted.len(),
                "{language} lacks {missing:#?}"
            );
        }
    }

    #[test]
    fn files_lie_where_gettext_looks() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path()).unwrap();
        assert!(folder.path().join("zh_CN/LC_MESSAGES/reweave.mo").is_file());
    }
}
