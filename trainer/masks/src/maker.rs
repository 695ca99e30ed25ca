//! Masks by the kinds of a recipe, drawn by their odds.

use crate::{Mask, MaskError, MaskKind};
use rand::Rng;
use std::path::Path;

/// Kinds of masks, with what they need from the disk.
#[derive(Debug)]
pub struct MaskMaker {
    /// Each kind with its silhouettes.
    kinds: Vec<(MaskKind, Vec<Mask>)>,
    total: f32,
}

impl MaskMaker {
    /// Checks the descriptions and reads the silhouettes that they name; their folders are looked for from `base`, the
    /// recipe's own folder.
    ///
    /// # Errors
    /// A description makes no sense, none has odds above 0, or silhouettes cannot be read.
    pub fn new(kinds: &[MaskKind], base: &Path) -> Result<Self, MaskError> {
        let with_silhouettes = |kind: &MaskKind| {
            kind.check().map_err(MaskError::Description)?;
            let shapes = match &kind.silhouettes {
                Some(silhouettes) => silhouettes.open(base)?,
                None => Vec::new(),
            };
            Ok((kind.clone(), shapes))
        };
        let total: f32 = kinds.iter().map(|kind| kind.odds).sum();
        let kinds: Vec<_> = kinds
            .iter()
            .map(with_silhouettes)
            .collect::<Result<_, _>>()?;
        if total <= 0.0 {
            return Err(MaskError::Description(
                "masks must name at least one kind with odds above 0".into(),
            ));
        }
        Ok(MaskMaker { kinds, total })
    }

    /// A mask of one of the kinds, `width` x `height` pixels.
    pub fn draw(&self, width: usize, height: usize, rng: &mut impl Rng) -> Mask {
        let mut mask = Mask::new(width, height);
        if width == 0 || height == 0 {
            return mask;
        }
        let (kind, shapes) = self.pick(rng);
        if let Some(strokes) = kind.strokes {
            strokes.draw(&mut mask, rng);
        }
        if let Some(strokes) = kind.wide_strokes {
            strokes.draw(&mut mask, rng);
        }
        if let Some(boxes) = kind.boxes {
            boxes.draw(&mut mask, rng);
        }
        if let Some(polygons) = kind.polygons {
            polygons.draw(&mut mask, rng);
        }
        if let Some(silhouettes) = &kind.silhouettes {
            silhouettes.draw(shapes, &mut mask, rng);
        }
        mask
    }

    fn pick(&self, rng: &mut impl Rng) -> &(MaskKind, Vec<Mask>) {
        let mut pick = rng.random_range(0.0..self.total);
        let mut kinds = self.kinds.iter();
        let found = kinds.find(|(kind, _)| {
            pick -= kind.odds;
            pick < 0.0
        });
        // Where rounding has left a rest, the last kind takes it; there is one, as odds are above 0.
        found.unwrap_or(&self.kinds[self.kinds.len() - 1])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::presets::{self, Preset};
    use crate::{Boxes, Silhouettes};
    use proptest::prelude::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    const BOX: Boxes = Boxes {
        count: (1, 1),
        side: (4, 4),
        margin: 0,
    };

    fn boxes(odds: f32, boxes: Boxes) -> MaskKind {
        MaskKind {
            odds,
            boxes: Some(boxes),
            ..MaskKind::default()
        }
    }

    #[test]
    fn kinds_are_drawn_by_their_odds() {
        let none = Boxes {
            count: (0, 0),
            ..BOX
        };
        let maker = MaskMaker::new(&[boxes(1.0, none), boxes(3.0, BOX)], Path::new("")).unwrap();
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let holes = (0..1000)
            .filter(|_| maker.draw(16, 16, &mut rng).share() > 0.0)
            .count();
        assert!((700..800).contains(&holes), "{holes}");
    }

    #[test]
    fn without_odds_there_is_nothing_to_draw() {
        let error = MaskMaker::new(&[boxes(0.0, BOX)], Path::new("")).unwrap_err();
        assert!(error.to_string().contains("odds above 0"), "{error}");
    }

    #[test]
    fn silhouettes_are_found_from_the_recipes_folder() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("shapes")).unwrap();
        let mut file = Vec::new();
        let mut encoder = ::png::Encoder::new(&mut file, 2, 1);
        encoder.set_color(::png::ColorType::Rgba);
        let mut writer = encoder.write_header().unwrap();
        writer
            .write_image_data(&[0, 0, 0, 255, 9, 9, 9, 0])
            .unwrap();
        writer.finish().unwrap();
        std::fs::write(folder.path().join("shapes/a.png"), file).unwrap();
        let kind = MaskKind {
            odds: 1.0,
            silhouettes: Some(Silhouettes {
                folder: "shapes".into(),
                count: (1, 1),
                side: (6, 6),
            }),
            ..MaskKind::default()
        };
        let maker = MaskMaker::new(&[kind], folder.path()).unwrap();
        let mut rng = ChaCha8Rng::seed_from_u64(0);
        let mask = maker.draw(100, 100, &mut rng);
        assert!(
            (9.0..=36.0).contains(&(mask.share() * 1e4)),
            "{}",
            mask.share()
        );
    }

    proptest! {
        #[test]
        fn any_size_of_picture_serves(width in 1usize..300, height in 1usize..300, seed: u64) {
            let mut rng = ChaCha8Rng::seed_from_u64(seed);
            for preset in Preset::ALL {
                let kinds = presets::kinds(preset, width.min(height));
                let maker = MaskMaker::new(&kinds, Path::new("")).unwrap();
                let mask = maker.draw(width, height, &mut rng);
                prop_assert_eq!(mask.hole.len(), width * height);
                prop_assert!(mask.hole.iter().all(|&h| h <= 1));
            }
        }
    }
}
