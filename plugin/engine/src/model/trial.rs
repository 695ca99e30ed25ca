//! Models with a picture and a mask of floats in, as LaMa is exported: which end of the mask is hole, and whether white is 1 or
//! 255 in what comes out, is told by no name. But such models give the known picture back, so a trial tells it.

use reweave_models::card::{Card, HoleInput, Meaning, Output, PictureInput, Range};

use crate::runtime::{CancelToken, Data, Runtime, Tensor, TensorSpec};

/// The size at which a model that takes any is tried.
const SIDE: usize = 64;
/// The longest side at which one that takes a fixed size is tried: the file says it, and nothing may be allocated for what any
/// file says. Such models take 512.
const LONGEST: usize = 2048;
/// What a known pixel may come back off by, in the mean. The picture shown has values from a quarter to three quarters, so
/// that no other reading comes near.
const OFF: f64 = 0.03;

/// The card of a model of this kind, made from `card`; `None` for one of another kind.
///
/// # Errors
/// It is of this kind, and does not do what such models do; or it cannot be run.
pub(super) fn card(runtime: &dyn Runtime, card: Card) -> Result<Option<Card>, String> {
    let Some((fixed, output)) = of_this_kind(runtime) else {
        return Ok(None);
    };
    let [height, width] = fixed.unwrap_or([SIDE; 2]);
    if !(1..=LONGEST).contains(&height) || !(1..=LONGEST).contains(&width) {
        return Err(format!(
            "it takes pictures of {width}x{height}, and is tried with sides from 1 to {LONGEST}"
        ));
    }
    let picture = picture(width, height);
    let is_middle = |at: usize| {
        let (x, y) = (at % width, at / width % height);
        (width / 4..width * 3 / 4).contains(&x) && (height / 4..height * 3 / 4).contains(&y)
    };
    let plane = width * height;
    let mask: Vec<f32> = (0..plane)
        .map(|at| f32::from(u8::from(is_middle(at))))
        .collect();
    let tensor = |channels: usize, values: Vec<f32>| Tensor {
        shape: vec![1, channels, height, width],
        data: Data::F32(values),
    };
    let inputs = vec![
        ("image".to_owned(), tensor(3, picture.clone())),
        ("mask".to_owned(), tensor(1, mask)),
    ];
    let answer = runtime.run(inputs, &output, &CancelToken::default())?;
    let Data::F32(filled) = answer.data else {
        return Err("what it gives back are no floats".into());
    };
    if filled.len() != picture.len() {
        return Err(format!(
            "it gives back {} values for {}",
            filled.len(),
            picture.len()
        ));
    }
    let off = |white: f64, in_the_middle: bool| {
        let known = (0..picture.len()).filter(|&at| is_middle(at % plane) == in_the_middle);
        let (mut sum, mut count) = (0.0, 0.0);
        for at in known {
            sum += (f64::from(filled[at]) / white - f64::from(picture[at])).abs();
            count += 1.0;
        }
        sum / f64::max(count, 1.0)
    };
    let readings = [(1.0, Range::ZeroToOne), (255.0, Range::ZeroTo255)];
    // The mask is 1 in the middle: what comes back as it went in was taken for known.
    let meanings = [(false, Meaning::OneIsHole), (true, Meaning::ZeroIsHole)];
    for (white, range) in readings {
        for (in_the_middle, meaning) in meanings {
            if off(white, in_the_middle) < OFF && off(white, !in_the_middle) >= OFF {
                return Ok(Some(with(card, fixed, output, range, meaning)));
            }
        }
    }
    Err("a trial on a small picture does not tell what is hole in its mask, or what white is in what it gives back".into())
}

/// Fixed height and width, if it has them, and the name of the output.
fn of_this_kind(runtime: &dyn Runtime) -> Option<(Option<[usize; 2]>, String)> {
    let [output] = runtime.outputs() else {
        return None;
    };
    let named = |name: &str| runtime.inputs().iter().find(|spec| spec.name == name);
    let (image, mask) = (named("image")?, named("mask")?);
    let axes = |spec: &TensorSpec, channels: usize| match spec.shape[..] {
        [_, found, height, width]
            if spec.element == "f32" && found.is_none_or(|n| n == channels) =>
        {
            Some(height.zip(width))
        }
        _ => None,
    };
    let sizes = (axes(image, 3)?, axes(mask, 1)?);
    let is_picture = output.element == "f32" && matches!(output.shape.len(), 0 | 4);
    if runtime.inputs().len() != 2 || sizes.0 != sizes.1 || !is_picture {
        return None;
    }
    let fixed = sizes.0.map(|(height, width)| [height, width]);
    Some((fixed, output.name.clone()))
}

/// Three planes that rise in different directions, from a quarter to three quarters.
fn picture(width: usize, height: usize) -> Vec<f32> {
    let rise = |at: usize, length: usize| 0.25 + 0.5 * at as f32 / length as f32;
    let mut planes = Vec::with_capacity(3 * width * height);
    for channel in 0..3 {
        for y in 0..height {
            planes.extend((0..width).map(|x| match channel {
                0 => rise(x, width),
                1 => rise(y, height),
                _ => rise(width - x, width),
            }));
        }
    }
    planes
}

fn with(
    mut card: Card,
    fixed: Option<[usize; 2]>,
    output: String,
    range: Range,
    meaning: Meaning,
) -> Card {
    card.inputs.picture = PictureInput {
        name: "image".into(),
        range: Range::ZeroToOne,
        ..card.inputs.picture
    };
    card.inputs.hole = HoleInput {
        name: Some("mask".into()),
        range: Range::ZeroToOne,
        meaning,
        ..card.inputs.hole
    };
    card.output = Output {
        name: output,
        range,
        ..card.output
    };
    if let Some([height, width]) = fixed {
        let [width, height] = [width, height].map(|side| u32::try_from(side).unwrap_or(u32::MAX));
        card.size.fixed = Some([width, height]);
        card.size.working = width.max(height);
    }
    card
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::Inputs;

    /// Gives the known picture back, and grey in the hole.
    #[derive(Debug)]
    struct Fake {
        inputs: [TensorSpec; 2],
        output: [TensorSpec; 1],
        white: f32,
        hole_is: f32,
        keeps_known: bool,
    }

    impl Runtime for Fake {
        fn inputs(&self) -> &[TensorSpec] {
            &self.inputs
        }

        fn outputs(&self) -> &[TensorSpec] {
            &self.output
        }

        fn run(&self, inputs: Inputs, _: &str, _: &CancelToken) -> Result<Tensor, String> {
            let [(_, image), (_, mask)] = &inputs[..] else {
                return Err("two inputs".into());
            };
            let (Data::F32(image_values), Data::F32(mask)) = (&image.data, &mask.data) else {
                return Err("floats".into());
            };
            let fill = |(at, value): (usize, &f32)| {
                let is_hole = mask[at % mask.len()] == self.hole_is;
                let keeps = self.keeps_known && !is_hole;
                self.white * if keeps { *value } else { 0.9 }
            };
            Ok(Tensor {
                shape: image.shape.clone(),
                data: Data::F32(image_values.iter().enumerate().map(fill).collect()),
            })
        }
    }

    fn fake(side: Option<usize>, white: f32, hole_is: f32) -> Fake {
        let spec = |name: &str, channels: usize| TensorSpec {
            name: name.into(),
            element: "f32".into(),
            shape: vec![Some(1), Some(channels), side, side],
        };
        Fake {
            inputs: [spec("image", 3), spec("mask", 1)],
            output: [spec("output", 3)],
            white,
            hole_is,
            keeps_known: true,
        }
    }

    #[test]
    fn every_convention_is_found_out_by_a_trial() {
        for side in [Some(512), None] {
            for (white, range) in [(1.0, Range::ZeroToOne), (255.0, Range::ZeroTo255)] {
                for (hole_is, meaning) in [(1.0, Meaning::OneIsHole), (0.0, Meaning::ZeroIsHole)] {
                    let own = Card::own("lama", 8);
                    let card = card(&fake(side, white, hole_is), own).unwrap().unwrap();
                    card.check().unwrap();
                    assert_eq!(card.output.range, range);
                    assert_eq!(card.output.name, "output");
                    assert_eq!(card.inputs.hole.meaning, meaning);
                    assert_eq!(card.inputs.picture.range, Range::ZeroToOne);
                    assert_eq!(card.size.fixed, side.map(|_| [512, 512]));
                }
            }
        }
    }

    /// A small file may say so, and must not bring the host down.
    #[test]
    fn a_size_that_no_picture_has_is_refused_before_anything_is_allocated() {
        for side in [0, LONGEST + 1, 1 << 31, usize::MAX] {
            let why = card(&fake(Some(side), 1.0, 1.0), Card::own("lama", 8)).unwrap_err();
            assert!(why.contains(&side.to_string()), "{why}");
        }
    }

    #[test]
    fn what_a_trial_does_not_tell_is_not_guessed() {
        let paints_over = Fake {
            keeps_known: false,
            ..fake(Some(64), 1.0, 1.0)
        };
        let why = card(&paints_over, Card::own("other", 8)).unwrap_err();
        assert!(why.contains("does not tell"), "{why}");
        let mut other = fake(Some(64), 1.0, 1.0);
        other.inputs[1].name = "other".into();
        assert_eq!(card(&other, Card::own("other", 8)), Ok(None));
    }
}
