//! What a user can choose: the engine's settings table, and what only a picture editor has.

use crate::engine::{Choice, Engine, Error, Kind, Setting, Settings};
use crate::stop::Stop;

/// Where the fill goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// Into the layer, mask or channel itself.
    InPlace,
    /// Into a new layer above it, which is transparent round the fill.
    Layer,
    /// Into a new layer above it, with a layer mask that shows the fill.
    LayerWithMask,
}

const OUTPUTS: [(Output, &str, &str, &str); 3] = [
    (
        Output::InPlace,
        "in-place",
        "In place",
        "The fill goes into the layer itself.",
    ),
    (
        Output::Layer,
        "new-layer",
        "New layer",
        "The fill goes into a new layer, which is transparent round it.",
    ),
    (
        Output::LayerWithMask,
        "new-layer-with-mask",
        "New layer with mask",
        "The fill goes into a new layer with a layer mask, to be painted on.",
    ),
];

/// Everything that can be chosen, in the order of arguments and dialog: the engine's table and our own rows.
pub fn table(mut engine: Vec<Setting>) -> Vec<Setting> {
    engine.push(Setting {
        id: "output".into(),
        label: "Output".into(),
        help: "Where the fill goes: into the layer itself, or into a new layer above it.".into(),
        unit: String::new(),
        group: "Output".into(),
        default: "in-place".into(),
        basic: true,
        shapes_hole: false,
        kind: Kind::Choice(
            OUTPUTS
                .map(|(_, id, label, help)| Choice {
                    id: id.into(),
                    label: label.into(),
                    help: help.into(),
                })
                .into(),
        ),
    });
    engine.push(Setting {
        id: "sketch".into(),
        label: "Sketch".into(),
        help: "A layer with lines that the fill follows inside the selection: a roof, a horizon. Draw them in any colour on a \
               transparent layer."
            .into(),
        unit: String::new(),
        group: "Fill".into(),
        default: String::new(),
        basic: false,
        shapes_hole: false,
        kind: Kind::Drawable,
    });
    engine.push(Setting {
        id: "sample_merged".into(),
        label: "Sample merged".into(),
        help: "Fill from everything that is visible and not from the selected layer alone.".into(),
        unit: String::new(),
        group: "Output".into(),
        default: "false".into(),
        basic: true,
        shapes_hole: false,
        kind: Kind::Toggle,
    });
    engine
}

/// A value for each setting of a table, by id.
pub type Values = Vec<(String, String)>;

/// Values from a text such as `grow=4 output=new-layer`; what is left out has its default.
pub fn from_text(table: &[Setting], text: &str) -> Result<Values, Stop> {
    let mut values: Values = table
        .iter()
        .map(|setting| (setting.id.clone(), setting.default.clone()))
        .collect();
    for word in text.split_whitespace() {
        let (id, value) = word
            .split_once('=')
            .ok_or_else(|| format!("\u{201c}{word}\u{201d} is not of the form setting=value"))?;
        let known = values
            .iter_mut()
            .find(|(known, _)| *known == id.replace('-', "_"));
        known
            .ok_or_else(|| format!("there is no setting called {id}"))?
            .1 = value.into();
    }
    Ok(values)
}

/// The model that these values mean: one to be opened, or the patches that need none.
pub fn model(values: &[(String, String)]) -> &str {
    let value = |wanted: &str| {
        let found = values.iter().find(|(id, _)| id == wanted);
        found.map_or("", |(_, value)| value)
    };
    match value("method") {
        "patch" => "patch",
        _ => value("model"),
    }
}

/// What was chosen.
pub struct Options {
    pub model: String,
    pub device: String,
    pub output: Output,
    pub sample_merged: bool,
    /// The number of the layer with the sketch.
    pub sketch: Option<i32>,
    /// What the engine is told about the hole.
    pub hole: Settings,
    /// What the engine is told about the fill of that hole: nothing that shapes it, because it has its shape already.
    pub fill: Settings,
    /// Whether the hole differs from the selection.
    pub reshapes: bool,
}

impl Options {
    /// Puts the values of the table's settings where they belong.
    pub fn new(
        engine: &Engine,
        table: &[Setting],
        values: &[(String, String)],
    ) -> Result<Self, Error> {
        let mut options = Self {
            model: model(values).to_owned(),
            device: String::new(),
            output: Output::InPlace,
            sample_merged: false,
            sketch: None,
            hole: engine.settings()?,
            fill: engine.settings()?,
            reshapes: false,
        };
        for (id, value) in values {
            match id.as_str() {
                "output" => {
                    let known = OUTPUTS.iter().find(|(_, id, ..)| id == value);
                    options.output = known.map_or(Output::InPlace, |(output, ..)| *output);
                    continue;
                }
                "sample_merged" => {
                    options.sample_merged = value == "true";
                    continue;
                }
                "sketch" => {
                    options.sketch = value.parse().ok();
                    continue;
                }
                "device" => options.device.clone_from(value),
                _ => {}
            }
            match table.iter().find(|setting| setting.id == *id) {
                Some(setting) if setting.shapes_hole => {
                    options.hole.set(id, value)?;
                    options.reshapes |= options.hole.get(id) != setting.default;
                }
                _ => options.fill.set(id, value)?,
            }
        }
        Ok(options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn patches_need_no_model() {
        let values = |method: &str| {
            let value = |id: &str, value: &str| (id.to_owned(), value.to_owned());
            [value("model", "gated"), value("method", method)]
        };
        assert_eq!(model(&values("auto")), "gated");
        assert_eq!(model(&values("patch")), "patch");
    }

    #[test]
    fn the_manual_has_our_own_settings() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/gimp.md");
        let manual = std::fs::read_to_string(file).unwrap();
        for setting in table(Vec::new()) {
            let argument = setting.id.replace('_', "-");
            let row = format!("| {} | `{argument}` |", setting.label);
            let row = manual.lines().find(|line| line.starts_with(&row));
            let row = row.unwrap_or_else(|| panic!("docs/gimp.md has no row for {argument}"));
            if let Kind::Choice(choices) = setting.kind {
                for choice in choices {
                    assert!(row.contains(&format!("`{}`", choice.id)), "{}", choice.id);
                }
            }
        }
    }
}
