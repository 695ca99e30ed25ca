//! Pictures, decoded once and kept as far as memory is given to them.

use anyhow::{Context, Result, anyhow, ensure};
use image::{DynamicImage, RgbImage};
use std::collections::HashMap;
use std::panic::catch_unwind;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// Decoded pictures are kept up to this many bytes; the rest is decoded again each time.
const KEPT_BYTES: usize = 3 << 30;

/// The picture in the bytes of a file, whose format they tell, not its name.
///
/// # Errors
/// They are no picture, or a damaged one.
pub fn decoded(bytes: &[u8]) -> Result<RgbImage> {
    // Decoders are of other hands, and files of anybody's: a panic is one damaged picture, and no end of a training.
    let decode = || image::load_from_memory(bytes).map(DynamicImage::into_rgb8);
    let picture = catch_unwind(decode).map_err(|_| anyhow!("its decoder has failed"))??;
    ensure!(
        picture.width() > 0 && picture.height() > 0,
        "it has no pixel"
    );
    Ok(picture)
}

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
    ///
    /// # Errors
    /// The file has gone, or has changed since the index was made.
    pub fn get(&self, i: usize) -> Result<Arc<RgbImage>> {
        let kept = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(picture) = kept().pictures.get(&i) {
            return Ok(picture.clone());
        }
        // Decoded without the lock: others go on meanwhile.
        let path = &self.paths[i];
        let read = || decoded(&std::fs::read(path)?);
        let picture =
            read().with_context(|| format!("cannot read the picture {}", path.display()))?;
        let picture = Arc::new(picture);
        let bytes = picture.as_raw().len();
        let mut kept = kept();
        if kept.bytes + bytes <= KEPT_BYTES && kept.pictures.insert(i, picture.clone()).is_none() {
            kept.bytes += bytes;
        }
        Ok(picture)
    }
}
