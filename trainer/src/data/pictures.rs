//! A folder of pictures, decoded once and kept.

use anyhow::{Context, Result, ensure};
use image::RgbImage;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Decoded pictures are kept up to this many bytes; the rest is decoded again each time.
const KEPT_BYTES: usize = 3 << 30;

/// The pictures of a folder, in order of name.
pub struct Pictures {
    paths: Vec<PathBuf>,
    kept: HashMap<usize, Arc<RgbImage>>,
    kept_bytes: usize,
}

impl Pictures {
    /// Lists a folder and those below it.
    pub fn open(folder: &Path) -> Result<Self> {
        let mut paths = Vec::new();
        list(folder, &mut paths)?;
        paths.sort();
        ensure!(
            !paths.is_empty(),
            "there is no picture (webp, png, jpg) in {}",
            folder.display()
        );
        Ok(Pictures {
            paths,
            kept: HashMap::new(),
            kept_bytes: 0,
        })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.paths.len()
    }

    /// The picture of a number below [`Self::len`].
    pub fn get(&mut self, i: usize) -> Result<Arc<RgbImage>> {
        if let Some(picture) = self.kept.get(&i) {
            return Ok(picture.clone());
        }
        let path = &self.paths[i];
        let picture = image::open(path)
            .with_context(|| format!("cannot read the picture {}", path.display()))?;
        let picture = Arc::new(picture.into_rgb8());
        let bytes = picture.as_raw().len();
        if self.kept_bytes + bytes <= KEPT_BYTES {
            self.kept_bytes += bytes;
            self.kept.insert(i, picture.clone());
        }
        Ok(picture)
    }
}

fn list(folder: &Path, into: &mut Vec<PathBuf>) -> Result<()> {
    let entries = std::fs::read_dir(folder)
        .with_context(|| format!("cannot read the folder {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        let extension = path
            .extension()
            .and_then(|e| e.to_str())
            .unwrap_or_default()
            .to_ascii_lowercase();
        if path.is_dir() {
            list(&path, into)?;
        } else if ["webp", "png", "jpg", "jpeg"].contains(&extension.as_str()) {
            into.push(path);
        }
    }
    Ok(())
}
