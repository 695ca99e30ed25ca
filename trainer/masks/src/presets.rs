//! Kinds of masks by name, with the parameters of the papers that they come from.

use crate::{Boxes, Heading, MaskKind, Polygons, Strokes, WideStrokes};

/// The side for which the papers give their sizes, in pixels.
const SIDE: f32 = 256.0;

/// Kinds of masks that have a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// The free-form strokes of DeepFill v2.
    Strokes,
    /// DeepFill v2's training masks as they are used: strokes and a box of about a quarter of the picture.
    DeepFill,
    /// Boxes of about a fifth of the picture.
    Boxes,
    /// The training masks of LaMa: wide strokes or several boxes.
    Lama,
    /// Thin strokes: wires, scratches, lettering.
    Thin,
    /// Outlines of things, made up.
    Objects,
    /// All of them.
    Mixed,
}

impl Preset {
    /// Every preset.
    pub const ALL: [Preset; 7] = [
        Preset::Strokes,
        Preset::DeepFill,
        Preset::Boxes,
        Preset::Lama,
        Preset::Thin,
        Preset::Objects,
        Preset::Mixed,
    ];

    /// Its name on command lines.
    pub fn name(self) -> &'static str {
        match self {
            Preset::Strokes => "strokes",
            Preset::DeepFill => "deepfill",
            Preset::Boxes => "boxes",
            Preset::Lama => "lama",
            Preset::Thin => "thin",
            Preset::Objects => "objects",
            Preset::Mixed => "mixed",
        }
    }

    /// What it draws, in a line.
    pub fn about(self) -> &'static str {
        match self {
            Preset::Strokes => "Free-form strokes, as in DeepFill v2",
            Preset::DeepFill => "Strokes and a box on each mask, as DeepFill v2 is trained",
            Preset::Boxes => "A box",
            Preset::Lama => "Wide strokes or several boxes, as LaMa is trained",
            Preset::Thin => "Thin strokes: wires, scratches, lettering",
            Preset::Objects => "Outlines of things, made up",
            Preset::Mixed => "All of them",
        }
    }
}

/// The kinds of a preset, for pictures whose shorter side has `side` pixels.
pub fn kinds(preset: Preset, side: usize) -> Vec<MaskKind> {
    let kinds = match preset {
        Preset::Strokes => vec![strokes(1.0)],
        Preset::DeepFill => vec![MaskKind {
            boxes: Some(BOX),
            ..strokes(1.0)
        }],
        Preset::Boxes => vec![boxes(1.0, BOX)],
        Preset::Lama => vec![wide_strokes(1.0), boxes(1.0, LAMA_BOXES)],
        Preset::Thin => vec![thin(1.0)],
        Preset::Objects => vec![objects(1.0)],
        Preset::Mixed => vec![
            strokes(2.0),
            wide_strokes(1.0),
            boxes(0.5, BOX),
            boxes(0.5, LAMA_BOXES),
            thin(1.0),
            objects(2.0),
        ],
    };
    let factor = side as f32 / SIDE;
    kinds.iter().map(|kind| kind.scaled(factor)).collect()
}

/// DeepFill v2's box: 128 pixels, shrunk by up to 16 at each side.
const BOX: Boxes = Boxes {
    count: (1, 1),
    side: (96, 128),
    margin: 0,
};

/// LaMa's boxes.
const LAMA_BOXES: Boxes = Boxes {
    count: (1, 4),
    side: (30, 150),
    margin: 10,
};

fn boxes(odds: f32, boxes: Boxes) -> MaskKind {
    MaskKind {
        odds,
        boxes: Some(boxes),
        ..MaskKind::default()
    }
}

fn strokes(odds: f32) -> MaskKind {
    MaskKind {
        odds,
        strokes: Some(Strokes {
            count: (1, 3),
            points: (5, 12),
            width: (12.0, 40.0),
            heading: Heading::Mirrored,
        }),
        ..MaskKind::default()
    }
}

fn thin(odds: f32) -> MaskKind {
    MaskKind {
        odds,
        strokes: Some(Strokes {
            count: (1, 6),
            points: (2, 7),
            width: (2.0, 12.0),
            heading: Heading::Free,
        }),
        ..MaskKind::default()
    }
}

fn wide_strokes(odds: f32) -> MaskKind {
    MaskKind {
        odds,
        wide_strokes: Some(WideStrokes {
            count: (1, 5),
            segments: (1, 5),
            length: (10.0, 209.0),
            width: (5.0, 104.0),
        }),
        ..MaskKind::default()
    }
}

fn objects(odds: f32) -> MaskKind {
    MaskKind {
        odds,
        polygons: Some(Polygons {
            count: (1, 3),
            corners: (5, 24),
            radius: (16.0, 80.0),
            roughness: 0.5,
        }),
        ..MaskKind::default()
    }
}
