//! Where a model comes from, and how good it was found.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::nets::Generator;

/// How a network is built.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Description {
    /// One of ours: it can be built again from this.
    Known(Generator),
    /// Of another maker or of a later version: kept, not understood. Running the model does not need it.
    Other(serde_json::Map<String, serde_json::Value>),
}

/// Where a model comes from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provenance {
    /// What it was trained on, or where the model itself was taken from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// How it was trained.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub training: Option<Training>,
}

/// Pictures that a model was trained on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// What they are, and where they can be found.
    pub name: String,
    /// Under which licence they may be used: an SPDX expression, or a sentence. Empty where it is not known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub licence: String,
}

/// From `NAME: LICENCE`, as recipes and cards of version 1 have it; a text without `: ` is a name.
impl From<&str> for Source {
    fn from(text: &str) -> Self {
        let (name, licence) = text.rsplit_once(": ").unwrap_or((text, ""));
        Self {
            name: name.into(),
            licence: licence.into(),
        }
    }
}

/// How a model was trained.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Training {
    /// What it began from: `nothing`, or the name of another model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub began: Option<String>,
    /// Generator updates.
    #[serde(default)]
    pub iterations: u64,
    /// Hours of computing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<f64>,
    /// On what they were computed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hardware: Option<String>,
    /// The recipe, as the trainer read it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub recipe: String,
    /// Anything else worth telling.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub notes: BTreeMap<String, serde_json::Value>,
}

/// Measured scores: by protocol, then by what was measured, such as `narrow.l1_percent`. Scores of different protocols
/// cannot be compared.
pub type Scores = BTreeMap<String, BTreeMap<String, f64>>;

/// The protocol of `reweave-train score`: the network alone on whole validation pictures, known pixels put back.
pub const BARE: &str = "bare";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_licence_stands_after_the_last_colon() {
        let source = Source::from("Wallpapers: KDE: CC0, CC BY");
        assert_eq!(
            (source.name.as_str(), source.licence.as_str()),
            ("Wallpapers: KDE", "CC0, CC BY")
        );
        let source = Source::from("https://example.org/pictures");
        assert_eq!(
            (source.name.as_str(), source.licence.as_str()),
            ("https://example.org/pictures", "")
        );
    }

    #[test]
    fn a_network_that_is_not_ours_is_kept() {
        let text = r#"{"kind":"stable-diffusion","steps":20}"#;
        let description: Description = serde_json::from_str(text).unwrap();
        assert!(matches!(description, Description::Other(_)));
        assert_eq!(serde_json::to_string(&description).unwrap(), text);
    }
}
