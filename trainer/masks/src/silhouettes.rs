//! The outlines of real things: what is opaque in pictures with an alpha channel.

use crate::png::{Take, read_png};
use crate::{LARGEST, MOST, Mask, MaskError, check_range};
use rand::Rng;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// Silhouettes from a folder of PNG pictures with an alpha channel; what is more opaque than not is hole.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Silhouettes {
    /// The folder, from that of the recipe.
    pub folder: PathBuf,
    /// Fewest and most silhouettes.
    pub count: (usize, usize),
    /// Shortest and longest of their longer sides, in pixels.
    pub side: (usize, usize),
}

impl Silhouettes {
    /// Reads the pictures of the folder, in order of name, each cut to what is opaque.
    ///
    /// # Errors
    /// The folder has no PNG picture, or one that cannot be read, has no alpha channel, or nothing opaque.
    pub fn open(&self, base: &Path) -> Result<Vec<Mask>, MaskError> {
        let folder = base.join(&self.folder);
        let files = crate::png::png_files(&folder)?;
        if files.is_empty() {
            return Err(MaskError::file(
                &folder,
                "has no PNG picture to take silhouettes from",
            ));
        }
        let cut = |file: PathBuf| {
            let mask = read_png(&file, Take::Alpha)?;
            trimmed(&mask).ok_or_else(|| MaskError::file(&file, "has nothing opaque in it"))
        };
        files.into_iter().map(cut).collect()
    }

    /// Adds silhouettes to a mask, mirrored half of the time; a part of one may lie outside the picture.
    pub(crate) fn draw(&self, shapes: &[Mask], mask: &mut Mask, rng: &mut impl Rng) {
        for _ in 0..rng.random_range(self.count.0..=self.count.1) {
            let shape = &shapes[rng.random_range(0..shapes.len())];
            let side = rng.random_range(self.side.0..=self.side.1).max(1);
            let longer = shape.width.max(shape.height);
            let scaled = |of: usize| (of * side).div_ceil(longer);
            let mut shape = shape.resized(scaled(shape.width), scaled(shape.height));
            if rng.random_bool(0.5) {
                shape = shape.mirrored();
            }
            // Its middle lies in the picture.
            let mut start =
                |of: usize, length: usize| rng.random_range(0..of) as isize - length as isize / 2;
            let x = start(mask.width, shape.width);
            let y = start(mask.height, shape.height);
            mask.add(&shape, x, y);
        }
    }

    pub(crate) fn check(&self) -> Result<(), String> {
        check_range("silhouettes.count", self.count, MOST)?;
        check_range("silhouettes.side", self.side, LARGEST)
    }
}

/// What is hole, without empty rows and columns round it.
fn trimmed(mask: &Mask) -> Option<Mask> {
    let holes = || mask.hole.iter().enumerate().filter(|(_, h)| **h == 1);
    let columns = || holes().map(|(i, _)| i % mask.width);
    let rows = || holes().map(|(i, _)| i / mask.width);
    let (left, right) = (columns().min()?, columns().max()?);
    let (top, bottom) = (rows().min()?, rows().max()?);
    let mut cut = Mask::new(right - left + 1, bottom - top + 1);
    cut.add(mask, -(left as isize), -(top as isize));
    Some(cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_silhouette_is_cut_to_what_is_opaque() {
        let mut mask = Mask::new(9, 7);
        mask.draw_box(2, 3, 4, 2);
        let cut = trimmed(&mask).unwrap();
        assert_eq!((cut.width, cut.height, cut.share()), (4, 2, 1.0));
        assert_eq!(trimmed(&Mask::new(3, 3)), None);
    }

    #[test]
    fn a_folder_without_pictures_is_told_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let silhouettes = Silhouettes {
            folder: "cut-outs".into(),
            count: (1, 1),
            side: (10, 20),
        };
        let error = silhouettes.open(folder.path()).unwrap_err().to_string();
        assert!(error.contains("cut-outs"), "{error}");
    }
}
