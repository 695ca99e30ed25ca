//! The one table of settings.
//!
//! Hosts store values by `id` and choices by position: rows and choices may be added at the end, never moved or
//! removed. A new row needs a field in [`Settings`], with its default there, and the code of its stage.

use super::kind::Kind;
use super::row::{Level, Row, Stage};
use super::values::{AlphaInHole, Area, ColourCorrection, Method, Settings, Texture};
use crate::runtime::Device;

/// All settings of a fill.
pub static TABLE: &[Row<Settings>] = &[
    Row {
        id: "model",
        label: "Model",
        help: "Which network fills the hole: the name of a model in the models folders, or the path of an .onnx file.",
        unit: "",
        group: "Fill",
        level: Level::Basic,
        stage: Stage::Plan,
        scales: false,
        kind: Kind::Text {
            get: |settings| &settings.model,
            set: |settings, model| settings.model = model,
        },
    },
    Row {
        id: "device",
        label: "Device",
        help: "Where the network runs. What cannot be had is replaced by the next best, and the result says so.",
        unit: "",
        group: "Fill",
        level: Level::Advanced,
        stage: Stage::Network,
        scales: false,
        kind: Kind::Choice {
            choices: Device::CHOICES,
            get: |settings| settings.device as usize,
            set: |settings, at| settings.device = Device::ALL[at],
        },
    },
    Row {
        id: "grow",
        label: "Grow hole",
        help: "Widens the hole before it is filled, so that shadows and soft outlines of what was there go too.",
        unit: "pixels",
        group: "Hole",
        level: Level::Basic,
        stage: Stage::Hole,
        scales: true,
        kind: Kind::Whole {
            range: (0, 1000),
            slider: (0, 50),
            get: |settings| settings.grow.into(),
            set: |settings, pixels| settings.grow = pixels as u32,
        },
    },
    Row {
        id: "feather",
        label: "Feather",
        help: "Fades the fill into the picture over this distance, inside the hole.",
        unit: "pixels",
        group: "Hole",
        level: Level::Basic,
        stage: Stage::Hole,
        scales: true,
        kind: Kind::Number {
            range: (0.0, 1000.0),
            slider: (0.0, 50.0),
            step: 0.5,
            get: |settings| settings.feather,
            set: |settings, pixels| settings.feather = pixels,
        },
    },
    Row {
        id: "area",
        label: "Sampling area",
        help: "Which surroundings the fill is made from.",
        unit: "",
        group: "Surroundings",
        level: Level::Basic,
        stage: Stage::Plan,
        scales: false,
        kind: Kind::Choice {
            choices: Area::CHOICES,
            get: |settings| settings.area as usize,
            set: |settings, at| settings.area = Area::ALL[at],
        },
    },
    Row {
        id: "context",
        label: "Context",
        help: "How much picture beside a large hole the network looks at, both sides together. More shows it the \
               composition, less keeps the fill sharper.",
        unit: "× size of the hole",
        group: "Surroundings",
        level: Level::Advanced,
        stage: Stage::Plan,
        scales: false,
        kind: Kind::Number {
            range: (0.1, 8.0),
            slider: (0.25, 4.0),
            step: 0.25,
            get: |settings| settings.context,
            set: |settings, context| settings.context = context,
        },
    },
    Row {
        id: "passes",
        label: "Passes",
        help: "Lets the network fill the hole several times, mirrored in turn, and takes the median: cleaner fills for \
               as many times the work.",
        unit: "",
        group: "Quality",
        level: Level::Advanced,
        stage: Stage::Network,
        scales: false,
        kind: Kind::Whole {
            range: (1, 4),
            slider: (1, 4),
            get: |settings| settings.passes.into(),
            set: |settings, passes| settings.passes = passes as u32,
        },
    },
    Row {
        id: "texture",
        label: "Texture",
        help: "How much fine texture is synthesised from the picture, in place of the network's.",
        unit: "",
        group: "Quality",
        level: Level::Advanced,
        stage: Stage::Texture,
        scales: false,
        kind: Kind::Choice {
            choices: Texture::CHOICES,
            get: |settings| settings.texture as usize,
            set: |settings, at| settings.texture = Texture::ALL[at],
        },
    },
    Row {
        id: "seed",
        label: "Seed",
        help: "Each number gives another fill of the same hole; the same number gives the same fill. 0 is the plain one.",
        unit: "",
        group: "Quality",
        level: Level::Advanced,
        stage: Stage::Plan,
        scales: false,
        kind: Kind::Whole {
            range: (0, 2_147_483_647),
            slider: (0, 100),
            get: |settings| settings.seed.into(),
            set: |settings, seed| settings.seed = seed as u32,
        },
    },
    Row {
        id: "alpha",
        label: "Transparency",
        help: "What becomes of the alpha channel inside the hole.",
        unit: "",
        group: "Colour",
        level: Level::Advanced,
        stage: Stage::Blend,
        scales: false,
        kind: Kind::Choice {
            choices: AlphaInHole::CHOICES,
            get: |settings| settings.alpha as usize,
            set: |settings, at| settings.alpha = AlphaInHole::ALL[at],
        },
    },
    Row {
        id: "colour_correction",
        label: "Colour correction",
        help: "Shifts the colours of a fill so that they agree with the picture round the hole.",
        unit: "",
        group: "Colour",
        level: Level::Advanced,
        stage: Stage::Texture,
        scales: false,
        kind: Kind::Choice {
            choices: ColourCorrection::CHOICES,
            get: |settings| settings.colour_correction as usize,
            set: |settings, at| settings.colour_correction = ColourCorrection::ALL[at],
        },
    },
    Row {
        id: "method",
        label: "Method",
        help: "What fills the hole: the network, patches that are copied from the picture itself, or both together.",
        unit: "",
        group: "Fill",
        level: Level::Basic,
        stage: Stage::Plan,
        scales: false,
        kind: Kind::Choice {
            choices: Method::CHOICES,
            get: |settings| settings.method as usize,
            set: |settings, at| settings.method = Method::ALL[at],
        },
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Value;

    #[test]
    fn every_row_can_be_shown() {
        for (index, row) in TABLE.iter().enumerate() {
            let first = TABLE.iter().position(|other| other.id == row.id);
            assert_eq!(first, Some(index), "{} stands twice", row.id);
            let plain = |letter: char| letter.is_ascii_lowercase() || letter == '_';
            assert!(row.id.chars().all(plain), "{}", row.id);
            assert!(
                !row.label.is_empty() && row.help.ends_with('.') && !row.group.is_empty(),
                "{}",
                row.id
            );
            let inside = match row.kind {
                Kind::Whole { range, slider, .. } => {
                    range.0 <= slider.0 && slider.0 < slider.1 && slider.1 <= range.1
                }
                Kind::Number {
                    range,
                    slider,
                    step,
                    ..
                } => {
                    range.0 <= slider.0
                        && slider.0 < slider.1
                        && slider.1 <= range.1
                        && step > 0.0
                        && step < slider.1 - slider.0
                }
                Kind::Choice { choices, .. } => choices
                    .iter()
                    .all(|choice| !choice.label.is_empty() && choice.help.ends_with('.')),
                Kind::Toggle { .. } | Kind::Text { .. } => true,
            };
            assert!(inside, "{}", row.id);
        }
    }

    /// Values of a row that are not its default: the ends of its range, or all its choices.
    fn others(row: &Row<Settings>) -> Vec<Value> {
        let values = match row.kind {
            Kind::Toggle { .. } => vec![Value::Toggle(false), Value::Toggle(true)],
            Kind::Choice { choices, .. } => (0..choices.len()).map(Value::Choice).collect(),
            Kind::Whole { range, .. } => vec![Value::Whole(range.0), Value::Whole(range.1)],
            Kind::Number { range, .. } => vec![Value::Number(range.0), Value::Number(range.1)],
            Kind::Text { .. } => vec![Value::Text("another".into())],
        };
        let default = row.default_value();
        values
            .into_iter()
            .filter(|value| *value != default)
            .collect()
    }

    /// A row that led to the field of another one would change that, or lose the number in a smaller type.
    #[test]
    fn every_row_keeps_its_value_and_leaves_the_others_alone() {
        for row in TABLE {
            assert!(row.takes(&row.default_value()), "{}", row.id);
            let others = others(row);
            assert!(!others.is_empty(), "{}", row.id);
            for value in others {
                let mut settings = Settings::new();
                row.write(&mut settings, value.clone()).unwrap();
                for other in TABLE {
                    let wanted = if other.id == row.id {
                        value.clone()
                    } else {
                        other.default_value()
                    };
                    assert_eq!(other.read(&settings), wanted, "{} by {}", other.id, row.id);
                }
                assert_eq!(row.parse(&row.word(&value)).unwrap(), value, "{}", row.id);
            }
        }
    }

    #[test]
    fn defaults_are_what_the_manual_says() {
        let words = TABLE.iter().map(|row| row.word(&row.default_value()));
        let wanted = [
            "gated", "auto", "0", "0", "all", "1", "1", "auto", "0", "auto", "auto", "auto",
        ];
        assert_eq!(words.collect::<Vec<_>>(), wanted);
    }
}
