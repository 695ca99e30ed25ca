//! What a user can choose: the engine's settings table, and what only a picture editor has.

use crate::engine::{Choice, Engine, Error, Kind, Setting, Settings};

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

/// Everything that can be chosen, in the order of arguments and dialog.
pub fn table(engine: Option<&Engine>) -> Vec<Setting> {
    let mut table = engine.map(Engine::table).unwrap_or_default();
    table.push(Setting {
        id: "output".into(),
        label: "Output".into(),
        help: "Where the fill goes: into the layer itself, or into a new layer above it.".into(),
        unit: String::new(),
        group: "Output".into(),
        default: "in-place".into(),
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
    table.push(Setting {
        id: "sample_merged".into(),
        label: "Sample merged".into(),
        help: "Fill from everything that is visible and not from the selected layer alone.".into(),
        unit: String::new(),
        group: "Output".into(),
        default: "false".into(),
        kind: Kind::Toggle,
    });
    table
}

/// Whether a setting is in sight when the dialog opens; the rest waits behind "More options".
pub fn in_sight(setting: &Setting) -> bool {
    [
        "model",
        "grow",
        "feather",
        "area",
        "output",
        "sample_merged",
    ]
    .contains(&setting.id.as_str())
}

/// What was chosen.
pub struct Options {
    pub model: String,
    pub device: String,
    /// Pixels by which the hole is widened beyond the selection.
    pub grow: i32,
    pub output: Output,
    pub sample_merged: bool,
    /// What the engine is told about the hole.
    pub hole: Settings,
    /// What the engine is told about the fill: no more growing and fading, the hole has that already.
    pub fill: Settings,
    /// Whether the hole differs from the selection.
    pub reshapes: bool,
}

impl Options {
    /// Puts the values of the table's settings where they belong.
    pub fn new(engine: &Engine, values: &[(String, String)]) -> Result<Self, Error> {
        let mut options = Self {
            model: String::new(),
            device: String::new(),
            grow: 0,
            output: Output::InPlace,
            sample_merged: false,
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
                "model" => options.model.clone_from(value),
                "device" => options.device.clone_from(value),
                "grow" => options.grow = value.parse().unwrap_or(0),
                _ => {}
            }
            options.hole.set(id, value)?;
            match id.as_str() {
                "grow" | "feather" => {
                    options.reshapes |= value.parse::<f64>().is_ok_and(|pixels| pixels > 0.0)
                }
                _ => options.fill.set(id, value)?,
            }
        }
        Ok(options)
    }
}
