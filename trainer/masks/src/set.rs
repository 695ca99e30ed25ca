//! A set of masks, each of which depends on the set's description and its own number alone.

use crate::{Mask, MaskError, MaskKind, MaskMaker, Wanted};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde::Serialize;
use std::path::Path;

/// What a set of masks is made by.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Description {
    /// The random numbers of everything.
    pub seed: u64,
    /// Columns and rows of each mask.
    pub size: (usize, usize),
    /// The folders of the set.
    pub cells: Vec<Cell>,
    /// The kinds that are drawn.
    pub masks: Vec<MaskKind>,
}

/// A folder of masks of which the same is wanted.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cell {
    /// Where they go, from the set's own folder.
    pub folder: String,
    /// What is wanted of them; nothing in particular where it is absent.
    #[serde(flatten)]
    pub wanted: Option<Wanted>,
}

/// A set that can be drawn, in any order.
#[derive(Debug)]
pub struct MaskSet {
    description: Description,
    maker: MaskMaker,
}

impl MaskSet {
    /// Checks the description and reads what it names, its folders from `base`.
    ///
    /// # Errors
    /// As [`MaskMaker::new`].
    pub fn new(description: Description, base: &Path) -> Result<Self, MaskError> {
        let maker = MaskMaker::new(&description.masks, base)?;
        Ok(MaskSet { description, maker })
    }

    /// What it is made by.
    pub fn description(&self) -> &Description {
        &self.description
    }

    /// Mask number `number` of cell `cell`, which is an index into the description's.
    ///
    /// # Errors
    /// The kinds do not give what is wanted in that cell.
    pub fn draw(&self, cell: usize, number: u32) -> Result<Mask, MaskError> {
        let (width, height) = self.description.size;
        let mut rng = ChaCha8Rng::seed_from_u64(self.description.seed);
        rng.set_stream((cell as u64) << 32 | u64::from(number));
        match &self.description.cells[cell].wanted {
            Some(wanted) => wanted.draw(&self.maker, width, height, &mut rng),
            None => Ok(self.maker.draw(width, height, &mut rng)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::presets::{self, Preset};

    /// What every machine makes of a seed: `#` is hole. Where this fails on one machine alone, its arithmetic differs;
    /// where it fails on all, the masks of a seed have changed, which belongs in the changelog.
    const FOUR_MASKS: [&str; 16] = [
        ".........#...###................#...............................",
        "........##..####................#...............................",
        "........######.#................#...............................",
        "........######..................................................",
        ".......##.##....................................................",
        "..........##....##......................#.......................",
        "...................##..................##.......................",
        ".......................##...#...................................",
        "......................#.....#...................................",
        "...........#................##.#................................",
        "..........###................#..................................",
        ".....##...###...................................................",
        ".....###..##...................#................................",
        ".....###..##...................#.......................######...",
        ".....####..............................................######...",
        "....#####....................##.................................",
    ];

    #[test]
    fn a_seed_gives_the_same_masks_everywhere() {
        let cell = Cell {
            folder: String::new(),
            wanted: None,
        };
        let description = Description {
            seed: 7,
            size: (16, 16),
            cells: vec![cell],
            masks: presets::kinds(Preset::Mixed, 16),
        };
        let set = MaskSet::new(description, Path::new("")).unwrap();
        let mut all = Mask::new(64, 16);
        // Out of their order, which does not matter.
        for number in [2, 0, 3, 1] {
            let mask = set.draw(0, number).unwrap();
            all.add(&mask, 16 * number as isize, 0);
        }
        let rows = all.hole.chunks(64).map(|row| {
            let pixels = row.iter().map(|&h| if h == 1 { '#' } else { '.' });
            pixels.collect::<String>()
        });
        let rows: Vec<String> = rows.collect();
        assert_eq!(rows, FOUR_MASKS, "{}", rows.join("\n"));
    }
}
