//! Pictures, decoded once and kept as far as memory is given to them.

use anyhow::{Context, Result};
use image::RgbImage;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// Decoded pictures are kept up to this many bytes; the rest is decoded again each time.
const KEPT_BYTES: usize = 3 << 30;

/// Pictures that several threads take from.
#[derive(Debug, Default)]
pub struct Pictures {
    paths: Vec<PathBuf>,
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    pictures: HashMap<usize, Arc<RgbImage>>,
    bytes: usize,
}

impl Pictures {
    /// These files, in their order.
    pub fn new(paths: Vec<PathBuf>) -> Self {
        Pictures {
            paths,
            kept: Mutex::default(),
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.paths.len()
    }

    /// The picture of a number below [`Self::len`].
    pub fn get(&self, i: usize) -> Result<Arc<RgbImage>> {
        let kept = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(picture) = kept().pictures.get(&i) {
            return Ok(picture.clone());
        }
        // Decoded without the lock: others go on meanwhile.
        let path = &self.paths[i];
        let picture = image::open(path)
            .with_context(|| format!("cannot read the picture {}", path.display()))?;
        let picture = Arc::new(picture.into_rgb8());
        let bytes = picture.as_raw().len();
        let mut kept = kept();
        if kept.bytes + bytes <= KEPT_BYTES && kept.pictures.insert(i, picture.clone()).is_none() {
            kept.bytes += bytes;
        }
        Ok(picture)
    }
}
