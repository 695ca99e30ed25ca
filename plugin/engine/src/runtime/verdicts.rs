//! What was found out about models on cards, kept in the user's cache folder: a file each.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::judge::Verdict;

/// The folder: `~/.cache/reweave/cards` and the like. `None` where the user has none.
pub(super) fn folder() -> Option<PathBuf> {
    Some(dirs::cache_dir()?.join("reweave/cards"))
}

/// What is known; nothing where the file is not there, or is none of ours.
pub(super) fn read(folder: &Path, key: &str) -> Option<Verdict> {
    let text = fs::read(file(folder, key)).ok()?;
    let value: Value = serde_json::from_slice(&text).ok()?;
    // Two keys may have one name.
    if value["of"] != key {
        return None;
    }
    let wrong = value["wrong"].as_str().map(str::to_owned);
    let times = match &value["times"] {
        Value::Null => None,
        times => Some((
            usize::try_from(times["side"].as_u64()?).ok()?,
            times["card"].as_f64()?,
            times["processor"].as_f64()?,
        )),
    };
    Some(Verdict { wrong, times })
}

/// Keeps it. Another process may read meanwhile, so the file appears as a whole.
pub(super) fn write(folder: &Path, key: &str, verdict: &Verdict) -> io::Result<()> {
    let times = verdict.times.map(
        |(side, card, processor)| json!({ "side": side, "card": card, "processor": processor }),
    );
    let value = json!({ "of": key, "wrong": verdict.wrong, "times": times });
    fs::create_dir_all(folder)?;
    let to = file(folder, key);
    let part = to.with_extension(format!("part-{}", std::process::id()));
    fs::write(&part, value.to_string())?;
    fs::rename(&part, &to)
}

fn file(folder: &Path, key: &str) -> PathBuf {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    folder.join(format!("{:016x}.json", hasher.finish()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_is_read_again_for_the_same_card_only() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("reweave/cards");
        assert_eq!(read(&folder, "one"), None);
        for verdict in [
            Verdict {
                wrong: None,
                times: Some((256, 0.0125, 0.25)),
            },
            Verdict {
                wrong: Some("values that are no numbers".into()),
                times: None,
            },
        ] {
            write(&folder, "one", &verdict).unwrap();
            assert_eq!(read(&folder, "one"), Some(verdict));
        }
        assert_eq!(read(&folder, "other"), None);
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
        // Another key in the place of this one, and no JSON at all.
        fs::copy(file(&folder, "one"), file(&folder, "other")).unwrap();
        assert_eq!(read(&folder, "other"), None);
        fs::write(file(&folder, "one"), "{").unwrap();
        assert_eq!(read(&folder, "one"), None);
    }
}
