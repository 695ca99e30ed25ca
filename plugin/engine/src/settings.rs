//! The one table of settings, and a set of values for it.
//!
//! The command's flags, GIMP's arguments and dialog, the OpenFX parameters, the keys of the C library and the manual
//! are all made from [`TABLE`]. Hosts store values by `id` and choices by position: rows and choices may be added at
//! the end, never moved or removed.

use crate::devices::Device;
use crate::error::Error;

/// One setting: what people see of it and what it takes.
#[derive(Debug)]
pub struct Setting {
    /// Key in scripts, in projects and in the C library: lower-case letters and `_`.
    pub id: &'static str,
    /// Short name in a dialog.
    pub label: &'static str,
    /// One or two sentences that say what changes in the picture.
    pub help: &'static str,
    /// Unit of the value, or "".
    pub unit: &'static str,
    /// What kind of value it takes, and in which range.
    pub kind: Kind,
    /// The default, written as in a script.
    pub default: &'static str,
    /// Heading under which dialogs and the manual put it.
    pub group: &'static str,
    /// Whether the value is a length in pixels of the picture, which hosts scale when they work on a proxy.
    pub scales: bool,
}

/// What a setting takes.
#[derive(Debug)]
pub enum Kind {
    /// Any text.
    Text,
    /// One of several words.
    Choice(&'static [Choice]),
    /// A whole number.
    Integer {
        /// Smallest and largest value accepted.
        range: (i64, i64),
        /// Smallest and largest value on a slider.
        slider: (i64, i64),
    },
    /// A number.
    Number {
        /// Smallest and largest value accepted.
        range: (f64, f64),
        /// Smallest and largest value on a slider.
        slider: (f64, f64),
        /// Step of a spin button.
        step: f64,
    },
}

/// One of the words that a choice takes.
#[derive(Debug)]
pub struct Choice {
    /// The word in scripts.
    pub id: &'static str,
    /// The name in a dialog.
    pub label: &'static str,
    /// What it does, in one sentence.
    pub help: &'static str,
}

const fn choice(id: &'static str, label: &'static str, help: &'static str) -> Choice {
    Choice { id, label, help }
}

/// All settings of a fill.
pub static TABLE: &[Setting] = &[
    Setting {
        id: "model",
        label: "Model",
        help: "Which network fills the hole: the name of a model in the models folders, or the path of an .onnx file.",
        unit: "",
        kind: Kind::Text,
        default: "gated",
        group: "Fill",
        scales: false,
    },
    Setting {
        id: "device",
        label: "Device",
        help: "Where the network runs. What cannot be had is replaced by the next best, and the result says so.",
        unit: "",
        kind: Kind::Choice(&[
            choice(
                "auto",
                "Best available",
                "A graphics card where one works, else the processor.",
            ),
            choice("cpu", "Processor", "The processor."),
            choice(
                "cuda",
                "NVIDIA card (CUDA)",
                "An NVIDIA graphics card, through CUDA.",
            ),
            choice(
                "directml",
                "Graphics card (DirectML)",
                "Any graphics card on Windows, through DirectML.",
            ),
            choice(
                "built-in",
                "Built-in runtime",
                "The processor, without ONNX Runtime: slower, and always there.",
            ),
        ]),
        default: "auto",
        group: "Fill",
        scales: false,
    },
    Setting {
        id: "grow",
        label: "Grow hole",
        help: "Widens the hole before it is filled, so that shadows and soft outlines of what was there go too.",
        unit: "pixels",
        kind: Kind::Integer {
            range: (0, 1000),
            slider: (0, 50),
        },
        default: "0",
        group: "Hole",
        scales: true,
    },
    Setting {
        id: "feather",
        label: "Feather",
        help: "Fades the fill into the picture over this distance, inside the hole.",
        unit: "pixels",
        kind: Kind::Number {
            range: (0.0, 1000.0),
            slider: (0.0, 50.0),
            step: 0.5,
        },
        default: "0",
        group: "Hole",
        scales: true,
    },
    Setting {
        id: "area",
        label: "Sampling area",
        help: "Which surroundings the network may look at.",
        unit: "",
        kind: Kind::Choice(&[
            choice("all", "All round", "Everything round the hole."),
            choice(
                "sides",
                "Sides",
                "Only what lies left and right of the hole.",
            ),
            choice(
                "above-below",
                "Above and below",
                "Only what lies above and below the hole.",
            ),
        ]),
        default: "all",
        group: "Surroundings",
        scales: false,
    },
    Setting {
        id: "context",
        label: "Context",
        help: "How much picture beside a large hole the network looks at, both sides together. More shows it the \
               composition, less keeps the fill sharper.",
        unit: "× size of the hole",
        kind: Kind::Number {
            range: (0.1, 8.0),
            slider: (0.25, 4.0),
            step: 0.25,
        },
        default: "1",
        group: "Surroundings",
        scales: false,
    },
    Setting {
        id: "passes",
        label: "Passes",
        help: "Lets the network fill the hole several times, mirrored in turn, and takes the median: cleaner fills for \
               as many times the work.",
        unit: "",
        kind: Kind::Integer {
            range: (1, 4),
            slider: (1, 4),
        },
        default: "1",
        group: "Quality",
        scales: false,
    },
    Setting {
        id: "texture",
        label: "Texture",
        help: "How much fine texture the picture itself lends to the fill, in place of the network's.",
        unit: "",
        kind: Kind::Choice(&[
            choice(
                "auto",
                "As the model asks",
                "As measured for each model and written on its card; at least half where a large fill had to be \
                 enlarged.",
            ),
            choice("off", "None", "The fill is as the network painted it."),
            choice(
                "half",
                "Half",
                "Half of the picture's, half of the network's.",
            ),
            choice("full", "Full", "The picture's alone."),
        ]),
        default: "auto",
        group: "Quality",
        scales: false,
    },
    Setting {
        id: "seed",
        label: "Seed",
        help: "Each number gives another fill of the same hole; the same number gives the same fill. 0 is the plain one.",
        unit: "",
        kind: Kind::Integer {
            range: (0, 2_147_483_647),
            slider: (0, 100),
        },
        default: "0",
        group: "Quality",
        scales: false,
    },
    Setting {
        id: "alpha",
        label: "Transparency",
        help: "What becomes of the alpha channel inside the hole.",
        unit: "",
        kind: Kind::Choice(&[
            choice(
                "auto",
                "Automatic",
                "Opaque where the hole was taken from the alpha channel, else kept.",
            ),
            choice("keep", "Keep", "The alpha channel stays as it is."),
            choice("opaque", "Opaque", "The fill is opaque."),
        ]),
        default: "auto",
        group: "Colour",
        scales: false,
    },
    Setting {
        id: "colour_correction",
        label: "Colour correction",
        help: "Shifts the colours of a fill so that they agree with the picture round the hole.",
        unit: "",
        kind: Kind::Choice(&[
            choice(
                "auto",
                "As the model asks",
                "As measured for each model and written on its card.",
            ),
            choice("off", "Off", "The fill is taken as it is."),
            choice("on", "On", "The fill is corrected."),
        ]),
        default: "auto",
        group: "Colour",
        scales: false,
    },
];

/// The setting with this id.
pub fn find(id: &str) -> Option<&'static Setting> {
    TABLE.iter().find(|setting| setting.id == id)
}

/// A value of the right kind and in range.
#[derive(Clone, Debug, PartialEq)]
enum Value {
    Text(String),
    /// Position in the list of choices.
    Choice(usize),
    Integer(i64),
    Number(f64),
}

impl Setting {
    fn parse(&self, text: &str) -> Result<Value, Error> {
        let wrong = |why: String| Error::Setting {
            key: self.id.into(),
            why,
        };
        let text = text.trim();
        match &self.kind {
            Kind::Text => Ok(Value::Text(text.into())),
            Kind::Choice(choices) => choices
                .iter()
                .position(|choice| choice.id == text)
                .map(Value::Choice)
                .ok_or_else(|| {
                    let ids: Vec<_> = choices.iter().map(|choice| choice.id).collect();
                    wrong(format!("'{text}' is none of {}", ids.join(", ")))
                }),
            &Kind::Integer {
                range: (low, high), ..
            } => match text.parse::<i64>() {
                Ok(value) if (low..=high).contains(&value) => Ok(Value::Integer(value)),
                _ => Err(wrong(format!(
                    "'{text}' is no whole number from {low} to {high}"
                ))),
            },
            &Kind::Number {
                range: (low, high), ..
            } => match text.parse::<f64>() {
                Ok(value) if (low..=high).contains(&value) => Ok(Value::Number(value)),
                _ => Err(wrong(format!("'{text}' is no number from {low} to {high}"))),
            },
        }
    }

    fn show(&self, value: &Value) -> String {
        match (value, &self.kind) {
            (Value::Text(text), _) => text.clone(),
            (&Value::Choice(index), Kind::Choice(choices)) => choices[index].id.into(),
            (Value::Choice(index), _) => index.to_string(),
            (Value::Integer(value), _) => value.to_string(),
            (Value::Number(value), _) => value.to_string(),
        }
    }
}

/// Which surroundings the network may look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// Everything round the hole.
    All,
    /// Only left and right of the hole.
    Sides,
    /// Only above and below the hole.
    AboveBelow,
}

/// What becomes of alpha inside the hole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlphaInHole {
    /// Opaque where the hole was taken from the alpha channel, else kept.
    Auto,
    /// Kept.
    Keep,
    /// The fill is opaque.
    Opaque,
}

/// Values for every setting of the [`TABLE`].
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// In the order of the table.
    values: Vec<Value>,
}

impl Default for Settings {
    fn default() -> Self {
        let default = |setting: &Setting| {
            setting
                .parse(setting.default)
                .unwrap_or_else(|error| unreachable!("the table's own default: {error}"))
        };
        Self {
            values: TABLE.iter().map(default).collect(),
        }
    }
}

impl Settings {
    /// Every setting at its default.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets one value from its text, as in a script: `settings.set("grow", "4")`.
    ///
    /// # Errors
    /// [`Error::Setting`] when there is no such setting or it does not take the value; nothing is changed then.
    pub fn set(&mut self, id: &str, text: &str) -> Result<(), Error> {
        let index = Self::index(id)?;
        self.values[index] = TABLE[index].parse(text)?;
        Ok(())
    }

    /// The value of one setting as text, in the form that [`Settings::set`] takes.
    ///
    /// # Errors
    /// [`Error::Setting`] when there is no such setting.
    pub fn get(&self, id: &str) -> Result<String, Error> {
        let index = Self::index(id)?;
        Ok(TABLE[index].show(&self.values[index]))
    }

    fn index(id: &str) -> Result<usize, Error> {
        TABLE
            .iter()
            .position(|setting| setting.id == id)
            .ok_or_else(|| {
                let ids: Vec<_> = TABLE.iter().map(|setting| setting.id).collect();
                Error::Setting {
                    key: id.into(),
                    why: format!("there is no such setting; there are {}", ids.join(", ")),
                }
            })
    }

    fn value(&self, id: &str) -> &Value {
        match Self::index(id) {
            Ok(index) => &self.values[index],
            Err(error) => unreachable!("accessors name rows of the table: {error}"),
        }
    }

    fn number(&self, id: &str) -> f64 {
        match self.value(id) {
            Value::Number(value) => *value,
            Value::Integer(value) => *value as f64,
            value => unreachable!("{id} is {value:?}"),
        }
    }

    fn integer(&self, id: &str) -> usize {
        match self.value(id) {
            Value::Integer(value) => usize::try_from(*value).unwrap_or(0),
            value => unreachable!("{id} is {value:?}"),
        }
    }

    fn choice(&self, id: &str) -> usize {
        match self.value(id) {
            Value::Choice(index) => *index,
            value => unreachable!("{id} is {value:?}"),
        }
    }

    /// Name or path of the model.
    pub fn model(&self) -> &str {
        match self.value("model") {
            Value::Text(text) => text,
            value => unreachable!("model is {value:?}"),
        }
    }

    /// Where the network should run.
    pub fn device(&self) -> Device {
        const DEVICES: [Device; 5] = [
            Device::Auto,
            Device::Cpu,
            Device::Cuda,
            Device::DirectMl,
            Device::BuiltIn,
        ];
        DEVICES[self.choice("device")]
    }

    /// Pixels by which the hole is widened.
    pub fn grow(&self) -> usize {
        self.integer("grow")
    }

    /// Pixels over which the fill fades in, inside the hole.
    pub fn feather(&self) -> f32 {
        self.number("feather") as f32
    }

    /// Which surroundings the network may look at.
    pub fn area(&self) -> Area {
        [Area::All, Area::Sides, Area::AboveBelow][self.choice("area")]
    }

    /// Picture beside the hole, both sides together, as a multiple of the hole's size.
    pub fn context(&self) -> f64 {
        self.number("context")
    }

    /// How often the network fills the hole: 1 to 4.
    pub fn passes(&self) -> usize {
        self.integer("passes")
    }

    /// How much texture the picture lends to the fill, 0 to 1; `None` means as the card says.
    pub fn texture(&self) -> Option<f32> {
        [None, Some(0.0), Some(0.5), Some(1.0)][self.choice("texture")]
    }

    /// Which of the possible fills.
    pub fn seed(&self) -> u32 {
        u32::try_from(self.integer("seed")).unwrap_or(u32::MAX)
    }

    /// What becomes of alpha inside the hole.
    pub fn alpha(&self) -> AlphaInHole {
        [AlphaInHole::Auto, AlphaInHole::Keep, AlphaInHole::Opaque][self.choice("alpha")]
    }

    /// Whether colours are corrected; `None` means as the card says.
    pub fn colour_correction(&self) -> Option<bool> {
        [None, Some(false), Some(true)][self.choice("colour_correction")]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        for (index, setting) in TABLE.iter().enumerate() {
            assert_eq!(
                Settings::index(setting.id).unwrap(),
                index,
                "{} stands twice",
                setting.id
            );
            assert!(
                setting
                    .id
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c == '_'),
                "{}",
                setting.id
            );
            assert!(
                !setting.label.is_empty() && setting.help.ends_with('.'),
                "{}",
                setting.id
            );
            let value = setting.parse(setting.default).unwrap();
            assert_eq!(setting.show(&value), setting.default);
            if let Kind::Integer { range, slider } = &setting.kind {
                assert!(
                    range.0 <= slider.0 && slider.0 < slider.1 && slider.1 <= range.1,
                    "{}",
                    setting.id
                );
            }
            if let Kind::Number {
                range,
                slider,
                step,
            } = &setting.kind
            {
                assert!(
                    range.0 <= slider.0 && slider.0 < slider.1 && slider.1 <= range.1,
                    "{}",
                    setting.id
                );
                assert!(*step > 0.0);
            }
        }
    }

    #[test]
    fn every_accessor_finds_its_row_and_every_choice_its_meaning() {
        let mut settings = Settings::new();
        for setting in TABLE {
            if let Kind::Choice(choices) = &setting.kind {
                for choice in *choices {
                    settings.set(setting.id, choice.id).unwrap();
                    assert_eq!(settings.get(setting.id).unwrap(), choice.id);
                    let _ = (
                        settings.device(),
                        settings.area(),
                        settings.alpha(),
                        settings.colour_correction(),
                    );
                }
            }
        }
        let settings = Settings::new();
        assert_eq!(settings.model(), "gated");
        assert_eq!(
            (settings.grow(), settings.feather(), settings.seed()),
            (0, 0.0, 0)
        );
        assert_eq!((settings.context(), settings.passes()), (1.0, 1));
    }

    #[test]
    fn wrong_values_are_told_with_what_would_be_right() {
        let mut settings = Settings::new();
        let before = settings.clone();
        for (id, text, word) in [
            ("grow", "-1", "0 to 1000"),
            ("grow", "many", "0 to 1000"),
            ("feather", "NaN", "0 to 1000"),
            ("device", "toaster", "directml"),
            ("colour", "on", "colour_correction"),
        ] {
            let message = settings.set(id, text).unwrap_err().to_string();
            assert!(message.contains(word) && message.contains(id), "{message}");
        }
        assert_eq!(settings, before);
    }
}
