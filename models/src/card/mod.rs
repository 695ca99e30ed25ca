//! The model card: what a network expects, gives back, and may be used for.
//!
//! A card is the JSON file beside a model (`gated.onnx` has `gated.json`). It is written by the trainer's export and
//! by people who bring a model of their own, and read by the engine before the first picture reaches the network.
//!
//! ```json
//! {
//!   "version": 2,
//!   "name": "migan",
//!   "title": "MI-GAN 512",
//!   "inputs": {
//!     "picture": { "name": "image", "type": "u8", "range": "0..255" },
//!     "hole": { "name": "mask", "type": "u8", "range": "0..255", "meaning": "zero-is-hole" }
//!   },
//!   "output": { "name": "result", "type": "u8", "range": "0..255" },
//!   "size": { "multiple": 1, "working": 512 },
//!   "licence": "MIT"
//! }
//! ```
//!
//! Cards of version 1 are read too; what is written is always of version [`VERSION`].

mod check;
mod inputs;
mod provenance;
mod size;
mod v1;

use std::fs;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use inputs::{
    ChannelOrder, Element, GuideInput, HoleChannel, HoleInput, Inputs, Layout, Meaning, Output,
    PictureInput, Range,
};
pub use provenance::{BARE, Description, Provenance, Scores, Source, Training};
pub use size::Size;

/// The version of the card format that this crate writes, and the newest it reads.
pub const VERSION: u32 = 2;

/// Everything that has to be known about a model to run it honestly.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// Version of the card format: 2, also where an older card was read.
    pub version: u32,
    /// Short name: letters, digits, `-`, `_` and `.`; also the stem of the files.
    pub name: String,
    /// The name that people see.
    #[serde(default)]
    pub title: String,
    /// One or two sentences: what the model is good at.
    #[serde(default)]
    pub description: String,
    /// How the network is built.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub generator: Option<Description>,
    /// The inputs, by role.
    pub inputs: Inputs,
    /// The output that carries the filled picture.
    pub output: Output,
    /// Which picture sizes the network takes.
    #[serde(default)]
    pub size: Size,
    /// What is done to colours round the network.
    #[serde(default)]
    pub tone: Tone,
    /// How much texture is synthesised from the picture, 0 to 1. For networks whose predictions are soft: it is measured, and hurts sharp
    /// ones.
    #[serde(default)]
    pub texture: f32,
    /// SPDX expression for the weights, or a sentence.
    #[serde(default)]
    pub licence: String,
    /// Where the model comes from.
    #[serde(default)]
    pub provenance: Provenance,
    /// Measured scores, by protocol.
    #[serde(default, skip_serializing_if = "Scores::is_empty")]
    pub scores: Scores,
    /// Lower-case hexadecimal SHA-256 of the .onnx file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
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
    /// A card by our own convention: `picture` in -1 to 1 and `hole` in, `filled` out, sizes in multiples of `multiple`.
    pub fn own(name: &str, multiple: u32) -> Self {
        Self {
            version: VERSION,
            name: name.into(),
            title: String::new(),
            description: String::new(),
            generator: None,
            inputs: Inputs {
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
                guide: None,
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
            provenance: Provenance::default(),
            scores: Scores::new(),
            sha256: None,
        }
    }

    /// Takes a card of any version from its text, unchecked.
    ///
    /// # Errors
    /// Line, column and reason.
    pub fn parse(text: &str) -> serde_json::Result<Self> {
        #[derive(Deserialize)]
        struct Version {
            version: u32,
        }
        let Version { version } = serde_json::from_str(text)?;
        match version {
            1 => serde_json::from_str::<v1::Card>(text).map(Self::from),
            VERSION => serde_json::from_str(text),
            other => Err(serde::de::Error::custom(check::of_another_version(other))),
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
        let card = Self::parse(&text).map_err(|why| CardError::Format {
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
    let file = fs::File::open(path).map_err(fail)?;
    let mut hash = Sha256::new();
    // A model of 19 MB in the usual pieces of 8 KiB takes thousands of calls of the system.
    let mut file = BufReader::with_capacity(1 << 20, file);
    io::copy(&mut file, &mut hash).map_err(fail)?;
    Ok(hash
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_survives_the_disk() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("gated.json");
        let mut card = Card::own("gated", 8);
        card.scores
            .insert(BARE.into(), [("narrow.l1_percent".into(), 0.31)].into());
        card.inputs.guide = Some(GuideInput {
            name: "guide".into(),
            element: Element::F32,
            range: Range::ZeroToOne,
        });
        card.provenance.training = Some(Training {
            iterations: 7,
            began: Some("nothing".into()),
            ..Training::default()
        });
        card.write(&path).unwrap();
        assert_eq!(Card::read(&path).unwrap(), card);
    }

    #[test]
    fn the_example_in_the_documentation_reads() {
        let text: String = include_str!("mod.rs")
            .lines()
            .skip_while(|line| !line.starts_with("//! ```json"))
            .skip(1)
            .take_while(|line| !line.starts_with("//! ```"))
            .map(|line| line.trim_start_matches("//!"))
            .collect();
        let card = Card::parse(&text).unwrap();
        card.check().unwrap();
        assert_eq!(card.inputs.hole.meaning, Meaning::ZeroIsHole);
    }

    #[test]
    fn a_misspelt_field_is_an_error_that_names_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("wrong.json");
        let text = serde_json::to_string(&Card::own("gated", 8))
            .unwrap()
            .replace("\"licence\"", "\"license\"");
        fs::write(&path, text).unwrap();
        let message = Card::read(&path).unwrap_err().to_string();
        assert!(
            message.contains("wrong.json") && message.contains("license"),
            "{message}"
        );
    }

    #[test]
    fn a_card_of_a_later_version_says_so() {
        let error = Card::parse(r#"{ "version": 3, "shape": "unheard of" }"#).unwrap_err();
        assert!(error.to_string().contains("update Reweave"), "{error}");
    }
}
