//! The model card: what a network expects, gives back, and may be used for.
//!
//! A card is the JSON file beside a model (`gated.onnx` has `gated.json`). It is written by the trainer's export and
//! by people who bring a model of their own, and read by the engine before the first picture reaches the network.
//!
//! ```json
//! {
//!   "version": 1,
//!   "name": "migan",
//!   "title": "MI-GAN 512",
//!   "picture": { "name": "image", "type": "u8", "range": "0..255" },
//!   "hole": { "name": "mask", "type": "u8", "range": "0..255", "meaning": "zero-is-hole" },
//!   "output": { "name": "result", "type": "u8", "range": "0..255" },
//!   "size": { "multiple": 1, "working": 512 },
//!   "licence": "MIT"
//! }
//! ```

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The version of the card format that this crate writes, and the newest it reads.
pub const VERSION: u32 = 1;

/// Everything that has to be known about a model to run it honestly.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// Version of the card format: 1.
    pub version: u32,
    /// Short name: letters, digits, `-`, `_` and `.`; also the stem of the files.
    pub name: String,
    /// The name that people see.
    #[serde(default)]
    pub title: String,
    /// One or two sentences: what the model is good at.
    #[serde(default)]
    pub description: String,
    /// How the network is built, for models made here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network: Option<NetworkKind>,
    /// The input that carries the picture.
    pub picture: PictureInput,
    /// How the network learns where the hole is.
    pub hole: HoleInput,
    /// The output that carries the filled picture.
    pub output: Output,
    /// Which picture sizes the network takes.
    #[serde(default)]
    pub size: Size,
    /// What is done to colours round the network.
    #[serde(default)]
    pub tone: Tone,
    /// How much texture the picture lends to fills, 0 to 1. For networks that paint soft: it is measured, and hurts sharp
    /// ones.
    #[serde(default)]
    pub texture: f32,
    /// SPDX expression for the weights, or a sentence.
    #[serde(default)]
    pub licence: String,
    /// Where the training pictures (or the model itself) came from.
    #[serde(default)]
    pub sources: Vec<String>,
    /// How it was trained, for models made here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub training: Option<Training>,
    /// Measured scores, such as `"narrow.l1_percent": 0.35`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub scores: BTreeMap<String, f64>,
    /// Lower-case hexadecimal SHA-256 of the .onnx file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
}

/// Which of our networks it is, and how wide.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NetworkKind {
    /// `gated`, `partial`, …
    pub kind: String,
    /// Channels of the first layer, as the network's own documentation counts them.
    pub width: u32,
    /// Whether the hole is prefilled and each stage predicts a correction.
    #[serde(default)]
    pub residual: bool,
    /// Whether there is a contextual attention branch.
    #[serde(default)]
    pub attention: bool,
}

/// The input tensor that carries the picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PictureInput {
    /// Name of the tensor in the model.
    pub name: String,
    /// Order of the axes.
    #[serde(default)]
    pub layout: Layout,
    /// Type of the elements.
    #[serde(rename = "type", default)]
    pub element: Element,
    /// What black and white are.
    pub range: Range,
    /// Order of the colours.
    #[serde(default)]
    pub channels: ChannelOrder,
    /// Set where the network wants the hole's pixels blanked out before it sees them: the value, in the units of
    /// `range`. Networks made here blank the hole themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blank: Option<f32>,
}

/// How the network learns where the hole is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HoleInput {
    /// Name of the tensor; absent when the hole is a fourth channel of the picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where the extra channel stands, when there is no tensor of its own.
    #[serde(default)]
    pub channel: HoleChannel,
    /// Type of the elements; of the picture's type when it is a channel.
    #[serde(rename = "type", default)]
    pub element: Element,
    /// Which of the two values means hole.
    #[serde(default)]
    pub meaning: Meaning,
    /// The two values.
    #[serde(default)]
    pub range: Range,
}

/// The output tensor that carries the filled picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Output {
    /// Name of the tensor in the model.
    pub name: String,
    /// Type of the elements.
    #[serde(rename = "type", default)]
    pub element: Element,
    /// What black and white are.
    pub range: Range,
}

/// Which picture sizes a network takes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Size {
    /// Width and height have to be multiples of this.
    #[serde(default = "Size::default_multiple")]
    pub multiple: u32,
    /// `[width, height]` for a model that takes one size only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fixed: Option<[u32; 2]>,
    /// The shortest side that works.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<u32>,
    /// The longest side at which the network is good: larger regions are shown to it smaller.
    #[serde(default = "Size::default_working")]
    pub working: u32,
    /// Pixels of surroundings that the network wants to see on each side of a hole at least. A quarter of `working` where
    /// it is absent; a network that looks no farther is quicker with less.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub context: Option<u32>,
}

/// What is done to colours round the network.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tone {
    /// Shift each fill so that its ring of known pixels agrees with the picture. Only for models whose fills drift:
    /// it is measured, not guessed, and hurts models that do not.
    #[serde(default)]
    pub colour_correction: bool,
}

/// How a model was trained.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Training {
    /// Generator updates.
    #[serde(default)]
    pub iterations: u64,
    /// The recipe, as the trainer read it.
    #[serde(default)]
    pub recipe: String,
    /// Anything else worth telling: losses, teacher, hardware, hours.
    #[serde(flatten)]
    pub more: BTreeMap<String, serde_json::Value>,
}

/// Order of the axes of the picture tensor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Layout {
    /// Batch, channels, height, width.
    #[default]
    #[serde(rename = "NCHW")]
    Nchw,
    /// Batch, height, width, channels.
    #[serde(rename = "NHWC")]
    Nhwc,
}

/// Type of a tensor's elements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Element {
    /// 32-bit float.
    #[default]
    #[serde(rename = "f32")]
    F32,
    /// 8-bit unsigned integer.
    #[serde(rename = "u8")]
    U8,
}

/// What black and white are in a tensor, or off and on in a mask.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Range {
    /// Black is -1, white is 1.
    #[serde(rename = "-1..1")]
    MinusOneToOne,
    /// Black is 0, white is 1.
    #[default]
    #[serde(rename = "0..1")]
    ZeroToOne,
    /// Black is 0, white is 255.
    #[serde(rename = "0..255")]
    ZeroTo255,
    /// -0.5 and 0.5, which some masks use.
    #[serde(rename = "-0.5..0.5")]
    MinusHalfToHalf,
}

impl Range {
    /// The values of black and of white.
    pub const fn ends(self) -> (f32, f32) {
        match self {
            Self::MinusOneToOne => (-1.0, 1.0),
            Self::ZeroToOne => (0.0, 1.0),
            Self::ZeroTo255 => (0.0, 255.0),
            Self::MinusHalfToHalf => (-0.5, 0.5),
        }
    }
}

/// Order of the colours in the picture tensor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChannelOrder {
    /// Red, green, blue.
    #[default]
    Rgb,
    /// Blue, green, red.
    Bgr,
}

/// Where the hole stands when it is a channel of the picture tensor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HoleChannel {
    /// After the colours.
    #[default]
    Last,
    /// Before the colours.
    First,
}

/// Which value of the mask means hole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Meaning {
    /// The upper end of the range is hole.
    #[default]
    OneIsHole,
    /// The lower end of the range is hole.
    ZeroIsHole,
}

impl Default for Size {
    fn default() -> Self {
        Self {
            multiple: Self::default_multiple(),
            fixed: None,
            min: None,
            working: Self::default_working(),
            context: None,
        }
    }
}

impl Size {
    const fn default_multiple() -> u32 {
        8
    }

    const fn default_working() -> u32 {
        512
    }
}

/// Why a card could not be used.
#[derive(Debug, thiserror::Error)]
pub enum CardError {
    /// The file could not be read or written.
    #[error("{path}: {source}")]
    File {
        /// The card, or the model beside it.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The text is no card.
    #[error("{path} is not a model card: {why}")]
    Format {
        /// The card.
        path: PathBuf,
        /// Line, column and reason.
        why: String,
    },
    /// The card contradicts itself or is of a later version.
    #[error("the card {card} cannot be used: {why}")]
    Content {
        /// The card's file, or the model's name where there is no file yet.
        card: String,
        /// What is wrong and what would be right.
        why: String,
    },
}

impl Card {
    /// A card for one of our own networks: `picture` and `hole` in, `filled` out, sizes in multiples of `multiple`.
    pub fn own(name: &str, network: NetworkKind, multiple: u32) -> Self {
        Self {
            version: VERSION,
            name: name.into(),
            title: String::new(),
            description: String::new(),
            network: Some(network),
            picture: PictureInput {
                name: "picture".into(),
                layout: Layout::Nchw,
                element: Element::F32,
                range: Range::MinusOneToOne,
                channels: ChannelOrder::Rgb,
                blank: None,
            },
            hole: HoleInput {
                name: Some("hole".into()),
                channel: HoleChannel::Last,
                element: Element::F32,
                meaning: Meaning::OneIsHole,
                range: Range::ZeroToOne,
            },
            output: Output {
                name: "filled".into(),
                element: Element::F32,
                range: Range::MinusOneToOne,
            },
            size: Size {
                multiple,
                ..Size::default()
            },
            tone: Tone::default(),
            texture: 0.0,
            licence: String::new(),
            sources: Vec::new(),
            training: None,
            scores: BTreeMap::new(),
            sha256: None,
        }
    }

    /// Reads and checks the card at `path`.
    ///
    /// # Errors
    /// When the file cannot be read, is no card, or contradicts itself; the message names the file or the model.
    pub fn read(path: &Path) -> Result<Self, CardError> {
        let text = fs::read_to_string(path).map_err(|source| CardError::File {
            path: path.into(),
            source,
        })?;
        let card: Self = serde_json::from_str(&text).map_err(|why| CardError::Format {
            path: path.into(),
            why: why.to_string(),
        })?;
        card.check().map_err(|error| match error {
            CardError::Content { why, .. } => CardError::Content {
                card: path.display().to_string(),
                why,
            },
            other => other,
        })?;
        Ok(card)
    }

    /// Checks the card and writes it to `path` as indented JSON.
    ///
    /// # Errors
    /// When the card contradicts itself or the file cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), CardError> {
        self.check()?;
        let mut text = serde_json::to_string_pretty(self).map_err(|why| CardError::Format {
            path: path.into(),
            why: why.to_string(),
        })?;
        text.push('\n');
        fs::write(path, text).map_err(|source| CardError::File {
            path: path.into(),
            source,
        })
    }

    /// Checks what a card promises on its own, without the model.
    ///
    /// # Errors
    /// [`CardError::Content`], saying what is wrong.
    pub fn check(&self) -> Result<(), CardError> {
        let wrong = |why: String| {
            Err(CardError::Content {
                card: format!("of model '{}'", self.name),
                why,
            })
        };
        if self.version == 0 || self.version > VERSION {
            return wrong(format!(
                "it is of version {}, this program reads up to {VERSION}: update Reweave",
                self.version
            ));
        }
        if self.name.is_empty()
            || self.name.starts_with('.')
            || !self
                .name
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
        {
            return wrong("name must be made of letters, digits, '-', '_' and '.', and not begin with '.'".into());
        }
        if !(0.0..=1.0).contains(&self.texture) {
            return wrong(format!(
                "texture is {}, it must lie in 0 to 1",
                self.texture
            ));
        }
        let Size {
            multiple,
            fixed,
            min,
            working,
            context,
        } = self.size;
        if multiple == 0 || multiple > 4096 {
            return wrong(format!(
                "size.multiple is {multiple}, it must lie in 1 to 4096"
            ));
        }
        if !(8..=8192).contains(&working) {
            return wrong(format!(
                "size.working is {working}, it must lie in 8 to 8192"
            ));
        }
        if context.is_some_and(|context| context > working / 4) {
            return wrong(format!(
                "size.context is {context:?}, it must be a quarter of size.working at most"
            ));
        }
        if min.is_some_and(|min| min == 0 || min > 8192) {
            return wrong("size.min must lie in 1 to 8192".into());
        }
        if let Some(sides) = fixed
            && !sides.iter().all(|side| (1..=8192).contains(side))
        {
            return wrong(format!(
                "size.fixed is {sides:?}, each side must lie in 1 to 8192"
            ));
        }
        if self.picture.element == Element::U8 && self.picture.range != Range::ZeroTo255 {
            return wrong("picture.type u8 goes with picture.range 0..255".into());
        }
        if self.output.element == Element::U8 && self.output.range != Range::ZeroTo255 {
            return wrong("output.type u8 goes with output.range 0..255".into());
        }
        if self.hole.element == Element::U8
            && !matches!(self.hole.range, Range::ZeroToOne | Range::ZeroTo255)
        {
            return wrong("hole.type u8 goes with hole.range 0..1 or 0..255".into());
        }
        if self.hole.name.is_none() && self.hole.element != self.picture.element {
            return wrong(
                "a hole that is a channel of the picture must be of the picture's type".into(),
            );
        }
        if let Some(sha) = &self.sha256
            && (sha.len() != 64
                || !sha
                    .bytes()
                    .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)))
        {
            return wrong("sha256 must be 64 lower-case hexadecimal digits".into());
        }
        Ok(())
    }

    /// The title where there is one, else the name.
    pub fn shown_name(&self) -> &str {
        if self.title.is_empty() {
            &self.name
        } else {
            &self.title
        }
    }
}

/// Lower-case hexadecimal SHA-256 of the file at `path`.
///
/// # Errors
/// When the file cannot be read.
pub fn sha256_of(path: &Path) -> Result<String, CardError> {
    let fail = |source| CardError::File {
        path: path.into(),
        source,
    };
    let mut file = fs::File::open(path).map_err(fail)?;
    let mut hash = Sha256::new();
    std::io::copy(&mut file, &mut hash).map_err(fail)?;
    Ok(hash
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own() -> Card {
        let network = NetworkKind {
            kind: "gated".into(),
            width: 24,
            residual: true,
            attention: false,
        };
        Card::own("gated", network, 8)
    }

    #[test]
    fn a_card_survives_the_disk() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("gated.json");
        let mut card = own();
        card.scores.insert("narrow.l1_percent".into(), 0.31);
        card.training = Some(Training {
            iterations: 7,
            ..Training::default()
        });
        card.write(&path).unwrap();
        assert_eq!(Card::read(&path).unwrap(), card);
    }

    #[test]
    fn the_example_in_the_documentation_reads() {
        let text: String = include_str!("card.rs")
            .lines()
            .skip_while(|line| !line.starts_with("//! ```json"))
            .skip(1)
            .take_while(|line| !line.starts_with("//! ```"))
            .map(|line| line.trim_start_matches("//!"))
            .collect();
        let card: Card = serde_json::from_str(&text).unwrap();
        card.check().unwrap();
        assert_eq!(card.hole.meaning, Meaning::ZeroIsHole);
    }

    #[test]
    fn contradictions_are_named() {
        let folder = tempfile::tempdir().unwrap();
        type Spoil = fn(&mut Card);
        let wrongs: [(Spoil, &str); 8] = [
            (|c| c.version = 99, "version"),
            (|c| c.name = "a/b".into(), "name"),
            (|c| c.size.multiple = 0, "multiple"),
            (|c| c.size.fixed = Some([512, 0]), "fixed"),
            (|c| c.picture.element = Element::U8, "u8"),
            (|c| c.size.context = Some(200), "context"),
            (|c| c.texture = f32::NAN, "texture"),
            (|c| c.sha256 = Some("ABC".into()), "sha256"),
        ];
        for (spoil, word) in wrongs {
            let mut card = own();
            spoil(&mut card);
            let message = card
                .write(&folder.path().join("x.json"))
                .unwrap_err()
                .to_string();
            assert!(message.contains(word), "{message}");
        }
    }

    #[test]
    fn a_misspelt_field_is_an_error_that_names_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("wrong.json");
        let text = serde_json::to_string(&own())
            .unwrap()
            .replace("\"licence\"", "\"license\"");
        fs::write(&path, text).unwrap();
        let message = Card::read(&path).unwrap_err().to_string();
        assert!(
            message.contains("wrong.json") && message.contains("license"),
            "{message}"
        );
    }
}
