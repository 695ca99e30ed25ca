//! What a card promises on its own, without the model.

use super::{Card, CardError, Element, Inputs, Range, Size, VERSION};

impl Card {
    /// Checks what a card promises on its own, without the model.
    ///
    /// # Errors
    /// [`CardError::Content`], saying what is wrong.
    pub fn check(&self) -> Result<(), CardError> {
        self.wrong().map_or(Ok(()), |why| {
            Err(CardError::Content {
                card: format!("of model '{}'", self.name),
                why,
            })
        })
    }

    /// The first thing that is wrong.
    fn wrong(&self) -> Option<String> {
        let named = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        if self.version != VERSION {
            return Some(of_another_version(self.version));
        }
        if self.name.is_empty() || self.name.starts_with('.') || !self.name.chars().all(named) {
            return Some(
                "name must be made of letters, digits, '-', '_' and '.', and not begin with '.'"
                    .into(),
            );
        }
        if !(0.0..=1.0).contains(&self.texture) {
            return Some(format!(
                "texture is {}, it must lie in 0 to 1",
                self.texture
            ));
        }
        if self.output.element == Element::U8 && self.output.range != Range::ZeroTo255 {
            return Some("output.type u8 goes with output.range 0..255".into());
        }
        let digit = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        if self
            .sha256
            .as_ref()
            .is_some_and(|sha| sha.len() != 64 || !sha.bytes().all(digit))
        {
            return Some("sha256 must be 64 lower-case hexadecimal digits".into());
        }
        if self
            .scores
            .values()
            .flat_map(|scores| scores.values())
            .any(|score| !score.is_finite())
        {
            return Some("scores must be numbers".into());
        }
        let training = self.provenance.training.as_ref();
        if training
            .and_then(|training| training.hours)
            .is_some_and(|hours| !hours.is_finite() || hours < 0.0)
        {
            return Some("provenance.training.hours must be a number from 0 on".into());
        }
        wrong_inputs(&self.inputs).or_else(|| wrong_size(&self.size))
    }
}

/// What is said of a version that this program does not read.
pub(super) fn of_another_version(version: u32) -> String {
    format!("it is of version {version}, this program reads 1 to {VERSION}: update Reweave")
}

fn wrong_inputs(inputs: &Inputs) -> Option<String> {
    let Inputs {
        picture,
        hole,
        guide,
    } = inputs;
    let mask = |element, range| {
        element == Element::F32 || matches!(range, Range::ZeroToOne | Range::ZeroTo255)
    };
    if picture.element == Element::U8 && picture.range != Range::ZeroTo255 {
        return Some("picture.type u8 goes with picture.range 0..255".into());
    }
    if !mask(hole.element, hole.range) {
        return Some("hole.type u8 goes with hole.range 0..1 or 0..255".into());
    }
    if hole.name.is_none() && hole.element != picture.element {
        return Some(
            "a hole that is a channel of the picture must be of the picture's type".into(),
        );
    }
    if let Some(guide) = guide
        && !mask(guide.element, guide.range)
    {
        return Some("guide.type u8 goes with guide.range 0..1 or 0..255".into());
    }
    let guide = guide.as_ref().map(|guide| &guide.name);
    let names = [Some(&picture.name), hole.name.as_ref(), guide];
    let twice = (1..names.len()).find(|&i| names[i].is_some() && names[..i].contains(&names[i]));
    twice
        .and_then(|i| names[i])
        .map(|name| format!("two inputs have the name '{name}'"))
}

fn wrong_size(size: &Size) -> Option<String> {
    let Size {
        multiple,
        fixed,
        min,
        working,
        context,
    } = *size;
    if multiple == 0 || multiple > 4096 {
        return Some(format!(
            "size.multiple is {multiple}, it must lie in 1 to 4096"
        ));
    }
    if !(8..=8192).contains(&working) {
        return Some(format!(
            "size.working is {working}, it must lie in 8 to 8192"
        ));
    }
    if context.is_some_and(|context| context > working / 4) {
        return Some(format!(
            "size.context is {context:?}, it must be a quarter of size.working at most"
        ));
    }
    if min.is_some_and(|min| min == 0 || min > 8192) {
        return Some("size.min must lie in 1 to 8192".into());
    }
    fixed
        .filter(|sides| !sides.iter().all(|side| (1..=8192).contains(side)))
        .map(|sides| format!("size.fixed is {sides:?}, each side must lie in 1 to 8192"))
}

#[cfg(test)]
mod tests {
    use super::super::GuideInput;
    use super::*;

    #[test]
    fn contradictions_are_named() {
        type Spoil = fn(&mut Card);
        let wrongs: [(Spoil, &str); 12] = [
            (|c| c.version = 99, "version"),
            (|c| c.name = "a/b".into(), "name"),
            (|c| c.name = ".hidden".into(), "name"),
            (|c| c.size.multiple = 0, "multiple"),
            (|c| c.size.fixed = Some([512, 0]), "fixed"),
            (|c| c.inputs.picture.element = Element::U8, "u8"),
            (
                |c| c.inputs.hole.name = Some("picture".into()),
                "two inputs",
            ),
            (
                |c| {
                    c.inputs.guide = Some(GuideInput {
                        name: "guide".into(),
                        element: Element::U8,
                        range: Range::MinusOneToOne,
                    });
                },
                "guide",
            ),
            (|c| c.size.context = Some(200), "context"),
            (|c| c.texture = f32::NAN, "texture"),
            (|c| c.sha256 = Some("ABC".into()), "sha256"),
            (
                |c| {
                    c.scores
                        .insert("bare".into(), [("l1".into(), f64::NAN)].into());
                },
                "scores",
            ),
        ];
        for (spoil, word) in wrongs {
            let mut card = Card::own("gated", 8);
            card.check().unwrap();
            spoil(&mut card);
            let message = card.check().unwrap_err().to_string();
            assert!(message.contains(word), "{message}");
        }
    }
}
