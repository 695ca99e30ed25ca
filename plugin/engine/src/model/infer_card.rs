//! A card for a model that has none, where its inputs and outputs leave no doubt.

use std::path::Path;

use reweave_models::card::{Card, Element, HoleInput, Meaning, Output, PictureInput, Range, Size};

use crate::error::Error;
use crate::runtime::TensorSpec;

/// The card of a model with these inputs and outputs.
///
/// Only conventions that name themselves are taken: a mask of floats does not tell which value is hole, nor a picture
/// of floats whether black is 0 or -1, and a wrong guess would give a wrong picture without a word.
pub(crate) fn card(
    path: &Path,
    inputs: &[TensorSpec],
    outputs: &[TensorSpec],
) -> Result<Card, Error> {
    let name: String = path
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .chars()
        .map(plain)
        .collect();
    let kinds = |specs: &[TensorSpec]| -> Vec<(String, String)> {
        let mut kinds: Vec<_> = specs
            .iter()
            .map(|spec| (spec.name.clone(), spec.element.clone()))
            .collect();
        kinds.sort();
        kinds
    };
    let pair = |name: &str, element: &str| (name.to_string(), element.to_string());
    let mut card = Card::own(if name.is_empty() { "model" } else { &name }, 8);
    let (inputs_found, outputs_found) = (kinds(inputs), kinds(outputs));
    if inputs_found == [pair("hole", "f32"), pair("picture", "f32")]
        && outputs_found == [pair("filled", "f32")]
    {
        return Ok(card);
    }
    // MI-GAN's pipeline as its authors export it.
    if inputs_found == [pair("image", "u8"), pair("mask", "u8")]
        && outputs_found == [pair("result", "u8")]
    {
        card.inputs.picture = PictureInput {
            name: "image".into(),
            element: Element::U8,
            range: Range::ZeroTo255,
            ..card.inputs.picture
        };
        card.inputs.hole = HoleInput {
            name: Some("mask".into()),
            element: Element::U8,
            range: Range::ZeroTo255,
            meaning: Meaning::ZeroIsHole,
            ..card.inputs.hole
        };
        card.output = Output {
            name: "result".into(),
            element: Element::U8,
            range: Range::ZeroTo255,
        };
        card.size = Size {
            multiple: 1,
            ..Size::default()
        };
        return Ok(card);
    }
    let list = |specs: &[TensorSpec]| {
        specs
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(", ")
    };
    Err(Error::model(
        path,
        format!(
            "has no card, and its inputs ({}) and outputs ({}) do not tell what they mean. Write {} beside it; \
             docs/models.md says how",
            list(inputs),
            list(outputs),
            path.with_extension("json")
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
        ),
    ))
}

fn plain(c: char) -> char {
    if c.is_ascii_alphanumeric() || "-_.".contains(c) {
        c
    } else {
        '_'
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec(name: &str, element: &str) -> TensorSpec {
        TensorSpec {
            name: name.into(),
            element: element.into(),
            shape: vec![None; 4],
        }
    }

    #[test]
    fn known_conventions_are_recognised() {
        let path = Path::new("/models/my net.onnx");
        let ours = card(
            path,
            &[spec("picture", "f32"), spec("hole", "f32")],
            &[spec("filled", "f32")],
        )
        .unwrap();
        assert_eq!(
            (ours.name.as_str(), ours.inputs.hole.meaning),
            ("my_net", Meaning::OneIsHole)
        );
        ours.check().unwrap();
        let migan = card(
            path,
            &[spec("image", "u8"), spec("mask", "u8")],
            &[spec("result", "u8")],
        )
        .unwrap();
        assert_eq!(migan.inputs.hole.meaning, Meaning::ZeroIsHole);
        migan.check().unwrap();
    }

    #[test]
    fn doubtful_ones_are_told_what_to_do() {
        let error = card(
            Path::new("lama.onnx"),
            &[spec("image", "f32"), spec("mask", "f32")],
            &[spec("output", "f32")],
        );
        let message = error.unwrap_err().to_string();
        assert!(
            message.contains("lama.onnx")
                && message.contains("lama.json")
                && message.contains("image"),
            "{message}"
        );
    }
}
