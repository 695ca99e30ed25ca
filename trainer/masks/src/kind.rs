//! A kind of mask as a recipe describes it: what is drawn, and how often.

use crate::{Boxes, Polygons, Silhouettes, Strokes, WideStrokes};
use serde::{Deserialize, Serialize};

/// A kind of mask: one or several sorts of shapes on one mask.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct MaskKind {
    /// How often it is drawn, relative to the others.
    pub odds: f32,
    /// Strokes of a brush.
    pub strokes: Option<Strokes>,
    /// Strokes that are wide, and turn anywhere.
    pub wide_strokes: Option<WideStrokes>,
    /// Boxes.
    pub boxes: Option<Boxes>,
    /// Outlines of things, made up.
    pub polygons: Option<Polygons>,
    /// Outlines of things, from pictures.
    pub silhouettes: Option<Silhouettes>,
}

impl MaskKind {
    /// Says what is wrong with a description, before anything is drawn by it.
    ///
    /// # Errors
    /// A range that ends before it begins, odds that are no number, or nothing to draw.
    pub fn check(&self) -> Result<(), String> {
        // So large that their sum is still a number.
        if !(0.0..=1e6).contains(&self.odds) {
            return Err(format!("odds = {} must be from 0 to a million", self.odds));
        }
        let checks = [
            self.strokes.as_ref().map(Strokes::check),
            self.wide_strokes.as_ref().map(WideStrokes::check),
            self.boxes.as_ref().map(Boxes::check),
            self.polygons.as_ref().map(Polygons::check),
            self.silhouettes.as_ref().map(Silhouettes::check),
        ];
        if checks.iter().all(Option::is_none) {
            return Err(
                "a kind of mask needs strokes, wide_strokes, boxes, polygons or silhouettes".into(),
            );
        }
        checks.into_iter().flatten().collect()
    }

    /// The same kind in a picture `factor` times as large. Silhouettes, whose sizes are a user's own, stay.
    pub fn scaled(&self, factor: f32) -> MaskKind {
        MaskKind {
            odds: self.odds,
            strokes: self.strokes.map(|it| it.scaled(factor)),
            wide_strokes: self.wide_strokes.map(|it| it.scaled(factor)),
            boxes: self.boxes.map(|it| it.scaled(factor)),
            polygons: self.polygons.map(|it| it.scaled(factor)),
            silhouettes: self.silhouettes.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Heading;

    const BOX: Boxes = Boxes {
        count: (1, 1),
        side: (4, 4),
        margin: 0,
    };

    fn kind(odds: f32, boxes: Option<Boxes>) -> MaskKind {
        MaskKind {
            odds,
            boxes,
            ..MaskKind::default()
        }
    }

    #[test]
    fn a_wrong_description_is_refused_with_its_reason() {
        let falling = Boxes {
            side: (9, 4),
            ..BOX
        };
        assert_eq!(
            kind(1.0, Some(falling)).check(),
            Err("boxes.side = [9, 4] must not fall".into())
        );
        assert!(kind(1.0, None).check().is_err());
        for odds in [-1.0, f32::NAN, f32::INFINITY, 1e30] {
            assert!(kind(odds, Some(BOX)).check().is_err(), "{odds}");
        }
        let strokes = MaskKind {
            strokes: Some(Strokes {
                count: (1, 1),
                points: (2, 3),
                width: (4.0, f32::INFINITY),
                heading: Heading::Free,
            }),
            ..kind(1.0, None)
        };
        let error = strokes.check().unwrap_err();
        assert!(error.contains("strokes.width = [4, inf]"), "{error}");
        let silhouettes = MaskKind {
            silhouettes: Some(Silhouettes {
                folder: "shapes".into(),
                count: (1, 1),
                side: (10, 1_000_000),
            }),
            ..kind(1.0, None)
        };
        let error = silhouettes.check().unwrap_err();
        assert!(error.contains("silhouettes.side"), "{error}");
        assert_eq!(kind(0.0, Some(BOX)).check(), Ok(()));
    }
}
