//! NVIDIA's driver for Linux tells of its cards in files.

use std::fs;
use std::path::Path;

use super::{Adapter, AdapterKind};

/// The cards; none where the driver is not loaded.
pub fn adapters(root: &Path) -> Vec<Adapter> {
    let folder = root.join("proc/driver/nvidia");
    let version = fs::read_to_string(folder.join("version")).unwrap_or_default();
    let driver = version
        .lines()
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .find(|word| {
            word.contains('.')
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || byte == b'.')
        })
        .unwrap_or_default();
    let cards = folder
        .join("gpus")
        .read_dir()
        .into_iter()
        .flatten()
        .flatten();
    let mut found: Vec<_> = cards
        .filter_map(|card| {
            let text = fs::read_to_string(card.path().join("information")).ok()?;
            let model = text
                .lines()
                .find_map(|line| line.strip_prefix("Model:"))?
                .trim();
            Some(Adapter {
                maker: "NVIDIA".into(),
                kind: AdapterKind::Discrete,
                name: model.to_owned(),
                driver: driver.to_owned(),
            })
        })
        .collect();
    found.sort_by(|one, other| one.name.cmp(&other.name));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cards_are_read_from_the_drivers_files() {
        let root = tempfile::tempdir().unwrap();
        assert!(adapters(root.path()).is_empty());
        let folder = root.path().join("proc/driver/nvidia");
        let card = folder.join("gpus/0000:01:00.0");
        fs::create_dir_all(&card).unwrap();
        fs::write(
            folder.join("version"),
            "NVRM version: NVIDIA UNIX x86_64 Kernel Module  580.95.05  Tue Sep 23\nGCC version: 12.2.0\n",
        )
        .unwrap();
        fs::write(
            card.join("information"),
            "Model: \t\t NVIDIA GeForce RTX 4070\nIRQ:   \t\t 97\n",
        )
        .unwrap();
        let found = adapters(root.path());
        assert_eq!(
            found[0].to_string(),
            "NVIDIA: NVIDIA GeForce RTX 4070, discrete, driver 580.95.05"
        );
    }
}
