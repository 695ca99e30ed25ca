//! Cards of version 1, made into ones of today when they are read.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::{
    BARE, Description, HoleInput, Inputs, Output, PictureInput, Provenance, Scores, Size, Source,
    Tone, Training, VERSION,
};
use crate::nets::{Generator, deepfill::DeepFill, partial_unet::PartialUnet};

/// A card as version 1 had it: picture and hole beside everything else, texts as sources, scores of one protocol.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Card {
    #[serde(rename = "version")]
    _version: u32,
    name: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    description: String,
    network: Option<NetworkKind>,
    picture: PictureInput,
    hole: HoleInput,
    output: Output,
    #[serde(default)]
    size: Size,
    #[serde(default)]
    tone: Tone,
    #[serde(default)]
    texture: f32,
    #[serde(default)]
    licence: String,
    #[serde(default)]
    sources: Vec<String>,
    training: Option<OldTraining>,
    #[serde(default)]
    scores: BTreeMap<String, f64>,
    sha256: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NetworkKind {
    kind: String,
    width: u32,
    #[serde(default)]
    residual: bool,
    #[serde(default)]
    attention: bool,
}

#[derive(Deserialize)]
struct OldTraining {
    #[serde(default)]
    iterations: u64,
    #[serde(default)]
    recipe: String,
    #[serde(flatten)]
    more: BTreeMap<String, Value>,
}

/// Scores of version 1 did not say how they were measured. Those of models made here were made by one program.
const UNNAMED: &str = "unnamed";

impl From<Card> for super::Card {
    fn from(old: Card) -> Self {
        let protocol = match old.training {
            Some(_) => BARE,
            None => UNNAMED,
        };
        let scores = if old.scores.is_empty() {
            Scores::new()
        } else {
            Scores::from([(protocol.into(), old.scores)])
        };
        let provenance = Provenance {
            sources: old
                .sources
                .iter()
                .map(|text| Source::from(text.as_str()))
                .collect(),
            training: old.training.map(|training| Training {
                iterations: training.iterations,
                recipe: training.recipe,
                notes: training.more,
                ..Training::default()
            }),
        };
        super::Card {
            version: VERSION,
            name: old.name,
            title: old.title,
            description: old.description,
            generator: old.network.map(description),
            inputs: Inputs {
                picture: old.picture,
                hole: old.hole,
                guide: None,
            },
            output: old.output,
            size: old.size,
            tone: old.tone,
            texture: old.texture,
            licence: old.licence,
            provenance,
            scores,
            sha256: old.sha256,
        }
    }
}

/// The networks whose description version 1 had in full; of others, what it said.
fn description(network: NetworkKind) -> Description {
    let width = network.width as usize;
    match network.kind.as_str() {
        "gated" => Description::Known(Generator::Gated(DeepFill {
            residual: network.residual,
            attention: network.attention,
            ..DeepFill::prefilled(width)
        })),
        "partial" => Description::Known(Generator::Partial(PartialUnet {
            width,
            residual: network.residual,
        })),
        _ => Description::Other(serde_json::Map::from_iter([
            ("kind".into(), network.kind.into()),
            ("width".into(), network.width.into()),
            ("residual".into(), network.residual.into()),
            ("attention".into(), network.attention.into()),
        ])),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Card, Element, Meaning};
    use super::*;

    #[test]
    fn a_foreign_card_is_read() {
        let card = Card::parse(
            r#"{
                "version": 1, "name": "migan",
                "picture": { "name": "image", "type": "u8", "range": "0..255" },
                "hole": { "name": "mask", "type": "u8", "range": "0..255", "meaning": "zero-is-hole" },
                "output": { "name": "result", "type": "u8", "range": "0..255" },
                "size": { "multiple": 1, "working": 512 },
                "licence": "MIT", "sources": ["https://github.com/Picsart-AI-Research/MI-GAN"],
                "scores": { "fid": 4.5 }
            }"#,
        )
        .unwrap();
        card.check().unwrap();
        assert_eq!(card.inputs.picture.element, Element::U8);
        assert_eq!(card.inputs.hole.meaning, Meaning::ZeroIsHole);
        assert_eq!(card.scores[UNNAMED]["fid"], 4.5);
        assert!(
            card.provenance.sources[0]
                .name
                .starts_with("https://github.com")
        );
    }

    #[test]
    fn a_card_of_ours_keeps_everything() {
        let card = Card::parse(
            r#"{
                "version": 1, "name": "gated",
                "network": { "kind": "gated", "width": 24, "residual": true, "attention": false },
                "picture": { "name": "picture", "range": "-1..1" },
                "hole": { "name": "hole" },
                "output": { "name": "filled", "range": "-1..1" },
                "texture": 0.75, "sources": ["pixls.us site: CC BY-SA 4.0"],
                "training": { "iterations": 7, "recipe": "size = 256", "hours": "seven" },
                "scores": { "wide.l1_percent": 1.5 }
            }"#,
        )
        .unwrap();
        card.check().unwrap();
        let generator = DeepFill::prefilled(24);
        assert_eq!(
            card.generator,
            Some(Description::Known(Generator::Gated(generator)))
        );
        assert_eq!(card.provenance.sources[0].licence, "CC BY-SA 4.0");
        let training = card.provenance.training.as_ref().unwrap();
        assert_eq!(
            (training.iterations, &training.notes["hours"]),
            (7, &"seven".into())
        );
        assert_eq!(card.scores[BARE]["wide.l1_percent"], 1.5);
        // And what is written can be read.
        let text = serde_json::to_string(&card).unwrap();
        assert_eq!(Card::parse(&text).unwrap(), card);
    }

    #[test]
    fn a_field_of_version_2_has_no_place_in_version_1() {
        let error = Card::parse(r#"{ "version": 1, "name": "x", "inputs": {} }"#).unwrap_err();
        assert!(error.to_string().contains("inputs"), "{error}");
    }
}
