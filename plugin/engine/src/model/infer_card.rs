//! A card for a model that has none, where its inputs and outputs, or a trial, leave no doubt.

use std::path::Path;

use reweave_models::card::{
    Card, Element, GuideInput, HoleInput, Meaning, Output, PictureInput, Range, Size,
};

use super::trial;
use crate::error::Error;
use crate::runtime::{Runtime, TensorSpec, on_own_stack};

/// What both sides of a picture must be a multiple of, by our convention: the most that any of our networks asks for.
const MULTIPLE: u32 = 32;

/// The card of this model.
///
/// Only conventions that name themselves are taken, and those that a trial finds out: a mask of floats does not tell which
/// value is hole, nor a picture of floats whether black is 0 or -1, and a wrong guess would give a wrong picture without a
/// word.
pub(crate) fn card(path: &Path, runtime: &dyn Runtime) -> Result<Card, Error> {
    let (inputs, outputs) = (runtime.inputs(), runtime.outputs());
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
    let (mut inputs_found, outputs_found) = (kinds(inputs), kinds(outputs));
    if outputs_found == [pair("filled", "f32")] {
        let guided = inputs_found
            .iter()
            .position(|it| *it == pair("guide", "f32"));
        if let Some(guide) = guided {
            inputs_found.remove(guide);
            card.inputs.guide = Some(GuideInput {
                name: "guide".into(),
                element: Element::F32,
                range: Range::ZeroToOne,
            });
        }
        if inputs_found == [pair("hole", "f32"), pair("picture", "f32")] {
            card.size.multiple = MULTIPLE;
            return Ok(card);
        }
        card.inputs.guide = None;
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
    let tried = on_own_stack(|| trial::card(runtime, card));
    let why = match tried.and_then(|tried| tried) {
        Ok(Some(card)) => return Ok(card),
        Ok(None) => "do not tell what they mean".to_owned(),
        Err(why) => format!("do not tell what they mean: {why}"),
    };
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
            "has no card, and its inputs ({}) and outputs ({}) {why}. Write {} beside it; docs/models.md says how",
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
    use crate::runtime::{CancelToken, Inputs, Tensor};

    /// A model that is not run.
    #[derive(Debug)]
    struct Declared([Vec<TensorSpec>; 2]);

    impl Runtime for Declared {
        fn inputs(&self) -> &[TensorSpec] {
            &self.0[0]
        }

        fn outputs(&self) -> &[TensorSpec] {
            &self.0[1]
        }

        fn run(&self, _: Inputs, _: &str, _: &CancelToken) -> Result<Tensor, String> {
            Err("it is not run".into())
        }
    }

    fn declared(inputs: &[(&str, &str)], output: (&str, &str)) -> Declared {
        let spec = |&(name, element): &(&str, &str)| TensorSpec {
            name: name.into(),
            element: element.into(),
            shape: vec![None; 4],
        };
        Declared([inputs.iter().map(spec).collect(), vec![spec(&output)]])
    }

    #[test]
    fn known_conventions_are_recognised() {
        let path = Path::new("/models/my net.onnx");
        let ours = declared(&[("picture", "f32"), ("hole", "f32")], ("filled", "f32"));
        let ours = card(path, &ours).unwrap();
        assert_eq!(
            (ours.name.as_str(), ours.inputs.hole.meaning),
            ("my_net", Meaning::OneIsHole)
        );
        assert_eq!(
            (ours.inputs.guide.is_some(), ours.size.multiple),
            (false, 32)
        );
        ours.check().unwrap();
        let guided = [("picture", "f32"), ("guide", "f32"), ("hole", "f32")];
        let guided = card(path, &declared(&guided, ("filled", "f32"))).unwrap();
        assert_eq!(guided.inputs.guide.as_ref().unwrap().name, "guide");
        guided.check().unwrap();
        let migan = declared(&[("image", "u8"), ("mask", "u8")], ("result", "u8"));
        let migan = card(path, &migan).unwrap();
        assert_eq!(migan.inputs.hole.meaning, Meaning::ZeroIsHole);
        migan.check().unwrap();
    }

    #[test]
    fn doubtful_ones_are_told_what_to_do() {
        for (inputs, why) in [
            ([("image", "f32"), ("mask", "f32")], "it is not run"),
            ([("x", "f32"), ("y", "f32")], "do not tell"),
        ] {
            let error = card(
                Path::new("lama.onnx"),
                &declared(&inputs, ("output", "f32")),
            );
            let message = error.unwrap_err().to_string();
            assert!(
                message.contains("lama.onnx")
                    && message.contains("lama.json")
                    && message.contains(inputs[0].0)
                    && message.contains(why),
                "{message}"
            );
        }
    }
}
